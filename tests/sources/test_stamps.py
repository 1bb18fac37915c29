"""Times as machines write them."""

import pytest

from bot.sources.stamps import read_stamp
from tests.sources.web import NOW


@pytest.mark.parametrize(
    ("words", "stamp"),
    [
        ("2025-08-19T18:30:00+02:00", "2025-08-19T18:30:00+02:00"),
        ("2025-08-19T18:30:00Z", "2025-08-19T18:30:00+00:00"),
        ("2025-08-19t18:30:00z", "2025-08-19T18:30:00+00:00"),
        ("2025-08-19T18:30:00.123456Z", "2025-08-19T18:30:00+00:00"),
        ("2025-08-19 18:30:00 +0200", "2025-08-19T18:30:00+02:00"),
        ("2025-08-19T18:30+02", "2025-08-19T18:30:00+02:00"),
        ("2025-08-19T18:30", "2025-08-19T18:30:00"),
        ("2025-08-19", "2025-08-19"),
        (" 2025-08-19 ", "2025-08-19"),
        ("Tue, 19 Aug 2025 18:30:00 +0200", "2025-08-19T18:30:00+02:00"),
        ("Tue, 19 Aug 2025 18:30:00 GMT", "2025-08-19T18:30:00+00:00"),
        ("Tue, 19 Aug 2025 18:30:00 EDT", "2025-08-19T18:30:00-04:00"),
        ("19 Aug 2025 18:30 -0500", "2025-08-19T18:30:00-05:00"),
        ("Tue, 19 Aug 2025 18:30:00", "2025-08-19T18:30:00"),
        ("Tue, 19 Aug 2025 18:30:00 CEST", "2025-08-19"),  # a name that no standard fixes: the day is certain
        ("2025-08-20T12:30:00Z", "2025-08-20T12:30:00+00:00"),  # a clock that is a little fast
        ("2025-08-20T23:30:00", "2025-08-20T23:30:00"),  # may be now, far in the east
    ],
)
def test_times_are_read_with_their_zone(words: str, stamp: str) -> None:
    assert read_stamp(words, now=NOW) == stamp


@pytest.mark.parametrize(
    "words",
    [
        None, "", "yesterday", "3 hours ago", "now", "1755621000", "08/19/2025", "19.08.2025", "2025", "2025-08",
        "2025-13-01", "2025-02-30", "2025-08-19T25:00:00Z", "2025-W34-2", "20250819", "0000-00-00", "0001-01-01",
        "2025-08-19T18:30:00+99:00", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "1989-12-31",
        "2025-08-20T14:00:00Z", "2025-08-21T12:00:00", "2026-01-01", "Tue, 19 Aug 2031 18:30:00 GMT",
        "Tue, 32 Aug 2025 18:30:00 GMT", "Tue, 19 Aug 25 18:30:00 GMT", "Di, 19 Aug 2025", "2025-08-19" * 10,
        "19 August", "Tue 19 Aug",
    ],
)  # fmt: skip
def test_what_is_not_certain_or_not_credible_is_nothing(words: str | None) -> None:
    assert read_stamp(words, now=NOW) is None
