"""Posts news of our own: to log channels, and of schedules to whoever can do something about them."""

from collections.abc import Sequence

import discord

from bot.catalogues import speaking
from bot.errors import DeliveryRejectedError
from bot.gateway.refusals import FAULTS, translated
from bot.presentation.discord_messages import notice_view
from bot.presentation.escaping import escape
from bot.presentation.trouble_lines import trouble_lines, trouble_title
from bot.services.schedule_ports import News


class DiscordNotifier:
    """`bot.services.ports.Notifier` on Discord. Nobody is mentioned, whatever a source calls itself."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    async def tell(self, channel_id: int, title: str, lines: Sequence[str]) -> None:
        """Post once."""
        await self._send(channel_id, notice_view(escape(title), *(escape(line) for line in lines)))

    async def tell_channel(self, channel_id: int, news: Sequence[News]) -> None:
        """As in `bot.services.schedule_ports.Herald`, like the two below."""
        await self._send(channel_id, _news_view(news))

    async def tell_server(self, guild_id: int, news: Sequence[News]) -> None:
        """In the channel for the server's own messages, if we may speak there."""
        guild = self._client.get_guild(guild_id)
        if guild is not None:
            channel = guild.system_channel
            number = channel.id if channel is not None and may_speak(channel) else None
        else:  # a server of another process's shards, or one that is away: Discord itself says where
            number = await self._system_channel(guild_id)
        if number is None:
            raise DeliveryRejectedError(guild_id, "it has no channel for such messages where I may speak")
        await self._send(number, _news_view(news))

    async def tell_member(self, user_id: int, news: Sequence[News]) -> None:
        """Whoever added the schedule."""
        try:
            channel = await self._client.create_dm(discord.Object(user_id))
        except FAULTS as fault:
            raise translated(user_id, fault) from fault
        await self._send(channel.id, _news_view(news))

    async def _system_channel(self, guild_id: int) -> int | None:
        try:
            found = (await self._client.http.get_guild(guild_id, with_counts=False)).get("system_channel_id")
        except FAULTS as fault:
            raise translated(guild_id, fault) from fault
        return int(found) if found else None

    async def _send(self, channel_id: int, view: discord.ui.LayoutView) -> None:
        nobody = discord.AllowedMentions.none()
        try:
            await self._client.get_partial_messageable(channel_id).send(view=view, allowed_mentions=nobody)
        except FAULTS as fault:
            raise translated(channel_id, fault) from fault


def may_speak(channel: discord.TextChannel) -> bool:
    """Whether the bot sees a channel and may write there."""
    me = channel.guild.me
    granted = channel.permissions_for(me) if me else discord.Permissions.none()  # Discord may not have told of us
    return granted.view_channel and granted.send_messages


def _news_view(news: Sequence[News]) -> discord.ui.LayoutView:
    with speaking(news[0].schedule.posting.language):
        return notice_view(trouble_title(), *trouble_lines(news))
