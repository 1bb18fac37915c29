"""Dates: what is certain, and what stays unknown."""

from datetime import UTC, datetime

import pytest

from bot.articles.dates import parse_published
from bot.articles.model import DatePrecision


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("August 15, 2025", "2025-08-15"),
        ("15 August 2025", "2025-08-15"),
        ("Aug. 15, 2025", "2025-08-15"),
        ("Friday, 15 August 2025", "2025-08-15"),
        ("20th August 2025", "2025-08-20"),
        ("2025-08-15", "2025-08-15"),
        ("25/12/2024", "2024-12-25"),
        ("12/25/2024", "2024-12-25"),
        ("2025-08-15T10:30:00+02:00", "2025-08-15T08:30:00+00:00"),
        ("2025-08-15T10:30:00Z", "2025-08-15T10:30:00+00:00"),
        ("2025-08-15 10:30", "2025-08-15T10:30:00+00:00"),
        ("Fri, 15 Aug 2025 10:30:00 GMT", "2025-08-15T10:30:00+00:00"),
        ("August 15, 2025 at 5:30 pm EDT", "2025-08-15T21:30:00+00:00"),
    ],
)
def test_certain_dates_are_read(words: str, iso: str) -> None:
    found = parse_published(words, language="en")
    assert found is not None
    assert found.iso() == iso
    assert (found.precision is DatePrecision.TIME) == ("T" in iso)


@pytest.mark.parametrize(
    "words",
    ["", "yesterday", "2 hours ago", "August 2025", "August 15", "Friday", "3/4/2025", "31 February 2025", "2025",
     "15 August 1725", "the day after tomorrow", "2025-13-45", "word " * 40],
)  # fmt: skip
def test_what_is_not_certain_stays_unknown(words: str) -> None:
    assert parse_published(words, language="en") is None


def test_numbers_that_mean_one_day_either_way_are_certain() -> None:
    found = parse_published("4/4/2025", language="en")
    assert found is not None
    assert found.iso() == "2025-04-04"


def test_the_future_is_refused() -> None:
    now = datetime(2025, 8, 20, 12, tzinfo=UTC)
    assert parse_published("2025-08-20T11:59:00Z", language="en", not_after=now) is not None
    assert parse_published("2025-08-25T12:01:00Z", language="en", not_after=now) is None
    assert parse_published("2026-01-01", language="en", not_after=now) is None


def test_today_in_an_eastern_time_zone_is_not_the_future() -> None:
    """At 15:00 UTC it is tomorrow in Tokyo."""
    now = datetime(2025, 8, 20, 15, tzinfo=UTC)
    assert parse_published("2025-08-21", language="en", not_after=now) is not None
    assert parse_published("2025-08-22", language="en", not_after=now) is None
