"""Lines that repeat over a source's documents are that source's furniture."""

from collections import Counter
from collections.abc import Iterable

from bot.articles.lines import Line, split_lines
from bot.articles.structure import is_prose

_FEWEST_DOCUMENTS = 3
_SHARE = 0.05  # of the source's documents
_FEWEST_FOR_PROSE = 5  # a sentence may recur as background in several articles: it takes more to be furniture
_SHARE_FOR_PROSE = 0.3
_COPIED = 0.5  # share of a document's sentences seen before; above it the document is a copy and counts no more


def find_repeated_lines(documents: Iterable[str]) -> frozenset[str]:
    """Lines (without outer white space) that recur over a source's decoded texts.

    A short line must stand in at least 3 of them and in 5 %, a whole sentence in 5 and in 30 %. Copies of a text count
    once, for else their paragraphs would look like furniture.
    """
    counts: Counter[str] = Counter()
    sentences: set[str] = set()
    seen = 0
    for text in documents:
        lines = {line.text: line for line in split_lines(text)}
        prose = {words for words, line in lines.items() if is_prose(line)}
        if prose and len(prose & sentences) > _COPIED * len(prose):
            continue
        counts.update(lines.keys())  # a mapping would be taken for counts
        sentences |= prose
        seen += 1
    return frozenset(line for line, count in counts.items() if _is_furniture(line, count, seen))


def _is_furniture(text: str, count: int, documents: int) -> bool:
    if count < max(_FEWEST_DOCUMENTS, _SHARE * documents):
        return False
    return not _reads_as_prose(text) or count >= max(_FEWEST_FOR_PROSE, _SHARE_FOR_PROSE * documents)


def _reads_as_prose(text: str) -> bool:
    return is_prose(Line(0, len(text), text, text, len(text.split())))
