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

    `offsets[i]` is where row i begins; `shape` is (sentences, terms); `weight_of` gives a term's column and IDF.
    """

    rows: Indexes
    columns: Indexes
    data: Vector
    offsets: Indexes
    shape: tuple[int, int]
    vocabulary: dict[str, int]
    idf: Vector

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
        for term, count in Counter(terms).items():
            column = self.vocabulary.get(term)
            if column is not None:
                dense[column] = count * self.idf[column]
        norm = float(np.linalg.norm(dense))
        return self.times(dense / norm) if norm else np.zeros(self.shape[0])


def _sums(groups: Indexes, values: Vector, count: int) -> Vector:
    """The sum of `values` of each of `count` groups."""
    return np.bincount(groups, weights=values, minlength=count).astype(np.float64, copy=False)


def term_matrix(sentences: Sequence[Sequence[str]]) -> TermMatrix:
    """TF-IDF of `sentences` (lists of terms), each row of length 1 (or 0 where a sentence has no terms).

    IDF is ln(1 + N / n), which stays above zero for a term of every sentence, so that a single sentence has a vector.
    """
    vocabulary: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    counts: list[int] = []
    offsets = [0]
    for index, terms in enumerate(sentences):
        for term, count in Counter(terms).items():
            rows.append(index)
            columns.append(vocabulary.setdefault(term, len(vocabulary)))
            counts.append(count)
        offsets.append(len(rows))
    row_of, column_of = np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)
    frequency = np.bincount(column_of, minlength=len(vocabulary))
    idf = np.log1p(len(sentences) / np.maximum(frequency, 1))
    data = np.array(counts, dtype=np.float64) * idf[column_of]
    norms = np.sqrt(np.bincount(row_of, weights=data**2, minlength=len(sentences)))
    data /= np.where(norms > 0, norms, 1)[row_of]
    return TermMatrix(
        rows=row_of,
        columns=column_of,
        data=data,
        offsets=np.array(offsets, dtype=np.int64),
        shape=(len(sentences), len(vocabulary)),
        vocabulary=vocabulary,
        idf=idf,
    )
