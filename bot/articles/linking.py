"""Complete link: clusters in which every two are alike, from the pairs that are.

Agglomerative, the most alike first; the likeness of two clusters is that of their least alike members. Pairs that are
not given are not alike at all, so clusters without a pair between them never meet, and the work grows with the number
of pairs (times its logarithm), not with the square of the number of things.
"""

from collections.abc import Mapping
from heapq import heapify, heappop, heappush

Pairs = Mapping[tuple[int, int], float]


def link_completely(count: int, pairs: Pairs) -> list[list[int]]:
    """Clusters of the things 0 to `count` - 1, each sorted, by their first member.

    Of pairs that are equally alike the one with the earlier things is linked first.
    """
    near: list[dict[int, float]] = [{} for _ in range(count)]
    for (one, other), likeness in pairs.items():
        near[one][other] = near[other][one] = likeness
    clusters = {index: [index] for index in range(count)}
    heap = [(-likeness, one, other) for (one, other), likeness in pairs.items()]
    heapify(heap)
    while heap:
        negative, one, other = heappop(heap)
        if one in clusters and other in clusters and near[one].get(other) == -negative:
            clusters[one] += clusters.pop(other)
            for third, likeness in _merge(near, one, other).items():
                heappush(heap, (-likeness, min(one, third), max(one, third)))
    return sorted(sorted(members) for members in clusters.values())


def _merge(near: list[dict[int, float]], one: int, other: int) -> dict[int, float]:
    """What cluster `one` is near to with `other` in it: only what both were near to."""
    first, second = near[one], near[other]
    both = {third: min(likeness, second[third]) for third, likeness in first.items() if third in second}
    for third in {*first, *second} - {one, other}:
        near[third].pop(other, None)
        if third in both:
            near[third][one] = both[third]
        else:
            near[third].pop(one, None)
    near[one], near[other] = both, {}
    return both
