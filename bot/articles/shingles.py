"""Word shingles of a text, sampled so that two texts' samples can be compared.

The sample is a FracMinHash (Broder 1997, "sketches modulo m"; Irber et al. 2022): of all shingles those whose hash
falls in a fixed share of the hash space. Unlike a MinHash of fixed length it estimates containment as well as
resemblance without bias, so that a truncated copy is found however short it is, and needs nothing but a hash.
"""

import struct
import zlib
from collections.abc import Sequence

SHINGLE_WORDS = 5  # Broder et al. 1997; the length the reference figures for news copies were measured with
SHARE = 2  # one in so many hashes is kept
KEYS_BELOW = 2**32 // 4  # kept hashes below, a quarter of them, are keys by which likely copies are found


def sample_shingles(words: Sequence[str]) -> bytes:
    """The kept hashes of `words`' shingles, ascending, as little-endian 32-bit numbers."""
    stop = max(1, len(words) - SHINGLE_WORDS + 1)
    hashes = {zlib.crc32(" ".join(words[at : at + SHINGLE_WORDS]).encode()) for at in range(stop)} if words else set()
    kept = sorted(value for value in hashes if value % SHARE == 0)
    return struct.pack(f"<{len(kept)}I", *kept)


def read_sample(signature: bytes) -> frozenset[int]:
    """The hashes in a signature."""
    return frozenset(struct.unpack(f"<{len(signature) // 4}I", signature))
