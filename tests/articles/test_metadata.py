"""Bylines, dates and front matter: what a line says, and which lines say nothing."""

import pytest

from bot.articles.lines import split_lines
from bot.articles.metadata import Found, MetadataLines
from bot.language.lexicon import Lexicon


@pytest.fixture(scope="session")
def metadata(lexicon: Lexicon) -> MetadataLines:
    return MetadataLines(lexicon)


@pytest.mark.parametrize(
    ("words", "author", "outlet", "published"),
    [
        ("By Jane Doe", "Jane Doe", None, None),
        ("By Jane Doe and John Q. Roe", "Jane Doe and John Q. Roe", None, None),
        ("BY JANE DOE", "JANE DOE", None, None),
        ("By Jane Doe, Associated Press", "Jane Doe", "Associated Press", None),
        ("By Jane Doe, Senior Correspondent", "Jane Doe", None, None),
        ("Analysis by Jane Doe, CNN", "Jane Doe", "CNN", None),
        ("By Constant Méheut and Ana van der Berg", "Constant Méheut and Ana van der Berg", None, None),
        ("By Reuters", "Reuters", None, None),
        ("By Jane Doe Example News", "Jane Doe", "Example News", None),
        ("By Jane Doe in Geneva and John Roe", "Jane Doe and John Roe", None, None),
        ("**By Jane Doe**", "Jane Doe", None, None),
        ("By Jane Doe on Monday, August 18, 2025", "Jane Doe", None, "Monday, August 18, 2025"),
        ("Jane Doe | August 20, 2025", "Jane Doe", None, "August 20, 2025"),
        ("By Jane Doe | August 20, 2025 -- 19:14 GMT | Topic: Energy", "Jane Doe", None, "August 20, 2025"),
        ("August 20, 2025 / 1:07 AM / CBS News", None, "CBS News", "August 20, 2025"),
        ("Published Aug 20, 2025 Updated Aug 21, 2025", None, None, "Aug 20, 2025"),
        ("Updated: 21 August 2025", None, None, "21 August 2025"),
        ("Posted on 21/08/2025 at 14:05", None, None, "21/08/2025 at 14:05"),
        ("Kyiv, Ukraine — August 20, 2025", None, None, "August 20, 2025"),
    ],
)
def test_head_lines_are_read(
    metadata: MetadataLines, words: str, author: str | None, outlet: str | None, published: str | None
) -> None:
    found = metadata.head(split_lines(words)[0])
    assert found is not None
    assert (found.author, found.outlet, found.published) == (author, outlet, published)


@pytest.mark.parametrize(
    "words",
    [
        "By Monday the talks had failed",
        "By train to the front",
        "By the time the ministers met, the truce was over.",
        "From the archive of the ministry",
        "Wednesday",
        "Ann Example",
        "The deadline was August 20, 2025.",
        "Two years on, the border is closed",
        "By 2030 the country wants to join the union",
    ],
)
def test_prose_and_headlines_are_no_head_lines(metadata: MetadataLines, words: str) -> None:
    assert metadata.head(split_lines(words)[0]) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Title: Five days in May", Found("metadata: title", title="Five days in May")),
        ('title: "Five days in May"', Found("metadata: title", title="Five days in May")),
        ("**Author:** Jane Doe", Found("metadata: author", author="Jane Doe")),
        ("Source: The Example Times", Found("metadata: outlet", outlet="The Example Times")),
        ("Date: 2025-05-09", Found("metadata: date", published="2025-05-09")),
        ("URL: https://example.org/a", Found("metadata: url", url="https://example.org/a")),
        ("Language: en", Found("metadata: other")),
        ("Territory: the region stays divided", None),
        ("He said: no.", None),
    ],
)
def test_front_matter(metadata: MetadataLines, words: str, expected: Found | None) -> None:
    assert metadata.front_matter(split_lines(words)[0]) == expected


@pytest.mark.parametrize(
    ("words", "title", "outlet"),
    [
        (
            "The post Who’s next? A poll. appeared first on The Daily Example.",
            "Who’s next? A poll.",
            "The Daily Example",
        ),
        ("This article was originally published by The Example Times.", None, "The Example Times"),
    ],
)
def test_where_it_appeared_first(metadata: MetadataLines, words: str, title: str | None, outlet: str) -> None:
    found = metadata.first_on(split_lines(words)[0])
    assert found is not None
    assert (found.title, found.outlet) == (title, outlet)


@pytest.mark.parametrize(
    ("words", "outlet"),
    [
        ("© 2025 Example Tribune. All rights reserved.", "Example Tribune"),
        ("Copyright 2025 Example News Network, Inc.", "Example News Network"),
        ("Copyright Policy", None),
        ("Copyright law is on the agenda.", None),
    ],
)
def test_copyright_names_the_outlet(metadata: MetadataLines, words: str, outlet: str | None) -> None:
    found = metadata.copyright(split_lines(words)[0])
    assert (found.outlet if found else None) == outlet


@pytest.mark.parametrize(
    ("words", "is_names"),
    [
        ("Jane Doe", True),
        ("Jane Doe, John Roe and Ana de la Cruz", True),
        ("J. R. Doe", True),
        ("The Example Times", False),
        ("Example Tribune", False),
        ("Monday August", False),
        ("Staff Writer", False),
        ("Jane", False),
        ("Talks in Geneva", False),
    ],
)
def test_bare_names(metadata: MetadataLines, words: str, is_names: bool) -> None:
    assert (metadata.bare_names(words) is not None) is is_names
