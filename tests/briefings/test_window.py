"""From what a person types to an interval."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.briefings.model import WindowReason
from bot.briefings.window import newest_day, parse_since
from bot.errors import InvalidInputError

NOW = datetime(2025, 8, 23, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("24h", timedelta(hours=24)),
        ("7d", timedelta(days=7)),
        (" 7D ", timedelta(days=7)),
        ("2w", timedelta(days=14)),
        ("36 h", timedelta(hours=36)),
    ],
)
def test_a_span_reaches_from_then_to_now(text: str, length: timedelta) -> None:
    window = parse_since(text, NOW)

    assert (window.start, window.end) == (NOW - length, NOW)
    assert window.reason is WindowReason.ASKED
    assert window.asked == text.strip()
    assert not window.includes_undated


def test_a_date_counts_from_its_midnight() -> None:
    window = parse_since("2025-08-20", NOW)

    assert window.start == datetime(2025, 8, 20, tzinfo=UTC)
    assert window.end == NOW


@pytest.mark.parametrize("text", ["all", "ALL", " all "])
def test_all_has_no_bounds_and_includes_the_undated(text: str) -> None:
    window = parse_since(text, NOW)

    assert (window.start, window.end, window.asked) == (None, None, "all")
    assert window.reason is WindowReason.EVERYTHING
    assert window.includes_undated


@pytest.mark.parametrize(
    "text", ["", "yesterday", "24", "h", "0h", "0d", "-3d", "7days", "2025-13-01", "2025-02-30", "20.08.2025", "99999w"]
)
def test_anything_else_is_named_with_a_way_out(text: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_since(text, NOW)

    assert caught.value.field == "since"
    assert caught.value.given == text
    assert caught.value.reason


@pytest.mark.parametrize("text", ["2025-08-24", "2031-01-01"])
def test_a_date_to_come_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError, match="past"):
        parse_since(text, NOW)


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_the_newest_day_is_the_whole_utc_day_of_the_newest_article(hour: int) -> None:
    window = newest_day(datetime(2025, 8, 22, hour, 59, tzinfo=UTC))

    assert window.start == datetime(2025, 8, 22, tzinfo=UTC)
    assert window.end == datetime(2025, 8, 23, tzinfo=UTC)
    assert window.reason is WindowReason.NEWEST_DAY
    assert window.asked == "24h"


def test_the_newest_day_remembers_what_was_asked() -> None:
    assert newest_day(NOW, "7d").asked == "7d"
