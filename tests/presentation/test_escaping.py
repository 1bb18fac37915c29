"""Strangers' text is shown as it stands and does nothing."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.model import DatePrecision, Published
from bot.presentation.escaping import date_stamp, day_stamp, escape, label, link, timestamp
from tests.hostile import URLS

NOON = datetime(2031, 5, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("He said: “No.”", "He said: “No.”"),
        ("20% of $5 (or so); a/b, c's", "20% of $5 (or so); a/b, c's"),
        ("  two\n lines\tand\u2028more  ", "two lines and more"),
        ("@everyone", r"\@everyone"),
        ("<@1> <#2> <@&3>", r"\<\@1\> \<#2\> \<\@&3\>"),
        ("[a](https://b.c)", r"\[a\](https\://b.c)"),
        ("see https://b.c/d_e", r"see https\://b.c/d\_e"),
        ("```py", r"\`\`\`py"),
        ("**b** __u__ ~~s~~ ||x||", r"\*\*b\*\* \_\_u\_\_ \~\~s\~\~ \|\|x\|\|"),
        ("# heading", r"\# heading"),
        ("no. #1", "no. #1"),
        ("-# small", r"\-# small"),
        ("- bullet", r"\- bullet"),
        ("1. one", r"1\. one"),
        ("12) twelve", r"12\) twelve"),
        ("2025 was long", "2025 was long"),
        ("> quote", r"\> quote"),
        (r"C:\dir", r"C:\\dir"),
        ("a\u200bb\u202ec\x07", "abc"),
        ("", ""),
    ],
)
def test_signs_that_discord_acts_on_are_escaped(text: str, shown: str) -> None:
    assert escape(text) == shown


@given(st.text())
def test_without_the_backslashes_it_is_the_text_as_it_can_be_seen(text: str) -> None:
    shown = escape(text)
    assert escape(text) == shown
    assert "\n" not in shown
    assert _unescaped(shown) == _unescaped(escape(_unescaped(shown)))


@given(st.text(alphabet="@<>[]()*_`|~\\#-:/ab1. "))
def test_no_markup_stays_bare(text: str) -> None:
    assert not set("@<>[]*_`|~\\") & set(_without_escaped(escape(text)))
    assert not escape(text).startswith(("#", "-", "+"))


@pytest.mark.parametrize("url", [url for url in URLS if not url.startswith("http") or "\u202e" in url or "[" in url])
def test_what_is_no_trustworthy_address_is_no_link(url: str) -> None:
    assert link(url) is None


@pytest.mark.parametrize("url", [*URLS, None])
def test_no_address_breaks_out_of_its_link(url: str | None) -> None:
    shown = link(url)
    if shown is not None:
        assert shown.startswith("[open](<http")
        assert shown.endswith(">)")
        assert not set(" <>()[]\n") & set(shown.removeprefix("[open](<").removesuffix(">)"))


def test_an_ordinary_address_stays_as_it_is() -> None:
    url = "https://news.example/2031/05/03/a-b_c?x=1&y=%20z#top"
    assert link(url) == f"[open](<{url}>)"


def test_labels_are_cut_and_say_so() -> None:
    assert label("abc", 3) == "abc"
    assert label("abcd", 3) == "ab…"
    assert label("*" * 100, 10) == r"\*" * 9 + "…"


@pytest.mark.parametrize(
    "zone", ["Pacific/Honolulu", "America/New_York", "Europe/Kyiv", "Asia/Tokyo", "Pacific/Auckland"]
)
def test_a_date_is_the_same_date_for_every_reader(zone: str) -> None:
    for month in (1, 7):
        midnight = datetime(2031, month, 3, tzinfo=UTC)
        seconds = int(day_stamp(midnight).removeprefix("<t:").removesuffix(":D>"))
        assert datetime.fromtimestamp(seconds, ZoneInfo(zone)).date() == midnight.date()


def test_instants_and_unknown_dates() -> None:
    assert timestamp(NOON, "R") == f"<t:{int(NOON.timestamp())}:R>"
    assert date_stamp(None) == "undated"
    assert date_stamp(Published(NOON, DatePrecision.TIME)) == timestamp(NOON, "d")
    assert date_stamp(Published(NOON - timedelta(hours=12), DatePrecision.DAY)) == day_stamp(
        NOON - timedelta(hours=12), "d"
    )


def _unescaped(text: str) -> str:
    parts, rest = [], text
    while rest:
        step = 2 if rest[0] == "\\" and len(rest) > 1 else 1
        parts.append(rest[step - 1])
        rest = rest[step:]
    return "".join(parts)


def _without_escaped(text: str) -> str:
    parts, rest = [], text
    while rest:
        if rest[0] == "\\" and len(rest) > 1:
            rest = rest[2:]
        else:
            parts.append(rest[0])
            rest = rest[1:]
    return "".join(parts)
