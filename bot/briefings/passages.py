"""What a ranker sees of a text: words of sentences, where they stand, and the headlines above them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.language.lexicon import Lexicon

_MIN_TERM_LENGTH = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """The words (case-folded) of one sentence; it is number `place` of document number `document`, both from 0."""

    words: tuple[str, ...]
    document: int
    place: int


@dataclass(frozen=True, slots=True)
class Material:
    """Everything to be ranked: the passages of all documents, and the words of each document's headline (or none)."""

    passages: tuple[Passage, ...]
    headlines: tuple[tuple[str, ...], ...]

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self.headlines)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which words carry meaning: everything but the stop words of the language."""

    stop_words: frozenset[str]

    def terms(self, words: Iterable[str]) -> tuple[str, ...]:
        """The words that carry meaning, in order."""
        stop = self.stop_words
        return tuple([word for word in words if len(word) >= _MIN_TERM_LENGTH and word not in stop])

    def concepts(self, words: Sequence[str]) -> frozenset[str]:
        """Terms and pairs of neighbouring words that are not both stop words: what two texts can be said to share."""
        stop = self.stop_words
        both = {f"{a} {b}" for a, b in pairwise(words) if a not in stop or b not in stop}
        both.update(self.terms(words))
        return frozenset(both)


def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The vocabulary of `lexicon` (section briefing)."""
    return Vocabulary(frozenset(lexicon.strings("briefing", "stop_words")))
