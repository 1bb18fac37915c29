"""RSS, RDF and Atom, by feedparser, which is given bytes and never an address."""

import logging
import re
from email.utils import parseaddr
from io import BytesIO
from typing import Any

from bot.sources.feed_items import MOST_ITEMS, Feed, FeedItem, feed_item, page_address
from bot.sources.html_tree import fragment_text, plain

LOG = logging.getLogger(__name__)
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE)
_LONGEST_REFERENCE = 8  # digits; more name no character


def read_xml_feed(text: str, address: str) -> Feed | None:
    """The feed in a text that `refusal_of_xml` let pass; None if there is none. Faults in the XML are overlooked."""
    import feedparser  # type: ignore[import-untyped]  # noqa: PLC0415 - no types; folders need not pay for it

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": address}
    content = _REFERENCE.sub(_sound_reference, text).encode("utf-8", "replace")
    try:
        parsed = feedparser.parse(BytesIO(content), response_headers=headers)
    except Exception:  # a fault of the library's on what somebody wrote: loud, but it costs one feed
        LOG.exception("feedparser could not read %s", address)
        return None
    if not parsed.version and not parsed.entries:
        return None
    feed = parsed.feed
    return Feed(
        title=plain(feed.get("title") or "") or None,
        site=page_address(feed.get("link"), address),
        items=tuple(_item(entry, feed, address) for entry in parsed.entries[:MOST_ITEMS]),
    )


def _sound_reference(match: re.Match[str]) -> str:
    """A reference, replaced if XML can't hold its character (NUL, half a surrogate pair): those break feedparser."""
    digits = match[1] or match[2]
    number = int(digits, 16 if match[1] else 10) if len(digits) <= _LONGEST_REFERENCE else 0
    is_sound = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0x110000
    return match[0] if is_sound else "\ufffd"


def _item(entry: Any, feed: Any, address: str) -> FeedItem:
    title = plain(entry.get("title") or "")
    link = page_address(entry.get("link"), address)
    return feed_item(
        key=entry.get("id") or link or title,
        link=link,
        text=_text(entry),
        title=title,
        author=", ".join(_authors(entry)) or None,
        outlet=plain((entry.get("source") or {}).get("title") or ""),
        published=entry.get("published"),
        updated=entry.get("updated") if "updated" in entry else None,  # else feedparser takes `published`
        language=_language(entry) or feed.get("language"),
    )


def _text(entry: Any) -> str:
    """The fullest text that the feed holds: content, else summary."""
    texts = [entry.get("summary_detail") or {}, *(entry.get("content") or ())]
    read = [fragment_text(one.get("value") or "") for one in texts if _is_text(one.get("type") or "")]
    return max(read, key=len, default="")


def _is_text(media_type: str) -> bool:
    return media_type in ("", "text/html", "text/plain", "application/xhtml+xml")


def _language(entry: Any) -> str | None:
    for one in (*(entry.get("content") or ()), entry.get("title_detail") or {}):
        if one.get("language"):
            return str(one["language"])
    return None


def _authors(entry: Any) -> list[str]:
    """Names; mail addresses are nobody's names."""
    raw = entry.get("author") or ""
    listed = [(one.get("name") or "", one.get("email") or "") for one in entry.get("authors") or ()]
    if "@" in raw and not any(raw == f"{name} ({mail})" for name, mail in listed):
        listed = [parseaddr(raw)]  # in RSS: feedparser cuts such addresses in the wrong place
    names = [name for name, _ in listed] if listed else [raw]
    return [name for name in (plain(one)[:200] for one in names[:10]) if name and "@" not in name]
