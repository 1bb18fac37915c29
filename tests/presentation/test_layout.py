"""Screens: whole entries, in order, within the budget."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.presentation.layout import Budget, Entry, Screen, Section, Sheet, divide, measure

SMALL = Budget(text=200, components=12)


def sheet(*sections: Section, lead: str = "", footer: str = "") -> Sheet:
    return Sheet("## Head", lead, sections, footer)


def section(*texts: str, title: str | None = None) -> Section:
    return Section(title, tuple(Entry(text, f"short {n}") for n, text in enumerate(texts)))


def texts(screen: Screen) -> list[str]:
    return [text for group in screen.groups for text in group]


def test_what_fits_is_one_screen_with_rules_between_sections() -> None:
    (screen,) = divide(sheet(section("a", "b"), section("c", title="More"), lead="Lead", footer="Foot"))
    assert screen.groups == (("## Head", "Lead"), ("a", "b"), ("### More\nc",), ("Foot",))
    assert (screen.number, screen.total, screen.left) == (1, 1, 0)


def test_an_empty_sheet_is_one_screen() -> None:
    assert divide(sheet()) == (Screen((("## Head",),), 1, 1, 0),)


def test_what_overflows_goes_on_under_the_same_head_and_title() -> None:
    first, second = divide(sheet(section("a" * 100, "b" * 90, title="T"), lead="Lead", footer="F"), SMALL)
    assert texts(first) == ["## Head", "Lead", f"### T\n{'a' * 100}", "F"]
    assert texts(second) == ["## Head", f"### T\n{'b' * 90}"]
    assert (first.left, second.left) == (1, 0)


def test_an_entry_that_no_screen_holds_is_replaced_and_never_cut() -> None:
    (screen,) = divide(sheet(section("a", "b" * 300, "c")), SMALL)
    assert texts(screen) == ["## Head", "a", "short 1", "c"]


def test_a_stand_in_must_be_short() -> None:
    with pytest.raises(ValueError, match="stand-in"):
        divide(sheet(Section(None, (Entry("x" * 300, "y" * 300),))), SMALL)


def test_many_short_entries_are_divided_by_components() -> None:
    screens = divide(sheet(section(*"abcdefghijklmnopqrst")), SMALL)
    assert len(screens) > 1
    assert all(len(texts(screen)) + len(screen.groups) <= 12 for screen in screens)


@given(st.lists(st.lists(st.text("ab 𝄞", max_size=250), max_size=6), max_size=4), st.text("lf", max_size=20))
def test_nothing_is_lost_doubled_or_too_long(bodies: list[list[str]], around: str) -> None:
    given_ = sheet(*(section(*body) for body in bodies), lead=around, footer=around)
    screens = divide(given_, SMALL)
    room = 200 - measure("## Head") - measure(around)
    expected = [text if measure(text) <= room else f"short {n}" for body in bodies for n, text in enumerate(body)]
    first = screens[0].groups[1 : -1 if around else None]  # the foot closes the first alone
    later = [group for screen in screens[1:] for group in screen.groups[1:]]
    shown = [text for group in (*first, *later) for text in group]
    assert shown == expected
    for screen in screens:
        assert sum(map(measure, texts(screen))) <= 200


@pytest.mark.parametrize(("text", "length"), [("abc", 3), ("é", 1), ("𝄞", 2), ("\ud800", 1)])
def test_length_is_counted_as_strictly_as_discord_may(text: str, length: int) -> None:
    assert measure(text) == length
