"""A corpus of 100,000 articles: 2,000 that were really loaded, fifty times over under other names and on other days.

The copies are made by the database itself from the rows of the originals, with real statements, topics and texts; each
has a day of its own and is its own story, and every second speaker from outside the dossier has another name.
"""

import random
from datetime import timedelta

from sqlalchemy import Column, ColumnElement, Integer, MetaData, Table, Text, case, cast, insert, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import Engine
from bot.storage.instants import Instant
from bot.storage.tables import (
    article_bodies,
    articles,
    fingerprints,
    sentences,
    statement_topics,
    statements,
    story_members,
)
from tests.press import DAYS, FIRST_DAY, SEED

_COPIED = (articles, article_bodies, fingerprints, sentences, statements, statement_topics, story_members)
_COPIES = Table(  # which article becomes which
    "copies",
    MetaData(),
    Column("old_id", Text, primary_key=True),
    Column("new_id", Text, primary_key=True),
    Column("mark", Integer, nullable=False),
    Column("published_at", Instant, nullable=False),
    prefixes=["TEMPORARY"],
)


async def multiply(engine: Engine, times: int) -> None:
    """Make every article of the database stand in it so many times."""
    async with engine.writing() as connection:
        await connection.run_sync(_COPIES.create)
        ids: list[str] = list(await connection.scalars(select(articles.c.id).order_by(articles.c.id)))
        await connection.execute(insert(_COPIES), _copies(ids, times))
        for table in _COPIED:
            await _copy(connection, table)
        await connection.run_sync(_COPIES.drop)
    async with engine.sql.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("ANALYZE"))


def _copies(ids: list[str], times: int) -> list[dict[str, object]]:
    chance = random.Random(SEED)
    return [
        {
            "old_id": old,
            "new_id": f"x{mark:03x}{old[4:]}",
            "mark": mark,
            "published_at": FIRST_DAY + timedelta(minutes=chance.randrange(DAYS * 1440)),
        }
        for mark in range(1, times)
        for old in ids
    ]


async def _copy(connection: AsyncConnection, table: Table) -> None:
    """All rows of a table once more for each copy."""
    of_article = table.c.id if table is articles else table.c.article_id
    kept = [column for column in table.c if column is not sentences.c.id]  # given anew to each
    columns = [_copied(column, table) for column in kept]
    rows = select(*columns).join_from(_COPIES, table, of_article == _COPIES.c.old_id)
    await connection.execute(insert(table).from_select([column.name for column in kept], rows))


def _copied(column: Column[object], table: Table) -> ColumnElement[object]:
    marked = literal("-") + cast(_COPIES.c.mark, Text)
    if column.name in ("article_id", "story_id") or column is articles.c.id:
        return _COPIES.c.new_id
    if column.name in ("published_at", "sort_at"):
        return _COPIES.c.published_at
    if column is articles.c.location:
        return column + marked
    if column.name == "name" and "actor_id" in table.c:
        return case((table.c.actor_id.is_(None) & (_COPIES.c.mark % 2 == 0), column + marked), else_=column)
    if column is story_members.c.relation:
        return literal("lead")
    return literal(0) if column is story_members.c.place else column
