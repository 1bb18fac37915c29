"""Ten thousand briefings due at once, against Discord's limits, while people use commands.

Run with `pytest tests/benchmarks/test_drain_bench.py -n 0 --benchmark-only`; four minutes. The bot is the real process;
what stands at its side notes how late its event loop is.
"""

import asyncio
import json
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from tests.loopback.discord import Answer, LoopbackDiscord
from tests.loopback.observed import LAGS, percentile
from tests.loopback.process import prepare, running
from tests.loopback.swarm import guild_of, plant

SCHEDULES = 10_000
SERVERS = 2_500  # more than that share no shard; the others' channels are posted to all the same
ROUND_TRIP = 0.08  # seconds until Discord answers a post
_BETWEEN_COMMANDS = 0.5
_COMMANDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("brief", {"since": "all"}),
    ("brief", {"topic": "quota", "since": "all"}),
    ("positions", {"topic": "quota"}),
    ("status", {}),
    ("help", {}),
)
_SEED = 20250822


@dataclass(frozen=True)
class Drained:
    """How it went: seconds."""

    took: float
    acknowledged: list[float]
    lags: list[float]


@pytest.mark.timeout(900)
def test_ten_thousand_at_once_and_commands_meanwhile(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    discord = LoopbackDiscord()
    drained: Drained = benchmark.pedantic(lambda: asyncio.run(_drain(discord, tmp_path)), rounds=1)  # type: ignore[no-untyped-call]

    rate = (SCHEDULES - 1) / drained.took
    benchmark.extra_info.update(
        requests_a_second=round(rate, 1),
        refused=discord.limit.refused,
        commands=len(drained.acknowledged),
        acknowledged_p99_ms=round(percentile(drained.acknowledged, 0.99) * 1000),
        acknowledged_p50_ms=round(percentile(drained.acknowledged, 0.5) * 1000),
        lag_p99_ms=round(percentile(drained.lags, 0.99) * 1000, 1),
        lag_most_ms=round(max(drained.lags) * 1000),
    )
    assert set(Counter(message["channel_id"] for message in discord.messages).values()) == {1}
    assert len(discord.messages) == SCHEDULES
    assert rate >= 45
    assert percentile(drained.acknowledged, 0.99) < 0.2
    assert percentile(drained.lags, 0.99) < 0.05


async def _drain(discord: LoopbackDiscord, folder: Path) -> Drained:
    prepare(folder)
    await plant(folder, SCHEDULES)
    discord.delays[("POST", "/channels/{channel_id}/messages")] = ROUND_TRIP
    discord.gateway.guilds += [guild_of(number) for number in range(SERVERS)]
    answers: list[Answer] = []
    settings = {"LOG_LEVEL": "INFO"}
    async with (
        discord.serving(),
        running(folder, discord, program="tests.loopback.observed", settings=settings) as bot,
    ):
        await discord.posted(1)
        began = monotonic()
        asking = asyncio.create_task(_ask(discord, answers))
        while len(discord.messages) < SCHEDULES:
            discord.channels.arrived.clear()
            await discord.channels.arrived.wait()
        took = monotonic() - began
        asking.cancel()
        for answer in answers:
            await asyncio.wait_for(answer.callback, 5)
        await bot.said(": sent", SCHEDULES)
        assert await bot.terminate() == 0
    lags = json.loads((folder / LAGS).read_text(encoding="utf-8"))
    return Drained(took, [answer.seconds for answer in answers if answer.seconds is not None], lags)


async def _ask(discord: LoopbackDiscord, answers: list[Answer]) -> None:
    """Somebody uses a command every now and then."""
    await discord.ready()
    chance = random.Random(_SEED)
    while True:
        name, options = chance.choice(_COMMANDS)
        answers.append(await discord.command(name, **options))
        await asyncio.sleep(_BETWEEN_COMMANDS)
