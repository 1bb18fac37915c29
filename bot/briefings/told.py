"""Which event each article of a briefing tells of, and how many voices tell of it."""

from collections.abc import Collection, Sequence

from bot.articles.events import group_events, report_of
from bot.articles.independence import count_voices, print_of
from bot.articles.model import Article


class Told:
    """Events over the articles a briefing may quote. Each of them is the fullest print of its story, so every copy of
    an agency's text counts with it as one voice."""

    def __init__(self, articles: Sequence[Article], stop_words: Collection[str], apart: Collection[str] = ()) -> None:
        every = {article.id: article for article in articles}
        events = group_events(map(report_of, every.values()), stop_words, apart)
        self._articles = every
        self._event_of = {member.article_id: event for event in events for member in event.members}

    @property
    def events(self) -> int:
        """How many events there are."""
        return len({event.lead_id for event in self._event_of.values()})

    def event_of(self, article_id: str) -> str:
        """The id of its event."""
        return self._event_of[article_id].lead_id

    def voices_of(self, article_id: str) -> int:
        """How many voices tell of its event, its own included: what rests on one agency is one."""
        members = [self._articles[member.article_id] for member in self._event_of[article_id].members]
        return count_voices(print_of(one, one.id) for one in members)
