"""From "24h", "7d", "2025-08-20" or "all" to an interval of publication time."""

import re
from datetime import UTC, date, datetime, time, timedelta

from bot.briefings.model import Window, WindowReason
from bot.errors import InvalidInputError

EVERYTHING = "all"
_SPAN = re.compile(r"(?P<number>\d{1,4})\s*(?P<unit>[hdw])", re.IGNORECASE)
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_HOW = "write hours, days or weeks (24h, 7d, 2w), a date (2025-08-20), or all"


def parse_since(text: str, now: datetime) -> Window:
    """The window that reaches from what `text` says to `now` (aware UTC). A date counts from its midnight, UTC.

    Raises `InvalidInputError` on anything else, on an empty span and on a date to come.
    """
    asked = text.strip()
    if asked.casefold() == EVERYTHING:
        return Window(None, None, WindowReason.EVERYTHING, EVERYTHING)
    span = _SPAN.fullmatch(asked)
    start = _before(now, span, text) if span else _midnight(asked, text)
    if start >= now:
        raise InvalidInputError("since", text, "it must lie in the past")
    return Window(start, now, WindowReason.ASKED, asked)


def newest_day(newest_at: datetime, asked: str = "24h") -> Window:
    """The UTC day that holds `newest_at`: what is shown when the span `asked` for holds nothing."""
    start = datetime.combine(newest_at.astimezone(UTC).date(), time(), tzinfo=UTC)
    return Window(start, start + timedelta(days=1), WindowReason.NEWEST_DAY, asked)


def _before(now: datetime, span: re.Match[str], given: str) -> datetime:
    length = int(span["number"]) * _UNITS[span["unit"].casefold()]
    if not length:
        raise InvalidInputError("since", given, _HOW)
    return now - length


def _midnight(asked: str, given: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(asked), time(), tzinfo=UTC)
    except ValueError:
        raise InvalidInputError("since", given, _HOW) from None
