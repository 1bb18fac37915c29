"""News of our own in a log channel."""

import pytest

from bot.errors import DeliveryRejectedError
from bot.gateway.notifier import DiscordNotifier
from tests.commands.conftest import started
from tests.discord_limits import check_limits
from tests.discord_offline import CHANNEL, Fault
from tests.fake_services import FakeServices
from tests.hostile import TEXT


async def test_it_is_posted_once_and_nobody_is_mentioned() -> None:
    async with started(FakeServices()) as offline:
        await DiscordNotifier(offline.bot).tell(CHANNEL, "Sources", ["Coast Herald is paused. " + TEXT, "x " * 4000])
        (sent,) = [one for one in offline.transport.sent if one.path.endswith("/messages")]
        check_limits(sent)
        assert sent.body["allowed_mentions"] == {"parse": []}
        assert "Coast Herald is paused" in offline.transport.texts()
        assert "@everyone" not in offline.transport.texts().replace("\\@", "")


async def test_a_channel_that_refuses_says_so() -> None:
    async with started(FakeServices()) as offline:
        offline.transport.faults[("POST", "/messages")] = Fault(403, 50001).error()
        with pytest.raises(DeliveryRejectedError):
            await DiscordNotifier(offline.bot).tell(CHANNEL, "Sources", ["Coast Herald is paused."])
