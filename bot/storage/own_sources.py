"""The sources that were added to those of the dossier."""

from sqlalchemy import select

from bot.dossier import Source, SourceKind
from bot.services.source_ports import OwnSource
from bot.storage.engine import Engine
from bot.storage.saving import upsert
from bot.storage.tables import AnyRow, sources


class SqlOwnSources:
    """`OwnSources` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def all(self) -> tuple[OwnSource, ...]:
        """Every one, removed ones too, in the order they were added."""
        async with self._engine.reading() as connection:
            found = await connection.execute(select(sources).order_by(sources.c.added_at, sources.c.id))
            return tuple(map(_own, found))

    async def put(self, own: OwnSource) -> None:
        """Insert or replace."""
        row = {
            "id": own.source.id,
            "guild_id": own.guild_id,
            "kind": own.source.kind.value,
            "location": own.source.location,
            "name": own.source.name,
            "added_by": own.added_by,
            "added_at": own.added_at,
            "removed_at": own.removed_at,
        }
        async with self._engine.writing() as connection:
            await upsert(connection, sources, [row])


def _own(row: AnyRow) -> OwnSource:
    source = Source(row.id, SourceKind(row.kind), row.location, row.name)
    return OwnSource(source, row.guild_id, row.added_by, row.added_at, row.removed_at)
