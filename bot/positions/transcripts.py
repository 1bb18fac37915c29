"""Turns of an interview or a press conference: paragraphs that open with the speaker's name and a colon."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.language.blocks import Block, BlockKind
from bot.language.names import NameBook
from bot.language.spans import Span, trimmed

_CAPITALS = re.compile(r"[\"“]?((?:[A-Z][A-Z’'-]{2,}|M[RSX]S?\.?|D[R]\.?)(?: [A-Z][A-Z.’'-]+){0,3}|A|Q):\s")
_MIXED = re.compile(r"((?:(?:[A-Z][\w.’'-]*|of|the|for|and) ){0,8}[A-Z][\w’'-]+)(?: \([^()]{1,40}\))?:\s")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 3  # turns that make a transcript of surnames in mixed case
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")


class Turn(NamedTuple):
    """One paragraph of somebody's: who (the name as printed) and what.

    `is_alone` where no other paragraph of the article opens so; `is_question` where somebody without a name asks;
    `goes_on` where the paragraph has no name of its own.
    """

    name: Span
    content: Span
    is_alone: bool = False
    is_question: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class _Opening:
    block: int
    name: Span
    content: Span
    key: str
    is_mixed: bool
    is_addressed: bool  # somebody speaks of himself or to somebody


def transcript_name(text: str, span: Span) -> Span | None:
    """The name in capitals that opens a stretch of speech ("SMITH: ..."), or the A of questions and answers."""
    found = _CAPITALS.match(text, span.start, span.end)
    return None if found is None else Span(found.start(1), found.end(1))


def find_turns(text: str, blocks: Sequence[Block], names: NameBook) -> Mapping[int, Turn]:
    """Turns by the number of their block."""
    openings = [found for number in range(len(blocks)) if (found := _opening(text, blocks, number, names))]
    answers = _of_one_name(text, openings, blocks)
    openings = _in_capitals(openings) or _in_mixed_case(openings) or answers
    is_alone = len(openings) == 1
    turns = {one.block: Turn(one.name, one.content, is_alone, one.key in names.askers) for one in openings}
    if openings and openings is answers:
        turns |= _questions(blocks, turns)
    return turns if is_alone else _with_further_paragraphs(text, blocks, turns, names)


def _opening(text: str, blocks: Sequence[Block], number: int, names: NameBook) -> _Opening | None:
    block = blocks[number]
    if block.kind is not BlockKind.PARAGRAPH:
        return None
    capitals = _CAPITALS.match(text, block.span.start, block.span.end)
    found = capitals or _MIXED.match(text, block.span.start, block.span.end)
    if found is None:
        return None
    name = Span(found.start(1), found.end(1))
    content = trimmed(text, Span(found.end(), block.span.end))
    key = name.of(text).split()[-1].casefold()
    said = content.of(text)
    if said.endswith(",") and number + 1 < len(blocks):  # "Madam President, colleagues," and then a new paragraph
        said += blocks[number + 1].span.of(text)
    return _Opening(number, name, content, key, capitals is None, _is_spoken(said, names))


def _is_spoken(words: str, names: NameBook) -> bool:
    """Whether somebody speaks of himself or to somebody, outside of what is quoted."""
    plain = _QUOTED.sub(" ", words).casefold()
    return any(names.pronouns.get(word) == "first" for word in _WORD.findall(plain))


def _in_capitals(openings: Sequence[_Opening]) -> list[_Opening]:
    return [one for one in openings if not one.is_mixed]


def _in_mixed_case(openings: Sequence[_Opening]) -> list[_Opening]:
    """Names in mixed case only where several take turns and speak in their own person: labels do neither."""
    spoken = {one.key for one in openings if one.is_addressed}
    kept = [one for one in openings if one.key in spoken]
    are_full = all(len(one.name) > len(one.key) for one in kept)
    return kept if len(spoken) > 1 and (are_full or len(kept) >= _FEWEST) else []


def _of_one_name(text: str, openings: Sequence[_Opening], blocks: Sequence[Block]) -> list[_Opening]:
    """Answers of one person whose questions bear no name.

    The name is printed in full somewhere, and most of the answers have a paragraph of their own before them.
    """
    spoken = {one.key for one in openings if one.is_addressed}
    if len(spoken) != 1:
        return []
    kept = [one for one in openings if one.key in spoken]
    blocks_of = {one.block for one in openings}
    asked = [one for one in kept if one.block and one.block - 1 not in blocks_of and blocks[one.block - 1].is_prose]
    surname = re.escape(kept[0].name.of(text).split()[-1])
    is_person = re.search(rf"\b[A-Z][\w’'-]+ {surname}\b", text) is not None
    return kept if is_person and len(asked) >= _FEWEST and 2 * len(asked) > len(kept) else []


def _questions(blocks: Sequence[Block], turns: Mapping[int, Turn]) -> dict[int, Turn]:
    """The paragraph before each answer, which is the asker's."""
    asked = (number - 1 for number in turns if number - 1 not in turns)
    return {number: Turn(blocks[number].span, blocks[number].span, is_question=True) for number in asked if number >= 0}


def _with_further_paragraphs(
    text: str, blocks: Sequence[Block], turns: Mapping[int, Turn], names: NameBook
) -> Mapping[int, Turn]:
    """Paragraphs after a turn, as long as somebody goes on in his own person and is not spoken of."""
    found: dict[int, Turn] = {}
    last: Turn | None = None
    for number, block in enumerate(blocks):
        turn = turns.get(number)
        if turn is not None:
            found[number] = last = turn
        elif last is not None and not last.is_question:
            words = block.span.of(text)
            surname = last.name.of(text).split()[-1].casefold()
            if block.kind is BlockKind.PARAGRAPH and _is_spoken(words, names) and surname not in words.casefold():
                found[number] = last._replace(content=block.span, goes_on=True)
            else:
                last = None
    return found
