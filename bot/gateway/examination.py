"""What `doctor` asks Discord: whether it lets us in, and whether every scheduled channel takes our posts."""

from collections.abc import Sequence

import aiohttp
import discord

from bot.catalogues import ntr, number_words, tr
from bot.errors import AttacheError, ConfigurationError, DiscordUnavailableError, MissingPermissionError
from bot.gateway.address import use_api
from bot.presentation.errors import explain
from bot.schedules.model import Schedule
from bot.services.results import Check
from commands.rights import NEEDED, missing_rights


async def examine_discord(token: str, api_url: str, schedules: Sequence[Schedule]) -> tuple[Check, ...]:
    """Log in over HTTP (the gateway is left alone) and look at each channel once."""
    use_api(api_url)
    async with discord.Client(intents=discord.Intents.default()) as client:
        try:
            name = await log_in(client, token, api_url)
        except AttacheError as fault:
            return (Check("discord", ok=False, detail=_reason(fault)),)
        checks = [
            Check("discord", ok=True, detail=tr("logged in as {name}", name=name)),
            await _gateway(client),
            _intents(),
        ]
        channels = dict.fromkeys((one.guild_id, one.channel_id) for one in schedules)
        checks += [await _examine_channel(client, guild, channel) for guild, channel in channels]
    return tuple(checks)


async def _gateway(client: discord.Client) -> Check:
    """How many shards Discord advises, and how many sessions may still begin today."""
    try:
        shards, _, limit = await client.http.get_bot_gateway()
    except (discord.DiscordException, aiohttp.ClientError, OSError) as fault:
        return Check("gateway", ok=False, detail=tr("Discord did not answer: {fault}", fault=fault))
    left, total = number_words(limit["remaining"]), number_words(limit["total"])
    advised = ntr("{n} shard advised", "{n} shards advised", shards)
    detail = f"{advised}, {tr('{left} of {total} sessions left today', left=left, total=total)}"
    return Check("gateway", ok=limit["remaining"] > shards, detail=detail)


async def log_in(client: discord.Client, token: str, api_url: str) -> str:
    """Log in; the bot's name. Raises `ConfigurationError` for a refused token, else `DiscordUnavailableError`."""
    try:
        await client.login(token)
    except discord.LoginFailure:
        raise ConfigurationError("DISCORD_TOKEN", "Discord does not accept it") from None
    except (discord.GatewayNotFound, discord.HTTPException, aiohttp.ClientError, OSError) as fault:
        raise DiscordUnavailableError(api_url, str(fault) or type(fault).__name__) from fault
    return str(client.user)


async def _examine_channel(client: discord.Client, guild_id: int, channel_id: int) -> Check:
    name = tr("channel {name}", name=channel_id)
    try:
        guild = await client.fetch_guild(guild_id, with_counts=False)
        channel = await guild.fetch_channel(channel_id)
        assert client.user is not None
        granted = channel.permissions_for(await guild.fetch_member(client.user.id))
    except discord.NotFound:
        return Check(name, ok=False, detail=tr("it is gone, or I am no longer in its server; remove its schedules"))
    except discord.Forbidden:
        return Check(name, ok=False, detail=explain(MissingPermissionError(tr("this channel"), list(NEEDED.values()))))
    except (discord.DiscordException, aiohttp.ClientError, OSError) as fault:
        return Check(name, ok=False, detail=tr("Discord did not answer: {fault}", fault=fault))
    missing = missing_rights(granted)
    if missing:
        detail = explain(MissingPermissionError(f"#{channel.name}", missing))
        return Check(name, ok=False, detail=detail)
    return Check(
        name, ok=True, detail=tr("{channel} in {server} takes posts", channel=f"#{channel.name}", server=guild.name)
    )


def _intents() -> Check:
    privileged = [
        name for name in ("presences", "members", "message_content") if getattr(discord.Intents.default(), name)
    ]
    return Check("intents", ok=not privileged, detail=tr("default ones only; none needs Discord's approval"))


def _reason(fault: AttacheError) -> str:
    return f"{fault.where}: {fault.reason}" if isinstance(fault, ConfigurationError) else str(fault)
