"""The readers that ask the web, made when the first of them is needed: a start with folders alone stays quick."""

import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.articles.model import RawDocument
from bot.dossier import Source, SourceKind
from bot.errors import SourceError
from bot.services.ports import Finding, Rounds, SourceReader
from bot.services.source_ports import FoundSource, Pages, Scout
from bot.sources.allowed import AllowedHost
from bot.sources.limits import FeedLimits, FetchLimits

if TYPE_CHECKING:
    from bot.sources.fetcher import Fetcher

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What the operator says: the version and contact in our name, and what inside the own network may be asked."""

    version: str = ""
    contact: str = ""
    allowed: tuple[AllowedHost, ...] = ()
    fetch: FetchLimits = field(default_factory=FetchLimits)
    feeds: FeedLimits = field(default_factory=FeedLimits)


class Web:
    """All readers of the web over one fetcher."""

    def __init__(self, settings: WebSettings, *, rounds: Rounds, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._rounds = rounds
        self._now = now
        self._fetcher: Fetcher | None = None
        self._readers: dict[SourceKind, SourceReader] = {}

    def reader(self, kind: SourceKind) -> SourceReader:
        """A reader of feeds or pages that imports what it needs at its first use."""
        return _LateReader(self, kind)

    def opened(self, kind: SourceKind) -> SourceReader:
        """The reader itself. Needs a running loop."""
        if kind not in self._readers:
            from bot.sources.feed_reader import FeedReader  # noqa: PLC0415 - see above
            from bot.sources.page_reader import PageReader  # noqa: PLC0415 - see above

            fetcher = self.fetcher()
            self._readers = {
                SourceKind.FEED: FeedReader(fetcher, rounds=self._rounds, now=self._now, limits=self._settings.feeds),
                SourceKind.PAGE: PageReader(fetcher, rounds=self._rounds, now=self._now),
            }
        return self._readers[kind]

    def fetcher(self) -> "Fetcher":
        """The one fetcher of the program. Needs a running loop."""
        if self._fetcher is None:
            from bot.sources.fetcher import Fetcher  # noqa: PLC0415 - see above

            self._fetcher = Fetcher(
                version=self._settings.version,
                contact=self._settings.contact,
                allowed=self._settings.allowed,
                limits=self._settings.fetch,
                now=self._now,
            )
        return self._fetcher

    def scout(self) -> Scout:
        """Looks at addresses; imports what it needs at its first use."""
        return _LateScout(self)

    def opened_scout(self) -> Scout:
        """The scout itself."""
        from bot.sources.scout import WebScout  # noqa: PLC0415 - see above

        return WebScout(self.fetcher, now=self._now)

    def pages(self) -> Pages:
        """Reads single pages; imports what it needs at its first use."""
        return _LatePages(self)

    async def read_page(self, address: str) -> RawDocument:
        """The article at an address, as far as robots.txt allows. Raises `SourceError`."""
        from bot.sources.page_reader import as_document, read_page_at, source_error  # noqa: PLC0415 - see above

        source = Source("", SourceKind.PAGE, address, address)
        read = await read_page_at(self.fetcher(), address, now=self._now, known=None)
        if read.failed is not None:
            raise source_error(source, read.failed, read.feeds)
        if read.article is None:
            raise SourceError(address, "holds no article")
        return as_document(source, address, read.article)

    async def close(self) -> None:
        """Close all connections, if any were opened."""
        if self._fetcher is not None:
            await self._fetcher.close()


@dataclass(frozen=True, slots=True)
class _LateReader:
    web: Web
    kind: SourceKind

    async def count(self, source: Source) -> int | None:
        return await self.web.opened(self.kind).count(source)

    async def documents(self, source: Source) -> AsyncIterator[Finding]:
        try:
            async for found in self.web.opened(self.kind).documents(source):
                yield found
        except SourceError:
            raise
        except Exception:  # a fault of ours: loud, but it costs one source and not the load
            LOG.exception("%s could not be read", source.location)
            raise SourceError(source.name, "could not be read because of a fault in Attaché; see the log") from None


@dataclass(frozen=True, slots=True)
class _LatePages:
    web: Web

    async def read(self, address: str) -> RawDocument:
        return await self.web.read_page(address)


@dataclass(frozen=True, slots=True)
class _LateScout:
    web: Web

    async def look(self, address: str) -> FoundSource:
        return await self.web.opened_scout().look(address)
