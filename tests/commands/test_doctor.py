"""/doctor: every check, and what is said where one fails."""

from dataclasses import replace

import pytest

from bot.services.ports import SourceState
from tests.discord_offline import CHANNEL, EPHEMERAL, GUILD, SEND, VIEW, Fault, Offline
from tests.fake_services import SOURCE, FakeServices
from tests.presentation.samples import DAY

FINE = replace(SOURCE, state=None)
FAILING = replace(
    SOURCE, name="Coast feed", status="slow", reason="no answer within 20 s",
    state=SourceState("s2", "slow", "no answer within 20 s", DAY, None, 3, 0),
)  # fmt: skip


async def add_schedule(services: FakeServices) -> None:
    await services.schedules.add(guild_id=GUILD, channel_id=CHANNEL, user_id=1, time="8:00", zone="UTC", days="daily")


async def test_all_is_well(discord_bot: Offline, services: FakeServices) -> None:
    services.sources.views = (FINE,)
    await add_schedule(services)
    await discord_bot.command("doctor")
    assert discord_bot.transport.bodies("POST", "/callback")[0] == {"type": 5, "data": {"flags": EPHEMERAL}}
    text = discord_bot.transport.texts()
    assert "## All is well" in text
    assert "FAILED" not in text
    assert f"**channel** <#{CHANNEL}>: takes posts" in text
    for line in ("takes posts", "1 source without trouble", "next run 20", "answers in 0 ms: 2 articles"):
        assert line in text


async def test_what_fails_comes_first_and_says_why(discord_bot: Offline, services: FakeServices) -> None:
    services.sources.views = (FINE, FAILING)
    await add_schedule(services)
    discord_bot.transport.faults[("GET", "/channels/{channel_id}")] = Fault(403, 50001).error()
    await discord_bot.command("doctor")
    text = discord_bot.transport.texts()
    assert "## Something needs you" in text
    assert "**source Coast feed**: no answer within 20 s" in text
    assert f"**channel** <#{CHANNEL}>: Missing in this channel: View Channel" in text
    assert text.rindex("FAILED") < text.index("ok ")


async def test_a_paused_schedule_is_no_fault(discord_bot: Offline, services: FakeServices) -> None:
    services.sources.views = (FINE,)
    await add_schedule(services)
    await services.schedules.pause(GUILD, 1)
    await discord_bot.command("doctor")
    assert "**schedule 1**: paused" in discord_bot.transport.texts()
    assert "FAILED" not in discord_bot.transport.texts()


@pytest.mark.parametrize(("latency", "fails"), [(0.04, False), (3.0, True), (float("nan"), True)])
async def test_the_shard_that_has_this_server_is_heard(
    discord_bot: Offline, services: FakeServices, monkeypatch: pytest.MonkeyPatch, latency: float, fails: bool
) -> None:
    services.sources.views = (FINE,)
    monkeypatch.setattr(type(discord_bot.bot), "latencies", property(lambda _: [(0, latency), (1, 99.0)]))
    await discord_bot.command("doctor")
    text = discord_bot.transport.texts()
    assert "**shard 0**" in text
    assert "**shard 1**" not in text
    assert ("FAILED" in text) is fails


async def test_another_servers_schedules_are_nobodys_business(discord_bot: Offline, services: FakeServices) -> None:
    await services.schedules.add(guild_id=GUILD + 1, channel_id=1, user_id=1, time="8:00", zone="UTC", days="daily")
    await discord_bot.command("doctor")
    assert "schedule 1" not in discord_bot.transport.texts()


async def test_who_may_not_manage_the_server_is_refused(discord_bot: Offline) -> None:
    await discord_bot.command("doctor", permissions=VIEW | SEND)
    assert "may manage the server" in discord_bot.transport.texts()
