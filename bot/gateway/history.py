"""What stands in a channel since an instant: all of it, or the word that it can't be told."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import discord

from bot.errors import OutcomeUnknownError

MOST = 10_000  # messages, a hundred requests: within the time of an attempt, and more than a channel takes in an hour
SKEW = timedelta(minutes=2)  # between Discord's clock and ours
UNREADABLE = "I may not read the message history there"
TOO_MUCH = "too much was written there since to look for it"


async def messages_since(
    client: discord.Client, channel_id: int, since: datetime, *, guild_id: int | None
) -> AsyncIterator[discord.Message]:
    """Every message from then on, oldest first, for as long as somebody wants the next one.

    Raises `OutcomeUnknownError` at the end where that was not all, and the library's errors. To who may not read a
    history Discord shows an empty one, so the right itself has to be looked at; a direct channel is always read.
    """
    seen = 0
    channel = client.get_partial_messageable(channel_id)
    async for message in channel.history(limit=MOST, after=since - SKEW, oldest_first=True):
        seen += 1
        yield message
    if seen >= MOST:
        raise OutcomeUnknownError(channel_id, TOO_MUCH)
    if not seen and guild_id is not None and not await may_read(client, guild_id, channel_id):
        raise OutcomeUnknownError(channel_id, UNREADABLE)


async def may_read(client: discord.Client, guild_id: int, channel_id: int) -> bool:
    """Whether the bot sees a channel's history: as the gateway told, else as Discord says now.

    Where it is shown no server, channel or member, or may not post, Discord takes no post: that refusal says more.
    """
    known = client.get_channel(channel_id)
    if isinstance(known, discord.abc.GuildChannel) and known.guild.me is not None:
        granted = known.permissions_for(known.guild.me)
    else:
        assert client.user is not None
        try:
            guild = await client.fetch_guild(guild_id, with_counts=False)
            channel = await guild.fetch_channel(channel_id)
            granted = channel.permissions_for(await guild.fetch_member(client.user.id))
        except (discord.NotFound, discord.Forbidden, discord.InvalidData):
            return True
    return granted.read_message_history or not (granted.view_channel and granted.send_messages)
