"""The title where the text itself gives it."""

import re
from collections.abc import Sequence

from bot.articles.lines import Line
from bot.articles.structure import is_prose

_WORD = re.compile(r"\w+")
_HEADING = re.compile(r"#\s+(?=\S)")
_TITLE_WORDS = 22
_SCAN = 8  # kept lines from the top among which a headline may stand


def find_title_line(kept: Sequence[Line], known: str | None) -> Line | None:
    """The kept line that is the title: the one that says `known`, else a headline above the first paragraph."""
    head = kept[:_SCAN]
    if known is not None:
        return next((line for line in head if same_title(line.text, known)), None)
    marked = next((line for line in head if _HEADING.match(line.text)), None)
    if marked is not None:
        return marked
    above: list[Line] = []
    for index, line in enumerate(head):
        after = kept[index + 1] if index + 1 < len(kept) else None
        if not _is_headline(line, after):
            break
        above.append(line)
    return next((line for line in above if line.words >= 4), above[0] if above else None)


def title_text(line: Line) -> str:
    """A title line without its markup."""
    return re.sub(r"^[#*_\s]+|[*_\s]+$", "", line.text)


def same_title(one: str, other: str) -> bool:
    """Whether two strings are the same words."""
    return _WORD.findall(one.casefold()) == _WORD.findall(other.casefold()) != []


def _is_headline(line: Line, after: Line | None) -> bool:
    """Short, in one piece, with text below it; a full stop only where most words are capitalised."""
    if after is None or line.words > _TITLE_WORDS or line.words < 2 or line.text.endswith((":", ",", ";")):
        return False
    if line.text[0] in "-•*–":
        return False
    if line.text.endswith(".") and not line.text.endswith(("..", "…")):
        return _capitalised_share(line) >= 0.6
    if is_prose(line) and line.words > 20 and line.ends_sentence:
        return False
    return after.words > line.words or not is_prose(after)


def _capitalised_share(line: Line) -> float:
    long = [word for word in _WORD.findall(line.text) if len(word) >= 4]
    return sum(word[0].isupper() for word in long) / len(long) if long else 0.0
