"""Which texts share sample keys, and how many: the only ones worth comparing when looking for copies."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.articles.shingles import KEYS_BELOW

_Numbers = NDArray[np.int64]

COMMONEST = 50  # texts; a key of more of them belongs to a stock phrase and proposes no pair
FEWEST = 1 / 12  # of the keys of the shorter text; a copy shares a quarter at the very least, but for chance
_AT_ONCE = 1_000_000  # pairs expanded in one go, for the memory's sake


def find_sharing(signatures: Sequence[bytes]) -> list[list[int]]:
    """For each text, by place, the places before it of texts that share enough keys with it to be copies, ascending."""
    keys, owners, sizes = keys_of(signatures)
    found = [pairs for holders in _held(keys, owners) for pairs in _pairs(holders, len(signatures))]
    near: list[list[int]] = [[] for _ in signatures]
    if not found:
        return near
    pairs, shared = np.unique(np.concatenate(found), return_counts=True)
    first, second = np.divmod(pairs, len(signatures))
    enough = shared >= FEWEST * np.minimum(sizes[first], sizes[second])
    for earlier, later in zip(first[enough].tolist(), second[enough].tolist(), strict=True):
        near[later].append(earlier)
    return near


def sample_keys(signature: bytes) -> NDArray[np.uint32]:
    """The keys of a text, ascending, each once."""
    sample = np.frombuffer(signature, dtype="<u4")
    return sample[: np.searchsorted(sample, KEYS_BELOW)]


def keys_of(signatures: Sequence[bytes]) -> tuple[_Numbers, _Numbers, _Numbers]:
    """All keys with the text that has each, ordered by key and then text; and the number of keys of each text."""
    each = [sample_keys(signature) for signature in signatures]
    sizes = np.array([len(sample) for sample in each], dtype=np.int64)
    if not sizes.sum():
        return np.empty(0, np.int64), np.empty(0, np.int64), sizes
    keys = np.concatenate(each).astype(np.int64)
    owners = np.repeat(np.arange(len(each)), sizes)
    order = np.argsort(keys, kind="stable")
    return keys[order], owners[order], sizes


def _held(keys: _Numbers, owners: _Numbers) -> Iterator[_Numbers]:
    """For each number of texts that a key may have: a table of the texts of all such keys, a row a key."""
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    holders = np.diff(starts, append=len(keys))
    for number in np.unique(holders).tolist():
        if 2 <= number <= COMMONEST:
            yield owners[starts[holders == number][:, None] + np.arange(number)]


def _pairs(holders: _Numbers, count: int) -> Iterator[_Numbers]:
    """Every pair of texts in a row, as one number each."""
    left, right = np.triu_indices(holders.shape[1], 1)
    step = max(1, _AT_ONCE // len(left))
    for start in range(0, len(holders), step):
        part = holders[start : start + step]
        yield (part[:, left] * count + part[:, right]).ravel()
