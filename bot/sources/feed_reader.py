"""Feeds as sources: their items, and the pages behind those that hold a summary only."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.articles.model import RawDocument
from bot.dossier import Source, SourceStatus
from bot.errors import SourceError
from bot.services.ports import Finding, Rounds, Unchanged, Unreadable, Visit
from bot.sources.feed_items import FEED, Feed, FeedItem
from bot.sources.feeds import MEDIA_TYPES, NoFeed, parse_feed
from bot.sources.fetcher import Fetcher
from bot.sources.limits import FeedLimits
from bot.sources.outcomes import Failed, Fetched
from bot.sources.page_article import PageArticle, choose
from bot.sources.page_reader import PASSING, PageRead, as_document, read_page_at, source_error, validators_of, visit_of

_CUT = ("…", "...", "[…]", "[...]", "(…)")  # ends of a text that goes on elsewhere


@dataclass(slots=True)
class _Reading:
    """One reading of a feed: what was known before, and how it fares."""

    source: Source
    visits: Mapping[str, Visit]
    outlet: str | None
    faults: int = 0  # of pages, one after the other
    is_whole: bool = True  # nothing has to be tried again though the feed may not change

    def has_page(self, location: str) -> bool:
        """Whether the page itself was read once."""
        return location in self.visits and self.visits[location].note is None


class FeedReader:
    """Reads RSS, Atom and JSON Feed.

    An item's location is the address of its page, or the feed's with a mark where there is none; one address is one
    article. Pages are asked for when an item is new or its entry changed, and now and then for corrections.
    """

    def __init__(
        self, fetcher: Fetcher, *, rounds: Rounds, now: Callable[[], datetime], limits: FeedLimits | None = None
    ) -> None:
        self._fetcher = fetcher
        self._rounds = rounds
        self._now = now
        self._limits = limits or FeedLimits()

    async def count(self, source: Source) -> int | None:  # noqa: ARG002 - the port's
        """Not known before the feed is read."""
        return None

    async def documents(self, source: Source) -> AsyncIterator[Finding]:
        """The items in the feed's order. Raises `SourceError` if the feed can't be had or is none."""
        last = await self._rounds.last(source.id)
        visits = last.visits if last else {}
        known = visits.get(source.location)
        visit, feed = await self._feed(source, known)
        if feed is None:
            yield Unchanged(None)
            for remembered in {**visits, source.location: visit}.values():
                yield remembered
            return
        reading = _Reading(source, visits, feed.title)
        items = _distinct(feed.items[: self._limits.items], source)
        for start in range(0, len(items), self._limits.pages_at_once):
            batch = items[start : start + self._limits.pages_at_once]
            for found in await asyncio.gather(*(self._item(reading, location, item) for location, item in batch)):
                for one in found:
                    yield one
        if reading.is_whole:
            yield visit

    async def _feed(self, source: Source, known: Visit | None) -> tuple[Visit, Feed | None]:
        """The feed, None if it is as it was; and what to remember of the visit."""
        now = self._now()
        if known is not None and known.fresh_until is not None and known.fresh_until > now:
            return known, None
        outcome = await self._fetcher.fetch(source.location, accepts=MEDIA_TYPES, validators=validators_of(known))
        if isinstance(outcome, Failed):
            raise source_error(source, outcome)
        if not isinstance(outcome, Fetched):
            return visit_of(outcome, source.location, now, known.digest if known else ""), None
        visit = visit_of(outcome, source.location, now, _digest(outcome.content))
        if known is not None and known.digest == visit.digest:
            return visit, None
        feed = await asyncio.to_thread(parse_feed, outcome.content, charset=outcome.charset, address=outcome.final_url)
        if isinstance(feed, NoFeed):
            raise SourceError(source.name, feed.reason, kind=SourceStatus.INVALID.value)
        return visit, feed

    async def _item(self, reading: _Reading, location: str, item: FeedItem) -> tuple[Finding, ...]:
        """What comes of one item: from the feed itself, from memory, or from the page behind it."""
        if item.link is None or self._is_whole_text(item.text):
            return (self._from_feed(reading, location, item),)
        known = reading.visits.get(location)
        entry = _digest(repr((item.text, item.said)).encode())
        is_same = known is not None and known.digest == entry
        if known is not None and is_same and self._now() - known.visited_at < self._limits.revisit_after:
            return Unchanged(location), known
        if reading.faults >= self._limits.faults:
            return self._without_page(reading, location, item, "its site did not answer for other items")
        said = tuple(one for one in item.said if one.field != "url")  # the page knows its own address better
        read = await read_page_at(
            self._fetcher, item.link, now=self._now, known=known if is_same else None, before=said
        )
        if read.failed is not None and read.failed.kind in PASSING:
            reading.faults += 1
            return self._without_page(reading, location, item, read.failed.reason)
        reading.faults = 0
        visit = replace(read.visit or Visit(location, self._now()), address=location, digest=entry, note=None)
        found = self._from_page(reading, location, item, read)
        is_summary = read.failed is not None and isinstance(found, RawDocument)
        return found, replace(visit, note=read.failed.reason) if read.failed and is_summary else visit

    def _from_page(self, reading: _Reading, location: str, item: FeedItem, read: PageRead) -> Finding:
        """The article; where there is no page for good, what was read once, else what the feed holds."""
        if read.article is not None:
            return as_document(reading.source, location, _completed(read.article, reading))
        if read.failed is None or reading.has_page(location):
            return Unchanged(location)
        return self._from_feed(reading, location, item) if item.text else Unreadable(location, read.failed.reason)

    def _without_page(self, reading: _Reading, location: str, item: FeedItem, reason: str) -> tuple[Finding, ...]:
        """The page can't be had now: what was read once stays, else the summary must do until next time."""
        reading.is_whole = False
        if reading.has_page(location):
            return Unreadable(location, reason), reading.visits[location]
        if not item.text:
            return (Unreadable(location, reason),)
        return self._from_feed(reading, location, item), Visit(location, self._now(), note=reason)

    def _from_feed(self, reading: _Reading, location: str, item: FeedItem) -> RawDocument:
        fields = choose(item.said, now=self._now())
        return as_document(reading.source, location, _completed(PageArticle(item.text, fields), reading))

    def _is_whole_text(self, text: str) -> bool:
        return len(text.split()) >= self._limits.whole_words and not text.rstrip().endswith(_CUT)


def _completed(article: PageArticle, reading: _Reading) -> PageArticle:
    """With what stands in for things that are not said."""
    fields = dict(article.fields)
    if "outlet" not in fields and reading.outlet:
        fields["outlet"] = (reading.outlet, FEED)
    if "published" not in fields and "updated" in fields:
        value, origin = fields["updated"]
        fields["published"] = (value, f"{origin}: updated")
    return replace(article, fields=fields)


def _distinct(items: tuple[FeedItem, ...], source: Source) -> list[tuple[str, FeedItem]]:
    """Every item with its location; of those with one location the first."""
    found: dict[str, FeedItem] = {}
    for item in items:
        if item.link or item.key or item.text:
            mark = _digest((item.key or item.text).encode())[:12]
            found.setdefault(item.link or f"{source.location}#{mark}", item)
    return list(found.items())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
