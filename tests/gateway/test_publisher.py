"""Posting to a channel, and finding what was posted."""

from datetime import date, timedelta

import aiohttp
import discord
import pytest

from bot.errors import (
    ChannelGoneError,
    DeliveryFailedError,
    DeliveryRejectedError,
    OutcomeUnknownError,
    PostingForbiddenError,
)
from bot.gateway.publisher import DiscordPublisher, marker_of
from bot.services.long_states import LongStates
from bot.services.schedule_ports import Address
from tests.commands.conftest import started
from tests.discord_limits import check_message
from tests.discord_offline import CHANNEL, GUILD, Fault, Offline, message_data
from tests.fake_services import FakeMemory, FakeServices
from tests.presentation.samples import BRIEFING, DAY, DOSSIER

NONCE = "0123456789abcdef01234567"
TO = Address(GUILD, CHANNEL, NONCE, date(2025, 5, 4))
MESSAGES = ("POST", "/channels/{channel_id}/messages")


def publisher(offline: Offline) -> DiscordPublisher:
    return DiscordPublisher(offline.bot, DOSSIER, LongStates(FakeMemory()))


async def test_a_post_names_its_occurrence_and_mentions_nobody() -> None:
    async with started(FakeServices()) as offline:
        posted = await publisher(offline).publish(TO, BRIEFING, late=True)
    body = offline.transport.bodies(*MESSAGES)[0]
    check_message(body)
    assert (body["nonce"], body["enforce_nonce"]) == (NONCE, True)
    assert body["components"][0]["id"] == marker_of(NONCE)
    assert posted.message_id == 5000
    assert "Posted late" in offline.transport.texts()


async def test_reply_and_post_show_the_same() -> None:
    async with started(FakeServices()) as offline:
        await offline.command("brief")
        reply = offline.transport.texts()
        offline.transport.sent.clear()
        await publisher(offline).publish(TO, BRIEFING, late=False)
    assert offline.transport.texts() == reply.split("\n", reply.count("\n") - offline.transport.texts().count("\n"))[-1]


@pytest.mark.parametrize(
    ("fault", "kind", "said"),
    [
        (Fault(403, 50001, "Missing Access").error(), DeliveryRejectedError, "Missing Access"),
        (Fault(404, 10003).error(), ChannelGoneError, "gone"),
        (Fault(404, 10004).error(), ChannelGoneError, "gone"),
        (Fault(404, 10008, "Unknown Message").error(), DeliveryRejectedError, "Unknown Message"),
        (Fault(404).error(), DeliveryFailedError, "allow"),
        (Fault(400, 50083, "Thread is archived").error(), DeliveryRejectedError, "archived"),
        (Fault(403, 160005, "Thread is locked").error(), PostingForbiddenError, "locked"),
        (Fault(400, 50035, "Invalid Form Body").error(), DeliveryRejectedError, "Invalid Form Body"),
        (Fault(401).error(), DeliveryFailedError, "401"),
        (Fault(429).error(), DeliveryFailedError, "429"),
        (Fault(500).error(), DeliveryFailedError, "500"),
        (Fault(503).error(), DeliveryFailedError, "503"),
        (discord.RateLimited(9), DeliveryFailedError, "9 s"),
        (aiohttp.ServerDisconnectedError(), DeliveryFailedError, "reached"),
        (ConnectionResetError(), DeliveryFailedError, "reached"),
        (TimeoutError(), DeliveryFailedError, "reached"),
    ],
)
async def test_refused_for_good_is_told_from_worth_another_try(
    fault: Exception, kind: type[DeliveryRejectedError | DeliveryFailedError], said: str
) -> None:
    async with started(FakeServices()) as offline:
        offline.transport.faults[MESSAGES] = fault
        with pytest.raises(kind, match=said) as caught:
            await publisher(offline).publish(TO, BRIEFING, late=False)
    is_answer = isinstance(fault, discord.RateLimited | discord.HTTPException)
    assert caught.value.may_stand is (not is_answer or getattr(fault, "status", 429) >= 500)
    assert f"channel {CHANNEL}: " in str(caught.value)


async def test_a_bug_of_ours_is_not_taken_for_a_fault_of_discords() -> None:
    async with started(FakeServices()) as offline:
        offline.transport.faults[MESSAGES] = KeyError("ours")
        with pytest.raises(KeyError):
            await publisher(offline).publish(TO, BRIEFING, late=False)


async def _posted_then(offline: Offline, **changes: object) -> None:
    """History holds what was posted, with these changes."""
    await publisher(offline).publish(TO, BRIEFING, late=False)
    message = message_data(offline.transport.bodies(*MESSAGES)[0], number=6001)
    offline.transport.history = [message_data({}, number=6000), message | changes]


async def test_an_own_message_is_found_though_discord_forgets_the_nonce() -> None:
    async with started(FakeServices()) as offline:
        await _posted_then(offline, nonce=None)
        found = await publisher(offline).find_posted(TO, since=DAY - timedelta(minutes=1))
    assert found is not None
    assert found.message_id == 6001


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, 0, OutcomeUnknownError),
        (404, 10003, ChannelGoneError),
        (404, 0, DeliveryFailedError),
        (502, 0, DeliveryFailedError),
    ],
)
async def test_a_history_that_is_refused_or_fails_is_not_taken_for_an_empty_one(
    status: int, code: int, kind: type[Exception]
) -> None:
    async with started(FakeServices()) as offline:
        offline.transport.faults[("GET", "/messages")] = Fault(status, code).error()
        with pytest.raises(kind):
            await publisher(offline).find_posted(TO, since=DAY)


def test_markers_are_positive_32_bit_numbers_and_differ() -> None:
    markers = {marker_of(f"{n:024x}") for n in range(2000)}
    assert len(markers) == 2000
    assert all(1 << 30 <= marker < 1 << 31 for marker in markers)
