"""Sentences as TF-IDF vectors, kept sparse: nothing here ever forms a sentence-by-sentence matrix.

A cosine matrix of n sentences is `X @ X.T` for the row-normalised matrix X. Every use of it in this room is a product
with a vector, and `X @ (X.T @ v)` costs only as much as there are words, so 30,000 sentences need megabytes, not
gigabytes.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Indexes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class TermMatrix:
    """Row-normalised TF-IDF in coordinate form, ordered by row: entry k is `data[k]` at (`rows[k]`, `columns[k]`).

    `offsets[i]` is where row i begins; `shape` is (sentences, terms); `vocabulary` and `idf` give a term's column and
    its IDF. `by_column` are the places of the entries by term, those of term j from `column_offsets[j]` on.
    """

    rows: Indexes
    columns: Indexes
    data: Vector
    offsets: Indexes
    shape: tuple[int, int]
    vocabulary: dict[str, int]
    idf: Vector
    by_column: Indexes
    column_offsets: Indexes

    def times(self, vector: Vector) -> Vector:
        """`X @ vector`, one number a sentence."""
        return _sums(self.rows, self.data * vector[self.columns], self.shape[0])

    def transposed_times(self, vector: Vector) -> Vector:
        """`X.T @ vector`, one number a term."""
        return _sums(self.columns, self.data * vector[self.rows], self.shape[1])

    def row(self, index: int) -> Vector:
        """Sentence `index` as a dense vector over the terms."""
        dense = np.zeros(self.shape[1])
        part = slice(self.offsets[index], self.offsets[index + 1])
        dense[self.columns[part]] = self.data[part]
        return dense

    def similar_to(self, index: int) -> Vector:
        """Cosine of every sentence with sentence `index`, in [0, 1]."""
        return self.times(self.row(index))

    def cosines_with(self, terms: Sequence[str]) -> Vector:
        """Cosine of every sentence with a text that is not among them (a headline), in [0, 1]."""
        dense = np.zeros(self.shape[1])
        known = [(self.vocabulary[term], count) for term, count in Counter(terms).items() if term in self.vocabulary]
        for column, count in known:
            dense[column] = count * self.idf[column]
        norm = float(np.linalg.norm(dense))
        if not norm:
            return np.zeros(self.shape[0])
        held = np.sort(np.concatenate([self._held(column) for column, _ in known]))  # what else there is adds nothing
        return _sums(self.rows[held], self.data[held] * (dense / norm)[self.columns[held]], self.shape[0])

    def _held(self, column: int) -> Indexes:
        """The entries of one term."""
        return self.by_column[self.column_offsets[column] : self.column_offsets[column + 1]]


def _sums(groups: Indexes, values: Vector, count: int) -> Vector:
    """The sum of `values` of each of `count` groups."""
    return np.bincount(groups, weights=values, minlength=count).astype(np.float64, copy=False)


def term_matrix(sentences: Sequence[Sequence[str]]) -> TermMatrix:
    """TF-IDF of `sentences` (lists of terms), each row of length 1 (or 0 where a sentence has no terms).

    IDF is ln(1 + N / n), which stays above zero for a term of every sentence, so that a single sentence has a vector.
    """
    vocabulary: dict[str, int] = {}
    named = [vocabulary.setdefault(term, len(vocabulary)) for terms in sentences for term in terms]
    lengths = np.array([len(terms) for terms in sentences], dtype=np.int64)
    every = np.repeat(np.arange(len(sentences)), lengths) * len(vocabulary) + np.array(named, dtype=np.int64)
    _, first, counts = np.unique(every, return_index=True, return_counts=True)
    order = np.argsort(first)  # as the terms stand: sums depend on their order
    places = every[first[order]]
    row_of, column_of = np.divmod(places, max(len(vocabulary), 1))
    frequency = np.bincount(column_of, minlength=len(vocabulary))
    idf = np.log1p(len(sentences) / np.maximum(frequency, 1))
    data = counts[order].astype(np.float64) * idf[column_of]
    norms = np.sqrt(np.bincount(row_of, weights=data**2, minlength=len(sentences)))
    data /= np.where(norms > 0, norms, 1)[row_of]
    return TermMatrix(
        rows=row_of,
        columns=column_of,
        data=data,
        offsets=np.searchsorted(row_of, np.arange(len(sentences) + 1)),
        shape=(len(sentences), len(vocabulary)),
        vocabulary=vocabulary,
        idf=idf,
        by_column=np.argsort(column_of, kind="stable"),
        column_offsets=np.concatenate([[0], np.cumsum(frequency)]),
    )
