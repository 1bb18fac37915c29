"""Small facts that survive a restart."""

from sqlalchemy import select

from bot.storage.engine import Engine
from bot.storage.saving import upsert
from bot.storage.tables import memory


class SqlMemory:
    """`Memory` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def get(self, key: str) -> str | None:
        """The value put last, if any."""
        async with self._engine.reading() as connection:
            value: str | None = await connection.scalar(select(memory.c.value).where(memory.c.key == key))
            return value

    async def put(self, key: str, value: str) -> None:
        """Insert or replace."""
        async with self._engine.writing() as connection:
            await upsert(connection, memory, [{"key": key, "value": value}])
