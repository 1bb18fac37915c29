"""The one hint that is posted unasked: where it may stand, and that it comes once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import discord
import pytest

from bot.gateway.greeting import find_channel, greet
from tests.commands.conftest import started
from tests.discord_limits import check_limits
from tests.discord_offline import BOT_USER, GUILD, SEND, VIEW, Fault, Offline, channel_data
from tests.fake_services import FakeMemory, FakeServices

IDS = {"setup": 7, "help": 8}
FIRST, SECOND, SYSTEM = 11, 12, 13


@pytest.fixture
async def bot() -> AsyncIterator[Offline]:
    async with started(FakeServices()) as offline:
        yield offline


def guild(
    bot: Offline, *, silent: tuple[int, ...] = (), joined: datetime | None = None, kind: int = 0, locale: str = "en-US"
) -> discord.Guild:
    """A server that let the bot in, with three channels of which some can't be written to."""
    user = {"id": str(BOT_USER), "username": "attache", "discriminator": "0", "avatar": None}
    joined_at = (joined or datetime.now(UTC)).isoformat()
    me = {"user": user, "roles": [], "joined_at": joined_at, "deaf": False, "mute": False, "flags": 0}
    everyone = {"id": str(GUILD), "name": "@everyone", "permissions": str(VIEW | SEND), "position": 0, "color": 0,
                "hoist": False, "managed": False, "mentionable": False, "flags": 0,
                "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None}}  # fmt: skip
    refused = [{"id": str(GUILD), "type": 0, "allow": "0", "deny": str(SEND)}]
    channels = [
        channel_data(number, position=place, type=kind, permission_overwrites=refused if number in silent else [])
        for place, number in enumerate((FIRST, SECOND, SYSTEM))
    ]
    data: Any = {
        "id": str(GUILD), "name": "Newsroom", "roles": [everyone], "channels": channels, "members": [me],
        "emojis": [], "features": [], "stickers": [], "system_channel_id": str(SYSTEM), "system_channel_flags": 0,
        "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0,
        "nsfw_level": 0, "premium_tier": 0, "preferred_locale": locale, "owner_id": "1", "afk_timeout": 0,
        "member_count": 2,
    }  # fmt: skip
    return discord.Guild(data=data, state=bot.bot._connection)


@pytest.mark.parametrize(
    ("silent", "found"),
    [((), SYSTEM), ((SYSTEM,), FIRST), ((SYSTEM, FIRST), SECOND), ((SYSTEM, FIRST, SECOND), None)],
)
async def test_it_speaks_where_it_may(bot: Offline, silent: tuple[int, ...], found: int | None) -> None:
    channel = find_channel(guild(bot, silent=silent))
    assert (channel.id if channel else None) == found


async def test_the_hint_is_short_names_the_way_in_and_comes_once(bot: Offline) -> None:
    memory = FakeMemory()
    assert await greet(guild(bot), memory, IDS)
    assert not await greet(guild(bot), memory, IDS)
    (sent,) = [one for one in bot.transport.sent if one.path == "/channels/{channel_id}/messages"]
    check_limits(sent)
    text = bot.transport.texts()
    assert "</setup:7>" in text
    assert "</help:8>" in text
    assert len(text) < 250


async def test_a_server_that_let_it_in_long_ago_is_not_greeted(bot: Offline) -> None:
    memory = FakeMemory()
    assert not await greet(guild(bot, joined=datetime.now(UTC) - timedelta(hours=1)), memory, IDS)
    assert bot.transport.bodies("POST", "/messages") == []
    assert memory.facts == {}


async def test_where_it_may_speak_nowhere_it_says_nothing_and_does_not_try_again(bot: Offline) -> None:
    memory = FakeMemory()
    assert not await greet(guild(bot, silent=(FIRST, SECOND, SYSTEM)), memory, IDS)
    assert not await greet(guild(bot), memory, IDS)
    assert bot.transport.bodies("POST", "/messages") == []


async def test_a_hint_that_discord_refuses_is_not_repeated(bot: Offline) -> None:
    memory = FakeMemory()
    bot.transport.faults[("POST", "/messages")] = Fault(403, 50013).error()
    assert not await greet(guild(bot), memory, IDS)
    bot.transport.faults.clear()
    assert not await greet(guild(bot), memory, IDS)
    assert len(bot.transport.bodies("POST", "/messages")) == 1


async def test_announcements_are_no_place_for_it(bot: Offline) -> None:
    here = guild(bot, kind=5)
    channel = find_channel(here)
    assert channel is not None
    assert channel == here.system_channel  # unless the server itself has such messages there
