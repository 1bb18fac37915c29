"""Which sentences matter: our ranking, in numpy, behind one small port."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from bot.briefings.centrality import centroid, headline_overlap, lexrank, position_prior, scaled
from bot.briefings.coverage import Coverage
from bot.briefings.passages import Material, Vocabulary
from bot.briefings.tfidf import TermMatrix, Vector, term_matrix


class Ranker(Protocol):
    """Puts passages in order of merit."""

    def relevance(self, material: Material) -> Vector:
        """Merit of each passage by itself, in [0, 1]."""

    def order(self, material: Material) -> Iterator[int]:
        """Indexes of passages, the best first, each once. May leave out what repeats an earlier one."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts; found on development round-ups of news, see the tests of quality.

    `diversity` is Carbonell and Goldstein's 1 - lambda; passages more alike than `same` (cosine) are never both told;
    fragments of fewer than `fewest_words` words are passed over while anything else is left.
    """

    centrality: float = 0.5
    headline: float = 0.25
    position: float = 0.1
    shared: float = 1.5
    alone: float = 2.0
    diversity: float = 0.4
    same: float = 0.6
    fewest_words: int = 5


Centrality = Callable[[TermMatrix, Vector], Vector]


class AttacheRanker:
    """LexRank that starts from the top of articles, headline overlap, and concepts that documents share, by MMR.

    MMR is Carbonell and Goldstein 1998. Deterministic: equal merit falls to the earlier passage.
    """

    def __init__(
        self, vocabulary: Vocabulary, weights: Weights | None = None, centrality: Centrality = lexrank
    ) -> None:
        self._vocabulary = vocabulary
        self._weights = weights or Weights()
        self._centrality = centrality

    def relevance(self, material: Material) -> Vector:
        """Merit of each passage by itself, in [0, 1]."""
        shared = Coverage(material, self._vocabulary).worth
        return scaled(self._merit(material, self._matrix(material)) + self._weights.shared * shared)

    def order(self, material: Material) -> Iterator[int]:
        """Best first; what says the same as an earlier one (`Weights.same`) is left out."""
        if not material.passages:
            return
        matrix = self._matrix(material)
        merit, coverage = self._merit(material, matrix), Coverage(material, self._vocabulary)
        weights = self._weights
        likeness = np.zeros(len(material.passages))
        open_ = np.array([bool(passage.words) for passage in material.passages])
        short = np.array([len(passage.words) < weights.fewest_words for passage in material.passages])
        while open_.any():
            gain = (1 - weights.diversity) * (merit + weights.shared * coverage.worth) - weights.diversity * likeness
            best = int(np.argmax(np.where(open_, gain - 100 * short, -np.inf)))
            yield best
            coverage.tell(best)
            likeness = np.maximum(likeness, matrix.similar_to(best))
            open_ &= likeness <= weights.same
            open_[best] = False

    def _matrix(self, material: Material) -> TermMatrix:
        return term_matrix([self._vocabulary.terms(passage.words) for passage in material.passages])

    def _merit(self, material: Material, matrix: TermMatrix) -> Vector:
        weights = self._weights
        prior = position_prior([passage.place for passage in material.passages])
        titles = [self._vocabulary.terms(words) for words in material.headlines]
        position = weights.position if material.documents > 1 else weights.alone
        return (
            weights.centrality * scaled(self._centrality(matrix, prior))
            + weights.headline * scaled(headline_overlap(matrix, titles))
            + position * prior
        )


def central(matrix: TermMatrix, _prior: Vector) -> Vector:
    """Nearness to the centroid of all, wherever a passage stands: the other choice of `Centrality`."""
    return centroid(matrix)
