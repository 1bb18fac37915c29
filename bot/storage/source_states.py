"""How each source fared."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, select

from bot.services.ports import Pause, SourceState
from bot.storage.codec import decode_tally, encode_tally
from bot.storage.engine import Engine
from bot.storage.saving import upsert
from bot.storage.tables import AnyRow, source_states


class SqlSourceStates:
    """`SourceStates` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def all(self) -> Mapping[str, SourceState]:
        """State by source id."""
        async with self._engine.reading() as connection:
            found = await connection.execute(select(source_states).order_by(source_states.c.source_id))
            return {row.source_id: _state(row) for row in found}

    async def record(self, state: SourceState) -> None:
        """Insert or replace."""
        async with self._engine.writing() as connection:
            await upsert(connection, source_states, [_values(state)])

    async def forget(self, source_id: str) -> None:
        """Forget the state of a source that is gone."""
        async with self._engine.writing() as connection:
            await connection.execute(delete(source_states).where(source_states.c.source_id == source_id))


def _state(row: AnyRow) -> SourceState:
    fields = dict(row._mapping)
    pause = Pause(row.pause) if row.pause else None
    return SourceState(**fields | {"pause": pause, "tally": decode_tally(row.tally)})


def _values(state: SourceState) -> dict[str, Any]:
    return asdict(state) | {"pause": state.pause and state.pause.value, "tally": encode_tally(state.tally)}
