"""Killed twenty times while posting, one request in ten failing: each channel has exactly one message an occurrence."""

import asyncio
import random
from collections import Counter
from pathlib import Path

import pytest

from tests.loopback.discord import PATIENCE, LoopbackDiscord
from tests.loopback.limits import Weather
from tests.loopback.nursery import Forked, nursery
from tests.loopback.process import database_url, prepare, running
from tests.loopback.swarm import FIRST_CHANNEL, invite, plant, until_recorded

SCHEDULES, KILLS, AWAY = 300, 20, 6
SETTINGS = {"LEASE_SECONDS": "4", "LOG_LEVEL": "INFO"}


class Reaper:
    """Kills a process when Discord has taken so many of its messages: before it is told so, or a moment later."""

    def __init__(self, discord: LoopbackDiscord, seed: int) -> None:
        self._chance = random.Random(seed)
        self._manners = ["unanswered", "later"] * (KILLS // 2)
        self._chance.shuffle(self._manners)
        self._left = 0
        self._bot: Forked | None = None
        self.kills = Counter[str]()
        discord.channels.when_posted = self._count

    def wait_for(self, bot: Forked) -> None:
        self._bot, self._left = bot, self._chance.randint(1, 14)

    def _count(self, _: object) -> None:
        self._left -= 1
        if self._bot is None or self._left:
            return
        bot, self._bot = self._bot, None
        manner = self._manners[self.kills.total()]
        self.kills[manner] += 1
        if manner == "unanswered":
            bot.kill()
        else:
            asyncio.get_running_loop().call_later(self._chance.uniform(0, 0.1), bot.kill)


@pytest.mark.parametrize("seed", [20250822])
async def test_each_channel_has_one_message_an_occurrence(tmp_path: Path, seed: int) -> None:
    prepare(tmp_path)
    await plant(tmp_path, SCHEDULES)
    discord = LoopbackDiscord()
    invite(discord, SCHEDULES)
    discord.weather = Weather(seed, share=0.1)
    reaper = Reaper(discord, seed)
    async with discord.serving(), nursery(tmp_path, discord) as bots:
        while reaper.kills.total() < KILLS:
            bot = await bots.start(SETTINGS)
            reaper.wait_for(bot)
            await bot.ended()
        bot = await bots.start(SETTINGS)
        await until_recorded(database_url(tmp_path), SCHEDULES, 2 * PATIENCE)
        assert await bot.terminate() == 0
    posts = Counter(message["channel_id"] for message in discord.messages)
    assert posts == {str(FIRST_CHANNEL + number): 1 for number in range(SCHEDULES)}
    assert discord.weather.happened > 0
    assert discord.unknown == []
    assert set(reaper.kills.values()) == {KILLS // 2}


async def test_what_fell_due_while_discord_was_away_is_posted_once_it_is_back(tmp_path: Path) -> None:
    """Twelve leases are an hour where a lease is five minutes; a quarter of that shows every kind of pause.

    An attempt may take three fifths of a lease, which few posts need even where the machine is busy.
    """
    prepare(tmp_path)
    await plant(tmp_path, AWAY)
    discord = LoopbackDiscord()
    invite(discord, AWAY)
    discord.unreachable = "/channels/"
    settings = SETTINGS | {"LEASE_SECONDS": "2"}
    async with discord.serving(), running(tmp_path, discord, settings=settings) as bot:
        await discord.ready()
        await asyncio.sleep(6)
        assert discord.messages == []
        discord.unreachable = None
        await until_recorded(database_url(tmp_path), AWAY, 2 * PATIENCE)
        assert await bot.terminate() == 0
    assert Counter(message["channel_id"] for message in discord.messages) == {
        str(FIRST_CHANNEL + number): 1 for number in range(AWAY)
    }
    assert "Traceback" not in bot.log
