"""Lines that repeat over a source's documents are that source's furniture."""

import hashlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeAlias

_FEWEST_DOCUMENTS = 3
_SHARE = 0.05  # of the source's documents
_LONG = 60  # characters; such a line is mostly a sentence, and may recur as background in several articles
_FEWEST_FOR_LONG = 5
_SHARE_FOR_LONG = 0.3
_COPIED = 0.5  # share of a document's long lines seen before; above it the document is a copy
_FROM_LONG = 1 << 63  # numbers of long lines begin here

Lines: TypeAlias = "array[int]"


def lines_of(text: str) -> Mapping[int, str]:
    """The lines of a text (without outer white space), each once, by number: 64 bits, alike in every process."""
    return {_number(line): line for each in text.splitlines() if (line := each.strip())}


def numbered_lines(text: str) -> Lines:
    """The numbers of a text's lines, ascending, those of long lines last."""
    return array("Q", sorted(lines_of(text)))


def _number(line: str) -> int:
    digest = hashlib.blake2b(line.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    number = int.from_bytes(digest, "little") >> 1
    return number | _FROM_LONG if len(line) >= _LONG else number


class LineCensus:
    """Counts in how many documents each line stands, document by document.

    Lines go by their numbers alone, so that a large source is counted in a small part of its size, and without reading
    again what did not change. It runs over all of a source at each load.
    """

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()
        self._long_lines: set[int] = set()
        self._documents = 0

    def add(self, lines: Lines) -> None:
        """Count a document. Copies of a text count once, for else their paragraphs would look like furniture."""
        own = set(lines[bisect_left(lines, _FROM_LONG) :])
        if not own or len(own & self._long_lines) <= _COPIED * len(own):
            self._counts.update(lines)
            self._long_lines |= own
            self._documents += 1

    def repeated(self) -> frozenset[int]:
        """The lines that recur: short ones in at least 3 documents and in 5 %, long ones in 5 and in 30 %."""
        short = max(_FEWEST_DOCUMENTS, _SHARE * self._documents)
        long = max(_FEWEST_FOR_LONG, _SHARE_FOR_LONG * self._documents)
        often = [(line, count) for line, count in self._counts.items() if count >= short]
        return frozenset(line for line, count in often if line < _FROM_LONG or count >= long)


def find_repeated_lines(documents: Iterable[str]) -> frozenset[str]:
    """Lines (without outer white space) that recur over a source's decoded texts; see `LineCensus`."""
    census = LineCensus()
    seen: set[int] = set()
    texts: dict[int, str] = {}  # of lines that were seen before
    for text in documents:
        lines = lines_of(text)
        texts |= {number: lines[number] for number in seen & lines.keys()}
        seen |= lines.keys()
        census.add(array("Q", sorted(lines)))
    return frozenset(texts[line] for line in census.repeated())
