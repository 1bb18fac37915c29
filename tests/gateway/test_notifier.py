"""News of our own in a log channel."""

from datetime import UTC, datetime, time

import pytest

from bot.briefings.model import Scope
from bot.errors import DeliveryFailedError, DeliveryRejectedError
from bot.gateway.notifier import DiscordNotifier
from bot.schedules.model import Schedule, Trouble, TroubleKind
from bot.services.schedule_ports import News
from tests.commands.conftest import started
from tests.discord_limits import check_limits
from tests.discord_offline import CHANNEL, Fault
from tests.fake_services import FakeServices
from tests.hostile import TEXT

DAY = datetime(2025, 5, 4, tzinfo=UTC)
NEWS = News(
    Schedule(1, 77, CHANNEL, time(8), "UTC", (0,), Scope(), None, DAY, 7),
    Trouble(1, TroubleKind.GONE, "the channel is gone", DAY),
)


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


async def test_a_server_of_another_process_is_told_where_discord_says() -> None:
    async with started(FakeServices()) as offline:
        offline.transport.guild = {"id": "77", "system_channel_id": str(CHANNEL)}
        await DiscordNotifier(offline.bot).tell_server(77, [NEWS])
        (sent,) = [one for one in offline.transport.sent if one.path.endswith("/messages")]
        check_limits(sent)
        offline.transport.guild = {"id": "77", "system_channel_id": None}
        with pytest.raises(DeliveryRejectedError):
            await DiscordNotifier(offline.bot).tell_server(77, [NEWS])
        offline.transport.faults[("GET", "/guilds/{guild_id}")] = Fault(503).error()
        with pytest.raises(DeliveryFailedError):
            await DiscordNotifier(offline.bot).tell_server(77, [NEWS])
