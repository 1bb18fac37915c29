"""Posts news of our own to log channels."""

from collections.abc import Sequence

import aiohttp
import discord

from bot.gateway.publisher import translated
from bot.presentation.discord_messages import notice_view
from bot.presentation.escaping import escape


class DiscordNotifier:
    """`bot.services.ports.Notifier` on Discord. Nobody is mentioned, whatever a source calls itself."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client

    def language_of(self, guild_id: int) -> str | None:
        """What the server prefers, from what the gateway told."""
        guild = self._client.get_guild(guild_id)
        return str(guild.preferred_locale) if guild else None

    async def tell(self, channel_id: int, title: str, lines: Sequence[str]) -> None:
        """Post once."""
        view = notice_view(escape(title), *(escape(line) for line in lines))
        try:
            await self._client.get_partial_messageable(channel_id).send(
                view=view, allowed_mentions=discord.AllowedMentions.none()
            )
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as fault:
            raise translated(channel_id, fault) from fault
