"""Which texts are worth comparing."""

import random

import pytest

from bot.articles.shared_keys import find_sharing
from bot.articles.shingles import sample_shingles


def speech(seed: int, count: int) -> list[str]:
    dice = random.Random(seed)
    return ["".join(dice.choices("abdegiklmnoprstu", k=dice.randint(2, 9))) for _ in range(count)]


def test_copies_and_parts_are_near_what_stands_before_them() -> None:
    full, other = speech(1, 600), speech(2, 500)
    texts = [full, other, full[:300], speech(3, 400), other[:-20], full[200:320]]
    assert find_sharing([sample_shingles(text) for text in texts]) == [[], [], [0], [], [1], [0, 2]]


def test_a_few_words_in_common_are_not_enough() -> None:
    stock = speech(9, 14)
    texts = [speech(seed, 500) + stock for seed in range(4)]
    assert find_sharing([sample_shingles(text) for text in texts]) == [[], [], [], []]


@pytest.mark.parametrize(("copies", "found"), [(50, True), (51, False)])
def test_keys_of_very_many_texts_do_not_count(copies: int, found: bool) -> None:
    near = find_sharing([sample_shingles(speech(1, 200))] * copies)
    assert any(near) is found
    assert [len(one) for one in near] == (list(range(copies)) if found else [0] * copies)


@pytest.mark.parametrize("signatures", [[], [b""], [b"", b""], [sample_shingles(["alone"])]])
def test_nothing_to_share(signatures: list[bytes]) -> None:
    assert find_sharing(signatures) == [[] for _ in signatures]
