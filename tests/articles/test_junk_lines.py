"""Lines judged by shape."""

from bot.articles.junk_lines import find_junk_lines
from bot.articles.line_shapes import FEATURES, describe_lines
from bot.articles.line_weights import WEIGHTS
from bot.articles.lines import split_lines

PROSE = [
    "The two delegations met for the third time on Tuesday and agreed on nothing but the date of the next round.",
    "“We have moved by a hand’s breadth,” said the head of the larger delegation as she left the palace.",
    "Nobody else would say anything at all, which diplomats of both sides called the best sign in months.",
    "The border, the prisoners and the river remain where they were, on paper and in the field.",
]


def junk_in(text: str) -> set[str]:
    lines = split_lines(text)
    flags = find_junk_lines(lines, [False] * len(lines))
    return {line.text for line, flag in zip(lines, flags, strict=True) if flag}


def test_menus_and_teasers_around_an_article_go() -> None:
    menu, teasers = ["World", "Politics", "Sport"], ["Quiz", "Crosswords", "Games"]
    assert junk_in("\n".join([*menu, *PROSE, *teasers])) == {*menu, *teasers}


def test_prose_stays() -> None:
    assert junk_in("\n".join(PROSE)) == set()


def test_a_heading_amid_prose_stays() -> None:
    assert junk_in("\n".join([*PROSE[:2], "What comes next", *PROSE[2:]])) == set()


def test_bullets_amid_prose_stay() -> None:
    assert junk_in("\n".join([*PROSE[:2], "- Borders", "- Prisoners", "• The river", *PROSE[2:]])) == set()


def test_the_line_that_leads_a_list_stays() -> None:
    one, two = ["Norland's terms:", "- no levy", "- no ships"], ["Aldmark's terms:", "- a levy", "- the ships"]
    assert junk_in("\n".join([*PROSE[:2], *one, *two, *PROSE[2:]])) == set()


def test_a_long_paragraph_stays_wherever_it_stands() -> None:
    long = " ".join(PROSE)
    assert long not in junk_in("\n".join(["World", "Politics", long, "Sport", "Quiz", "Crosswords", "Games"]))


def test_no_lines_no_judgement() -> None:
    assert find_junk_lines([], []) == []


def test_weights_and_features_belong_together() -> None:
    assert tuple(WEIGHTS) == FEATURES
    rows = describe_lines(split_lines("\n".join(PROSE)), [False] * len(PROSE))
    assert {len(row) for row in rows} == {len(FEATURES)}


def test_shapes_know_no_words() -> None:
    """Words of equal make in place of the others change nothing."""
    one, other = "Ministers met again, quietly.", "Shepherds sat there, happily."
    assert describe_lines(split_lines(one), [False]) == describe_lines(split_lines(other), [False])
