"""Which line is the headline."""

import pytest

from bot.articles.lines import split_lines
from bot.articles.title import find_title_line, same_title, title_text

BODY = "The two delegations met for the third time on Tuesday and agreed on nothing but the next date.\n" * 3


def title_of(text: str, *, rules: dict[int, str] | None = None, known: str | None = None) -> str | None:
    lines = split_lines(text)
    line = find_title_line(lines, [(rules or {}).get(at) for at in range(len(lines))], known)
    return title_text(line) if line else None


@pytest.mark.parametrize(
    "headline",
    [
        "Talks end without a deal",
        "Will the truce hold?",
        "The ministers part as they met...",
        "A Title in Capitals That Ends With a Stop.",
        "# Talks end without a deal",
        "Grand Words: Two Nations, One River",
    ],
)
def test_a_headline_above_the_text(headline: str) -> None:
    assert title_of(f"{headline}\n\n{BODY}") == headline.removeprefix("# ")


@pytest.mark.parametrize(
    "first", ["Now comes the hard part of the work.", "Talks:", "- A point", BODY.splitlines()[0], "Tuesday"]
)
def test_no_headline(first: str) -> None:
    assert title_of(f"{first}\n\n{BODY}") is None


def test_the_menu_above_the_headline_is_passed_over() -> None:
    text = f"World\nPolitics\nTalks end without a deal over the border\nBy Jane Doe\n{BODY}"
    assert title_of(text, rules={3: "byline"}) == "Talks end without a deal over the border"


def test_the_line_above_byline_and_date_wins_over_a_teaser() -> None:
    text = f"Menu\nGet our app for more\nTalks end without a deal\nBy Jane Doe\n{BODY}"
    assert title_of(text, rules={3: "byline"}) == "Talks end without a deal"


def test_the_first_line_wins_over_the_line_below_it() -> None:
    text = f"Why the talks will end\nFive reasons nobody has named\nBy Jane Doe\n{BODY}"
    assert title_of(text, rules={2: "byline"}) == "Why the talks will end"


def test_a_breadcrumb_that_ends_in_the_headline_is_not_the_headline() -> None:
    text = f"Home News Talks end without a deal\nTalks end without a deal\n{BODY}"
    assert title_of(text) == "Talks end without a deal"


def test_a_known_title_is_found_where_it_stands() -> None:
    text = f"A better known line\nTalks end, without a deal\n{BODY}"
    assert title_of(text, known="Talks end without a deal") == "Talks end, without a deal"
    assert title_of(text, known="Something else") is None


def test_a_line_that_a_rule_took_is_no_title() -> None:
    assert title_of(f"Subscribe to our letter today\n{BODY}", rules={0: "newsletter"}) is None


def test_a_text_of_one_line_has_no_title() -> None:
    assert title_of("Talks end without a deal") is None


def test_titles_are_compared_by_words() -> None:
    assert same_title("“Talks end” – again", "Talks end: again")
    assert not same_title("Talks end", "Talks begin")
    assert not same_title("…", "!")
