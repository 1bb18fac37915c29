"""Posts briefings to channels, and finds those it posted before."""

import logging
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import aiohttp
import discord

from bot.briefings.model import Briefing
from bot.dossier import Dossier
from bot.errors import DeliveryFailedError, DeliveryRejectedError
from bot.services.long_states import LongStates
from bot.services.schedule_ports import Address, Posted
from commands.answer_rows import Place, answer_view
from commands.answers import briefing_answered

_log = logging.getLogger(__name__)
_LOOKED_THROUGH = 100  # messages after the due instant


class DiscordPublisher:
    """`bot.services.ports.Publisher` on Discord. The nonce stays with the message as the id of its container."""

    def __init__(self, client: discord.Client, dossier: Dossier, states: LongStates) -> None:
        self._client = client
        self._dossier = dossier
        self._states = states

    async def publish(self, to: Address, briefing: Briefing, *, late: bool) -> Posted:
        """Send once. Discord itself answers a repeated nonce with the earlier message for some minutes."""
        answered = briefing_answered(briefing, self._dossier, late=late)
        view = await answer_view(self._states, self._dossier, answered, Place.PUBLIC, marker=marker_of(to.nonce))
        try:
            message = await self._channel(to.channel_id).send(
                view=view, nonce=to.nonce, allowed_mentions=discord.AllowedMentions.none()
            )
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as fault:
            raise translated(to.channel_id, fault) from fault
        return Posted(message.id, to.channel_id, briefing.edition)

    async def find_posted(self, to: Address, *, since: datetime) -> Posted | None:
        """Our own message with this nonce, posted at or after `since`. None too where the history may not be read."""
        try:
            async for message in self._channel(to.channel_id).history(
                limit=_LOOKED_THROUGH, after=since, oldest_first=True
            ):
                is_named = message.nonce == to.nonce or marker_of(to.nonce) in _ids(message.components)
                if is_named and self._is_own(message):
                    return Posted(message.id, to.channel_id)
        except (discord.Forbidden, discord.NotFound) as fault:
            _log.warning("channel %s: the history can't be read: %s", to.channel_id, fault)
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as fault:
            raise translated(to.channel_id, fault) from fault
        return None

    def _channel(self, channel_id: int) -> discord.PartialMessageable:
        """The channel without a look into the cache: what is not cached is not gone."""
        return self._client.get_partial_messageable(channel_id)

    def _is_own(self, message: discord.Message) -> bool:
        return self._client.user is not None and message.author.id == self._client.user.id


def marker_of(nonce: str) -> int:
    """The nonce as a component id: a positive 32-bit integer, above those that Discord gives out itself."""
    return zlib.crc32(nonce.encode()) & 0x3FFFFFFF | 0x40000000


def _ids(components: list[Any]) -> Iterator[int]:
    """Ids of a message's top components."""
    for component in components:
        number = getattr(component, "id", None)
        if isinstance(number, int):
            yield number


def translated(channel_id: int, fault: Exception) -> DeliveryRejectedError | DeliveryFailedError:
    """What Discord refuses for good, against what may go through another time."""
    match fault:
        case discord.NotFound():
            return DeliveryRejectedError(channel_id, "the channel is gone")
        case discord.Forbidden():
            return DeliveryRejectedError(channel_id, f"I may not post there ({fault.text or fault.code})")
        case discord.RateLimited():
            return DeliveryFailedError(channel_id, f"rate limited for {fault.retry_after:.0f} s")
        case discord.HTTPException() if fault.status == 400:
            return DeliveryRejectedError(channel_id, f"Discord finds the message wrong ({fault.text or fault.code})")
        case discord.HTTPException():
            return DeliveryFailedError(channel_id, f"Discord answered {fault.status}")
    return DeliveryFailedError(channel_id, f"Discord could not be reached ({type(fault).__name__})")
