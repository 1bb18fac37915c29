"""How alike short texts are by the words they share, found without comparing every text with every other one.

Texts are vectors of weighted words, compared by cosine. The weights are TF-IDF with two changes that matter for texts
of fifty words: how often a word stands there soon ceases to count (BM25's saturation, Robertson and Zaragoza 2009),
and a word of one text alone, which can't join anything, lengthens its vector but little. That is, in a large
collection: in a handful of texts nearly every word stands in one alone, and what sets them apart must count in full.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

Instants = NDArray[np.float64]
_Pairs = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]

_SATURATION = 1.0
_FLATTENED = 0.75  # power of IDF: less weight on the rarest words, which in small collections are rare by chance
_ALONE, _LEAST_ALONE = 2.3, 0.25  # what is left of the weight of a word that no other text has: see `_alone_share`
_COMMONEST = 100  # texts; a word of more of them proposes no pair, though it counts where another one does
_PROPOSED = 0.5  # share of the least cosine that must come from words that propose
_AT_ONCE = 1_000_000  # pairs looked at in one go, for the memory's sake


class Likeness:
    """Cosines of texts, each given as the number of times it has each word."""

    def __init__(self, texts: Sequence[Mapping[str, float]]) -> None:
        self._frequency = Counter(word for text in texts for word in text)
        self._idf = {word: log(1 + len(texts) / number) ** _FLATTENED for word, number in self._frequency.items()}
        self._alone = _alone_share(len(texts))
        self._vectors = [self._vector(text) for text in texts]

    def cosine(self, one: int, other: int) -> float:
        """How alike two texts are, in [0, 1]; rounded, so that every machine finds the same."""
        shorter, longer = sorted((self._vectors[one], self._vectors[other]), key=len)
        return round(sum(weight * longer[word] for word, weight in shorter.items() if word in longer), 6)

    def shared(self, one: int, other: int, most: int) -> tuple[str, ...]:
        """The words that make two texts alike, those of most weight first."""
        first, second = self._vectors[one], self._vectors[other]
        return tuple(sorted(first.keys() & second.keys(), key=lambda word: (-first[word] * second[word], word))[:most])

    def pairs(self, least: float, at: Instants, apart: float) -> dict[tuple[int, int], float]:
        """Cosines of at least `least`, by pair of places in ascending order.

        `at` are instants in seconds (NaN where unknown); texts more than `apart` seconds from each other are no pair.
        """
        proposed = [pairs for group in self._postings() for pairs in _expanded(*group, at, apart)]
        if not proposed:
            return {}
        first, second, product = (np.concatenate(column) for column in zip(*proposed, strict=True))
        keys, place = np.unique(first * len(self._vectors) + second, return_inverse=True)
        likely = keys[np.bincount(place, weights=product) >= least * _PROPOSED]
        found = (divmod(int(key), len(self._vectors)) for key in likely)
        return {pair: cosine for pair in found if (cosine := self.cosine(*pair)) >= least}

    def _vector(self, text: Mapping[str, float]) -> dict[str, float]:
        weights = {
            word: count / (count + _SATURATION) * self._idf[word] * (self._alone if self._frequency[word] == 1 else 1)
            for word, count in text.items()
        }
        norm = sqrt(sum(weight * weight for weight in weights.values()))
        return {word: weight / norm for word, weight in weights.items()} if norm else {}

    def _postings(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
        """For each number of texts that a word may stand in: the texts and weights of all such words, a row a word."""
        texts_of: dict[str, list[tuple[int, float]]] = {}
        for index, vector in enumerate(self._vectors):
            for word, weight in vector.items():
                if 2 <= self._frequency[word] <= _COMMONEST:
                    texts_of.setdefault(word, []).append((index, weight))
        for number, rows in groupby(sorted(texts_of.values(), key=len), key=len):
            table = np.array(list(rows)).reshape(-1, number, 2)
            yield table[:, :, 0].astype(np.int64), table[:, :, 1]


def _alone_share(texts: int) -> float:
    """All of it in up to nine texts, two thirds in thirty, a third in a thousand."""
    return min(1.0, max(_LEAST_ALONE, _ALONE / log(2 + texts)))


def _expanded(texts: NDArray[np.int64], weights: NDArray[np.float64], at: Instants, apart: float) -> Iterator[_Pairs]:
    """Every pair of texts in a row that lies close enough in time, with the product of their weights."""
    left, right = np.triu_indices(texts.shape[1], 1)
    step = max(1, _AT_ONCE // len(left))
    for start in range(0, len(texts), step):
        part, weight = texts[start : start + step], weights[start : start + step]
        first, second = part[:, left].ravel(), part[:, right].ravel()
        near = ~(np.abs(at[first] - at[second]) > apart)
        yield first[near], second[near], (weight[:, left] * weight[:, right]).ravel()[near]
