"""Feeds of every kind, as one: RSS and Atom by feedparser, JSON Feed."""

import re
from dataclasses import dataclass

from bot.articles.decode import decode
from bot.sources.feed_items import Feed
from bot.sources.feed_links import FeedLink, find_feeds
from bot.sources.json_feed import is_json_feed, read_json_feed
from bot.sources.xml_feed import read_xml_feed
from bot.sources.xml_guard import refusal_of_xml

MEDIA_TYPES = (
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/xml",
    "text/xml", "application/json", "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream",
    "binary/octet-stream", "application/x-rss+xml", "application/x-atom+xml", "text/rss", "text/rss+xml",
    "text/atom+xml", "text/json",
)  # fmt: skip
_IS_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_MOST_TAGS = 200_000  # large feeds have a third of them; more is meant to keep us busy
_HEAD = 5000  # characters among which a page shows that it is one


@dataclass(frozen=True, slots=True)
class NoFeed:
    """Why a document is no feed, in words that follow its name; and the feeds that it names, if it is a page."""

    reason: str
    feeds: tuple[FeedLink, ...] = ()


def parse_feed(content: bytes, *, charset: str | None, address: str) -> Feed | NoFeed:
    """The feed in a document that was fetched from `address`. Reads nothing else, whatever the document asks for."""
    text = decode(content, declared=charset, is_html=True)
    if text is None or not text.strip():
        return NoFeed("is empty" if text is not None or not content.strip() else "is not text")
    if _IS_PAGE.match(text[:_HEAD]):
        return _page(text, address)
    if text.lstrip("\ufeff \n\t").startswith("{"):
        return read_json_feed(text, address) if is_json_feed(text) else NoFeed("is JSON, but not a JSON Feed")
    refusal = refusal_of_xml(text)
    if refusal is None and text.count("<") > _MOST_TAGS:
        refusal = f"is built of more than {_MOST_TAGS:,} tags"
    if refusal is not None:
        return NoFeed(refusal)
    return read_xml_feed(text, address) or NoFeed("is not a feed")


def _page(text: str, address: str) -> NoFeed:
    feeds = find_feeds(text, address)
    hint = f"; it names {_counted(len(feeds))}, such as {feeds[0].url}" if feeds else " and names no feed"
    return NoFeed(f"is a web page, not a feed{hint}", feeds)


def _counted(number: int) -> str:
    return "a feed" if number == 1 else f"{number} feeds"
