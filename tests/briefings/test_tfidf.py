"""Sparse TF-IDF against the same thing written out."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.briefings.tfidf import term_matrix

SENTENCES = [
    ["peace", "talks", "begin"],
    ["peace", "peace", "deal"],
    [],
    ["grain", "harvest"],
    ["talks", "begin", "peace"],
]

texts = st.lists(st.lists(st.sampled_from("abcdef"), max_size=6), min_size=1, max_size=8)


def dense(sentences: list[list[str]]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Row-normalised TF-IDF, written out."""
    vocabulary = list(dict.fromkeys(term for sentence in sentences for term in sentence))
    matrix = np.zeros((len(sentences), len(vocabulary)))
    for row, sentence in enumerate(sentences):
        for column, term in enumerate(vocabulary):
            holders = sum(term in other for other in sentences)
            matrix[row, column] = sentence.count(term) * math.log(1 + len(sentences) / holders)
        norm = np.linalg.norm(matrix[row])
        matrix[row] /= norm or 1
    return matrix


@given(texts)
def test_products_equal_those_of_the_full_matrix(sentences: list[list[str]]) -> None:
    matrix, full = term_matrix(sentences), dense(sentences)
    rows, terms = np.arange(1.0, full.shape[0] + 1), np.arange(1.0, full.shape[1] + 1)

    assert matrix.shape == full.shape
    np.testing.assert_allclose(matrix.times(terms), full @ terms)
    np.testing.assert_allclose(matrix.transposed_times(rows), full.T @ rows)


@given(texts)
def test_similarities_are_cosines(sentences: list[list[str]]) -> None:
    matrix, full = term_matrix(sentences), dense(sentences)

    for index in range(len(sentences)):
        np.testing.assert_allclose(matrix.similar_to(index), full @ full[index], atol=1e-12)


def test_equal_sentences_in_other_order_are_alike_and_strangers_are_not() -> None:
    likeness = term_matrix(SENTENCES).similar_to(0)

    assert likeness[0] == pytest.approx(1)
    assert likeness[4] == pytest.approx(1)
    assert 0 < likeness[1] < 1
    assert likeness[3] == 0


def test_a_sentence_without_terms_is_like_nothing_not_even_itself() -> None:
    assert not term_matrix(SENTENCES).similar_to(2).any()


def test_a_headline_is_compared_by_the_words_it_shares() -> None:
    cosines = term_matrix(SENTENCES).cosines_with(["grain", "harvest", "unheard"])

    assert cosines[3] == pytest.approx(1)
    assert cosines[0] == 0


@pytest.mark.parametrize("headline", [[], ["unheard"]])
def test_a_headline_without_shared_words_is_like_nothing(headline: list[str]) -> None:
    assert not term_matrix(SENTENCES).cosines_with(headline).any()


def test_a_single_sentence_has_a_vector() -> None:
    assert term_matrix([["peace"]]).similar_to(0) == pytest.approx([1])


def test_nothing_gives_an_empty_matrix() -> None:
    matrix = term_matrix([])

    assert matrix.shape == (0, 0)
    assert matrix.times(np.zeros(0)).shape == (0,)
