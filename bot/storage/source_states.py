"""How each source fared."""

from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import select

from bot.services.ports import SourceState
from bot.storage.engine import Engine
from bot.storage.saving import upsert
from bot.storage.tables import source_states


class SqlSourceStates:
    """`SourceStates` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def all(self) -> Mapping[str, SourceState]:
        """State by source id."""
        async with self._engine.reading() as connection:
            found = await connection.execute(select(source_states).order_by(source_states.c.source_id))
            return {row.source_id: SourceState(**row._mapping) for row in found}

    async def record(self, state: SourceState) -> None:
        """Insert or replace."""
        async with self._engine.writing() as connection:
            await upsert(connection, source_states, [asdict(state)])
