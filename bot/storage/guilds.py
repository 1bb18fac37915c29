"""What servers have set for themselves."""

from collections.abc import Mapping

from sqlalchemy import select, update

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
            row = {"guild_id": guild_id, "log_channel_id": channel_id}
            await upsert(connection, guilds, [row], kept=("language",))

    async def languages(self) -> Mapping[int, str]:
        """The language by guild, of those that have set something and whose language is known."""
        query = select(guilds).where(guilds.c.language.is_not(None))
        async with self._engine.reading() as connection:
            return {row.guild_id: row.language for row in await connection.execute(query)}

    async def learn_languages(self, heard: Mapping[int, str]) -> int:
        """Remember the languages of guilds that have set something; of how many it was news."""
        async with self._engine.reading() as connection:
            known = {row.guild_id: row.language for row in await connection.execute(select(guilds))}
        new = {guild_id: heard[guild_id] for guild_id in known.keys() & heard.keys()}
        new = {guild_id: language for guild_id, language in new.items() if known[guild_id] != language}
        if new:
            async with self._engine.writing() as connection:
                for guild_id, language in sorted(new.items()):
                    change = update(guilds).where(guilds.c.guild_id == guild_id)
                    await connection.execute(change.values(language=language))
        return len(new)
