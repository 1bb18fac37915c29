"""Manners towards one host: few requests at once, a pause between them, and patience when it asks for it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

_MOST_HOSTS = 1000  # remembered; then those that wait for nothing are forgotten


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    delay: float
    next_start: float = 0.0
    held_until: datetime | None = None
    users: int = field(default=0)


class Politeness:
    """Gives out turns. `clock` counts seconds from anywhere, `sleep` waits so many."""

    def __init__(
        self,
        *,
        per_host: int,
        delay: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._per_host = per_host
        self._delay = delay
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn at `host` and have it until the end."""
        known = self._host(host)
        known.users += 1
        try:
            async with known.slots:
                start = max(self._clock(), known.next_start)
                known.next_start = start + known.delay
                if (wait := start - self._clock()) > 0:
                    await self._sleep(wait)
                yield
        finally:
            known.users -= 1

    def slow_down(self, host: str, delay: float) -> None:
        """Leave at least so many seconds between two requests to `host`."""
        known = self._host(host)
        known.delay = max(known.delay, delay)

    def hold(self, host: str, until: datetime) -> None:
        """Ask `host` for nothing before `until`."""
        self._host(host).held_until = until

    def held_until(self, host: str, now: datetime) -> datetime | None:
        """Until when `host` is to be left alone, if it is."""
        known = self._hosts.get(host)
        until = known.held_until if known else None
        return until if until is not None and until > now else None

    def _host(self, host: str) -> _Host:
        if host not in self._hosts:
            if len(self._hosts) >= _MOST_HOSTS:
                self._forget_idle()
            self._hosts[host] = _Host(asyncio.Semaphore(self._per_host), self._delay)
        return self._hosts[host]

    def _forget_idle(self) -> None:
        idle = [name for name, known in self._hosts.items() if not known.users and known.held_until is None]
        for name in idle:
            del self._hosts[name]
