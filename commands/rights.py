"""Where commands may be used, by whom, and what the bot may do in a channel."""

from collections.abc import Mapping
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.catalogues import mark
from bot.errors import InvalidInputError, MissingPermissionError
from bot.schedules.model import PLAIN, Posting, Threads
from bot.schedules.posting import NO_WISH, ChannelKind, PostingWish, fit_posting
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


def needed_for(posting: Posting, kind: ChannelKind) -> Mapping[str, str]:
    """Every right that posting so takes, in Discord's own words. Sending own messages on takes none besides."""
    needed = dict(NEEDED)
    if kind is ChannelKind.FORUM:
        needed["send_messages"] = mark("Create Posts")
        needed["send_messages_in_threads"] = mark("Send Messages in Posts")
    if posting.threads is Threads.AUTO:
        needed["create_public_threads"] = mark("Create Public Threads")
    return needed


async def require_posting(
    interaction: Interaction, channel: app_commands.AppCommandChannel, posting: Posting = PLAIN
) -> None:
    """Raise `MissingPermissionError`, with all that is missing, unless the bot may post so in `channel`."""
    granted = _sent_permissions(interaction, channel.id)
    if granted is None:
        granted = await _looked_up_permissions(interaction, channel)
    _require(interaction, granted, f"#{channel.name}", posting, kind_of(channel.type))


async def require_posting_in(
    interaction: Interaction, channel_id: int, posting: Posting = PLAIN, wish: PostingWish = NO_WISH
) -> ChannelKind:
    """The same for a channel that was chosen earlier, and of which Discord sends nothing along now; its kind.

    Raises `InvalidInputError` too where the wish does not go with it.
    """
    client = interaction.client
    try:
        known = client.get_channel(channel_id) or await client.fetch_channel(channel_id)
    except (discord.Forbidden, discord.NotFound):
        raise MissingPermissionError(f"<#{channel_id}>", list(NEEDED.values())) from None
    if isinstance(known, discord.abc.GuildChannel) and known.guild.id != interaction.guild_id:
        raise InvalidInputError("channel", str(channel_id), "it is none of this server's")
    if not isinstance(known, discord.TextChannel | discord.ForumChannel):
        raise InvalidInputError("channel", str(known), "choose a text or an announcement channel, or a forum")
    me, kind = known.guild.me, kind_of(known.type)
    granted = known.permissions_for(me) if me else interaction.app_permissions
    _require(interaction, granted, f"#{known.name}", fit_posting(posting, wish, kind), kind)
    return kind


def kind_of(channel_type: discord.ChannelType) -> ChannelKind:
    """What a channel of this type can do."""
    return _KINDS.get(channel_type, ChannelKind.TEXT)


def missing_rights(
    granted: discord.Permissions, posting: Posting = PLAIN, kind: ChannelKind = ChannelKind.TEXT
) -> list[str]:
    """What posting so needs and is not granted, in Discord's own words."""
    return [words for name, words in needed_for(posting, kind).items() if not getattr(granted, name)]


def _require(
    interaction: Interaction, granted: discord.Permissions, place: str, posting: Posting, kind: ChannelKind
) -> None:
    missing = missing_rights(granted, posting, kind)
    if posting.ping_role_id is not None and not granted.mention_everyone:
        role = interaction.guild.get_role(posting.ping_role_id) if interaction.guild else None
        if not _is_mentionable(interaction, posting.ping_role_id, role):
            missing.append(mark("Mention @everyone, @here and All Roles (or let everybody mention the role)"))
    if missing:
        raise MissingPermissionError(place, missing)


def _is_mentionable(interaction: Interaction, role_id: int, known: discord.Role | None) -> bool:
    """Discord sends a chosen role along; of another one the gateway has told us."""
    data: Mapping[str, Any] = interaction.data or {}
    sent = data.get("resolved", {}).get("roles", {}).get(str(role_id))
    if sent is not None:
        return bool(sent.get("mentionable"))
    return known is not None and known.mentionable


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

    _types: tuple[discord.ChannelType, ...] = (discord.ChannelType.text, discord.ChannelType.news)
    _hint = "choose a text or an announcement channel"

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel option."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """What Discord offers; a client may send others."""
        return [kind for kind in self._types if kind is not discord.ChannelType.media]

    async def transform(self, _: Interaction, value: Any, /) -> app_commands.AppCommandChannel:
        """Refuse what is no such channel."""
        if not isinstance(value, app_commands.AppCommandChannel) or value.type not in self._types:
            raise InvalidInputError("channel", str(value), self._hint)
        return value


class BriefingChannel(PostingChannel):
    """A forum too; a media channel where a client offers one, as Discord's description of options knows none."""

    _types = (*PostingChannel._types, discord.ChannelType.forum, discord.ChannelType.media)
    _hint = "choose a text or an announcement channel, or a forum"


_KINDS = {
    discord.ChannelType.news: ChannelKind.NEWS,
    discord.ChannelType.forum: ChannelKind.FORUM,
    discord.ChannelType.media: ChannelKind.FORUM,
}
