"""Lines that repeat over a source's documents are that source's furniture."""

from array import array
from collections.abc import Iterable, Mapping

_FEWEST_DOCUMENTS = 3
_SHARE = 0.05  # of the source's documents
_LONG = 60  # characters; such a line is mostly a sentence, and may recur as background in several articles
_FEWEST_FOR_LONG = 5
_SHARE_FOR_LONG = 0.3
_COPIED = 0.5  # share of a document's long lines seen before; above it the document is a copy


class LineCensus:
    """Counts in how many documents each line stands, document by document; only lines that recur are kept as text.

    Lines (without outer white space) go by their hash, 64 bits that no other process need agree on, so that a large
    source is counted in a small part of its size. Plain string work: it runs over all of a source at each load.
    """

    def __init__(self) -> None:
        self._counts: dict[int, int] = {}
        self._texts: dict[int, str] = {}  # of lines that stand in enough documents to be looked at
        self._long_lines: set[int] = set()
        self._documents = 0

    def add(self, text: str) -> "array[int]":
        """Count a decoded document; the hashes of its lines, each once.

        Copies of a text count once, for else their paragraphs would look like furniture.
        """
        lines = {stripped for line in text.splitlines() if (stripped := line.strip())}
        own = {hash(line) for line in lines if len(line) >= _LONG}
        if not own or len(own & self._long_lines) <= _COPIED * len(own):
            self._count(lines)
            self._long_lines |= own
            self._documents += 1
        return array("q", map(hash, lines))

    def _count(self, lines: Iterable[str]) -> None:
        counts = self._counts
        for line in lines:
            key = hash(line)
            count = counts[key] = counts.get(key, 0) + 1
            if count == _FEWEST_DOCUMENTS:
                self._texts[key] = line

    def repeated(self) -> Mapping[int, str]:
        """The lines that recur, by hash: short ones in at least 3 documents and in 5 %, long ones in 5 and in 30 %."""
        return {key: line for key, line in self._texts.items() if self._is_furniture(line, self._counts[key])}

    def _is_furniture(self, line: str, count: int) -> bool:
        if len(line) < _LONG:
            return count >= _SHARE * self._documents
        return count >= max(_FEWEST_FOR_LONG, _SHARE_FOR_LONG * self._documents)


def find_repeated_lines(documents: Iterable[str]) -> frozenset[str]:
    """Lines (without outer white space) that recur over a source's decoded texts; see `LineCensus`."""
    census = LineCensus()
    for text in documents:
        census.add(text)
    return frozenset(census.repeated().values())
