"""The alarm clock: APScheduler wakes, the domain decides, the database remembers."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import AttacheError
from bot.gateway.traffic import in_background

LOG = logging.getLogger(__name__)
SWEEP, RELOAD = "sweep", "reload"
SMALLEST_GAP = timedelta(seconds=1)  # whatever is claimed to be due now: no busy loop
HEARTBEAT = timedelta(minutes=1)  # another process may add schedules, and a clock may be set
# Sweeps never overlap (`_sweeping`), yet the scheduler counts one as running until the loop's turn after its end, and
# drops for good whatever comes due before that: with one allowed, a stall in that turn would end all sweeps.
SWEEPS_AT_ONCE = 3
TOLERANCE = timedelta(seconds=1)


class Deliverer(Protocol):
    """What is woken (`DeliveryService`)."""

    async def deliver_due(self, now: datetime) -> object:
        """Handle what is due."""

    async def next_wake(self, now: datetime) -> datetime | None:
        """When there is something to do next."""

    def drain(self) -> None:
        """Take nothing further."""


class AlarmClock:
    """Wakes the deliverer at the next due instant, and reloads the sources every so often.

    Jobs live in memory and carry no state: after a restart the deliverer says anew what is due.
    """

    def __init__(
        self,
        *,
        deliverer: Deliverer,
        reload: Callable[[], Awaitable[object]],
        reload_every: timedelta,
        clock: Callable[[], datetime],
        heartbeat: timedelta = HEARTBEAT,
        smallest_gap: timedelta = SMALLEST_GAP,
    ) -> None:
        self._deliverer = deliverer
        self._reload_sources = reload
        self._reload_every = reload_every
        self._clock = clock
        self._heartbeat = heartbeat
        self._smallest_gap = smallest_gap
        self._running: set[asyncio.Task[object]] = set()
        self._sweeping = asyncio.Lock()
        self._is_poked = False
        self._is_stopping = False
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._scheduler.add_listener(_log_event, EVENT_JOB_ERROR | EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)
        self._backstop: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Start in the running event loop; the first sweep is at once. Does nothing once stopped."""
        if self._is_stopping:
            return
        logging.getLogger("apscheduler").setLevel(logging.CRITICAL)  # the listener logs each error, once
        self._scheduler.start()
        self._scheduler.add_job(self._reload, "interval", seconds=self._reload_every.total_seconds(), id=RELOAD)
        self.poke()

    def poke(self) -> None:
        """Look at once: the schedules changed."""
        if self._is_stopping:
            return
        self._is_poked = True
        if not self._sweeping.locked():
            self._arm(self._clock())

    async def stop(self, patience: timedelta = timedelta(seconds=10)) -> None:
        """Start nothing more, let what runs end for up to `patience`, then cancel the rest."""
        if self._is_stopping:
            return
        self._is_stopping = True
        if self._backstop is not None:
            self._backstop.cancel()
        self._deliverer.drain()
        if self._scheduler.running:
            self._scheduler.pause()
            if self._running:
                await asyncio.wait(self._running, timeout=patience.total_seconds())
            left = set(self._running)
            self._scheduler.shutdown(wait=False)  # cancels what still runs
            await asyncio.sleep(0)  # the shutdown itself happens in the loop's next turn
            if left:
                await asyncio.wait(left, timeout=1)

    async def _sweep(self) -> None:
        with self._tracked():
            async with self._sweeping:
                self._is_poked = False
                try:
                    await self._deliverer.deliver_due(self._clock())
                    wake = await self._deliverer.next_wake(self._clock())
                except BaseException:  # a cancellation of something it waited for too: only `stop` ends all sweeps
                    self._arm_after_sweep(self._clock() + self._heartbeat)
                    raise  # to the listener, which logs it
                self._arm_after_sweep(wake)
            self._put_reload_right()

    def _arm_after_sweep(self, wake: datetime | None) -> None:
        now = self._clock()
        latest = now + self._heartbeat
        at = now if self._is_poked else min(wake or latest, latest)
        self._arm(max(at, now + self._smallest_gap))

    def _arm(self, at: datetime) -> None:
        if not self._is_stopping:
            self._scheduler.add_job(
                self._sweep, "date", run_date=at, id=SWEEP, replace_existing=True, max_instances=SWEEPS_AT_ONCE
            )
            self._watch(at)

    def _watch(self, at: datetime) -> None:
        """The scheduler waits for a time on the wall clock: set back an hour, it would sleep for an hour more."""
        if self._backstop is not None:
            self._backstop.cancel()
        wait = max(at - self._clock(), timedelta(0)) + self._heartbeat
        self._backstop = asyncio.get_running_loop().call_later(wait.total_seconds(), self._look_up)

    def _look_up(self) -> None:
        """By now a sweep should have begun."""
        if not self._sweeping.locked():
            LOG.warning("a sweep is overdue: was the clock set back? It begins now")
            self.poke()

    def _put_reload_right(self) -> None:
        """No round over the sources is further away than the pause between two of them, whatever the clock said."""
        job = self._scheduler.get_job(RELOAD)
        if job is not None and job.next_run_time and job.next_run_time > self._clock() + self._reload_every + TOLERANCE:
            job.reschedule("interval", seconds=self._reload_every.total_seconds())

    async def _reload(self) -> None:
        with self._tracked():
            await self._reload_sources()

    @contextmanager
    def _tracked(self) -> Iterator[None]:
        task = asyncio.current_task()
        assert task is not None  # a job always runs as a task
        self._running.add(task)
        try:
            with in_background():
                yield
        finally:
            self._running.discard(task)


def _log_event(event: JobEvent) -> None:
    if event.code == EVENT_JOB_MISSED:
        LOG.warning("%s was not run at %s", event.job_id, event.scheduled_run_time)
    elif event.code == EVENT_JOB_MAX_INSTANCES:
        LOG.warning("%s is due again, and the last one has not ended yet", event.job_id)
    elif isinstance(event.exception, AttacheError):
        LOG.error("%s failed: %s; it is tried again", event.job_id, event.exception)
    elif not isinstance(event.exception, asyncio.CancelledError):  # at the end, what lasts too long is called off
        LOG.error("%s failed; it is tried again", event.job_id, exc_info=event.exception)
