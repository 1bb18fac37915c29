"""A feed and its items, whatever format they came in."""

from dataclasses import dataclass

from courlan import normalize_url
from yarl import URL

from bot.sources.html_tree import storable
from bot.sources.page_head import Said

FEED = "feed"
MOST_ITEMS = 500  # of a feed, the first ones; what more there is is not even looked at


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item. `key` is its identity in the feed; `link` the page behind it, if any; `text` what the feed holds of it
    (headings `## `, bullets `- `). `said` is what the feed says of it; times are still as they were written."""

    key: str
    link: str | None
    text: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's own title and site, and its items in the feed's order."""

    title: str | None
    site: str | None
    items: tuple[FeedItem, ...]


def page_address(link: str | None, base: str) -> str | None:
    """A link as an address without what only counts visitors; None if it is no web address."""
    try:
        url = URL(base).join(URL((link or "").strip()))
    except ValueError:
        return None
    if not link or url.scheme not in ("http", "https") or not url.host or len(link) > 2000:
        return None
    normal: str = normalize_url(str(url))
    return normal or None


def feed_item(*, key: str, link: str | None, text: str, **fields: str | None) -> FeedItem:
    """An item with what the feed says of it, without what it leaves out."""
    said = ((name, storable(value).strip()) for name, value in {**fields, "url": link}.items() if value)
    return FeedItem(
        key=storable(key)[:2000],
        link=link,
        text=storable(text).strip(),
        said=tuple(Said(name, value, FEED) for name, value in said if value),
    )
