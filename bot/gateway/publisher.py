"""Posts briefings to channels, and finds those it posted before."""

import asyncio
import logging
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, cast

import discord

from bot.briefings.model import Briefing
from bot.catalogues import speaking, tr
from bot.dossier import Dossier
from bot.errors import InvalidInputError, OutcomeUnknownError
from bot.gateway.doubts import doubting
from bot.gateway.forums import fitting_tags, forum_of, open_thread, threads_since
from bot.gateway.history import UNREADABLE, messages_since
from bot.gateway.refusals import FAULTS, is_tag_gone, reason_of, translated
from bot.presentation.visible import visible
from bot.presentation.wording import date_words
from bot.schedules.model import Threads
from bot.services.long_states import LongStates
from bot.services.schedule_ports import Address, Posted
from commands.answer_rows import Place, answer_view
from commands.answers import briefing_answered
from commands.proofs import edition_of

_log = logging.getLogger(__name__)
_LONGEST_NAME = 100
_EXTRA = 10.0  # seconds for each thing beside the post: it must not hold the post's record up
_ALREADY = (40033, 160004)  # sent on already; has a thread already

# A look takes several requests, which queue for their turns. Looks for all that a dead process had in hand, side by
# side, would all end late together, beyond the time of an attempt, and so every time anew.
LOOKS_AT_ONCE = 8


