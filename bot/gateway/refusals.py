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

FAULTS = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)


def translated(channel_id: int, fault: Exception, *, may_stand: bool = False) -> DeliveryError:
    """What Discord refuses for good, against what may go through another time."""
    kind: type[DeliveryError] = DeliveryFailedError
    reason = reason_of(fault)
    match fault:
        case discord.NotFound():
            kind, reason = ChannelGoneError, "the channel is gone"
        case discord.Forbidden():
            kind, reason = PostingForbiddenError, f"I may not post there ({fault.text or fault.code})"
        case discord.HTTPException() if fault.status == 400:
            kind, reason = DeliveryRejectedError, f"Discord finds the message wrong ({fault.text or fault.code})"
    return kind(channel_id, reason, may_stand=may_stand)


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
