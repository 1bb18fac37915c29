"""Which language each server prefers: this process hears it of its own servers, and stores it for all processes."""

import logging
from collections.abc import Awaitable, Callable, Mapping

import discord
from discord.ext import commands as ext

from bot.errors import AttacheError

_log = logging.getLogger(__name__)
Learn = Callable[[Mapping[int, str]], Awaitable[object]]


def keep_languages(bot: ext.AutoShardedBot, learn: Learn) -> None:
    """Tell `learn` of all servers once they are known, and of each that changes its language."""

    async def hear(guilds: Mapping[int, str]) -> None:
        try:
            await learn(guilds)
        except AttacheError as fault:
            _log.warning("the languages of servers could not be stored: %s", fault)

    async def ready() -> None:
        await hear({guild.id: str(guild.preferred_locale) for guild in bot.guilds})

    async def changed(before: discord.Guild, after: discord.Guild) -> None:
        if before.preferred_locale != after.preferred_locale:
            await hear({after.id: str(after.preferred_locale)})

    bot.add_listener(ready, "on_ready")
    bot.add_listener(changed, "on_guild_update")
