"""Answers as they were given."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.briefings.editions import Edition, EditionKind
from bot.storage.codec import decode_lines, encode_lines
from bot.storage.engine import Engine
from bot.storage.saving import insert_unless_there
from bot.storage.tables import AnyRow, editions

_SHOWN_EVERY = timedelta(hours=12)  # that an edition was given again is written this often, not at every page turned


class SqlEditions:
    """`Editions` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def keep(self, edition: Edition) -> bool:
        """Remember an edition, or that it was given again; False if its id belongs to another one."""
        async with self._engine.reading() as connection:
            known = await _known(connection, edition.id)
        if known is None:
            async with self._engine.writing() as connection:
                await insert_unless_there(connection, editions, _row(edition))
                known = await _known(connection, edition.id)
        elif known.digest == edition.digest and known.shown_at + _SHOWN_EVERY < edition.made_at:
            async with self._engine.writing() as connection:
                again = update(editions).where(editions.c.id == edition.id).values(shown_at=edition.made_at)
                await connection.execute(again)
        return known is not None and known.digest == edition.digest

    async def get(self, edition_id: str) -> Edition | None:
        """The edition with this id, as it was kept first."""
        async with self._engine.reading() as connection:
            row = (await connection.execute(select(editions).where(editions.c.id == edition_id))).one_or_none()
        return None if row is None else _edition(row, row.lines)

    async def newest(self, limit: int) -> tuple[Edition, ...]:
        """The editions given last, newest first, without their lines."""
        columns = [column for column in editions.c if column.name != "lines"]
        query = select(*columns).order_by(editions.c.shown_at.desc(), editions.c.id).limit(limit)
        async with self._engine.reading() as connection:
            return tuple(_edition(row, "[]") for row in await connection.execute(query))

    async def prune(self, before: datetime, most: int) -> int:
        """Forget those given last before `before`, and the oldest beyond `most`; how many that were."""
        oldest_kept = select(editions.c.shown_at).order_by(editions.c.shown_at.desc()).limit(1).offset(most - 1)
        gone = or_(editions.c.shown_at < before, editions.c.shown_at < oldest_kept.scalar_subquery())
        async with self._engine.writing() as connection:
            return (await connection.execute(delete(editions).where(gone))).rowcount


async def _known(connection: AsyncConnection, edition_id: str) -> AnyRow | None:
    wanted = select(editions.c.digest, editions.c.shown_at).where(editions.c.id == edition_id)
    return (await connection.execute(wanted)).one_or_none()


def _row(edition: Edition) -> dict[str, object]:
    return {
        "id": edition.id,
        "digest": edition.digest,
        "kind": edition.kind.value,
        "made_at": edition.made_at,
        "shown_at": edition.made_at,
        "lines": encode_lines(edition.lines),
    }


def _edition(row: AnyRow, lines: str) -> Edition:
    return Edition(row.id, row.digest, EditionKind(row.kind), row.made_at, decode_lines(lines))
