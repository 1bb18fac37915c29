"""Choosing items one by one: worth, lessened by what has been told, within caps, and no two alike.

Features are whatever a briefing should be balanced over (an actor, a topic, an actor on a topic). An item's worth
counts in full while its features are new and less each time one of them is told again: a gain that falls, so that the
greedy choice is near the best one (Nemhauser et al. 1978; Lin and Bilmes 2011).
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from bot.briefings.tfidf import TermMatrix


@dataclass(frozen=True, slots=True)
class Feature:
    """A thing an item tells: how much it matters there, and what is left of that each time it has been told before."""

    key: Hashable
    weight: float
    decay: float


@dataclass(frozen=True, slots=True)
class Offer:
    """What selection knows of a candidate."""

    worth: float
    words: int
    story: str
    outlet: str
    features: tuple[Feature, ...]
    event: str = ""  # of several stories; empty where that does not matter


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits of one briefing: `items`, `words` (None: no limit), and how many items one story, outlet or event has."""

    items: int
    words: int | None
    story: int
    outlet: int
    event: int | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen offer: its index, its gain when it was chosen, and how new its features were then, in [0, 1]."""

    index: int
    gain: float
    novelty: float


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen, in order, and for every other offer, by index, why it was not."""

    chosen: list[Chosen]
    left: dict[int, str]


_FLOOR = 0.1  # so that merit still decides among items without a new feature
_LEAST_SHARE = 0.1  # of the best item's gain
_BY_NEWEST = 0.3
_FEATURELESS = 0.4  # novelty of an item that tells nothing a briefing is balanced over
_SAME_COSINE = 0.5
_SAME_SHARE = 0.6  # share of the shorter one's terms that the longer one has
_LIKENESS_COST = 0.35


def select(
    offers: Sequence[Offer],
    terms: Sequence[frozenset[str]],
    matrix: TermMatrix,
    caps: Caps,
    opening: int | None = None,
) -> list[Chosen]:
    """Offers by falling gain, the second one of an event right after its first.

    `terms` and `matrix` describe the same candidates in the same order.

    The offer `opening` comes first, if it fits at all. Caps of stories, outlets and events give way when nothing else
    is left: a short briefing would be no better. What adds next to nothing is left out all the same.
    """
    return select_with_reasons(offers, terms, matrix, caps, opening).chosen


def select_with_reasons(
    offers: Sequence[Offer],
    terms: Sequence[frozenset[str]],
    matrix: TermMatrix,
    caps: Caps,
    opening: int | None = None,
) -> Selection:
    """As `select`, with the number that left each of the others out."""
    choice = _Choice(offers, terms, matrix, caps)
    if opening is not None:
        choice.open_with(opening)
    for strict in (True, False):
        while len(choice.chosen) < caps.items:
            best = choice.best(strict)
            if best is None or (choice.chosen and best.gain < _LEAST_SHARE * max(one.gain for one in choice.chosen)):
                break
            choice.take(best)
    choice.put_pairs_together()
    return Selection(choice.chosen, choice.left())


