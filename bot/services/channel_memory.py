"""What each channel was told: the editions that were posted there, and their lines."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.briefings.heard import HeardLine
from bot.schedules.model import Schedule, Telling
from bot.services.ports import Corpus, Editions
from bot.services.schedule_ports import Tellings

REMEMBERED = timedelta(days=30)  # a sentence that comes back after that is told again
KEPT = 3 * REMEMBERED  # for the buttons of old posts, which ask as the post did
LONGEST_WINDOW = timedelta(days=14)  # a schedule that did not post for longer does not tell all of it
OVERLAP = timedelta(minutes=5)  # an article is stored some time after it was first seen
_ROUND = timedelta(minutes=5)  # posts of one sweep are composed within moments; what they are asked then is the same
_CACHED = 2_000  # editions

Line = tuple[str, str]  # article id, text


class ChannelMemory:
    """Reads what `Deliveries.finish` wrote. Editions never change, so their lines are kept at hand."""

    def __init__(self, tellings: Tellings, editions: Editions) -> None:
        self._tellings = tellings
        self._editions = editions
        self._lines: OrderedDict[str, tuple[Line, ...]] = OrderedDict()

    async def told(self, channel_id: int, before: datetime) -> tuple[str, ...]:
        """The editions that a channel was told before this instant, in a fixed order."""
        known = await self._tellings.of_channel(channel_id, before - REMEMBERED)
        return _ids(one for one in known if one.told_at < before)

    async def for_post(self, schedule: Schedule, now: datetime) -> tuple[tuple[str, ...], datetime | None]:
        """The editions its channel was told, and when this schedule last told one there; None before the first."""
        tellings = await self._tellings.of_channel(schedule.channel_id, now - REMEMBERED)
        own = [one.told_at for one in tellings if one.schedule_id == schedule.id]
        return _ids(tellings), max(own, default=None)

    async def prune(self, now: datetime) -> int:
        """Forget what nobody will ask about; how many editions that were."""
        return await self._tellings.prune(now - KEPT)

    async def lines(self, edition_ids: Sequence[str], corpus: Corpus) -> tuple[HeardLine, ...]:
        """All lines of these editions, each with the story its article belongs to by now."""
        lines = [line for one in edition_ids for line in await self._lines_of(one)]
        articles = {article_id for article_id, _ in lines}
        stories = await corpus.stories(articles) if articles else ()
        story_of = {member.article_id: story.lead_id for story in stories for member in story.members}
        return tuple(HeardLine(text, story_of.get(article_id, article_id)) for article_id, text in lines)

    async def _lines_of(self, edition_id: str) -> tuple[Line, ...]:
        known = self._lines.get(edition_id)
        if known is None:
            edition = await self._editions.get(edition_id)
            known = tuple((one.citation.article_id, one.text) for one in edition.lines) if edition else ()
            self._lines[edition_id] = known
        self._lines.move_to_end(edition_id)
        while len(self._lines) > _CACHED:
            self._lines.popitem(last=False)
        return known


def _ids(tellings: Iterable[Telling]) -> tuple[str, ...]:
    return tuple(sorted({one.edition_id for one in tellings}))


def news_since(posted_at: datetime, now: datetime) -> datetime:
    """Since when something is news after a post, rounded down, so that schedules which posted together ask together."""
    since = max(posted_at, now - LONGEST_WINDOW) - OVERLAP
    return since - timedelta(seconds=since.timestamp() % _ROUND.total_seconds())
