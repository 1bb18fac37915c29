"""Direct messages to members who follow something."""

from collections.abc import Sequence
from datetime import datetime

import aiohttp
import discord

from bot.briefings.editions import OUTSIDE
from bot.dossier import Dossier
from bot.errors import InvalidInputError
from bot.gateway.history import messages_since
from bot.gateway.publisher import marker_of
from bot.gateway.refusals import translated
from bot.positions.novelties import News
from bot.services.correction_ports import Post
from bot.services.member_ports import Follow, Found, Member
from commands.follows import news_view
from commands.proofs import edition_of

_FAULTS = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)


class DiscordMessenger:
    """`bot.services.member_ports.DirectMessenger` on Discord. As with posts, the nonce stays with the message."""

    def __init__(self, client: discord.Client, dossier: Dossier) -> None:
        self._client = client
        self._dossier = dossier

    async def send(self, member: Member, news: News, follows: Sequence[Follow], *, nonce: str) -> Post | None:
        """Send once. Discord itself answers a repeated nonce with the earlier message for some minutes."""
        view = news_view(news, follows, self._dossier, marker_of(nonce))
        try:
            channel = await self._client.create_dm(discord.Object(member.member_id))
            sent = await channel.send(view=view, nonce=nonce, allowed_mentions=discord.AllowedMentions.none())
        except _FAULTS as fault:
            raise translated(member.member_id, fault) from fault
        if news.edition is None:
            return None
        at, who = discord.utils.utcnow(), member.member_id
        return Post(sent.id, channel.id, OUTSIDE, news.edition, member.language, at, who)

    async def find_sent(self, member_id: int, language: str, *, nonce: str, since: datetime) -> Found | None:
        """Look through the chat with the member."""
        try:
            channel = await self._client.create_dm(discord.Object(member_id))
            async for message in messages_since(self._client, channel.id, since, guild_id=None):
                marked = {getattr(component, "id", None) for component in message.components}
                if message.nonce == nonce or marker_of(nonce) in marked:
                    return Found(self._post_of(message, member_id, language))
        except _FAULTS as fault:
            raise translated(member_id, fault) from fault
        return None

    def _post_of(self, message: discord.Message, member_id: int, language: str) -> Post | None:
        try:
            edition = edition_of(message, self._client.user)
        except InvalidInputError:
            return None
        return Post(message.id, message.channel.id, OUTSIDE, edition, language, message.created_at, member_id)
