"""Answers as they were given."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.briefings.editions import Edition, EditionKind
from bot.storage.codec import decode_asked, decode_lines, encode_asked, encode_lines
from bot.storage.engine import Engine
from bot.storage.saving import insert_unless_there
from bot.storage.tables import AnyRow, edition_guilds, editions, tellings

_SHOWN_EVERY = timedelta(hours=12)  # that an edition was given again is written this often, not at every page turned


class SqlEditions:
    """`Editions` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def keep(self, edition: Edition) -> bool:
        """Remember an edition, or that it was given again; False if its id belongs to another one."""
        async with self._engine.reading() as connection:
            known = await _known(connection, edition.id)
            given = (await _guilds(connection, [edition.id])).get(edition.id, frozenset())
        is_same = known is not None and known.digest == edition.digest
        if known is not None and not is_same:
            return False
        is_recent = known is not None and known.shown_at + _SHOWN_EVERY >= edition.made_at
        if is_recent and edition.guilds <= given:
            return True
        async with self._engine.writing() as connection:
            return await _write(connection, edition)

    async def get(self, edition_id: str) -> Edition | None:
        """The edition with this id, as it was kept first."""
        async with self._engine.reading() as connection:
            row = (await connection.execute(select(editions).where(editions.c.id == edition_id))).one_or_none()
            guilds = await _guilds(connection, [edition_id])
        if row is None:
            return None
        asked = decode_asked(row.asked)
        return replace(_edition(row, guilds), lines=decode_lines(row.lines), asked=asked)

    async def newest(self, limit: int) -> tuple[Edition, ...]:
        """The editions given last, newest first, without their lines."""
        columns = [column for column in editions.c if column.name not in ("lines", "asked")]
        query = select(*columns).order_by(editions.c.shown_at.desc(), editions.c.id).limit(limit)
        async with self._engine.reading() as connection:
            rows = (await connection.execute(query)).all()
            guilds = await _guilds(connection, [row.id for row in rows])
        return tuple(_edition(row, guilds) for row in rows)

    async def prune(self, before: datetime, most: int) -> int:
        """Forget those given last before `before`, and the oldest beyond `most`; how many that were.

        What a channel was told stays for as long as that is remembered, or it would be told again.
        """
        oldest_kept = select(editions.c.shown_at).order_by(editions.c.shown_at.desc()).limit(1).offset(most - 1)
        gone = or_(editions.c.shown_at < before, editions.c.shown_at < oldest_kept.scalar_subquery())
        async with self._engine.writing() as connection:
            told = select(tellings.c.edition_id)
            return (await connection.execute(delete(editions).where(gone, editions.c.id.not_in(told)))).rowcount


async def _write(connection: AsyncConnection, edition: Edition) -> bool:
    await insert_unless_there(connection, editions, _row(edition))
    known = await _known(connection, edition.id)
    if known is None or known.digest != edition.digest:
        return False
    if known.shown_at < edition.made_at:
        again = update(editions).where(editions.c.id == edition.id).values(shown_at=edition.made_at)
        await connection.execute(again)
    for guild_id in sorted(edition.guilds):
        row = {"edition_id": edition.id, "guild_id": guild_id}
        await insert_unless_there(connection, edition_guilds, row)
    return True


async def _guilds(connection: AsyncConnection, edition_ids: Iterable[str]) -> Mapping[str, frozenset[int]]:
    found = await connection.execute(select(edition_guilds).where(edition_guilds.c.edition_id.in_(list(edition_ids))))
    guilds: dict[str, set[int]] = {}
    for row in found:
        guilds.setdefault(row.edition_id, set()).add(row.guild_id)
    return {edition_id: frozenset(found) for edition_id, found in guilds.items()}


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
        "asked": encode_asked(edition.asked),
    }


def _edition(row: AnyRow, guilds: Mapping[str, frozenset[int]]) -> Edition:
    """Without its lines."""
    return Edition(row.id, row.digest, EditionKind(row.kind), row.made_at, (), guilds.get(row.id, frozenset()))