class _Choice:
    """The state of one selection."""

    def __init__(
        self, offers: Sequence[Offer], terms: Sequence[frozenset[str]], matrix: TermMatrix, caps: Caps
    ) -> None:
        self._offers, self._terms, self._matrix, self._caps = offers, terms, matrix, caps
        self._open = set(range(len(offers)))
        self._told: Counter[Hashable] = Counter()
        self._stories: Counter[str] = Counter()
        self._outlets: Counter[str] = Counter()
        self._events: Counter[str] = Counter()
        self._closed: dict[int, tuple[int, str]] = {}  # by which offer, and how alike the two are
        self._likeness = [0.0] * len(offers)
        self._words = 0
        self.chosen: list[Chosen] = []

    def best(self, strict: bool) -> Chosen | None:
        """The open offer of greatest gain that fits, the earlier one of equals."""
        fitting = [index for index in self._open if self._fits(self._offers[index], strict)]
        if not fitting:
            return None
        gains = {index: self._gain(index) for index in fitting}
        index = min(fitting, key=lambda one: (-gains[one], one))
        return Chosen(index, gains[index], self._novelty(self._offers[index]))

    def open_with(self, index: int) -> None:
        """Choose this one first, if it fits at all."""
        if self._caps.items > 0 and self._fits(self._offers[index], strict=False):
            self.take(Chosen(index, self._offers[index].worth, 1.0))

    def take(self, choice: Chosen) -> None:
        """Tell it, and close whatever says the same."""
        offer = self._offers[choice.index]
        self.chosen.append(choice)
        self._open.discard(choice.index)
        self._words += offer.words
        self._stories[offer.story] += 1
        self._outlets[offer.outlet] += 1
        self._events[offer.event] += 1
        self._told.update(feature.key for feature in offer.features)
        cosines = self._matrix.similar_to(choice.index)
        for index in tuple(self._open):
            cosine = float(cosines[index])
            self._likeness[index] = max(self._likeness[index], cosine)
            share = _share(self._terms[index], self._terms[choice.index])
            if cosine >= _SAME_COSINE or share >= _SAME_SHARE:
                self._open.discard(index)
                self._closed[index] = choice.index, f"cosine {cosine:.2f}, {share:.0%} of the words"

    def put_pairs_together(self) -> None:
        """What adds to an event follows the line that tells of it; a third one stays where its gain put it."""
        ordered: list[Chosen] = []
        for one in self.chosen:
            event = self._offers[one.index].event
            places = [place for place, other in enumerate(ordered) if self._offers[other.index].event == event]
            ordered.insert(places[0] + 1 if event and len(places) == 1 else len(ordered), one)
        self.chosen = ordered

    def left(self) -> dict[int, str]:
        """For every offer that was not chosen the number that left it out."""
        last = min((one.gain for one in self.chosen), default=0.0)
        lines = {one.index: number for number, one in enumerate(self.chosen, start=1)}
        said = {index: f"says what line {lines[by]} says ({how})" for index, (by, how) in self._closed.items()}
        return {index: said.get(index) or self._why_left(index, last) for index in self._unchosen()}

    def _unchosen(self) -> list[int]:
        return [*sorted(self._closed), *sorted(self._open)]

    def _why_left(self, index: int, last: float) -> str:
        if not self._fits(self._offers[index], strict=False):
            return f"{self._offers[index].words} words did not fit any more"
        gain = f"gain {self._gain(index):.2f} beside what is told; the line of least gain has {last:.2f}"
        offer = self._offers[index]
        capped = [
            f"its {what} has {number} of at most {most} lines"
            for what, number, most in self._capped(offer)
            if number >= most
        ]
        return "; ".join([gain, *capped])

    def _capped(self, offer: Offer) -> list[tuple[str, int, int]]:
        """(what, how many items it has, how many it may have) of everything that has a cap."""
        caps = [("story", self._stories[offer.story], self._caps.story)]
        caps.append(("outlet", self._outlets[offer.outlet], self._caps.outlet))
        if self._caps.event is not None and offer.event:
            caps.append(("event", self._events[offer.event], self._caps.event))
        return caps

    def _fits(self, offer: Offer, strict: bool) -> bool:
        if self._caps.words is not None and self._words + offer.words > self._caps.words:
            return False
        if not strict:
            return True
        return all(number < most for _, number, most in self._capped(offer))

    def _gain(self, index: int) -> float:
        offer = self._offers[index]
        return offer.worth * self._novelty(offer) * (1 - _LIKENESS_COST * self._likeness[index])

    def _novelty(self, offer: Offer) -> float:
        """Part by its newest feature and part by all of them: one new side is news, though others were told."""
        total = sum(feature.weight for feature in offer.features)
        if not total:
            return _FEATURELESS
        fresh = [one.weight * one.decay ** self._told[one.key] for one in offer.features]
        newest = max(fresh) / max(one.weight for one in offer.features)
        return _FLOOR + (1 - _FLOOR) * (_BY_NEWEST * newest + (1 - _BY_NEWEST) * sum(fresh) / total)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller >= 4 else 0.0  # three words in common prove nothing
