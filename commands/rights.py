"""Where commands may be used, by whom, and what the bot may do in a channel."""

from collections.abc import Mapping
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.catalogues import mark
from bot.errors import InvalidInputError, MissingPermissionError
from commands.replies import Interaction

_T = TypeVar("_T")
PRIVATE = "True: only you see the answer"  # of the option that all read commands have
# Of the history only our own posts are looked at: after a crash, to see whether one went out.
NEEDED = {
    "view_channel": mark("View Channel"),
    "send_messages": mark("Send Messages"),
    "read_message_history": mark("Read Message History"),
}


def for_everybody(command: _T) -> _T:
    """For read commands: in servers, in direct messages, and for who installed the bot for themselves."""
    command = app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(command)
    return app_commands.allowed_installs(guilds=True, users=True)(command)


def for_admins(group: _T) -> _T:
    """For admin groups: in servers only, offered to who may manage the server."""
    group = app_commands.default_permissions(manage_guild=True)(group)
    group = app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)(group)
    return app_commands.allowed_installs(guilds=True, users=False)(group)


def require_manage_server(interaction: Interaction) -> bool:
    """Discord hides admin commands, but only we can refuse them. Raises the library's own check failures."""
    if interaction.guild_id is None:
        raise app_commands.NoPrivateMessage
    if not interaction.permissions.manage_guild:
        raise app_commands.MissingPermissions(["manage_guild"])
    return True


async def require_posting(interaction: Interaction, channel: app_commands.AppCommandChannel) -> None:
    """Raise `MissingPermissionError` unless the bot may post in `channel`."""
    granted = _sent_permissions(interaction, channel.id)
    if granted is None:
        granted = await _looked_up_permissions(interaction, channel)
    missing = missing_rights(granted)
    if missing:
        raise MissingPermissionError(f"#{channel.name}", missing)


async def require_posting_in(interaction: Interaction, channel_id: int) -> None:
    """The same for a channel that was chosen earlier, and of which Discord sends nothing along now."""
    client = interaction.client
    try:
        known = client.get_channel(channel_id) or await client.fetch_channel(channel_id)
    except (discord.Forbidden, discord.NotFound):
        raise MissingPermissionError(f"<#{channel_id}>", list(NEEDED.values())) from None
    if not isinstance(known, discord.TextChannel):
        raise InvalidInputError("channel", str(known), "choose a text or an announcement channel")
    me = known.guild.me
    missing = missing_rights(known.permissions_for(me) if me else interaction.app_permissions)
    if missing:
        raise MissingPermissionError(f"#{known.name}", missing)


def missing_rights(granted: discord.Permissions) -> list[str]:
    """What posting needs and is not granted, in Discord's own words."""
    return [words for name, words in NEEDED.items() if not getattr(granted, name)]


def _sent_permissions(interaction: Interaction, channel_id: int) -> discord.Permissions | None:
    """Discord sends the bot's rights along with a chosen channel (since July 2026)."""
    data: Mapping[str, Any] = interaction.data or {}
    sent = data.get("resolved", {}).get("channels", {}).get(str(channel_id), {}).get("app_permissions")
    return discord.Permissions(int(sent)) if sent is not None else None


async def _looked_up_permissions(
    interaction: Interaction, channel: app_commands.AppCommandChannel
) -> discord.Permissions:
    """Rights from what the gateway told us, else from Discord itself. Where we can't look, we can't post."""
    try:
        known = channel.resolve() or await channel.fetch()
    except (discord.Forbidden, discord.NotFound):
        return discord.Permissions.none()
    me = known.guild.me
    return known.permissions_for(me) if me else interaction.app_permissions


class PostingChannel(app_commands.Transformer):
    """A text or announcement channel, just as Discord sent it: the library's own type wants it in the cache."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel option."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """What Discord offers; a client may send others."""
        return [discord.ChannelType.text, discord.ChannelType.news]

    async def transform(self, _: Interaction, value: Any, /) -> app_commands.AppCommandChannel:
        """Refuse what is no such channel."""
        if not isinstance(value, app_commands.AppCommandChannel) or value.type not in self.channel_types:
            raise InvalidInputError("channel", str(value), "choose a text or an announcement channel")
        return value
