"""Measures a client from outside: what it answers and how quickly, its connections, and Discord's refusals."""

import math
import re
import time
from collections.abc import Callable, Coroutine
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
from discord.ext import commands as ext

from bot.operation.meter import Meter
from commands.outcomes import Outcome, named

_CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback$")
_SCOPES = frozenset({"user", "global", "shared"})
_MOST_WAITING = 10_000


def measure(bot: ext.AutoShardedBot, meter: Meter) -> None:
    """Count from now on; to be called before login, because the client's HTTP session begins there."""
    measuring = _Measuring(meter)
    for name, listener in measuring.listeners().items():
        bot.add_listener(listener, name)
    trace = bot.http.http_trace
    assert trace is not None  # the pacer's
    trace.on_request_end.append(measuring.request_ended)
    meter.watch_latency(lambda: _slowest(bot))


class _Measuring:
    """The listeners, and the interactions that are not acknowledged yet."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._came_at: dict[str, float] = {}

    def listeners(self) -> dict[str, Callable[..., Coroutine[Any, Any, None]]]:
        """By the library's names of events."""

        def gateway(event: str) -> Callable[..., Coroutine[Any, Any, None]]:
            async def count(*_: object) -> None:
                self._meter.gateway(event)

            return count

        return {
            "on_interaction": self.came,
            "on_outcome": self.ended,
            "on_shard_connect": gateway("connect"),
            "on_shard_disconnect": gateway("disconnect"),
            "on_shard_resumed": gateway("resumed"),
        }

    async def came(self, interaction: discord.Interaction[Any]) -> None:
        """Remember when."""
        if interaction.type is not discord.InteractionType.ping:
            self._came_at[str(interaction.id)] = time.monotonic()
        while len(self._came_at) > _MOST_WAITING:  # never answered
            del self._came_at[next(iter(self._came_at))]

    async def ended(self, interaction: discord.Interaction[Any], outcome: Outcome) -> None:
        """Count the answer."""
        self._meter.answered(named(interaction), outcome.value)

    async def request_ended(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
    ) -> None:
        """Look whether it was an acknowledgement, or a refusal."""
        if ended.response.status == 429:
            scope = ended.response.headers.get("X-RateLimit-Scope", "")
            self._meter.refused(scope if scope in _SCOPES else "unknown")
        match = _CALLBACK.search(ended.url.path)
        if match is not None and (came_at := self._came_at.pop(match[1], None)) is not None:
            self._meter.acknowledged(time.monotonic() - came_at)


def _slowest(bot: ext.AutoShardedBot) -> float:
    """The slowest heartbeat of all shards; not a number where none has been answered."""
    known = [seconds for _, seconds in bot.latencies if math.isfinite(seconds)]
    return max(known, default=math.nan)
