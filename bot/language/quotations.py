"""Quotation marks, paired: typographic and straight, double and British single, nested, over several paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.blocks import Block
from bot.language.spans import Span, trimmed

# Each begins with its characters, which a search skips to; what must stand around them follows.
_DOUBLE = re.compile("[“”\"„«»'`](?:(?<=[“”\"„«»])|(?<=')'|(?<=`)`)")
_SINGLE = re.compile(r"[‘’'](?:(?<=[‘'])(?<![\w.,!?…].)(?=[\w“\"\[])|(?<=[\w.,!?…\])][’'])(?!\w)|(?<=‘)(?<!\w.))")
_OPENING = frozenset("“„«")
_CLOSING_AFTER = re.compile(r"[\w.,!?…;:)\]%’'—–-]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One pair of outermost quotation marks in one block.

    `inner` is what stands within the marks, `outer` has the marks too. `goes_on` tells that the next block begins with
    a mark that continues it (no closing mark here); `continues` that this one continues the block before.
    """

    inner: Span
    outer: Span
    block: int
    continues: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Quotations:
    """All quotations of a text in order, and the blocks whose marks do not pair."""

    found: tuple[Quotation, ...]
    unclosed: tuple[int, ...]


def find_quotations(text: str, blocks: Sequence[Block]) -> Quotations:
    """Pair the quotation marks of each prose block. A block with an unclosed mark is reported, not guessed at."""
    found: list[Quotation] = []
    unclosed: list[int] = []
    continues = False
    for number, block in enumerate(blocks):
        if not block.is_prose:
            continues = False
            continue
        pairs, left_open = _pair(text, block.span)
        goes_on = left_open is not None and _opens(text, blocks, number + 1, text[left_open])
        if left_open is not None and not goes_on and _is_block_mark(text, block.span, left_open):
            inside, still_open = _pair(text, _without_mark(block.span, left_open))
            if inside and still_open is None:
                pairs, left_open = inside, None
        if left_open is not None and not goes_on and not _runs_on(block.span, left_open, continues):
            unclosed.append(number)
            continues = False
            continue
        if left_open is not None:
            pairs.append((left_open, block.span.end, block.span.end))
        for order, (start, inner_end, end) in enumerate(pairs):
            width = 2 if text[start : start + 2] in ("''", "``") else 1
            inner = trimmed(text, Span(start + width, max(inner_end, start + width)))
            is_last = order == len(pairs) - 1
            starts_block = order == 0 and start == block.span.start
            found.append(
                Quotation(
                    inner,
                    Span(start, end),
                    number,
                    continues and starts_block,
                    is_last and left_open is not None and goes_on,
                )
            )
        continues = goes_on
    return Quotations(tuple(found), tuple(unclosed))


def _pair(text: str, span: Span) -> tuple[list[tuple[int, int, int]], int | None]:
    """(start, inner end, outer end) of each outermost pair, and where a mark stays open."""
    marks = [(found.start(), found.group()) for found in _DOUBLE.finditer(text, span.start, span.end)]
    if not marks:
        return _pair_single(text, span)
    pairs: list[tuple[int, int, int]] = []
    opened: int | None = None
    depth = 0
    for at, mark in marks:
        if opened is None:
            if mark != "”":
                opened, depth = at, 1
        elif mark in _OPENING and not _looks_closing(text, at):
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                pairs.append((opened, at, at + len(mark)))
                opened = None
    return pairs, opened


def _is_block_mark(text: str, span: Span, at: int) -> bool:
    """Whether a straight mark without its other half only sets off a paragraph that quotes with curly marks."""
    at_edge = at in (span.start, span.end - 1)
    return text[at] == '"' and at_edge and "“" in text[span.start : span.end]


def _without_mark(span: Span, at: int) -> Span:
    return Span(at + 1, span.end) if at == span.start else Span(span.start, at)


def _looks_closing(text: str, at: int) -> bool:
    """Whether an opening-shaped mark stands where only a closing one can (a typist's slip)."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(_CLOSING_AFTER.match(before)) and not after.strip()


def _pair_single(text: str, span: Span) -> tuple[list[tuple[int, int, int]], int | None]:
    """Pair single marks; a closing one after a plural s is taken for an apostrophe while a better one follows."""
    pairs: list[tuple[int, int, int]] = []
    marks = [found.start() for found in _SINGLE.finditer(text, span.start, span.end)]
    position = 0
    while position < len(marks):
        start = marks[position]
        position += 1
        if not _is_single_opening(text, span, start):
            continue
        closing = _single_closing(text, span, marks[position:])
        if closing is not None:
            pairs.append((start, closing, closing + 1))
            position = marks.index(closing) + 1
    return pairs, None


def _is_single_opening(text: str, span: Span, at: int) -> bool:
    before = text[at - 1] if at > span.start else " "
    after = text[at + 1 : at + 2]
    return not (before.isalnum() or before in ".,!?…") and bool(after.strip()) and not after.isdigit()


def _single_closing(text: str, span: Span, marks: Sequence[int]) -> int | None:
    candidates: list[int] = []
    for at in marks:
        if _is_single_opening(text, span, at):
            break
        candidates.append(at)
    for at in candidates:
        if text[at - 1] in ".,!?…" or text[at - 1].lower() != "s":
            return at
    return candidates[-1] if candidates else None


def _opens(text: str, blocks: Sequence[Block], number: int, mark: str) -> bool:
    if number >= len(blocks) or not blocks[number].is_prose:
        return False
    return text[blocks[number].span.start] == mark or (mark == "'" and text.startswith("''", blocks[number].span.start))


def _runs_on(span: Span, left_open: int, continues: bool) -> bool:
    """Whether a block that continues a quotation runs to its end without a closing mark of its own."""
    return continues and left_open == span.start
