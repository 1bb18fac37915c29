"""Times as machines write them, read strictly: what is not certain or not credible is nothing."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime, parsedate_tz

_ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s?(?P<zone>Z|[+-]\d{2}(:?\d{2})?)?)?", re.IGNORECASE
)
_MAIL = re.compile(
    r"([A-Z][a-z]{2,8},?\s+)?\d{1,2}[\s-][A-Z][a-z]{2,8}[\s-]\d{4}\s+\d{1,2}:\d{2}(:\d{2})?(\s+\S+)?(\s+\(.*\))?"
)
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before it there was no web; 1970 is what broken clocks say
_FAST_CLOCKS = timedelta(hours=1)
_ZONES_AHEAD = timedelta(hours=14)  # what a time without a zone may be ahead of UTC


def read_stamp(words: str | None, *, now: datetime) -> str | None:
    """A publication time as ISO 8601 with the zone it came with, from ISO 8601 or RFC 5322; None if it is neither.

    Times before 1990 and times to come are refused. A clock in a zone of unknown name gives the day alone.
    """
    words = " ".join((words or "").split())
    if len(words) > 60:
        return None
    found = _from_iso(words) or _from_mail(words)
    if found is None:
        return None
    at, shown = found
    ahead = _FAST_CLOCKS if at.tzinfo is not None else _ZONES_AHEAD
    aware = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return shown if _EARLIEST <= aware <= now + ahead else None


def _from_iso(words: str) -> tuple[datetime, str] | None:
    match = _ISO.fullmatch(words)
    if match is None:
        return None
    zone = match["zone"]
    compact = words if zone is None else words[: match.start("zone")].rstrip() + zone.upper()
    try:
        at = datetime.fromisoformat(compact.replace(",", "."))
    except ValueError:
        return None
    return at, words if len(words) == 10 else at.replace(microsecond=0).isoformat()


def _from_mail(words: str) -> tuple[datetime, str] | None:
    parts = parsedate_tz(words) if _MAIL.fullmatch(words) else None
    if parts is None:
        return None
    try:
        at = parsedate_to_datetime(words)
    except (ValueError, TypeError, OverflowError):
        return None
    names_zone = re.search(r"\d\s+[A-Za-z]", words.rpartition(":")[2]) is not None
    if at.tzinfo is None and names_zone:  # a zone that the standard does not know
        return at, at.date().isoformat()
    return at, at.isoformat()
