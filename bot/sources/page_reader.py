"""Web pages as sources: one article at one address."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.articles.decode import decode
from bot.articles.model import RawDocument
from bot.dossier import Source, SourceStatus
from bot.errors import SourceError
from bot.services.ports import Finding, Rounds, Unchanged, Visit
from bot.sources.feed_links import FeedLink
from bot.sources.fetcher import Fetcher
from bot.sources.outcomes import Failed, Fetched, FetchFault, NotModified, Validators
from bot.sources.page_article import NoArticle, PageArticle, read_article
from bot.sources.page_head import PAGE, Said

MEDIA_TYPES = ("text/html", "application/xhtml+xml")
_FIELDS = ("title", "author", "outlet", "published", "url", "language")
_STATUS = {
    FetchFault.BLOCKED: SourceStatus.BLOCKED,
    FetchFault.GONE: SourceStatus.GONE,
    FetchFault.SLOW: SourceStatus.SLOW,
    FetchFault.TOO_LARGE: SourceStatus.TOO_LARGE,
    FetchFault.INVALID: SourceStatus.INVALID,
    FetchFault.REFUSED: SourceStatus.INVALID,
    FetchFault.RATE_LIMITED: SourceStatus.BLOCKED,
    FetchFault.UNREACHABLE: SourceStatus.FAILING,
}
PASSING = frozenset({FetchFault.SLOW, FetchFault.RATE_LIMITED, FetchFault.UNREACHABLE})  # may be over next time


@dataclass(frozen=True, slots=True)
class PageRead:
    """What came of reading a page: an article, none because it is `unchanged`, or a failure (with the feeds that the
    page names, if it is one). `visit` is to be remembered, where there is something to remember."""

    article: PageArticle | None = None
    unchanged: bool = False
    failed: Failed | None = None
    feeds: tuple[FeedLink, ...] = ()
    visit: Visit | None = None


async def read_page_at(
    fetcher: Fetcher, address: str, *, now: Callable[[], datetime], known: Visit | None, before: Iterable[Said] = ()
) -> PageRead:
    """Read the article at `address`, as far as robots.txt allows, unless it is as it was at the visit `known`."""
    if known is not None and known.fresh_until is not None and known.fresh_until > now():
        return PageRead(unchanged=True, visit=known)
    outcome = await fetcher.fetch(address, accepts=MEDIA_TYPES, validators=validators_of(known), by_robots=True)
    if isinstance(outcome, Failed):
        return PageRead(failed=outcome)
    visit = visit_of(outcome, address, now())
    if isinstance(outcome, NotModified):
        return PageRead(unchanged=True, visit=replace(visit, digest=known.digest if known else ""))
    found = await asyncio.to_thread(_article_in, outcome, now(), tuple(before))
    if isinstance(found, NoArticle):
        return PageRead(failed=Failed(FetchFault.INVALID, found.reason), feeds=found.feeds)
    return PageRead(article=found, visit=visit)


def validators_of(known: Visit | None) -> Validators | None:
    """What to send so that only a change comes back."""
    if known is None or not (known.etag or known.last_modified):
        return None
    return Validators(known.etag, known.last_modified)


def visit_of(outcome: Fetched | NotModified, address: str, now: datetime, digest: str = "") -> Visit:
    """What to remember of an answer."""
    known = outcome.validators
    return Visit(address, now, known.etag, known.last_modified, outcome.fresh_until, digest)


def source_error(source: Source, failed: Failed, feeds: Iterable[FeedLink] = ()) -> SourceError:
    """A failure as that of the whole source."""
    hint = next((f"; it names a feed: {feed.url}" for feed in feeds), "")
    return SourceError(source.name, failed.reason + hint, kind=_STATUS[failed.kind].value, retry_at=failed.retry_at)


def as_document(source: Source, location: str, article: PageArticle) -> RawDocument:
    """An article as a document: its text as Markdown, what is known of it as hints with their origins.

    The text and not the page is handed on, for else every change of its furniture would count as one of the article.
    """
    known = {name: article.fields[name] for name in _FIELDS if name in article.fields}
    return RawDocument(
        source.id,
        location,
        article.text.encode(),
        media_type="text/markdown",
        hints={name: value for name, (value, _) in known.items()},
        origins={name: origin for name, (_, origin) in known.items()},
    )


def _article_in(fetched: Fetched, now: datetime, before: tuple[Said, ...]) -> PageArticle | NoArticle:
    text = decode(fetched.content, declared=fetched.charset, is_html=True)
    if text is None or not text.strip():
        return NoArticle("is empty" if not fetched.content.strip() else "is not text")
    found = read_article(text, url=fetched.final_url, now=now, before=before)
    if isinstance(found, PageArticle) and "url" not in found.fields:
        return replace(found, fields={**found.fields, "url": (fetched.final_url, PAGE)})
    return found


class PageReader:
    """Reads sources that are one page each."""

    def __init__(self, fetcher: Fetcher, *, rounds: Rounds, now: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._rounds = rounds
        self._now = now

    async def count(self, source: Source) -> int | None:  # noqa: ARG002 - the port's
        """One."""
        return 1

    async def documents(self, source: Source) -> AsyncIterator[Finding]:
        """The article, or that it is unchanged. Raises `SourceError` for a page that can't be had or is no article."""
        last = await self._rounds.last(source.id)
        known = last.visits.get(source.location) if last else None
        read = await read_page_at(self._fetcher, source.location, now=self._now, known=known)
        if read.failed is not None:
            raise source_error(source, read.failed, read.feeds)
        if read.article is not None:
            yield as_document(source, source.location, read.article)
        else:
            yield Unchanged(source.location)
        if read.visit is not None:
            yield read.visit
