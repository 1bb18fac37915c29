"""Looks what is at an address: a feed, a site that names one, or an article. Keeps nothing."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.dossier import Source, SourceKind
from bot.errors import SourceError
from bot.services.source_ports import FoundItem, FoundSource
from bot.sources.feed_items import Feed, FeedItem
from bot.sources.feeds import MEDIA_TYPES, NoFeed, parse_feed
from bot.sources.outcomes import Failed, Fetched
from bot.sources.page_article import choose
from bot.sources.page_reader import read_page_at, source_error

if TYPE_CHECKING:
    from bot.sources.fetcher import Fetcher

_SHOWN = 3  # newest items
_TRIED = 3  # feeds that a page names


class WebScout:
    """`Scout` on the web. Asks at most five times: the address, feeds it names, and the page by robots.txt."""

    def __init__(self, fetcher: "Callable[[], Fetcher]", *, now: Callable[[], datetime]) -> None:
        """`fetcher` gives the one of the program; it is asked for at the first look."""
        self._fetcher = fetcher
        self._now = now

    async def look(self, address: str) -> FoundSource:
        """The feed there, or that the site there names, or the page. Raises `SourceError`."""
        address = address.strip() if "://" in address else f"https://{address.strip()}"
        url, feed = await self._feed(address)
        if isinstance(feed, Feed):
            return self._found(url, feed)
        for link in feed.feeds[:_TRIED]:
            at, named = await self._feed(link.url)
            if isinstance(named, Feed):
                return self._found(at, named)
        return await self._page(url, feed)

    async def _feed(self, address: str) -> tuple[str, Feed | NoFeed]:
        """What is at the address, and the address to ask from now on."""
        outcome = await self._fetcher().fetch(address, accepts=MEDIA_TYPES)
        if isinstance(outcome, Failed):
            raise source_error(_unnamed(address), outcome)
        if not isinstance(outcome, Fetched):
            raise SourceError(address, "answers as if it were known already")
        feed = await asyncio.to_thread(parse_feed, outcome.content, charset=outcome.charset, address=outcome.final_url)
        return (outcome.final_url if outcome.moved else address), feed

    async def _page(self, address: str, why: NoFeed) -> FoundSource:
        read = await read_page_at(self._fetcher(), address, now=self._now, known=None)
        if read.article is None:
            reason = read.failed.reason if read.failed else why.reason
            raise SourceError(address, f"{reason}; give the address of a feed, or of a site that names one")
        fields = {name: value for name, (value, _) in read.article.fields.items()}
        title = fields.get("title") or address
        item = FoundItem(title, _instant(fields.get("published")), fields.get("url"))
        return FoundSource(SourceKind.PAGE, address, title, (item,), 1)

    def _found(self, address: str, feed: Feed) -> FoundSource:
        items = sorted(map(self._item, feed.items), key=_age)
        return FoundSource(SourceKind.FEED, address, feed.title or address, tuple(items[:_SHOWN]), len(items))

    def _item(self, item: FeedItem) -> FoundItem:
        fields = {name: value for name, (value, _) in choose(item.said, now=self._now()).items()}
        title = fields.get("title") or item.text[:100] or item.link or item.key
        return FoundItem(title, _instant(fields.get("published") or fields.get("updated")), item.link)


def _unnamed(address: str) -> Source:
    return Source("", SourceKind.FEED, address, address)


def _age(item: FoundItem) -> float:
    return -item.published.timestamp() if item.published else float("inf")


def _instant(words: str | None) -> datetime | None:
    if words is None:
        return None
    try:
        at = datetime.fromisoformat(words)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
