"""Small facts that survive a restart."""

import zlib
from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import Engine
from bot.storage.saving import upsert
from bot.storage.tables import memory

_CHANGES = 0x61747461  # PostgreSQL advisory locks of changes, one a key: any number that nobody else uses


class SqlMemory:
    """`Memory` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def get(self, key: str) -> str | None:
        """The value put last, if any."""
        async with self._engine.reading() as connection:
            return await _value(connection, key)

    async def put(self, key: str, value: str) -> None:
        """Insert or replace."""
        async with self._engine.writing() as connection:
            await upsert(connection, memory, [{"key": key, "value": value}])

    async def change(self, key: str, make: Callable[[str | None], str]) -> str:
        """Put what `make` makes of the value, which nobody else changes meanwhile; the new value.

        SQLite has one writer at a time. PostgreSQL can't lock a row that is not there yet, so the key itself is locked,
        until the end of the transaction.
        """
        async with self._engine.writing() as connection:
            if not self._engine.is_sqlite:
                number = zlib.crc32(key.encode()) & 0x7FFFFFFF
                await connection.execute(select(func.pg_advisory_xact_lock(_CHANGES, number)))
            value = make(await _value(connection, key))
            await upsert(connection, memory, [{"key": key, "value": value}])
            return value


async def _value(connection: AsyncConnection, key: str) -> str | None:
    value: str | None = await connection.scalar(select(memory.c.value).where(memory.c.key == key))
    return value
