"""LexRank as the paper defines it, and the signals beside it."""

import numpy as np
import pytest

from bot.briefings.centrality import centroid, headline_overlap, lexrank, position_prior, scaled
from bot.briefings.tfidf import term_matrix

SENTENCES = [
    ["minister", "rejects", "ceasefire", "plan"],
    ["minister", "rejects", "plan", "again"],
    ["ceasefire", "plan", "stalls"],
    ["harvest", "was", "good"],
    ["plan", "minister", "ceasefire"],
]


def by_definition(sentences: list[list[str]], jump: list[float], damping: float) -> list[float]:
    """Formula (3) of Erkan and Radev 2004, iterated in plain Python: p(u) = d/N + (1-d) sum_v w(u,v)/sum_z w(z,v) p(v).

    Their d is 1 - `damping`; `jump` stands for 1/N.
    """
    matrix, count = term_matrix(sentences), len(sentences)
    weights = [[float(matrix.similar_to(v)[u]) for v in range(count)] for u in range(count)]
    totals = [sum(weights[z][v] for z in range(count)) for v in range(count)]
    scores = [1 / count] * count
    for _ in range(500):
        scores = [
            (1 - damping) * jump[u]
            + damping * sum(weights[u][v] / totals[v] * scores[v] for v in range(count) if totals[v])
            for u in range(count)
        ]
    return scores


@pytest.mark.parametrize("damping", [0.5, 0.85, 0.95])
def test_the_worked_example_has_the_scores_of_the_paper_s_formula(damping: float) -> None:
    expected = by_definition(SENTENCES, [1 / len(SENTENCES)] * len(SENTENCES), damping)

    np.testing.assert_allclose(lexrank(term_matrix(SENTENCES), damping=damping), expected, atol=1e-7)


def test_a_biased_jump_is_the_same_formula_with_that_distribution() -> None:
    prior = position_prior(range(len(SENTENCES)))
    expected = by_definition(SENTENCES, [float(p) for p in prior / prior.sum()], 0.85)

    np.testing.assert_allclose(lexrank(term_matrix(SENTENCES), prior), expected, atol=1e-7)


def test_scores_are_a_distribution_even_with_wordless_sentences() -> None:
    scores = lexrank(term_matrix([*SENTENCES, [], []]))

    assert scores.sum() == pytest.approx(1)
    assert (scores > 0).all()


def test_the_stranger_is_least_like_the_mean() -> None:
    assert int(np.argmin(centroid(term_matrix(SENTENCES)))) == 3


def test_in_a_walk_the_stranger_keeps_to_itself() -> None:
    """As in the paper, a sentence is linked to itself: one without neighbours has its even share, no more."""
    scores = lexrank(term_matrix(SENTENCES))

    assert scores[3] == pytest.approx(1 / len(SENTENCES))
    assert int(np.argmax(scores)) == 0


def test_identical_sentences_have_identical_scores() -> None:
    scores = lexrank(term_matrix([*SENTENCES, SENTENCES[0]]))

    assert scores[0] == pytest.approx(scores[5])


def test_the_same_input_gives_the_same_scores() -> None:
    assert lexrank(term_matrix(SENTENCES)).tolist() == lexrank(term_matrix(SENTENCES)).tolist()


def test_no_sentences_no_scores() -> None:
    empty = term_matrix([])

    assert lexrank(empty).shape == (0,)
    assert centroid(empty).shape == (0,)
    assert headline_overlap(empty, []).shape == (0,)


def test_centroid_is_the_cosine_with_the_mean() -> None:
    matrix = term_matrix(SENTENCES)
    rows = np.array([matrix.row(index) for index in range(len(SENTENCES))])
    mean = rows.mean(axis=0)

    np.testing.assert_allclose(centroid(matrix), rows @ mean / np.linalg.norm(mean))


def test_position_falls_from_one_and_never_below_the_floor() -> None:
    prior = position_prior([0, 1, 3, 50], floor=0.1)

    assert prior.tolist() == pytest.approx([1, 0.5, 0.25, 0.1])


@pytest.mark.parametrize("headlines", [[], [[]], [["unheard"]]])
def test_without_a_headline_in_common_there_is_no_overlap(headlines: list[list[str]]) -> None:
    assert not headline_overlap(term_matrix(SENTENCES), headlines).any()


def test_overlap_is_the_mean_over_headlines() -> None:
    matrix = term_matrix(SENTENCES)
    both = headline_overlap(matrix, [["harvest"], ["ceasefire", "plan"]])

    np.testing.assert_allclose(
        both, (matrix.cosines_with(["harvest"]) + matrix.cosines_with(["ceasefire", "plan"])) / 2
    )


@pytest.mark.parametrize(("scores", "expected"), [([1.0, 4.0], [0.25, 1.0]), ([0.0, 0.0], [0.0, 0.0]), ([], [])])
def test_scaling_keeps_zeros_and_makes_the_greatest_one(scores: list[float], expected: list[float]) -> None:
    assert scaled(np.array(scores)).tolist() == expected
