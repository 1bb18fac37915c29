"""What a terminal may be given."""

import pytest

from bot.presentation.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("„Ürümqi“ — кириллица, 漢字, 👍", "„Ürümqi“ — кириллица, 漢字, 👍"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;new title\x07", "]0;new title"),
        ("\x9b2Jgone", "2Jgone"),
        ("a\u202egnihtemos", "agnihtemos"),
        ("zero\u200bwidth\u2060\ufeff", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("tag\U000e0041", "tag"),
        ("two\nlines\r\nthree\u2028four", "two lines  three four"),
        ("half\ud800", "half"),
        ("private\ue000", "private"),
        ("no\u00a0break", "no\u00a0break"),
        ("", ""),
    ],
)
def test_hidden_and_steering_characters_are_left_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_what_is_visible_is_not_changed_again() -> None:
    once = visible("a\u202eb\x1b[2Jc\nd")
    assert visible(once) == once
