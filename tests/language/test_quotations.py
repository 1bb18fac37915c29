"""Pairs of quotation marks: shapes, nesting, paragraphs, and marks that never close."""

import pytest

from bot.language.blocks import Block, BlockKind
from bot.language.quotations import find_quotations
from bot.language.spans import Span


def blocks_of(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> tuple[Block, ...]:
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        blocks.append(Block(kind, Span(start, start + len(line))))
        start += len(line) + 1
    return tuple(blocks)


def inner_of(text: str) -> list[str]:
    return [quotation.inner.of(text) for quotation in find_quotations(text, blocks_of(text)).found]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("She said “no” and “never”.", ["no", "never"]),
        ('She said "no" and "never".', ["no", "never"]),
        ("She said ''no'' and ''never''.", ["no", "never"]),
        ("She said «no».", ["no"]),
        ("She said „no“ and left.", ["no"]),
        (
            "‘We won’t sign,’ she said. ‘The ministers’ quota is a joke.’",
            ["We won’t sign,", "The ministers’ quota is a joke."],
        ),
        ("'We won't sign,' she said.", ["We won't sign,"]),
        ("“I told him, ‘You must sign,’” she said.", ["I told him, ‘You must sign,’"]),
        ("“She called it “a farce” twice,” he said.", ["She called it “a farce” twice,"]),
        ("The ministers’ plan isn’t Brand’s.", []),
        ("The class of ’68 met in the 1990s’ hall.", []),
    ],
)
def test_pairs(text: str, inner: list[str]) -> None:
    assert inner_of(text) == inner


def test_outer_has_the_marks() -> None:
    text = "He said “no”."
    (quotation,) = find_quotations(text, blocks_of(text)).found
    assert quotation.outer.of(text) == "“no”"


def test_a_quotation_over_paragraphs_opens_each_and_closes_once() -> None:
    text = "“The first part.\n“The second part,” she said."
    first, second = find_quotations(text, blocks_of(text)).found
    assert (first.inner.of(text), first.goes_on, first.continues) == ("The first part.", True, False)
    assert (second.inner.of(text), second.goes_on, second.continues) == ("The second part,", False, True)


def test_an_unclosed_mark_is_reported_and_the_next_paragraph_is_read() -> None:
    text = "“This never ends, she said.\nHe said “no”."
    found = find_quotations(text, blocks_of(text))
    assert found.unclosed == (0,)
    assert [quotation.inner.of(text) for quotation in found.found] == ["no"]


def test_headings_are_not_looked_at() -> None:
    text = "A “scare” heading"
    assert find_quotations(text, blocks_of(text, BlockKind.HEADING)).found == ()


@pytest.mark.parametrize("text", ["", "No marks here.", "”", "“", "'", '"', "“”", "‘’ “", "''"])
def test_odd_marks_do_no_harm(text: str) -> None:
    found = find_quotations(text, blocks_of(text))
    assert all(quotation.outer.contains(quotation.inner) for quotation in found.found)
