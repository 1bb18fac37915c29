"""The desk at which one edition is made: sentences are weighed, candidates judged, and items chosen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.articles.model import Citation, cite
from bot.briefings.candidates import Candidate, Weighed
from bot.briefings.editor import Editor
from bot.briefings.heard import Heard
from bot.briefings.model import BriefingItem, Coming, Scope
from bot.briefings.selection import Caps, Chosen, Offer, select_with_reasons
from bot.briefings.sheet import FactSheet
from bot.briefings.standing import Standing
from bot.briefings.telling import features_of
from bot.briefings.tfidf import term_matrix
from bot.briefings.told import Told
from bot.briefings.trace import Record
from bot.briefings.watch import find_coming
from bot.briefings.worth import Facts, freshness, merit, richness, standing_factor
from bot.language.spans import Span
from bot.language.words import words

_LEAST_JUDGED = 200
_JUDGED_PER_ITEM = 20
_STORY_SHARE = 0.5
_OUTLET_SHARE = 0.6
_OF_AN_EVENT = 2  # what it is, and one line that adds to it
_EVENT_SHARE = 0.4  # where there are too few events to fill a briefing so
_NEARLY = 0.75
_TOO_FEW = 2
_OPENING_SHARE = 0.4
_UNSURE = 0.6  # a briefing hardly opens with what may be


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a briefing may be: at most `items` items and, where given, `words` words of quoted text."""

    items: int = 12
    words: int | None = None