class DiscordPublisher:
    """`bot.services.schedule_ports.Publisher` on Discord. The nonce stays with the message as its container's id."""

    def __init__(self, client: discord.Client, dossier: Dossier, states: LongStates) -> None:
        self._client = client
        self._looking = asyncio.Semaphore(LOOKS_AT_ONCE)
        self._dossier = dossier
        self._states = states

    async def publish(self, to: Address, briefing: Briefing, *, late: bool) -> Posted:
        """Send once. Discord itself answers a repeated nonce with the earlier message for some minutes."""
        with speaking(to.posting.language), doubting() as doubt:
            try:
                return await self._publish(to, briefing, late=late)
            except FAULTS as fault:
                raise translated(to.channel_id, fault, may_stand=doubt.leaves_open(fault)) from fault

    async def find_posted(self, to: Address, *, since: datetime) -> Posted | None:
        """Our own message with this nonce, posted at or after `since`; it gets what it lacks (sent on, a thread).

        Raises `OutcomeUnknownError` where it is not found, and not everything could be looked through.
        """
        try:
            async with self._looking:
                async for message in self._looked_through(to, since):
                    is_named = message.nonce == to.nonce or marker_of(to.nonce) in _ids(message.components)
                    if is_named and self._is_own(message):
                        return await self._found(to, message)
        except discord.Forbidden as fault:
            raise OutcomeUnknownError(to.channel_id, UNREADABLE) from fault
        except FAULTS as fault:
            raise translated(to.channel_id, fault) from fault
        return None

    async def _publish(self, to: Address, briefing: Briefing, *, late: bool) -> Posted:
        is_note = not briefing.items  # that there is nothing new: nobody is called for that
        role_id, no_role = self._called(to, is_note=is_note)
        message: dict[str, Any] = {
            "view": await self.view(to, briefing, late=late, role_id=role_id),
            "allowed_mentions": _mentions(role_id),
        }
        edition = None if is_note else briefing.edition
        if to.posting.threads is Threads.FORUM:
            if to.posting.silent:
                message["flags"] = discord.MessageFlags(suppress_notifications=True)
            thread, first = await self._open(to, briefing, message)
            return Posted(first, thread, edition, no_role)
        sent = await self._channel(to.channel_id).send(nonce=to.nonce, silent=to.posting.silent, **message)
        flaw = None if is_note else await self._complete(to, sent)
        return Posted(sent.id, to.channel_id, edition, "; ".join(filter(None, (no_role, flaw))) or None)

    async def _open(self, to: Address, briefing: Briefing, message: Mapping[str, Any]) -> tuple[int, int]:
        forum = await forum_of(self._client, to.channel_id)
        tags = fitting_tags(forum, briefing, self._dossier)
        try:
            return await open_thread(self._client, to, self._name(to), tags, **message)
        except discord.HTTPException as fault:  # a tag was deleted, and we were not told: look at the forum itself
            if not is_tag_gone(fault):
                raise
        forum = await forum_of(self._client, to.channel_id, anew=True)
        tags = fitting_tags(forum, briefing, self._dossier)
        return await open_thread(self._client, to, self._name(to), tags, **message)

    def _called(self, to: Address, *, is_note: bool) -> tuple[int | None, str | None]:
        """The role that is to be pinged, or why none is though one was asked for. Of a note nobody is told."""
        role_id = to.posting.ping_role_id
        if role_id is None or is_note:
            return None, None
        guild = self._client.get_guild(to.guild_id)
        if guild is not None and not guild.unavailable and guild.get_role(role_id) is None:
            return None, "nobody was pinged: the role is gone"
        return role_id, None

    async def view(
        self, to: Address, briefing: Briefing, *, late: bool = False, role_id: int | None = None
    ) -> discord.ui.LayoutView:
        """The message as it is posted."""
        answered = briefing_answered(briefing, self._dossier, late=late)
        note = f"<@&{role_id}>" if role_id else None
        marker = marker_of(to.nonce)
        return await answer_view(self._states, self._dossier, answered, Place.PUBLIC, marker=marker, note=note)

    async def _found(self, to: Address, message: discord.Message) -> Posted:
        try:
            edition: str | None = edition_of(message, self._client.user)
        except InvalidInputError:
            edition = None  # a note
        is_forum = to.posting.threads is Threads.FORUM
        flaw = None if is_forum or edition is None else await self._complete(to, message)
        return Posted(message.id, message.channel.id, edition, flaw)

    async def _complete(self, to: Address, message: discord.Message) -> str | None:
        """Send it on and start its thread, where that is wanted and not done; what did not work."""
        flaws = []
        if to.posting.publish and not message.flags.crossposted:
            reason = await _tried(lambda: self._client.http.publish_message(to.channel_id, message.id))
            flaws += [f"not sent on to followers: {reason}"] if reason else []
        if to.posting.threads is Threads.AUTO and not message.flags.has_thread:
            with speaking(to.posting.language):
                name = self._name(to)
            start = self._client.http.start_thread_with_message
            reason = await _tried(lambda: start(to.channel_id, message.id, name=name, auto_archive_duration=1440))
            flaws += [f"without a thread: {reason}"] if reason else []
        if flaws:
            _log.warning("channel %s: posted, but %s", to.channel_id, "; ".join(flaws))
        return "; ".join(flaws) or None

    def _name(self, to: Address) -> str:
        """Of a thread: title and date."""
        date = date_words(to.local_date)
        title = visible(self._dossier.title)[: _LONGEST_NAME - len(date) - 10].strip()
        return tr("{title}, {date}", title=title, date=date)[:_LONGEST_NAME]

    def _looked_through(self, to: Address, since: datetime) -> AsyncIterator[discord.Message]:
        if to.posting.threads is Threads.FORUM:
            return threads_since(self._client, to, since)
        return messages_since(self._client, to.channel_id, since, guild_id=to.guild_id)

    def _channel(self, channel_id: int) -> discord.PartialMessageable:
        """The channel without a look into the cache: what is not cached is not gone."""
        return self._client.get_partial_messageable(channel_id)

    def _is_own(self, message: discord.Message) -> bool:
        return self._client.user is not None and message.author.id == self._client.user.id


async def _tried(act: Callable[[], Awaitable[Any]]) -> str | None:
    """Why it did not work; None if it did. The post stands whatever comes of it."""
    try:
        async with asyncio.timeout(_EXTRA):
            await act()
    except FAULTS as fault:
        is_done = isinstance(fault, discord.HTTPException) and fault.code in _ALREADY
        return None if is_done else reason_of(fault)
    return None


def _mentions(role_id: int | None) -> discord.AllowedMentions:
    """This role alone, or nobody."""
    if role_id is None:
        return discord.AllowedMentions.none()
    role = discord.Object(role_id)
    role.id = cast(int, str(role_id))  # as Discord describes ids: the library would send a number
    return discord.AllowedMentions(everyone=False, users=False, replied_user=False, roles=[role])


def marker_of(nonce: str) -> int:
    """The nonce as a component id: a positive 32-bit integer, above those that Discord gives out itself."""
    return zlib.crc32(nonce.encode()) & 0x3FFFFFFF | 0x40000000


def _ids(components: list[Any]) -> Iterator[int]:
    """Ids of a message's top components."""
    for component in components:
        number = getattr(component, "id", None)
        if isinstance(number, int):
            yield number
