"""What servers have set for themselves."""

from collections.abc import Mapping

from sqlalchemy import select

from bot.storage.engine import Engine
from bot.storage.saving import upsert
from bot.storage.tables import guilds


class SqlGuilds:
    """`Guilds` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def log_channels(self) -> Mapping[int, int]:
        """The channel for news of our own by guild, of those that have set one."""
        query = select(guilds).where(guilds.c.log_channel_id.is_not(None)).order_by(guilds.c.guild_id)
        async with self._engine.reading() as connection:
            return {row.guild_id: row.log_channel_id for row in await connection.execute(query)}

    async def set_log_channel(self, guild_id: int, channel_id: int | None) -> None:
        """Set it, or take it back."""
        async with self._engine.writing() as connection:
            await upsert(connection, guilds, [{"guild_id": guild_id, "log_channel_id": channel_id}])
