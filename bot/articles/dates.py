"""Publication times from the words of a line. What is not certain stays unknown."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from bot.articles.model import DatePrecision, Published

_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_ZONES_AHEAD = timedelta(hours=14)  # the date line: clocks without a zone may be this far ahead of UTC
_ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?", re.IGNORECASE
)
_CLOCK = re.compile(r"\d{1,2}:\d{2}|\b\d{1,2}\s?[ap]\.?m\b", re.IGNORECASE)
_NUMERIC = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{2}|\d{4})\b")
_SETTINGS = {
    "PARSERS": ["absolute-time"],
    "REQUIRE_PARTS": ["day", "month", "year"],
    "STRICT_PARSING": True,
    # Only absolute dates are read, so "now" never decides; it is fixed all the same, to keep the function pure.
    "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001 - dateparser wants a naive base
}


def parse_published(words: str, *, language: str, not_after: datetime | None = None) -> Published | None:
    """The publication time that `words` give as a whole ("20 August 2025, 10:15 GMT"), or None.

    A date needs day, month and year. Numbers that could be day or month either way, times before 1900 and times
    after `not_after` (aware; some hours are allowed for zones ahead of UTC) are refused. A clock without a zone is
    read as UTC.
    """
    found = _parse(words.strip(), language)
    if found is None or found.at < _EARLIEST:
        return None
    return None if not_after is not None and found.at > not_after + _ZONES_AHEAD else found


@lru_cache(maxsize=1024)
def _parse(words: str, language: str) -> Published | None:
    if not words or len(words) > 80 or _is_ambiguous(words):
        return None
    parsed = _parse_iso(words) or _parse_words(words, language)
    if parsed is None:
        return None
    if _CLOCK.search(words) is None:
        return Published(parsed.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC), DatePrecision.DAY)
    aware = parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=UTC)
    return Published(aware.astimezone(UTC), DatePrecision.TIME)


def _is_ambiguous(words: str) -> bool:
    """Whether numbers alone leave open which is the day: 3/4/2025."""
    match = _NUMERIC.search(words)
    return match is not None and int(match[1]) <= 12 and int(match[2]) <= 12 and match[1] != match[2]


def _parse_iso(words: str) -> datetime | None:
    if _ISO.fullmatch(words) is None:
        return None
    try:
        return datetime.fromisoformat(words.replace(" ", "T", 1).replace(" ", ""))
    except ValueError:
        return None


def _parse_words(words: str, language: str) -> datetime | None:
    # Imported late: a tenth of a second that a start without dates to read need not pay.
    import dateparser  # type: ignore[import-untyped]  # noqa: PLC0415 - it ships no types; late, see above

    try:
        parsed: datetime | None = dateparser.parse(words, languages=[language], settings=_SETTINGS)
    except (ValueError, OverflowError):
        return None
    return parsed


def parse_coming(words: str, *, language: str, published: datetime | None) -> date | None:
    """The day that `words` ("Monday", "in two weeks", "September 15") mean, counted forward from publication.

    Without `published` only a date with its year can be told.
    """
    import dateparser  # noqa: PLC0415 - see above

    base = (published or _EARLIEST).replace(tzinfo=None)
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future"}
    try:
        parsed: datetime | None = dateparser.parse(words, languages=[language], settings=settings)
    except (ValueError, OverflowError):
        return None
    return parsed.date() if parsed else None
