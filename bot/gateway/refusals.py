"""What Discord refuses, in our own errors: for good, or worth another try."""

import aiohttp
import discord

from bot.errors import (
    ChannelGoneError,
    DeliveryError,
    DeliveryFailedError,
    DeliveryRejectedError,
    PostingForbiddenError,
)

_NO_CHANNEL, _NO_SERVER, _NO_TAG = 10003, 10004, 10087
FAULTS = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)


def translated(channel_id: int, fault: Exception, *, may_stand: bool = False) -> DeliveryError:
    """What Discord refuses for good, against what may go through another time.

    A 404 without a code of Discord's is the word of something on the way there: no schedule is paused for it.
    """
    kind: type[DeliveryError] = DeliveryFailedError
    reason = reason_of(fault)
    match fault:
        case discord.NotFound() if fault.code in (_NO_CHANNEL, _NO_SERVER):
            kind, reason = ChannelGoneError, "the channel is gone"
        case discord.NotFound() if fault.code:  # something else is: a message, a member
            kind = DeliveryRejectedError
        case discord.Forbidden():
            kind, reason = PostingForbiddenError, f"I may not post there ({fault.text or fault.code})"
        case discord.HTTPException() if fault.status == 400:
            kind, reason = DeliveryRejectedError, f"Discord finds the message wrong ({fault.text or fault.code})"
    return kind(channel_id, reason, may_stand=may_stand)


def is_tag_gone(fault: Exception) -> bool:
    """Whether a forum has no such tag any more."""
    return isinstance(fault, discord.HTTPException) and fault.code == _NO_TAG


def reason_of(fault: Exception) -> str:
    """Why something did not work this time."""
    match fault:
        case discord.RateLimited():
            return f"rate limited for {fault.retry_after:.0f} s"
        case discord.Forbidden() | discord.NotFound():
            return f"Discord does not allow it ({fault.text or fault.code})"
        case discord.HTTPException():
            return f"Discord answered {fault.status}"
    return f"Discord could not be reached ({type(fault).__name__})"
