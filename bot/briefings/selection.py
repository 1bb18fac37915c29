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


@dataclass(frozen=True, slots=True)
class Caps:
    """Limits of one briefing: `items`, `words` (None: no limit), and how many items one story or outlet may have."""

    items: int
    words: int | None
    story: int
    outlet: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen offer: its index, its gain when it was chosen, and how new its features were then, in [0, 1]."""

    index: int
    gain: float
    novelty: float


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
    """Offers by falling gain. `terms` and `matrix` describe the same candidates in the same order.

    The offer `opening` comes first, if it fits at all. Story and outlet caps give way when nothing else is left: a
    short briefing would be no better. What adds next to nothing is left out all the same.
    """
    choice = _Choice(offers, terms, matrix, caps)
    if opening is not None:
        choice.open_with(opening)
    for strict in (True, False):
        while len(choice.chosen) < caps.items:
            best = choice.best(strict)
            if best is None or (choice.chosen and best.gain < _LEAST_SHARE * max(one.gain for one in choice.chosen)):
                break
            choice.take(best)
    return choice.chosen


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
        self._told.update(feature.key for feature in offer.features)
        cosines = self._matrix.similar_to(choice.index)
        for index in tuple(self._open):
            cosine = float(cosines[index])
            self._likeness[index] = max(self._likeness[index], cosine)
            if cosine >= _SAME_COSINE or _share(self._terms[index], self._terms[choice.index]) >= _SAME_SHARE:
                self._open.discard(index)

    def _fits(self, offer: Offer, strict: bool) -> bool:
        if self._caps.words is not None and self._words + offer.words > self._caps.words:
            return False
        if not strict:
            return True
        return self._stories[offer.story] < self._caps.story and self._outlets[offer.outlet] < self._caps.outlet

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
