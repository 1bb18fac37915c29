"""The process as a whole, over sockets, against a Discord of our own."""

import asyncio
import os
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.briefings.model import Scope
from bot.schedules.model import NewSchedule
from bot.storage.database import open_database
from tests.discord_limits import Description
from tests.discord_offline import CHANNEL, EPHEMERAL, GUILD, HISTORY, MEMBER, SEND, VIEW, channel_data
from tests.loopback.discord import PATIENCE, TOKEN, LoopbackDiscord, nobody_at, text_of
from tests.loopback.process import BotProcess, database_url, prepare, running

LINE = "> Fisheries minister Mara Lind rejected a higher herring quota on Saturday"
WRITABLE = channel_data(CHANNEL, app_permissions=str(VIEW | SEND | HISTORY))


async def loaded(discord: LoopbackDiscord) -> None:
    """The bot has read its sources."""
    await (await discord.command("sources reload")).shown(lambda text: "Sources read" in text)


async def test_from_start_to_sigterm(tmp_path: Path) -> None:
    prepare(tmp_path)
    async with LoopbackDiscord().serving() as discord, running(tmp_path, discord) as bot:
        await discord.ready()
        await loaded(discord)
        answer = await discord.command("brief", topic="quota", since="all")
        assert LINE in text_of(await answer.shown())
        assert (await answer.callback) == {"type": 5}
        positions = await discord.command("positions", actor="Lind")
        assert "### Quota" in text_of(await positions.shown())
        assert await discord.complete("positions", "actor", "li") == [{"name": "Mara Lind", "value": "lind"}]
        wrong = await discord.command("brief", topic="no such thing")
        told = await wrong.followed()
        assert "There is no topic called" in text_of(told)
        assert told["flags"] & EPHEMERAL
        refused = await discord.command("sources list", permissions=0)
        assert (await refused.callback)["data"]["flags"] & EPHEMERAL
        await bot.said("ready as attache")
        assert await bot.terminate() == 0
    assert discord.unknown == []
    assert discord.gateway.beats > 0
    assert {one["name"] for one in discord.commands} >= {"brief", "positions", "sources", "schedule", "status", "help"}
    _leaks_nothing(bot, discord)


async def test_a_restart_registers_nothing_again_answers_old_buttons_and_posts_what_is_due(tmp_path: Path) -> None:
    prepare(tmp_path)
    async with LoopbackDiscord().serving() as discord:
        async with running(tmp_path, discord) as bot:
            await discord.ready()
            await loaded(discord)
            later = datetime.now(ZoneInfo("Europe/Kyiv")) + timedelta(hours=12)  # not while we look
            saved = await discord.command("schedule add", channel=WRITABLE, time=f"{later:%H:%M}", zone="Europe/Kyiv")
            assert "Schedule saved" in text_of(await saved.shown())
            assert await bot.terminate() == 0
        await _schedule_for_this_minute(tmp_path)
        async with running(tmp_path, discord) as bot:
            (message,) = await discord.posted(1)
            await discord.ready()
            assert LINE in text_of(message)
            assert message["channel_id"] == str(CHANNEL)
            await bot.said("sent")
            listed = await (await discord.command("schedule list")).shown()
            assert "Last: " in text_of(listed)
            pressed = await discord.press("more:1:b:s=all")
            assert (await pressed.callback) == {"type": 5, "data": {"flags": 64}}
            assert LINE in text_of(await pressed.shown())
            assert await bot.terminate() == 0
        async with running(tmp_path, discord) as bot:
            await discord.ready()
            await loaded(discord)
            assert await bot.terminate() == 0
    assert len(discord.messages) == 1
    assert discord.registrations == 1
    _leaks_nothing(bot, discord)


async def test_a_dropped_gateway_is_resumed_and_what_came_meanwhile_is_answered(tmp_path: Path) -> None:
    prepare(tmp_path)
    async with LoopbackDiscord().serving() as discord, running(tmp_path, discord) as bot:
        await discord.ready()
        await loaded(discord)
        session = discord.gateway.session_of(GUILD)
        await discord.gateway.drop(session)
        answer = await discord.command("brief", since="all")
        assert LINE in text_of(await answer.shown())
        assert (session.resumed, len(discord.gateway.sessions)) == (1, 1)
        assert await bot.terminate() == 0


async def test_a_discord_that_stumbles_is_asked_again(tmp_path: Path) -> None:
    prepare(tmp_path)
    discord = LoopbackDiscord()
    discord.faults = {("PATCH", "@original"): [500, 429], ("PUT", "/commands"): [429]}
    async with discord.serving(), running(tmp_path, discord) as bot:
        await discord.ready()
        answer = await discord.command("about")
        assert "MIT" in text_of(await answer.shown())
        assert await bot.terminate() == 0
    assert discord.registrations == 1


@pytest.mark.skipif(not os.environ.get("CI"), reason="a new session waits five seconds; runs in CI")
async def test_a_session_that_cant_be_resumed_begins_anew_at_the_same_address(tmp_path: Path) -> None:
    prepare(tmp_path)
    async with LoopbackDiscord().serving() as discord, running(tmp_path, discord) as bot:
        await discord.ready()
        session = discord.gateway.sessions[0]
        session.id = "forgotten"
        discord.gateway.complete.clear()
        await discord.gateway.drop(session)
        await discord.ready()
        assert "MIT" in text_of(await (await discord.command("about")).shown())
        assert len(discord.gateway.sessions) == 2
        assert await bot.terminate() == 0


@pytest.mark.skipif(not os.environ.get("CI"), reason="a second shard waits five seconds; runs in CI")
async def test_two_shards_where_discord_advises_two(tmp_path: Path) -> None:
    prepare(tmp_path)
    discord = LoopbackDiscord(shards=2)
    there = 1 << 22  # a server that belongs to the second
    discord.gateway.guilds.append(there)
    async with discord.serving(), running(tmp_path, discord) as bot:
        await discord.ready()
        assert {session.shard for session in discord.gateway.sessions} == {(0, 2), (1, 2)}
        await bot.said("in 2 servers")
        for guild in (GUILD, there):
            assert "MIT" in text_of(await (await discord.command("about", guild=guild)).shown())
        second = discord.gateway.session_of(there)
        await discord.gateway.drop(second)
        assert "MIT" in text_of(await (await discord.command("about", guild=there)).shown())
        assert (second.shard, second.resumed) == ((1, 2), 1)
        assert await bot.terminate() == 0


async def test_a_token_that_discord_refuses_is_a_configuration_error(tmp_path: Path) -> None:
    prepare(tmp_path)
    async with LoopbackDiscord().serving() as discord, running(tmp_path, discord, token="OTAx.wrong.token") as bot:
        assert await bot.ended() == 78
    assert "DISCORD_TOKEN" in bot.log
    assert "OTAx" not in bot.log
    assert "Traceback" not in bot.log


async def test_a_discord_that_is_not_there_is_said_in_a_line(tmp_path: Path) -> None:
    prepare(tmp_path)
    discord = LoopbackDiscord()
    with nobody_at(discord):
        async with running(tmp_path, discord) as bot:
            assert await bot.ended() == 1
    assert "Discord can't be reached" in bot.log
    assert "Traceback" not in bot.log


async def test_doctor_looks_at_every_scheduled_channel(tmp_path: Path) -> None:
    prepare(tmp_path)
    await _schedule_for_this_minute(tmp_path)
    async with LoopbackDiscord().serving() as discord:
        async with running(tmp_path, discord, command="doctor") as bot:
            assert await bot.ended() == 0
        assert f"channel {CHANNEL}: #news in Newsroom takes posts" in bot.log
        discord.faults = {("GET", "/channels/{channel_id}"): [403]}
        async with running(tmp_path, discord, command="doctor") as bot:
            assert await bot.ended() == 1
    assert "View Channel" in bot.log
    assert TOKEN not in bot.log


async def test_sigterm_before_discord_answers_ends_it_too(tmp_path: Path) -> None:
    prepare(tmp_path)
    discord = LoopbackDiscord()
    discord.delays = {("GET", "/users/@me"): PATIENCE}
    async with discord.serving(), running(tmp_path, discord) as bot:
        await bot.said("logging in")
        assert await bot.terminate() == 0
    assert "Traceback" not in bot.log


async def test_every_body_the_process_sends_is_valid(tmp_path: Path, shared: Path) -> None:
    prepare(tmp_path)
    description = Description(shared / "discord-openapi.json")
    async with LoopbackDiscord().serving() as discord, running(tmp_path, discord) as bot:
        await discord.ready()
        await loaded(discord)
        commands: tuple[tuple[str, dict[str, Any]], ...] = (
            ("brief", {"since": "all"}),
            ("positions", {"topic": "quota"}),
            ("schedule add", {"channel": WRITABLE, "time": "8:00", "zone": "UTC"}),
            ("schedule preview", {"number": 1}),
            ("status", {}),
            ("help", {}),
        )
        for name, options in commands:
            await (await discord.command(name, **options)).shown()
        assert await bot.terminate() == 0
    for sent in discord.sent:
        description.check(sent)


@pytest.mark.skipif(not os.environ.get("CI"), reason="waits for a full minute; runs in CI")
async def test_a_schedule_added_by_command_is_posted_at_its_minute(tmp_path: Path) -> None:
    prepare(tmp_path)
    async with LoopbackDiscord().serving() as discord, running(tmp_path, discord) as bot:
        await discord.ready()
        await loaded(discord)
        minute = (datetime.now(UTC) + timedelta(seconds=80)).replace(second=0, microsecond=0)
        added = await discord.command("schedule add", channel=WRITABLE, time=f"{minute:%H:%M}", zone="UTC")
        assert "Schedule saved" in text_of(await added.shown())
        await asyncio.sleep((minute - datetime.now(UTC)).total_seconds())
        (message,) = await discord.posted(1)
        assert datetime.fromisoformat(message["timestamp"]) >= minute
        assert LINE in text_of(message)
        assert "late" not in text_of(message)
        assert await bot.terminate() == 0
    assert len(discord.messages) == 1


async def _schedule_for_this_minute(folder: Path) -> None:
    """A schedule from an hour ago that is due now, put into the stopped bot's database."""
    now = datetime.now(UTC)
    database = await open_database(database_url(folder))
    try:
        due = NewSchedule(
            guild_id=GUILD,
            channel_id=CHANNEL,
            local_time=time(now.hour, now.minute),
            zone="UTC",
            days=(0, 1, 2, 3, 4, 5, 6),
            scope=Scope(),
            words=None,
            created_by=MEMBER,
        )
        await database.schedules.add(due, now - timedelta(hours=1))
    finally:
        await database.close()


def _leaks_nothing(bot: BotProcess, discord: LoopbackDiscord) -> None:
    """Tokens, the bot's and the interactions', and what people were told, stay out of the log."""
    assert TOKEN not in bot.log
    assert "token-1" not in bot.log
    assert "rejected a higher" not in bot.log
    assert "Traceback" not in bot.log
    assert "ERROR" not in bot.log
    assert discord.unknown == []
