"""The fact sheet of one edition: what is known of every sentence that is weighed."""

from collections import defaultdict
from collections.abc import Sequence

from bot.briefings.candidates import Weighed
from bot.briefings.editor import Editor
from bot.briefings.heard import Heard
from bot.briefings.model import Scope
from bot.briefings.passages import Material, Passage
from bot.briefings.worth import Facts, gather_facts
from bot.language.words import words
from bot.positions.model import Stance, Statement

MOST_WEIGHED = 2400
_HEAD = 3  # sentences at the top of an article that are weighed before others

Place = tuple[Weighed, int]


class FactSheet:
    """Facts by article and sentence. Of a very large window only so many sentences are weighed, the likeliest ones.

    These are the heads of articles and what takes a stance, then whatever else somebody of the dossier says, then the
    rest from the top down: what stands deep in a long article is least likely to be the day's news.
    """

    def __init__(
        self,
        editor: Editor,
        leads: Sequence[Weighed],
        scope: Scope,
        most: int = MOST_WEIGHED,
        heard: Heard | None = None,
    ) -> None:
        """What was `heard` is not weighed."""
        self._editor = editor
        self._heard = heard
        self._said: dict[tuple[str, int], list[Statement]] = defaultdict(list)
        for lead in leads:
            for statement in lead.reading.statements:
                self._said[lead.article.id, statement.sentence].append(statement)
        self.places = self._weighed(leads, scope, most)
        self.newest = max((lead.article.published.at for lead in leads if lead.article.published), default=None)
        relevance = editor.ranker.relevance(self._material(leads))
        self._relevance = {
            (lead.article.id, index): float(value) for (lead, index), value in zip(self.places, relevance, strict=True)
        }
        self._facts: dict[tuple[str, int], Facts] = {}

    def facts(self, lead: Weighed, index: int) -> Facts:
        """Facts of sentence `index`; one that was not weighed has no relevance."""
        key = (lead.article.id, index)
        known = self._facts.get(key)
        if known is None:
            published = lead.article.published.at if lead.article.published else None
            known = self._facts[key] = gather_facts(
                self._editor.read(_text(lead, index)),
                tuple(self._said.get(key, ())),
                relevance=self._relevance.get(key, 0.0),
                place=index,
                published_at=published,
            )
        return known

    def is_heard(self, lead: Weighed, index: int) -> bool:
        """Whether sentence `index` was told before."""
        return self._heard is not None and self._heard.knows(_text(lead, index), lead.story_id)

    def _weighed(self, leads: Sequence[Weighed], scope: Scope, most: int) -> tuple[Place, ...]:
        every = [(lead, index) for lead in leads for index in range(len(lead.reading.sentences))]
        places = every if self._heard is None else [place for place in every if not self.is_heard(*place)]
        self.repeats = len(every) - len(places)
        if len(places) <= most:
            return tuple(places)
        promise = [self._promise(place, scope) for place in places]
        kept = sorted(range(len(places)), key=promise.__getitem__)[:most]
        return tuple(places[number] for number in sorted(kept))

    def _promise(self, place: Place, scope: Scope) -> tuple[int, int]:
        """How early a sentence is weighed: its class, then its place in the article."""
        lead, index = place
        found = self._said.get((lead.article.id, index))
        if found is None:
            return (2 if index >= _HEAD else 1 if scope.topics else 0), index
        said = [one for one in found if one.speaker.actor_id]
        asked = [one for one in said if not scope.topics or any(topic in scope.topics for topic in one.topics)]
        if any(one.stance not in (None, Stance.UNCLEAR) for one in asked) or (index < _HEAD and not scope.topics):
            return 0, index
        return (1 if asked or index < _HEAD else 2), index

    def _material(self, leads: Sequence[Weighed]) -> Material:
        number_of = {id(lead): number for number, lead in enumerate(leads)}
        passages = tuple(
            Passage(self._editor.read(_text(lead, index)).words, number_of[id(lead)], index)
            for lead, index in self.places
        )
        return Material(passages, tuple(tuple(words(lead.article.title or "")) for lead in leads))


def _text(lead: Weighed, index: int) -> str:
    return lead.reading.sentences[index].span.of(lead.article.text)
