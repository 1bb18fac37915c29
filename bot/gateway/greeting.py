"""One short hint to a server that has just let us in. Nothing else is ever posted unasked."""

import logging
from collections.abc import Mapping
from datetime import timedelta

import aiohttp
import discord

from bot.catalogues import speaking, tr
from bot.presentation.discord_messages import notice_view
from bot.services.ports import Memory

_log = logging.getLogger(__name__)
# The gateway tells of a server anew after an outage or a lost session; whoever let us in long ago has seen the hint.
_JUST_NOW = timedelta(minutes=10)


async def greet(guild: discord.Guild, memory: Memory, command_ids: Mapping[str, int]) -> bool:
    """Say where to begin, once in the life of a server, where we may speak; whether something was said."""
    joined_at = guild.me.joined_at if guild.me else None
    if joined_at is None or discord.utils.utcnow() - joined_at > _JUST_NOW:
        return False
    key = f"greeted:{guild.id}"
    if await memory.get(key) is not None:
        return False
    await memory.put(key, discord.utils.utcnow().isoformat())  # before it is said: rather never than twice
    channel = find_channel(guild)
    if channel is None:
        return False
    with speaking(str(guild.preferred_locale)):
        view = notice_view(tr("Hello"), *_hint(command_ids))
    try:
        await channel.send(view=view, silent=True, allowed_mentions=discord.AllowedMentions.none())
    except (discord.DiscordException, aiohttp.ClientError, OSError) as fault:
        _log.info("server %s: the hint could not be posted: %s", guild.id, fault)
        return False
    return True


def find_channel(guild: discord.Guild) -> discord.TextChannel | None:
    """The channel for the system's own messages, else the first text channel, that takes our posts."""
    texts = [one for one in guild.text_channels if not one.is_news()]
    ordered = ([guild.system_channel] if guild.system_channel else []) + texts
    return next((one for one in ordered if _takes_posts(one)), None)


def _takes_posts(channel: discord.TextChannel) -> bool:
    granted = channel.permissions_for(channel.guild.me)
    return granted.view_channel and granted.send_messages


def _hint(command_ids: Mapping[str, int]) -> tuple[str, ...]:
    setup, about = (_mention(name, command_ids) for name in ("setup", "help"))
    return (tr("I post news briefings in sources’ own words. An admin starts me with {setup}; {help} shows the rest.",
               setup=setup, help=about),)  # fmt: skip


def _mention(name: str, command_ids: Mapping[str, int]) -> str:
    number = command_ids.get(name)
    return f"</{name}:{number}>" if number else f"`/{name}`"
