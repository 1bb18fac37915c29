"""Captions that pose as paragraphs."""

import pytest

from bot.articles.captions import Captions
from bot.articles.lines import split_lines
from bot.language.lexicon import Lexicon


@pytest.fixture(scope="session")
def captions(lexicon: Lexicon) -> Captions:
    return Captions(lexicon)


@pytest.mark.parametrize(
    "words",
    [
        "The two ministers shake hands before their talks in Geneva on March 3, 2024.",
        "President Ann Example speaks during a press conference in Oslo, Norway, on Friday, May 9, 2025.",
        "Ann Example, left, waves as Bob Sample meets reporters in Oslo on May 9, 2025",
        "Protesters gather in front of the parliament in Tbilisi, 4 May 2025.",
    ],
)
def test_present_tense_with_day_and_year_is_a_caption(captions: Captions, words: str) -> None:
    assert captions.is_caption(split_lines(words)[0])


@pytest.mark.parametrize(
    "words",
    [
        "The two ministers shook hands before their talks in Geneva on March 3, 2024.",
        "The ministry said its envoy speaks for the cabinet since March 3, 2024.",
        "After two visits and long talks the envoys agreed on March 3, 2024.",
        "The ceasefire takes effect on August 7, 2025.",
        "The minister speaks to reporters every Friday.",
        "He meets her often. They met first on March 3, 2024.",
        "“He speaks for all of us,” she wrote on March 3, 2024.",
        "Who speaks for the allies after May 9, 2025?",
    ],
)
def test_prose_is_no_caption(captions: Captions, words: str) -> None:
    assert not captions.is_caption(split_lines(words)[0])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Smoke is rising over the harbour after the strike.", True),
        ("A child stands before a tent near the border.", True),
        ("The harbour was hit twice in one night.", False),
        ("The envoy said that smoke is rising over the harbour.", False),
        ("The listing is due next week.", False),
        ("Prices lost two per cent in early trade.", False),
    ],
)
def test_a_line_above_a_credit_is_a_caption_only_in_the_present(captions: Captions, words: str, expected: bool) -> None:
    assert captions.is_caption_by_place(split_lines(words)[0]) is expected
