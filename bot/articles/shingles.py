"""Word shingles of a text, sampled so that two texts' samples can be compared.

The sample is a FracMinHash (Broder 1997, "sketches modulo m"; Irber et al. 2022): of all shingles those whose hash
falls in a fixed share of the hash space. Unlike a MinHash of fixed length it estimates containment as well as
resemblance without bias, so that a truncated copy is found however short it is, and needs nothing but a hash.
"""

import zlib
from collections.abc import Sequence

SHINGLE_WORDS = 5  # Broder et al. 1997; the length the reference figures for news copies were measured with
SHARE = 2  # one in so many hashes is kept


def sample_shingles(words: Sequence[str]) -> bytes:
    """The kept hashes of `words`' shingles, ascending, as 32-bit numbers in this machine-independent order."""
    stop = max(1, len(words) - SHINGLE_WORDS + 1)
    hashes = {zlib.crc32(" ".join(words[at : at + SHINGLE_WORDS]).encode()) for at in range(stop)} if words else set()
    kept = sorted(value for value in hashes if value % SHARE == 0)
    return b"".join(value.to_bytes(4, "little") for value in kept)


def read_sample(signature: bytes) -> frozenset[int]:
    """The hashes in a signature."""
    return frozenset(int.from_bytes(signature[at : at + 4], "little") for at in range(0, len(signature), 4))
