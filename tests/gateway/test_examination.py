"""What `doctor` says about Discord, asked over sockets."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from bot.briefings.model import Scope
from bot.gateway.address import DISCORD_API_URL
from bot.gateway.examination import examine_discord
from bot.schedules.model import Schedule
from tests.discord_offline import CHANNEL, GUILD, HISTORY, SEND, VIEW, channel_data
from tests.loopback.discord import TOKEN, LoopbackDiscord, nobody_at


@pytest.fixture(autouse=True)
def _address_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The address is one for the whole process; other tests want Discord's own."""
    monkeypatch.setattr("discord.http.Route.BASE", DISCORD_API_URL)


def schedule(number: int, channel_id: int = CHANNEL) -> Schedule:
    return Schedule(
        number, GUILD, channel_id, time(8), "UTC", (0,), Scope(), None, datetime(2031, 5, 3, tzinfo=UTC), created_by=1
    )


async def test_who_is_let_in_and_may_post_is_fine_and_each_channel_is_looked_at_once() -> None:
    async with LoopbackDiscord().serving() as discord:
        checks = await examine_discord(TOKEN, discord.url, [schedule(1), schedule(2)])
    assert [(check.name, check.ok) for check in checks] == [
        ("discord", True),
        ("gateway", True),
        ("intents", True),
        (f"channel {CHANNEL}", True),
    ]
    assert checks[0].detail == "logged in as attache"
    assert checks[1].detail == "1 shard advised, 999 of 1,000 sessions left today"
    assert checks[3].detail == "#news in Newsroom takes posts"
    assert discord.unknown == []


@pytest.mark.parametrize(
    ("denied", "missing"),
    [
        (SEND, "Send Messages"),
        (VIEW, "View Channel"),
        (HISTORY, "Read Message History"),
    ],
)
async def test_rights_that_are_missing_in_a_channel_are_named(denied: int, missing: str) -> None:
    overwrites: list[dict[str, Any]] = [{"id": str(GUILD), "type": 0, "allow": "0", "deny": str(denied)}]
    async with LoopbackDiscord().serving() as discord:
        discord.channels.known = {str(CHANNEL): channel_data(CHANNEL, permission_overwrites=overwrites)}
        *_, check = await examine_discord(TOKEN, discord.url, [schedule(1)])
    assert not check.ok
    assert missing in check.detail
    assert "#news" in check.detail


@pytest.mark.parametrize(
    ("status", "end", "said"),
    [
        (404, "/channels/{channel_id}", "gone"),
        (404, "/guilds/{guild_id}", "gone"),
        (403, "/channels/{channel_id}", "View Channel"),
        (400, "/guilds/{guild_id}", "did not answer"),
    ],
)
async def test_what_discord_refuses_is_said_with_what_to_do(status: int, end: str, said: str) -> None:
    async with LoopbackDiscord().serving() as discord:
        discord.faults = {("GET", end): [status]}
        *_, check = await examine_discord(TOKEN, discord.url, [schedule(1)])
    assert not check.ok
    assert said in check.detail


async def test_a_refused_token_is_said_and_not_shown() -> None:
    async with LoopbackDiscord().serving() as discord:
        (check,) = await examine_discord("OTAx.wrong", discord.url, [schedule(1)])
    assert not check.ok
    assert check.detail == "DISCORD_TOKEN: Discord does not accept it"


async def test_a_discord_that_is_not_there_is_said() -> None:
    discord = LoopbackDiscord()
    with nobody_at(discord):
        (check,) = await examine_discord(TOKEN, discord.url, [])
    assert not check.ok
    assert "can't be reached" in check.detail
