"""Words as topics, fingerprints and ranking compare them."""

import pytest

from bot.language.words import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Cease-Fire holds.", ["the", "cease-fire", "holds"]),
        ("Brand’s plan isn't new", ["brand's", "plan", "isn't", "new"]),
        ("U.S. troops, 5,000 of them", ["u.s", "troops", "5", "000", "of", "them"]),
        ("— … !", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected
