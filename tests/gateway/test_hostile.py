"""A Discord that loses answers, says things twice, sends what nobody knows, and closes for good."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.gateway.replying import ALREADY
from bot.schedules.model import DeliveryState
from bot.storage.database import open_database
from tests.discord_offline import CHANNEL, EPHEMERAL, GUILD, HISTORY, SEND, VIEW, channel_data, message_data
from tests.loopback.discord import FINE, LoopbackDiscord, text_of
from tests.loopback.gateway import INVALID, RECONNECT, guild_data
from tests.loopback.limits import Mishap, Weather
from tests.loopback.process import BotProcess, database_url, prepare, running
from tests.loopback.swarm import invite, plant

WRITABLE = channel_data(CHANNEL, app_permissions=str(VIEW | SEND | HISTORY))
ADD: dict[str, Any] = {"channel": WRITABLE, "time": "08:00", "zone": "UTC"}


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[tuple[LoopbackDiscord, BotProcess]]:
    prepare(tmp_path)
    async with LoopbackDiscord().serving() as discord, running(tmp_path, discord) as bot:
        await discord.ready()
        yield discord, bot


async def test_answers_that_get_lost_are_given_again_and_count_once(live: tuple[LoopbackDiscord, BotProcess]) -> None:
    discord, bot = live
    for method, mishap in (("POST", Mishap.CUT_AFTER), ("POST", Mishap.CUT_BEFORE), ("PATCH", Mishap.CUT_AFTER)):
        discord.weather = Weather(seed=1, share=1.0, weights={mishap: 1}, most=1, only=method)
        answer = await discord.command("about")
        assert "MIT" in text_of(await answer.shown())
        assert discord.weather.happened == 1
    discord.weather = Weather(seed=1, share=1.0, weights={Mishap.ERROR_AFTER: 1}, most=1, only="POST")
    assert "MIT" in text_of(await (await discord.command("about")).shown())
    assert await bot.terminate() == 0
    assert str(ALREADY) not in bot.log
    assert "ERROR" not in bot.log


async def test_what_comes_twice_is_done_once(live: tuple[LoopbackDiscord, BotProcess]) -> None:
    discord, bot = live
    answer = await discord.command("schedule add", **ADD)
    session = discord.gateway.session_of(GUILD)
    await session.dispatch("INTERACTION_CREATE", session.events[-1]["d"])
    await bot.said("came twice")
    assert "Schedule saved" in text_of(await answer.shown())
    listed = text_of(await (await discord.command("schedule list")).shown())
    assert ("No. 1" in listed, "No. 2" in listed) == (True, False)
    assert await bot.terminate() == 0
    assert len(answer.edits) == 1


async def test_what_nobody_knows_is_answered(live: tuple[LoopbackDiscord, BotProcess]) -> None:
    discord, bot = live
    unknown = await (await discord.command("no such command")).acknowledged()
    assert "Reload Discord" in text_of(unknown["data"])
    known, elsewhere = "page:1:b:s=all", {"type": 2, "style": 2, "label": "x", "custom_id": "page:9:b:"}
    presses: tuple[tuple[int, str, dict[str, Any]], ...] = (
        (2, known, {"type": 1, "components": [elsewhere]}),  # its message does not show it any more
        (77, known, {"type": 1, "components": [{"type": 77, "custom_id": known}]}),  # a kind of tomorrow
        (3, known, {"type": 1, "components": [elsewhere | {"custom_id": known}]}),  # a menu that is a button there
        (2, "x" * 100, {"type": 1, "components": [elsewhere | {"custom_id": "x" * 100}]}),
        (2, known, {"type": 99, "components": "?"}),
    )
    for kind, custom_id, row in presses:
        message = message_data({}) | {"components": [row], "flags": 1 << 15}
        data = {"component_type": kind, "custom_id": custom_id, "values": []}
        said = await (await discord.interact(3, data, 0, message=message)).acknowledged()
        assert "another version of me" in text_of(said["data"])
        assert said["data"]["flags"] & EPHEMERAL
    assert await bot.terminate() == 0
    assert "Traceback" not in bot.log


async def test_a_command_in_hand_is_answered_before_the_end(live: tuple[LoopbackDiscord, BotProcess]) -> None:
    discord, bot = live
    discord.delays = {("PATCH", "@original"): 1.0}
    answer = await discord.command("about")
    await answer.acknowledged()
    assert answer.edits == []
    assert await bot.terminate() == 0
    assert "MIT" in text_of(answer.edits[-1])


async def test_a_server_that_is_away_for_a_while_is_not_greeted_again(live: tuple[LoopbackDiscord, BotProcess]) -> None:
    discord, bot = live
    await bot.said("ready as")  # before that, servers that come are not told from those that were there
    session = discord.gateway.session_of(GUILD)
    await session.dispatch("GUILD_DELETE", {"id": str(GUILD), "unavailable": True})
    assert "MIT" in text_of(await (await discord.command("about")).shown())
    await session.dispatch("GUILD_CREATE", guild_data(GUILD))
    await discord.gateway.drop(session, 4009)
    assert "MIT" in text_of(await (await discord.command("about")).shown())
    assert await bot.terminate() == 0
    assert discord.messages == []
    assert "Traceback" not in bot.log


async def test_what_the_library_cant_read_costs_nothing_else(live: tuple[LoopbackDiscord, BotProcess]) -> None:
    discord, bot = live
    session = discord.gateway.session_of(GUILD)
    await (await discord.command("about")).shown()
    whole = session.events[-1]["d"]
    await (await discord.press("page:1:b:s=all")).acknowledged()
    press = session.events[-1]["d"]
    unreadable: list[tuple[str, Any]] = [
        ("INTERACTION_CREATE", {"type": 2}),
        ("INTERACTION_CREATE", press | {"id": "20001", "data": {"component_type": 2}}),  # without a custom_id
        ("INTERACTION_CREATE", whole | {"id": "a number"}),
        ("GUILD_CREATE", {"id": "17", "channels": [{}]}),
        ("GUILD_DELETE", {}),
        ("MESSAGE_CREATE", {"content": "what somebody wrote"}),
    ]
    for event, data in unreadable:
        await session.dispatch(event, data)
    readable: list[dict[str, Any]] = [
        {"id": "9" * 19, "locale": "tlh-001", "guild_locale": None},
        {"id": "20003", "data": whole["data"] | {"name": None}},
        {"id": "20004", "data": whole["data"] | {"options": [{"name": "x", "type": 99, "value": 10**40}]}},
        {"id": "20005", "type": 99},
        {"id": "20006", "channel": {"id": "5", "type": 99}, "channel_id": "5"},
    ]
    for changes in readable:
        await session.dispatch("INTERACTION_CREATE", whole | changes)
    assert "MIT" in text_of(await (await discord.command("about")).shown())
    await bot.said("an event can't be read", len(unreadable))
    assert await bot.terminate() == 0
    assert "Traceback" not in bot.log
    assert "what somebody wrote" not in bot.log
    assert len(discord.gateway.sessions) == 1


async def test_a_token_that_is_revoked_ends_it_and_nothing_counts_as_posted(tmp_path: Path) -> None:
    prepare(tmp_path)
    await plant(tmp_path, 3)
    discord = LoopbackDiscord()
    invite(discord, 3)
    discord.faults = {("POST", "/messages"): [401] * 3, ("GET", "/users/@me"): [FINE] + [401] * 50}
    async with discord.serving(), running(tmp_path, discord) as bot:
        assert await bot.ended() == 78
    assert "DISCORD_TOKEN: Discord does not accept it any more" in bot.log
    assert "Traceback" not in bot.log
    assert discord.messages == []
    database = await open_database(database_url(tmp_path))
    try:
        ids = [one.id for one in await database.schedules.all()]
        assert {one.state for one in await database.deliveries.newest(ids, 9)} == {DeliveryState.FAILED}
    finally:
        await database.close()


async def test_one_refusal_alone_is_no_revoked_token(live: tuple[LoopbackDiscord, BotProcess]) -> None:
    discord, bot = live
    await (await discord.command("schedule add", **ADD)).shown()
    discord.faults = {("POST", "/messages"): [401]}
    await discord.command("schedule run", number=1)
    await bot.said(": failed")
    assert "MIT" in text_of(await (await discord.command("about")).shown())
    assert await bot.terminate() == 0


async def test_a_connection_that_is_to_begin_anew_is_resumed(live: tuple[LoopbackDiscord, BotProcess]) -> None:
    discord, bot = live
    session = discord.gateway.session_of(GUILD)
    for times, (op, data) in enumerate(((RECONNECT, None), (INVALID, True)), start=1):
        await discord.gateway.say(session, op, data)
        assert "MIT" in text_of(await (await discord.command("about")).shown())
        assert (session.resumed, len(discord.gateway.sessions)) == (times, 1)
    assert await bot.terminate() == 0
    assert "Traceback" not in bot.log


@pytest.mark.parametrize(
    ("code", "exit_code", "said"),
    [
        (4004, 78, "Discord does not accept it any more"),
        (4014, 78, "privileged intents"),
        (4013, 1, "the gateway closed for good (4013)"),
    ],
)
async def test_a_gateway_that_closes_for_good_is_said_in_a_line(
    live: tuple[LoopbackDiscord, BotProcess], code: int, exit_code: int, said: str
) -> None:
    discord, bot = live
    discord.gateway.refuses = code
    await discord.gateway.drop(discord.gateway.session_of(GUILD), code)
    assert await bot.ended() == exit_code
    assert said in bot.log
    assert "Traceback" not in bot.log
