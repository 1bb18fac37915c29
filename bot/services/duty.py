"""Who of several processes reads the sources, and how the others hear of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from bot.errors import AttacheError
from bot.services.health import is_due
from bot.services.ports import Memory, SourceStates
from bot.services.results import LoadReport

_log = logging.getLogger(__name__)
_LOADER = "loader.alive"
ALIVE_FOR = timedelta(minutes=3)  # after that, whoever said it loads is not counted on
BEAT = timedelta(minutes=1)


class Turn(Protocol):
    """One load at a time over all processes."""

    async def is_taken_elsewhere(self) -> bool:
        """Whether another process loads now."""


class LoadDuty:
    """The rounds of one process. A bot leaves them to a process that does nothing else, as long as that one lives."""

    def __init__(
        self,
        reload: Callable[[], Awaitable[LoadReport]],
        *,
        memory: Memory,
        states: SourceStates,
        turn: Turn,
        clock: Callable[[], datetime],
        every: timedelta,
        is_loader: bool = False,
    ) -> None:
        self._reload = reload
        self._memory = memory
        self._states = states
        self._turn = turn
        self._clock = clock
        self._every = every
        self._is_loader = is_loader
        self._has_begun = False

    async def take_round(self) -> LoadReport | None:
        """Read what is due, unless that is another process's to do; what came of it."""
        is_first, self._has_begun = not self._has_begun, True
        if not self._is_loader and await self._is_left_to_others(is_first):
            return None
        if await self._turn.is_taken_elsewhere():
            return None
        return await self._reload()

    async def beat(self) -> None:
        """Say that there is a process for loads alone."""
        await self._memory.put(_LOADER, self._clock().isoformat())

    async def _is_left_to_others(self, is_first: bool) -> bool:
        beaten = await self._memory.get(_LOADER)
        if beaten and abs(self._clock() - datetime.fromisoformat(beaten)) < ALIVE_FOR:  # a clock may have been set
            return True
        if is_first:
            return False
        now = self._clock()
        due = [state for state in (await self._states.all()).values() if is_due(state, now)]
        # One source that somebody reads by hand is no round: all that are due must have been read just now.
        return bool(due) and all(one.checked_at and abs(now - one.checked_at) < self._every / 2 for one in due)


class News:
    """Hears of every load that changed something, in whichever process, and however that ended.

    `mark` is the corpus's own: it changes in the transaction of each change, so no load can die before it has told.
    """

    def __init__(self, mark: Callable[[], Awaitable[Hashable]], refresh: Callable[[], Awaitable[None]]) -> None:
        self._mark = mark
        self._refresh = refresh
        self._known: Hashable = None
        self._has_looked = False

    async def look(self) -> bool:
        """Refresh what is kept in memory, if something changed since the last look; whether it was."""
        mark = await self._mark()
        if self._has_looked and mark == self._known:
            return False
        is_first, self._has_looked = not self._has_looked, True
        if not is_first:
            await self._refresh()
        self._known = mark  # only now: after a failure the next look tries again
        return not is_first

    async def follow(self, pause: float, stop: asyncio.Event) -> None:
        """Look every so many seconds, until told to stop; a look in hand is ended in order."""
        while not stop.is_set():
            try:
                await self.look()
            except AttacheError as fault:
                _log.warning("names could not be refreshed: %s", fault)
            except Exception:
                _log.exception("names could not be refreshed")
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)


async def keep_loading(duty: LoadDuty, every: timedelta) -> None:
    """Rounds, one every so often, until cancelled."""

    async def beat() -> None:
        while True:
            try:
                await duty.beat()
            except AttacheError as fault:
                _log.warning("the loader could not say that it lives: %s", fault)
            except Exception:  # the group would end the rounds with it
                _log.exception("the loader could not say that it lives")
            await asyncio.sleep(BEAT.total_seconds())

    async with asyncio.TaskGroup() as group:
        group.create_task(beat())
        while True:
            try:
                report = await duty.take_round()
            except AttacheError as fault:
                _log.error("the round failed: %s", fault)
            except Exception:
                _log.exception("the round failed")
            else:
                _log.info("round ended: %s", "left to another process" if report is None else _words(report))
            await asyncio.sleep(every.total_seconds())


def _words(report: LoadReport) -> str:
    new = sum(one.new for one in report.sources)
    failed = sum(one.error is not None for one in report.sources)
    return f"{len(report.sources)} sources, {new} new articles, {failed} failed"
