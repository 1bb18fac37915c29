"""A fetcher that the tests' own server can be asked with."""

import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from bot.sources.allowed import parse_allowed
from bot.sources.fetcher import Fetcher
from bot.sources.limits import FetchLimits

NOW = datetime(2025, 8, 20, 12, tzinfo=UTC)
LIMITS = FetchLimits(max_bytes=200_000, total=20.0, connect=20.0, quiet=20.0, delay=0.0)
SHORT: dict[str, Any] = {
    "total": 0.6,
    "quiet": 0.3,
}  # where slowness is what is tested; elsewhere a busy machine must not matter
ALLOWED = "127.0.0.0/8 [::1]"


class Names(AbstractResolver):
    """A name server that knows what it is told, and keeps what it was asked."""

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        self.names = names
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        if host not in self.names:
            raise OSError(f"no such name: {host}")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self.names[host]
        ]

    async def close(self) -> None:
        """Nothing is open."""


class Waits:
    """Waits for nothing, and keeps for how long it should have."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@asynccontextmanager
async def fetching(
    *,
    allowed: str = ALLOWED,
    names: AbstractResolver | None = None,
    real_names: bool = False,
    waits: Waits | None = None,
    **limits: Any,
) -> AsyncIterator[Fetcher]:
    """A fetcher with the tests' limits, closed at the end. With `real_names` the system answers for names."""
    fetcher = Fetcher(
        version="1",
        contact="ops@news.example",
        allowed=parse_allowed(allowed),
        limits=replace(LIMITS, **limits),
        now=lambda: NOW,
        resolver=None if real_names else names or Names({}),
        sleep=waits or Waits(),
    )
    try:
        yield fetcher
    finally:
        await fetcher.close()
