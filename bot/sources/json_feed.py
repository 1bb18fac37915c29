"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

import json
from collections.abc import Iterator
from typing import Any

from bot.sources.feed_items import MOST_ITEMS, Feed, FeedItem, feed_item, page_address
from bot.sources.html_tree import fragment_text, plain

_VERSION = "jsonfeed.org/version/1"


def is_json_feed(text: str) -> bool:
    """Whether a text says that it is one."""
    data = _loaded(text)
    return data is not None and _VERSION in str(data.get("version")) and isinstance(data.get("items"), list)


def read_json_feed(text: str, address: str) -> Feed:
    """The feed; what does not belong into it is left out."""
    data = _loaded(text) or {}
    items = (item for item in data["items"][:MOST_ITEMS] if isinstance(item, dict))
    return Feed(
        title=plain(_words(data, "title") or "") or None,
        site=page_address(_words(data, "home_page_url"), address),
        items=tuple(_item(item, data, address) for item in items),
    )


def _loaded(text: str) -> dict[str, Any] | None:
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _item(item: dict[str, Any], feed: dict[str, Any], address: str) -> FeedItem:
    link = page_address(_words(item, "url") or _words(item, "external_url"), address)
    markup = _words(item, "content_html")
    title = plain(_words(item, "title") or "")
    text = fragment_text(markup) if markup else _words(item, "content_text") or _words(item, "summary") or ""
    return feed_item(
        key=_words(item, "id") or link or title,
        link=link,
        text=text,
        title=title,
        author=", ".join(_authors(item)) or ", ".join(_authors(feed)),
        published=_words(item, "date_published"),
        updated=_words(item, "date_modified"),
        language=_words(item, "language") or _words(feed, "language"),
    )


def _authors(data: dict[str, Any]) -> Iterator[str]:
    """Names in version 1.1 (`authors`) and 1.0 (`author`)."""
    listed = data.get("authors") or [data.get("author")]
    for author in listed[:10] if isinstance(listed, list) else ():
        name = _words(author, "name") if isinstance(author, dict) else None
        if name:
            yield plain(name)


def _words(data: dict[str, Any], key: str) -> str | None:
    """A value that ought to be words; numbers are taken for ids."""
    value = data.get(key)
    is_id = key == "id" and isinstance(value, int | float)
    return str(value) if is_id else value.strip() or None if isinstance(value, str) else None
