"""Cosines, and the pairs found without comparing everything with everything."""

import random

import numpy as np
import pytest

from bot.articles.likeness import Likeness

DAY = 86_400.0
NOWHEN = np.nan


def counted(*texts: str) -> list[dict[str, float]]:
    return [{word: float(text.split().count(word)) for word in text.split()} for text in texts]


def pairs(texts: list[str], least: float = 0.2, at: list[float] | None = None) -> set[tuple[int, int]]:
    instants = np.array(at or [NOWHEN] * len(texts))
    return set(Likeness(counted(*texts)).pairs(least, instants, 3 * DAY))


def test_the_same_words_are_wholly_alike_and_other_words_not_at_all() -> None:
    likeness = Likeness(counted("cod quota talks", "quota talks cod", "rain over hills"))
    assert likeness.cosine(0, 1) == pytest.approx(1.0)
    assert likeness.cosine(0, 2) == 0.0


def test_a_rare_word_binds_more_than_a_common_one() -> None:
    likeness = Likeness(counted("talks cod", "talks cod", "talks rain", "talks sun", "talks wind"))
    assert likeness.cosine(0, 1) > 0.9
    assert likeness.cosine(0, 2) < 0.5
    assert likeness.shared(0, 1, 9) == ("cod", "talks")
    assert likeness.shared(0, 1, 1) == ("cod",)


def test_a_word_said_often_soon_ceases_to_count() -> None:
    often = Likeness([{"cod": 9.0, "quota": 1.0}, {"quota": 1.0, "rain": 1.0}, {"cod": 1.0, "rain": 1.0}])
    once = Likeness([{"cod": 1.0, "quota": 1.0}, {"quota": 1.0, "rain": 1.0}, {"cod": 1.0, "rain": 1.0}])
    assert often.cosine(0, 1) > once.cosine(0, 1) / 2


def test_pairs_are_those_that_cosines_say() -> None:
    dice = random.Random(3)
    texts = [" ".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=8)) for _ in range(40)]
    likeness = Likeness(counted(*texts))
    found = likeness.pairs(0.4, np.full(40, np.nan), 1.0)
    every = {(i, j): likeness.cosine(i, j) for i in range(40) for j in range(i + 1, 40)}
    assert found == {pair: cosine for pair, cosine in every.items() if cosine >= 0.4}
    assert found


@pytest.mark.parametrize(
    ("at", "is_pair"),
    [([0.0, 3 * DAY], True), ([0.0, 3 * DAY + 1], False), ([0.0, NOWHEN], True), ([NOWHEN, NOWHEN], True)],
)
def test_what_lies_far_apart_in_time_is_no_pair(at: list[float], is_pair: bool) -> None:
    assert bool(pairs(["cod quota talks", "cod quota talks"], at=at)) is is_pair


def test_what_everybody_says_proposes_nothing() -> None:
    assert pairs([f"weather today own{number}" for number in range(150)]) == set()


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["alone"]])
def test_nothing_to_compare(texts: list[str]) -> None:
    assert pairs(texts) == set()
