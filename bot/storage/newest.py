"""The newest statements that fulfil something: looked for among the newest articles first, then among more of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Table, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import queries
from bot.storage.tables import AnyRow, AnySelect, statement_topics, statements

_WIDENING = (3_000, 24_000)  # newest articles that are looked through before all are


class Newest(NamedTuple):
    """What is asked of rows of `by` (`statements` or `statement_topics`), and what of the statement itself (`said`)."""

    by: Table
    conditions: Sequence[ColumnElement[bool]]
    said: Sequence[ColumnElement[bool]] = ()


async def newest_statements(
    connection: AsyncConnection, asked: Newest, limit: int, widening: Sequence[int] = _WIDENING
) -> Sequence[AnyRow]:
    """Rows of `queries.shown_statements`, newest first, undated last.

    What is said of a topic alone is told by an index, in order; for the rest the statements themselves must be read,
    newest articles first, because of somebody who is heard much there may be half a million.
    """
    if asked.by is statement_topics and not asked.said:
        return await _rows(connection, asked, None, limit)
    for newest in widening:
        edge = await connection.scalar(queries.edge_of_newest(newest))
        if edge is None:
            break
        found = await _rows(connection, asked, edge, limit)
        if len(found) == limit:
            return found
    return await _rows(connection, asked, None, limit)


async def _rows(connection: AsyncConnection, asked: Newest, since: datetime | None, limit: int) -> Sequence[AnyRow]:
    """With the keys found first: what a citation needs is then joined to few rows."""
    keys = _keys_by_topic(asked, since) if asked.by is statement_topics else _keys(asked, since)
    picked = keys.limit(limit).subquery()
    place = tuple_(statements.c.article_id, statements.c.ordinal)
    query = queries.shown_statements().where(place.in_(select(picked.c.article_id, picked.c.ordinal)))
    return (await connection.execute(query.order_by(None).order_by(*queries.latest_said()))).all()


def _keys(asked: Newest, since: datetime | None) -> AnySelect:
    shown = statements.c.passage.is_not(None)
    recent = [] if since is None else [statements.c.published_at >= since]
    keys: AnySelect = select(statements.c.article_id, statements.c.ordinal)
    return keys.where(shown, *asked.conditions, *asked.said, *recent).order_by(*queries.latest_said())


def _keys_by_topic(asked: Newest, since: datetime | None) -> AnySelect:
    """A statement on two topics has two rows."""
    columns: tuple[ColumnElement[Any], ...] = (statement_topics.c.article_id, statement_topics.c.ordinal)
    when = statement_topics.c.sort_at
    recent = [] if since is None else [when >= since]
    keys: AnySelect = select(*columns).where(*asked.conditions, *recent)
    if asked.said:
        same = (statements.c.article_id == columns[0], statements.c.ordinal == columns[1])
        keys = keys.join(statements, same[0] & same[1]).where(*asked.said)
    return keys.group_by(*columns, when).order_by(when.desc(), *columns)
