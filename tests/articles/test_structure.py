"""Blocks, and the text that kept lines make."""

import pytest

from bot.articles.lines import Line, split_lines
from bot.articles.structure import assemble, is_prose, kind_of
from bot.language.blocks import BlockKind

PROSE = split_lines("The two delegations met for the third time on Tuesday and agreed on nothing.")[0]


@pytest.mark.parametrize(
    ("words", "kind", "rest"),
    [
        ("- A point about borders", BlockKind.BULLET, "A point about borders"),
        ("• A point", BlockKind.BULLET, "A point"),
        ("* A point", BlockKind.BULLET, "A point"),
        ("– A point", BlockKind.BULLET, "A point"),
        ("2. The border stays closed, the ministry said on Tuesday.", BlockKind.BULLET, "The border"),
        ("1) The state of the talks", BlockKind.HEADING, "1) The state"),
        ("IV. What comes next", BlockKind.HEADING, "IV. What"),
        ("## What comes next", BlockKind.HEADING, "What comes next"),
        ("**What comes next**", BlockKind.HEADING, "**What"),
        ("What comes next", BlockKind.HEADING, "What comes next"),
        ("What comes next?", BlockKind.PARAGRAPH, "What"),
        ("Three things matter:", BlockKind.PARAGRAPH, "Three"),
        ("“No,” he said", BlockKind.PARAGRAPH, "“No"),
        ("-5 degrees were measured in the city that night.", BlockKind.PARAGRAPH, "-5"),
        ("*Nobody* believed it, the envoy said on Tuesday.", BlockKind.PARAGRAPH, "*Nobody"),
    ],
)
def test_kinds(words: str, kind: BlockKind, rest: str) -> None:
    line = split_lines(words)[0]
    found, marker = kind_of(line, PROSE, PROSE)
    assert found is kind
    assert line.text[marker:].startswith(rest)


def test_a_short_last_line_is_no_heading() -> None:
    assert kind_of(split_lines("Nobody knows")[0], PROSE, None)[0] is BlockKind.PARAGRAPH


def test_numbered_lines_that_touch_are_a_list() -> None:
    one, two = split_lines("1) Borders\n2) Prisoners")
    assert kind_of(one, PROSE, two)[0] is not BlockKind.HEADING


@pytest.mark.parametrize(
    ("words", "expected"),
    [("The talks ended on Tuesday evening.", True), ("It ended.", False), ("World Politics Business", False)],
)
def test_prose(words: str, expected: bool) -> None:
    assert is_prose(split_lines(words)[0]) is expected


def keep(text: str, *numbers: int) -> tuple[Line, ...]:
    lines = split_lines(text)
    return tuple(lines[number] for number in numbers)


def test_where_nothing_is_dropped_the_text_is_the_text() -> None:
    text = "Title here\n\n\nOne  paragraph.\t\n - a point\nLast"
    cleaned, blocks = assemble(text, split_lines(text), None)
    assert cleaned == text
    assert [block.span.of(cleaned) for block in blocks] == ["Title here", "One  paragraph.", "a point", "Last"]


def test_a_dropped_line_takes_its_blank_lines_along() -> None:
    text = "One.\n\nSHARE\n\nTwo.\nADVERT\nThree."
    cleaned, _ = assemble(text, keep(text, 0, 2, 4), None)
    assert cleaned == "One.\n\nTwo.\nThree."


def test_dropped_lines_at_the_ends_leave_nothing() -> None:
    text = "MENU\n\nOne.\n\nTwo.\n\nSHARE"
    assert assemble(text, keep(text, 1, 2), None)[0] == "One.\n\nTwo."


def test_the_title_is_a_block_of_its_own_without_markup() -> None:
    text = "# The title\n\nOne."
    lines = split_lines(text)
    cleaned, blocks = assemble(text, lines, lines[0])
    assert blocks[0].kind is BlockKind.TITLE
    assert blocks[0].span.of(cleaned) == "The title"
