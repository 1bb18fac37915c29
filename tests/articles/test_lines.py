"""Lines as cleaning looks at them."""

from bot.articles.lines import split_lines

WRAPPED = """\
The foreign ministers met on Tuesday for the third time
this month and came no nearer to an agreement on the
border, officials on both sides said afterwards.

A further round is planned for the autumn, although none
of the delegations would say where it is to be held, and
the hosts of the last one have declined to offer again.
"""


def test_offsets_lead_back_into_the_text() -> None:
    text = "  One line.  \n\n\tTwo’s here.\n"
    lines = split_lines(text)
    assert [text[line.start : line.end] for line in lines] == ["One line.", "Two’s here."]
    assert lines[1].plain == "Two's here."
    assert [line.words for line in lines] == [2, 2]


def test_blank_lines_are_no_lines() -> None:
    assert split_lines(" \n\n\t\n") == ()


def test_hard_wrapped_text_is_read_by_paragraph() -> None:
    lines = split_lines(WRAPPED)
    assert len(lines) == 2
    assert WRAPPED[lines[0].start : lines[0].end].endswith("said afterwards.")


def test_short_lines_that_are_sentences_are_not_wrapped_text() -> None:
    text = "\n".join(f"Sentence number {number} stands on a line of its own here." for number in range(8))
    assert len(split_lines(text)) == 8


def test_a_menu_is_not_wrapped_text() -> None:
    assert len(split_lines("World\nPolitics\nBusiness\nOpinion\nSport\nCulture\nTravel")) == 7
