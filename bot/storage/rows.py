"""Rows of the corpus as domain values. Plain functions of rows, so that large answers can be decoded in a thread."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from bot.articles.model import Article, Citation, DatePrecision, Published
from bot.language.spans import Span
from bot.positions.model import Evidence, Statement
from bot.services.ports import StoredArticle
from bot.storage.codec import decode_reading, decode_statements, decode_structure
from bot.storage.tables import AnyRow


def article_of(row: AnyRow) -> Article:
    """An article from a row of `queries.whole_articles`."""
    blocks, dropped, provenance = decode_structure(row.structure)
    return Article(
        id=row.id,
        source_id=row.source_id,
        location=row.location,
        content_hash=row.content_hash,
        title=row.title,
        outlet=row.outlet,
        author=row.author,
        url=row.url,
        published=published_of(row),
        text=row.text,
        blocks=blocks,
        dropped=dropped,
        provenance=provenance,
        agency=row.agency,
        language=row.language,
    )


def stored_articles_of(rows: Sequence[AnyRow], details: Sequence[AnyRow]) -> tuple[StoredArticle, ...]:
    """Articles with their readings; `details` are the statements of (at least) these articles in order."""
    statements: dict[str, list[Statement]] = defaultdict(list)
    with _uncollected():
        for row, statement in zip(details, decode_statements(row.detail for row in details), strict=True):
            statements[row.article_id].append(statement)
        return tuple(_stored_article(row, tuple(statements.get(row.id, ()))) for row in rows)


def evidence_of_rows(rows: Sequence[AnyRow]) -> tuple[Evidence, ...]:
    """Evidence from rows of `queries.shown_statements`."""
    published: dict[str, Published | None] = {}
    with _uncollected():
        statements = decode_statements(row.detail for row in rows)
        return tuple(_evidence(row, statement, published) for row, statement in zip(rows, statements, strict=True))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cycle collector: so many new objects set it off again and again, which doubles the time (measured).

    It is one for all threads: if two decode at once, the first to end switches it on again, which does no harm.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def articles_of(rows: Iterable[AnyRow]) -> tuple[Article, ...]:
    """Articles alone."""
    return tuple(article_of(row) for row in rows)


def _stored_article(row: AnyRow, statements: tuple[Statement, ...]) -> StoredArticle:
    reading = decode_reading(row.reading, statements)
    return StoredArticle(article_of(row), reading, row.story_id, row.first_seen_at, row.baseline)


def _evidence(row: AnyRow, statement: Statement, published: dict[str, Published | None]) -> Evidence:
    if row.article_id not in published:
        published[row.article_id] = published_of(row)
    citation = Citation(
        article_id=row.article_id,
        location=row.location,
        title=row.title,
        outlet=row.outlet,
        author=row.author,
        url=row.url,
        published=published[row.article_id],
        span=Span(row.passage_start, row.passage_end),
        agency=row.agency,
        language=row.language,
    )
    return Evidence(statement, citation, row.passage, row.story_id)


def published_of(row: AnyRow) -> Published | None:
    """Publication from the columns of the article."""
    return None if row.published_at is None else Published(row.published_at, DatePrecision(row.precision))
