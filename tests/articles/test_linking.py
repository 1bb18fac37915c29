"""Complete link: every two of a cluster are alike."""

import random

import pytest

from bot.articles.linking import link_completely


@pytest.mark.parametrize(
    ("pairs", "clusters"),
    [
        ({}, [[0], [1], [2], [3]]),
        ({(0, 1): 0.9}, [[0, 1], [2], [3]]),
        ({(0, 1): 0.9, (1, 2): 0.8}, [[0, 1], [2], [3]]),  # 0 and 2 are not alike
        ({(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.2}, [[0, 1, 2], [3]]),
        ({(0, 1): 0.5, (1, 2): 0.9, (2, 3): 0.5}, [[0], [1, 2], [3]]),
        ({(0, 1): 0.5, (1, 2): 0.5, (2, 3): 0.5}, [[0, 1], [2, 3]]),  # of equals the earlier
        ({(0, 2): 0.9, (1, 3): 0.9, (0, 1): 0.3, (0, 3): 0.3, (1, 2): 0.3, (2, 3): 0.3}, [[0, 1, 2, 3]]),
    ],
)
def test_clusters(pairs: dict[tuple[int, int], float], clusters: list[list[int]]) -> None:
    assert link_completely(4, pairs) == clusters


def naive(count: int, pairs: dict[tuple[int, int], float]) -> list[list[int]]:
    """By the definition: at each step the two clusters whose least alike members are most alike."""
    clusters = [[index] for index in range(count)]
    while True:
        found = [
            (min(pairs.get((min(a, b), max(a, b)), 0.0) for a in one for b in other), one, other)
            for at, one in enumerate(clusters)
            for other in clusters[at + 1 :]
        ]
        best = max(found, key=lambda link: (link[0], [-link[1][0], -link[2][0]]), default=None)
        if best is None or best[0] <= 0:
            return sorted(sorted(members) for members in clusters)
        clusters = [one for one in clusters if one not in best[1:]] + [sorted(best[1] + best[2])]
        clusters.sort()


@pytest.mark.parametrize("seed", range(12))
def test_it_is_what_the_definition_says(seed: int) -> None:
    dice = random.Random(seed)
    pairs = {(i, j): dice.random() for i in range(14) for j in range(i + 1, 14) if dice.random() < 0.5}
    assert link_completely(14, pairs) == naive(14, pairs)


def test_every_two_of_a_cluster_are_a_pair() -> None:
    dice = random.Random(7)
    pairs = {(i, j): dice.random() for i in range(200) for j in range(i + 1, 200) if dice.random() < 0.1}
    clusters = link_completely(200, pairs)
    assert sorted(index for members in clusters for index in members) == list(range(200))
    assert all((one, other) in pairs for members in clusters for one in members for other in members if one < other)
    assert max(map(len, clusters)) > 2
