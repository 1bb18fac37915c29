"""Lines that repeat over a source's documents are that source's furniture."""

from collections import Counter
from collections.abc import Iterable

_FEWEST_DOCUMENTS = 3
_SHARE = 0.05  # of the source's documents
_LONG = 60  # characters; such a line is mostly a sentence, and may recur as background in several articles
_FEWEST_FOR_LONG = 5
_SHARE_FOR_LONG = 0.3
_COPIED = 0.5  # share of a document's long lines seen before; above it the document is a copy


def find_repeated_lines(documents: Iterable[str]) -> frozenset[str]:
    """Lines (without outer white space) that recur over a source's decoded texts.

    A short line must stand in at least 3 of them and in 5 %, a long one in 5 and in 30 %. Copies of a text count once,
    for else their paragraphs would look like furniture. Plain string work: it runs over all of a source at each load.
    """
    counts: Counter[str] = Counter()
    long_lines: set[str] = set()
    seen = 0
    for text in documents:
        lines = {stripped for line in text.splitlines() if (stripped := line.strip())}
        own = {line for line in lines if len(line) >= _LONG}
        if own and len(own & long_lines) > _COPIED * len(own):
            continue
        counts.update(lines)
        long_lines |= own
        seen += 1
    return frozenset(line for line, count in counts.items() if _is_furniture(line, count, seen))


def _is_furniture(line: str, count: int, documents: int) -> bool:
    if count < max(_FEWEST_DOCUMENTS, _SHARE * documents):
        return False
    return len(line) < _LONG or count >= max(_FEWEST_FOR_LONG, _SHARE_FOR_LONG * documents)
