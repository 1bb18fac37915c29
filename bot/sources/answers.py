"""What an answer means: by its status, and by what its headers say of caching, patience and kind of content."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime

from bot.sources.limits import FetchLimits
from bot.sources.outcomes import Failed, FetchFault, Validators

REDIRECTS = frozenset({301, 302, 303, 307, 308})
FOR_GOOD = frozenset({301, 308})
_BLOCKED = frozenset({401, 402, 403, 451})
_GONE = frozenset({404, 410})
_SLOW = frozenset({408, 504})
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_UNCACHED = re.compile(r"\bno-(?:cache|store)\b", re.IGNORECASE)

Headers = Mapping[str, str]


def fault_of(status: int, headers: Headers, *, now: datetime, limits: FetchLimits) -> Failed | None:
    """Why an answer with this status is no document; None for one that is (200 to 299)."""
    if 200 <= status < 300:
        return None
    if status == 429 or (status == 503 and "Retry-After" in headers):
        return rate_limited(retry_after(headers, now, limits), now, limits)
    if status in _BLOCKED or "challenge" in headers.get("Cf-Mitigated", ""):
        return Failed(FetchFault.BLOCKED, f"is blocked by the publisher (answer {status})")
    if status in _GONE:
        return Failed(FetchFault.GONE, f"is gone (answer {status})")
    if status in _SLOW or status >= 500:
        kind = FetchFault.SLOW if status in _SLOW else FetchFault.UNREACHABLE
        return Failed(kind, f"has a fault on its own side (answer {status})", is_worth_retrying=True)
    return Failed(FetchFault.INVALID, f"gave an answer that makes no sense here ({status})")


def rate_limited(until: datetime, now: datetime, limits: FetchLimits) -> Failed:
    """The publisher's wish to be left alone until then; worth waiting for if that is soon."""
    seconds = (until - now).total_seconds()
    is_short = seconds <= limits.longest_wait
    reason = f"asks us to wait until {until:%Y-%m-%d %H:%M:%S} UTC"
    return Failed(FetchFault.RATE_LIMITED, reason, is_short, until, max(0.0, seconds) if is_short else None)


def retry_after(headers: Headers, now: datetime, limits: FetchLimits) -> datetime:
    """When `Retry-After` (seconds or a date) says to come again; in a minute if it says nothing that can be read."""
    words = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,9}", words):
        wait = timedelta(seconds=int(words))
    else:
        named = _http_date(words)
        wait = timedelta(minutes=1) if named is None else max(named - now, timedelta(0))
    return now + min(wait, limits.longest_hold)


def fresh_until(headers: Headers, now: datetime, limits: FetchLimits) -> datetime | None:
    """Until when `Cache-Control: max-age` says that nothing will change, if it does."""
    words = headers.get("Cache-Control", "")
    match = _MAX_AGE.search(words)
    if match is None or _UNCACHED.search(words):
        return None
    age = headers.get("Age", "").strip()
    seconds = int(match[1]) - (int(age) if re.fullmatch(r"\d{1,9}", age) else 0)
    return now + min(timedelta(seconds=seconds), limits.longest_freshness) if seconds > 0 else None


def validators_of(headers: Headers) -> Validators:
    """What to send back next time. Oversized and unprintable ones are left out."""
    etag, modified = headers.get("ETag", ""), headers.get("Last-Modified", "")
    return Validators(etag if _is_plain(etag, 500) else None, modified if _is_plain(modified, 100) else None)


def content_type_of(headers: Headers) -> tuple[str, str | None]:
    """Media type in lower case ("" if there is none) and charset of `Content-Type`."""
    message = Message()
    message["Content-Type"] = re.sub(r"[\r\n]", " ", headers.get("Content-Type", ""))
    kind = message.get_content_type() if "/" in headers.get("Content-Type", "") else ""
    charset = message.get_param("charset")
    named = charset.strip() if isinstance(charset, str) else ""
    return kind if _is_plain(kind, 100) else "", named if _is_plain(named, 40) else None


def _is_plain(words: str, most: int) -> bool:
    """Whether a header's words can be kept and sent back: headers may hold any bytes."""
    return 0 < len(words) <= most and words.isascii() and words.isprintable()


def _http_date(words: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(words)
    except (ValueError, TypeError, OverflowError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
