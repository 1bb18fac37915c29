"""Writing articles with everything read from them, a batch at a time."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.articles.stories import Fingerprint
from bot.positions.evidence import evidence_of
from bot.positions.model import Evidence, Statement
from bot.services.ports import Entry
from bot.storage.codec import encode_reading, encode_statement, encode_structure
from bot.storage.engine import Engine
from bot.storage.queries import stored_fingerprints
from bot.storage.sentences import index_sentences
from bot.storage.tables import (
    UNDATED,
    article_bodies,
    articles,
    fingerprints,
    revisions,
    sentences,
    statement_topics,
    statements,
    story_members,
)

_KEPT = ("first_seen_at", "baseline")  # of an article that is known already

Values = dict[str, Any]


async def save_entries(connection: AsyncConnection, engine: Engine, entries: Sequence[Entry]) -> None:
    """Insert or replace articles, bodies, fingerprints and statements; the caller commits.

    Where a source lists a document twice, the last one counts.
    """
    entries = list({entry.article.id: entry for entry in entries}.values())
    if not entries:
        return
    await _leave_stories(connection, engine, entries)
    await upsert(connection, revisions, await _revisions(connection, engine, entries))
    await upsert(connection, articles, [_article(entry) for entry in entries], kept=_KEPT)
    await upsert(connection, article_bodies, [_body(entry) for entry in entries])
    await upsert(connection, fingerprints, [_fingerprint(entry) for entry in entries])
    ids = [entry.article.id for entry in entries]
    await connection.execute(delete(statements).where(engine.is_among(statements.c.article_id, ids)))
    await _insert(connection, statements, [row for entry in entries for row in _statements(entry)])
    await _insert(connection, statement_topics, [row for entry in entries for row in _topics(entry)])
    await connection.execute(delete(sentences).where(engine.is_among(sentences.c.article_id, ids)))
    read = ((e.article.id, e.article.text, (one.span for one in e.reading.sentences)) for e in entries)
    await index_sentences(connection, engine, read)


async def _leave_stories(connection: AsyncConnection, engine: Engine, entries: Sequence[Entry]) -> None:
    """A changed article belongs to no story until stories are saved again: so a load that was cut short is seen."""
    ids = [entry.article.id for entry in entries]
    found = await connection.execute(stored_fingerprints().where(engine.is_among(articles.c.id, ids)))
    stored = {row.article_id: Fingerprint(**row._mapping) for row in found}
    changed = [e.article.id for e in entries if e.article.id in stored and stored[e.article.id] != e.fingerprint]
    if changed:
        await connection.execute(delete(story_members).where(engine.is_among(story_members.c.article_id, changed)))


async def _revisions(connection: AsyncConnection, engine: Engine, entries: Sequence[Entry]) -> list[Values]:
    """The stored texts that are about to be replaced by others, because the document and not our rules changed."""
    new = {entry.article.id: entry for entry in entries}
    query = select(articles.c.id, articles.c.content_hash, article_bodies.c.text).join(article_bodies)
    found = await connection.execute(query.where(engine.is_among(articles.c.id, list(new))))
    return [
        {"article_id": row.id, "replaced_at": new[row.id].first_seen_at, "text": row.text}
        for row in found
        if row.content_hash != new[row.id].article.content_hash and row.text != new[row.id].article.text
    ]


async def upsert(
    connection: AsyncConnection, table: Table, rows: Sequence[Values], *, kept: Iterable[str] = ()
) -> None:
    """Insert rows, or replace those with the same primary key except for the `kept` columns."""
    if not rows:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    keys = [column.name for column in table.primary_key]
    changed = {c.name: statement.excluded[c.name] for c in table.c if c.name not in (*keys, *kept)}
    await connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), rows)


async def insert_unless_there(connection: AsyncConnection, table: Table, row: Values) -> bool:
    """Insert a row; one with the same primary key stays as it is. Whether it was inserted."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    return (await connection.execute(dialect.insert(table).on_conflict_do_nothing(), row)).rowcount == 1


async def _insert(connection: AsyncConnection, table: Table, rows: Sequence[Values]) -> None:
    if rows:
        await connection.execute(table.insert(), rows)


def _article(entry: Entry) -> Values:
    article = entry.article
    published = article.published
    return {
        "id": article.id,
        "source_id": article.source_id,
        "location": article.location,
        "content_hash": article.content_hash,
        "analyser": entry.analyser,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "agency": article.agency,
        "language": article.language,
        "url": article.url,
        "published_at": published and published.at,
        "precision": published and published.precision.value,
        "first_seen_at": entry.first_seen_at,
        "baseline": entry.baseline,
        "lookup": f"{article.title or ''}\n{article.location}".casefold(),
    }


def _body(entry: Entry) -> Values:
    article = entry.article
    return {
        "article_id": article.id,
        "text": article.text,
        "structure": encode_structure(article.blocks, article.dropped, article.provenance),
        "reading": encode_reading(entry.reading),
    }


def _fingerprint(entry: Entry) -> Values:
    return {
        "article_id": entry.article.id,
        "words": entry.fingerprint.words,
        "signature": entry.fingerprint.signature,
    }


def _statements(entry: Entry) -> list[Values]:
    """All statements of the article, each with the passage it is shown with, so that evidence needs no article."""
    shown = evidence_of(entry.article, entry.reading, story_id="")
    return [_statement(entry, ordinal, evidence) for ordinal, evidence in enumerate(shown)]


def _statement(entry: Entry, ordinal: int, evidence: Evidence) -> Values:
    statement, passage = evidence.statement, evidence.citation.span
    shown = _is_shown(statement)
    return {
        "article_id": entry.article.id,
        "ordinal": ordinal,
        "actor_id": statement.speaker.actor_id,
        "name": statement.speaker.name,
        "mode": statement.mode.value,
        "stance": statement.stance and statement.stance.value,
        "published_at": entry.article.published and entry.article.published.at,
        "passage_start": passage.start if shown else None,
        "passage_end": passage.end if shown else None,
        "passage": evidence.text if shown else None,
        "detail": encode_statement(statement),
    }


def _topics(entry: Entry) -> list[Values]:
    """Topics of the statements that are shown under somebody."""
    return [
        {
            "article_id": entry.article.id,
            "ordinal": ordinal,
            "topic_id": topic_id,
            "actor_id": statement.speaker.actor_id,
            "name": statement.speaker.name,
            "sort_at": entry.article.published.at if entry.article.published else UNDATED,
        }
        for ordinal, statement in enumerate(entry.reading.statements)
        if _is_shown(statement)
        for topic_id in dict.fromkeys(statement.topics)
    ]


def _is_shown(statement: Statement) -> bool:
    """Whether it is attributed to anybody; the others are kept, but are no evidence."""
    return statement.speaker.actor_id is not None or statement.speaker.name is not None
