"""Which kept line is the title, a heading, a bullet or a paragraph; and the text they make."""

import re
from collections.abc import Sequence

from bot.articles.lines import Line
from bot.language.blocks import Block, BlockKind
from bot.language.spans import Span

_BULLET = re.compile(r"(?:[-–—•·‣▪*●○◦►]|\(?[a-z]\))\s+(?=\S)")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]{1,4})[.):]\s+(?=\S)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(?P<text>.+?)(?<=\S)\1")
_HEADING_WORDS = 16
_PROSE_WORDS = 18


def is_prose(line: Line) -> bool:
    """Whether a line reads as running text: a whole sentence, or so long that it can't be anything else."""
    return (line.words >= 6 and line.ends_sentence) or line.words >= _PROSE_WORDS


def has_marker(line: Line) -> bool:
    """Whether a line is marked as a bullet, a numbered point or a heading by its first characters."""
    return any(marker.match(line.text) is not None for marker in (_MARKDOWN_HEADING, _BULLET, _NUMBERED))


def kind_of(line: Line, before: Line | None, after: Line | None) -> tuple[BlockKind, int]:
    """What a line is among its neighbours, and how many characters of marker it begins with."""
    if marker := _MARKDOWN_HEADING.match(line.text):
        return BlockKind.HEADING, marker.end()
    if marker := _BULLET.match(line.text):
        return BlockKind.BULLET, marker.end()
    if (marker := _NUMBERED.match(line.text)) and is_prose(line):
        return BlockKind.BULLET, marker.end()
    if _is_heading(line, before, after):
        return BlockKind.HEADING, 0
    return BlockKind.PARAGRAPH, 0


def _is_heading(line: Line, before: Line | None, after: Line | None) -> bool:
    if line.words > _HEADING_WORDS or after is None or line.text[0] in "\"“'‘(":
        return False
    if _BOLD.fullmatch(line.text) is not None and line.words <= _HEADING_WORDS:
        return True
    if _NUMBERED.match(line.text) is not None:
        return not line.text.endswith((".", ",", ";")) and not _is_list_item(before, after)
    return (
        not line.ends_sentence and not line.text.endswith((":", ",", ";", "-", "–", "—", "”", '"')) and is_prose(after)
    )


def _is_list_item(before: Line | None, after: Line) -> bool:
    """Numbered lines that touch each other are a list, not headings."""
    return any(near is not None and _NUMBERED.match(near.text) is not None for near in (before, after))


def assemble(text: str, kept: Sequence[Line], title: Line | None) -> tuple[str, tuple[Block, ...]]:
    """The cleaned text and its blocks.

    Between two kept lines stands what stood between them; where lines were dropped there, the larger of the
    white space before and after them. Within a line no character changes.
    """
    pieces: list[str] = []
    blocks: list[Block] = []
    at = 0
    for index, line in enumerate(kept):
        before = kept[index - 1] if index else None
        if before is not None:
            gap = _gap(text, before, line)
            pieces.append(gap)
            at += len(gap)
        after = kept[index + 1] if index + 1 < len(kept) else None
        kind, marker = (BlockKind.TITLE, _title_marker(line)) if line is title else kind_of(line, before, after)
        blocks.append(Block(kind, Span(at + marker, at + line.end - line.start)))
        pieces.append(line.text)
        at += line.end - line.start
    return "".join(pieces), tuple(blocks)


def _title_marker(line: Line) -> int:
    marker = _MARKDOWN_HEADING.match(line.text)
    return marker.end() if marker else 0


def _gap(text: str, before: Line, line: Line) -> str:
    between = text[before.end : line.start]
    if not between.strip():
        return between
    runs = re.findall(r"\s*\n\s*", between)
    ends = (re.match(r"\s*", between), re.search(r"\s*$", between))
    edges = [found.group() for found in ends if found is not None and "\n" in found.group()]
    return max(edges or runs or ["\n"], key=lambda run: run.count("\n"))