class Desk:
    """One edition in the making: from the fact sheet to candidates, and from these to the choice."""

    def __init__(
        self,
        editor: Editor,
        leads: Sequence[Weighed],
        scope: Scope,
        apart: Collection[str] = (),
        heard: Heard | None = None,
    ) -> None:
        self._editor = editor
        self._scope = scope
        self._apart = apart
        self._sheet = FactSheet(editor, leads, scope, heard=heard)
        self.sentences, self.repeats = len(self._sheet.places), self._sheet.repeats
        self.record = Record(self._sheet.places)
        self._promising: list[tuple[Weighed, int]] = []

    def items(self, limits: Limits, stored: Sequence[Weighed]) -> tuple[BriefingItem, ...]:
        """The chosen items, best first."""
        judged = self._judged(limits)
        told = Told([one.weighed.article for one, _ in judged], self._editor.vocabulary.stop_words, self._apart)
        terms = [self._editor.vocabulary.terms(words(one.text)) for one, _ in judged]
        caps = Caps(
            items=limits.items,
            words=limits.words,
            story=max(2, round(limits.items * _STORY_SHARE)),
            outlet=max(2, round(limits.items * _OUTLET_SHARE)),
            event=_cap_per_event(limits.items, told.events),
        )
        offers = [self._offer(one, worth, told) for one, worth in judged]
        opening = self._opening(judged)
        selection = select_with_reasons(offers, [frozenset(one) for one in terms], term_matrix(terms), caps, opening)
        items = tuple(self._item(judged[one.index][0], one, told, stored) for one in selection.chosen)
        self.record.keep_choice([one for one, _ in judged], selection, items)
        return items

    def newest(self) -> datetime | None:
        """When the newest dated article was published."""
        return self._sheet.newest

    def watch(self, after: date) -> tuple[Coming, ...]:
        """What is planned for later days and not told by an item; to be asked once the items are chosen."""
        told = {(one.citations[0].article_id, one.citations[0].span) for one in self.record.items}
        places = [
            (lead, index, self._sheet.facts(lead, index).topics)
            for lead, index in self._promising
            if not any(
                article_id == lead.article.id and span.contains(lead.reading.sentences[index].span)
                for article_id, span in told
            )
        ]
        return find_coming(self._editor.watching, self._editor.finder, places, after=after, is_told=self._is_left_out)

    def _judged(self, limits: Limits) -> list[tuple[Candidate, float]]:
        """Candidates with their worth, best first, each stretch of text once. Only the most promising are judged."""
        promising = [
            (merit(self._editor, facts, self._sheet.newest)[0] * facts.focus(self._scope), lead, index)
            for lead, index in self._sheet.places
            if (facts := self._sheet.facts(lead, index)).is_within(self._scope)
        ]
        promising.sort(key=lambda one: -one[0])
        self._promising = [(lead, index) for _, lead, index in promising]
        found: dict[tuple[str, Span], tuple[Candidate, float]] = {}
        poor: list[tuple[Candidate, float]] = []
        most = max(_LEAST_JUDGED, limits.items * _JUDGED_PER_ITEM)
        self.record.keep_merits(promising, most)
        for value, lead, index in promising[:most]:
            candidate = self._editor.finder.candidate(lead, index)
            if self._is_left_out(candidate):
                continue
            worth = self._worth(candidate, index, value)
            self.record.keep_candidate(lead, index, candidate)
            key = (lead.article.id, candidate.span)
            if candidate.standing >= Standing.LEANS and (key not in found or found[key][1] < worth):
                found[key] = (candidate, worth)
            elif candidate.standing is Standing.DANGLES:
                poor.append((candidate, worth))
        # Where hardly anything is told of a matter, a sentence that leans on another is better than none.
        rest = poor if len(found) < _TOO_FEW else []
        return [*_without_parts(sorted(found.values(), key=lambda one: -one[1])), *rest]

    def _is_left_out(self, candidate: Candidate) -> bool:
        """Whether an editor took something in it back, or a sentence that it needs beside it was told before."""
        stretch = range(candidate.first, candidate.last + 1)
        if not candidate.weighed.reading.withdrawn.isdisjoint(stretch):
            return True
        return any(self._sheet.is_heard(candidate.weighed, one) for one in stretch)

    def _worth(self, candidate: Candidate, index: int, value: float) -> float:
        """Worth of a stretch found for sentence `index`, whose merit is `value`."""
        stretch = range(candidate.first, candidate.last + 1)
        others = [self._sheet.facts(candidate.weighed, one) for one in stretch if one != index]
        return (value + richness(self._editor, others)) * standing_factor(candidate, self._of(candidate)[0])

    def _opening(self, judged: Sequence[tuple[Candidate, float]]) -> int | None:
        """A briefing opens with where things stand: what most articles and headlines agree on, the newer the better.

        None where that has little worth beside the best there is.
        """
        candidates = [one for one, _ in judged]

        def agreed(index: int) -> float:
            facts = self._of(candidates[index])[0]
            fresh = (1 + freshness(facts.published_at, self._sheet.newest)) / 2
            sure = _UNSURE if facts.is_mere_surmise else 1.0
            standing = standing_factor(candidates[index], facts)
            return facts.relevance * fresh * sure * standing * facts.focus(self._scope)

        best = max(range(len(candidates)), key=lambda index: (agreed(index), -index), default=None)
        return best if best is not None and judged[best][1] >= _OPENING_SHARE * judged[0][1] else None

    def _of(self, candidate: Candidate) -> list[Facts]:
        """Facts of the candidate's sentences, the one that matters first."""
        order = sorted(range(candidate.first, candidate.last + 1), key=lambda i: (i != candidate.sentence, i))
        return [self._sheet.facts(candidate.weighed, index) for index in order]

    def _offer(self, candidate: Candidate, worth: float, told: Told) -> Offer:
        article = candidate.weighed.article
        return Offer(
            worth=worth,
            words=len(candidate.text.split()),
            story=candidate.weighed.story_id,
            outlet=article.outlet or article.source_id + article.location,
            features=features_of(self._of(candidate), self._scope, candidate.weighed.story_id),
            event=told.event_of(article.id),
        )

    def _item(self, candidate: Candidate, chosen: Chosen, told: Told, stored: Sequence[Weighed]) -> BriefingItem:
        facts = self._of(candidate)
        return BriefingItem(
            text=candidate.text,
            citations=_citations(candidate, stored),
            topics=tuple(dict.fromkeys(topic for one in facts for topic in one.topics)),
            actors=tuple(dict.fromkeys(actor for one in facts for actor in one.actors)),
            score=round(chosen.gain, 4),
            why=self._why(candidate, chosen, facts[0], told.voices_of(candidate.weighed.article.id)),
            voices=told.voices_of(candidate.weighed.article.id),
        )

    def _why(self, candidate: Candidate, chosen: Chosen, facts: Facts, voices: int) -> str:
        """The numbers that decided, in plain words."""
        _, reasons = merit(self._editor, facts, self._sheet.newest)
        parts = [f"relevance {facts.relevance:.2f} of 1", *reasons, f"{chosen.novelty:.0%} new here"]
        if voices > 1:
            parts.append(f"its event is told by {voices} voices that do not copy each other")
        if candidate.first < candidate.sentence:
            parts.append("begins with the sentence before, which names who or what is meant")
        return "; ".join(parts)


def _cap_per_event(items: int, events: int) -> int:
    return _OF_AN_EVENT if events * _OF_AN_EVENT >= items else max(_OF_AN_EVENT, round(items * _EVENT_SHARE))


def _without_parts(found: list[tuple[Candidate, float]]) -> list[tuple[Candidate, float]]:
    """Leave out what is told by a longer stretch of nearly the same worth: the two could not both be chosen."""
    longer = [(one, worth) for one, worth in found if one.first < one.last]
    return [
        (one, worth)
        for one, worth in found
        if not any(_is_part(one, whole) and worth * _NEARLY <= more for whole, more in longer)
    ]


def _is_part(one: Candidate, whole: Candidate) -> bool:
    return one.weighed is whole.weighed and one.span != whole.span and whole.span.contains(one.span)


def _citations(candidate: Candidate, stored: Sequence[Weighed]) -> tuple[Citation, ...]:
    """Its own article first, then every other one that has the same words."""
    text, own = candidate.text, candidate.weighed.article
    citations = [cite(own, candidate.span)]
    for one in stored:
        start = one.article.text.find(text) if one.article.id != own.id else -1
        if start >= 0:
            citations.append(cite(one.article, Span(start, start + len(text))))
    return tuple(citations)
