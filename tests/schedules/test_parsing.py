"""What people type for a time, days and a zone; and what they are told when it can't be used."""

import zoneinfo
from datetime import time

import pytest

from bot.errors import InvalidInputError
from bot.schedules.parsing import parse_days, parse_local_time, parse_zone

ZONES = frozenset(zoneinfo.available_timezones())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("08:30", time(8, 30)),
        ("8:30", time(8, 30)),
        ("8.30", time(8, 30)),
        (" 20h15 ", time(20, 15)),
        ("8am", time(8)),
        ("8 AM", time(8)),
        ("8 a.m.", time(8)),
        ("8:30pm", time(20, 30)),
        ("8:30 p.m.", time(20, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("00:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_times(text: str, expected: time) -> None:
    assert parse_local_time(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8",
        "24:00",
        "8:60",
        "13pm",
        "0am",
        "8:3",
        "08:30:00",
        "half past eight",
        "-1:30",
        "８:30",
        "8:30 xm",
        "8amm",
    ],
)
def test_no_times(text: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_local_time(text)
    assert (caught.value.field, caught.value.given) == ("time", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("daily", (0, 1, 2, 3, 4, 5, 6)),
        ("Every day", (0, 1, 2, 3, 4, 5, 6)),
        ("weekdays", (0, 1, 2, 3, 4)),
        ("weekends", (5, 6)),
        ("mon,wed,fri", (0, 2, 4)),
        ("Fri, Wed; mon", (0, 2, 4)),
        ("Mon-Fri", (0, 1, 2, 3, 4)),
        ("Mon – Fri", (0, 1, 2, 3, 4)),
        ("monday to wednesday", (0, 1, 2)),
        ("fri-mon", (0, 4, 5, 6)),
        ("sat-sat", (5,)),
        ("tues & thurs", (1, 3)),
        ("Mondays and Sundays", (0, 6)),
        ("weekdays, sat", (0, 1, 2, 3, 4, 5)),
        ("mo tu", (0, 1)),
        ("mon,mon", (0,)),
        ("every tuesday", (1,)),
    ],
)
def test_days(text: str, expected: tuple[int, ...]) -> None:
    assert parse_days(text) == expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "at least one day"),
        (" , ", "at least one day"),
        ("t", "“t”"),
        ("funday", "“funday”"),
        ("mon,xyz", "“xyz”"),
        ("mon-xyz", "“xyz”"),
        ("1,2", "“1”"),
        ("s", "“s”"),
    ],
)
def test_no_days(text: str, named: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_days(text)
    assert caught.value.field == "days"
    assert named in caught.value.reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Europe/Kyiv", "Europe/Kyiv"),
        ("europe/kyiv", "Europe/Kyiv"),
        ("America/New York", "America/New_York"),
        (" new york ", "America/New_York"),
        ("Kyiv", "Europe/Kyiv"),
        ("utc", "UTC"),
        ("Etc/GMT+3", "Etc/GMT+3"),
    ],
)
def test_zones(text: str, expected: str) -> None:
    assert parse_zone(text, ZONES) == expected


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Europe/Kyev", "Europe/Kyiv"),
        ("kyv", "Europe/Kyiv"),
        ("Amerika/New_York", "America/New_York"),
        ("Londn", "Europe/London"),
        ("UTC+3", "region and city"),
        ("PST", "region and city"),
        ("EST", "region and city"),
        ("localtime", "region and city"),
        ("", "region and city"),
        ("../../etc/passwd", "region and city"),
    ],
)
def test_no_zones(text: str, hint: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_zone(text, ZONES)
    assert caught.value.field == "zone"
    assert hint in caught.value.reason
