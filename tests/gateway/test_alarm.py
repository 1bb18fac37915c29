"""The alarm clock, with the real scheduler and real (short) time."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.gateway.alarm import RELOAD, AlarmClock

SOON = timedelta(minutes=1)  # only what hangs takes so long
GAP = timedelta(seconds=0.1)


def now() -> datetime:
    return datetime.now(UTC)


class Sleeper:
    """A deliverer that notes when it is woken. `wakes` are the answers to `next_wake`, then None for ever."""

    def __init__(self, wakes: tuple[timedelta | None, ...] = ()) -> None:
        self.wakes = list(wakes)
        self.woken: list[datetime] = []
        self.is_draining = False
        self.work: Callable[[], Awaitable[None]] | None = None
        self._turned = asyncio.Condition()

    async def deliver_due(self, at: datetime) -> None:
        async with self._turned:
            self.woken.append(at)
            self._turned.notify_all()
        if self.work is not None:
            await self.work()

    async def next_wake(self, at: datetime) -> datetime | None:
        wake = self.wakes.pop(0) if self.wakes else None
        return None if wake is None else at + wake

    def drain(self) -> None:
        self.is_draining = True

    async def until_woken(self, times: int) -> None:
        async with self._turned:
            await asyncio.wait_for(self._turned.wait_for(lambda: len(self.woken) >= times), SOON.total_seconds())


class Reloads:
    """Counts reloads; `error` is raised by each."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.count = 0
        self.came = asyncio.Event()

    async def __call__(self) -> None:
        self.count += 1
        self.came.set()
        if self.error is not None:
            raise self.error


class Room:
    """Alarm clocks that are stopped when the test ends."""

    def __init__(self) -> None:
        self._clocks: list[AlarmClock] = []

    def start(
        self,
        sleeper: Sleeper,
        reloads: Reloads | None = None,
        *,
        every: timedelta = timedelta(hours=1),
        heartbeat: timedelta = timedelta(minutes=10),
        smallest_gap: timedelta = GAP,
        clock: Callable[[], datetime] = now,
    ) -> AlarmClock:
        alarm = AlarmClock(
            deliverer=sleeper,
            reload=reloads or Reloads(),
            reload_every=every,
            clock=clock,
            heartbeat=heartbeat,
            smallest_gap=smallest_gap,
        )
        alarm.start()
        self._clocks.append(alarm)
        return alarm

    async def close(self) -> None:
        for clock in self._clocks:
            await clock.stop(timedelta(0))


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    room = Room()
    yield room
    await room.close()


async def test_the_first_sweep_is_at_once(room: Room) -> None:
    sleeper = Sleeper()
    room.start(sleeper)
    await sleeper.until_woken(1)


async def test_it_wakes_at_the_instant_named(room: Room) -> None:
    sleeper = Sleeper((timedelta(seconds=0.3),))
    room.start(sleeper)
    await sleeper.until_woken(2)
    first, second = sleeper.woken
    assert second - first >= timedelta(seconds=0.3)


async def test_a_deliverer_that_always_says_now_is_no_busy_loop(room: Room) -> None:
    sleeper = Sleeper((timedelta(seconds=-9), timedelta(0)))
    room.start(sleeper)
    await sleeper.until_woken(2)
    assert sleeper.woken[1] - sleeper.woken[0] >= GAP


async def test_a_sweep_that_is_due_before_the_last_is_counted_as_ended_is_not_lost(room: Room) -> None:
    sleeper = Sleeper((timedelta(0), timedelta(0), timedelta(0)))
    room.start(sleeper, smallest_gap=timedelta(0))
    await sleeper.until_woken(4)


async def test_a_poke_wakes_a_long_sleeper(room: Room) -> None:
    sleeper = Sleeper()
    clock = room.start(sleeper)
    await sleeper.until_woken(1)
    clock.poke()
    await sleeper.until_woken(2)


async def test_a_poke_during_a_sweep_is_not_lost(room: Room) -> None:
    sleeper = Sleeper()
    clock = room.start(sleeper)

    async def work() -> None:
        sleeper.work = None
        clock.poke()

    sleeper.work = work
    await sleeper.until_woken(2)


async def test_without_anything_to_wake_for_the_heart_beats(room: Room) -> None:
    sleeper = Sleeper((timedelta(days=1),))
    room.start(sleeper, heartbeat=timedelta(seconds=0.2))
    await sleeper.until_woken(3)


async def test_an_error_is_logged_and_the_next_sweep_comes(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    sleeper = Sleeper()

    async def fail() -> None:
        sleeper.work = None
        raise RuntimeError("the database went away")

    sleeper.work = fail
    with caplog.at_level(logging.WARNING):
        room.start(sleeper, heartbeat=timedelta(seconds=0.2))
        await sleeper.until_woken(2)
    errors = [entry for entry in caplog.records if entry.levelno >= logging.ERROR]
    assert [(entry.name, entry.message) for entry in errors] == [
        ("bot.gateway.alarm", "sweep failed; it is tried again")
    ]
    assert "the database went away" in caplog.text


async def test_sources_are_reloaded_every_so_often_whatever_happens(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    reloads = Reloads(OSError("no network"))
    room.start(Sleeper(), reloads, every=timedelta(seconds=0.05))
    for _ in range(3):
        await asyncio.wait_for(reloads.came.wait(), SOON.total_seconds())
        reloads.came.clear()
    assert reloads.count >= 3
    assert "reload failed" in caplog.text


async def test_stop_lets_the_running_sweep_end_and_starts_no_other(room: Room) -> None:
    sleeper = Sleeper((timedelta(0),))
    ended = asyncio.Event()

    async def work() -> None:
        await asyncio.sleep(0.05)
        ended.set()

    sleeper.work = work
    clock = room.start(sleeper)
    await sleeper.until_woken(1)
    await clock.stop(SOON)
    assert sleeper.is_draining
    assert ended.is_set()
    clock.poke()
    await asyncio.sleep(0.1)
    assert len(sleeper.woken) == 1


async def test_stop_cancels_what_outlasts_its_patience(room: Room) -> None:
    sleeper = Sleeper()
    cancelled = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    sleeper.work = work
    clock = room.start(sleeper)
    await sleeper.until_woken(1)
    await clock.stop(timedelta(seconds=0.05))
    assert cancelled.is_set()
    await clock.stop()


async def test_stop_before_start_is_harmless() -> None:
    sleeper = Sleeper()
    clock = AlarmClock(deliverer=sleeper, reload=Reloads(), reload_every=timedelta(hours=1), clock=now)
    await clock.stop()
    assert sleeper.is_draining
    clock.start()
    await asyncio.sleep(0.1)
    assert sleeper.woken == []


async def test_a_sweep_that_is_called_off_from_inside_is_not_the_last(room: Room) -> None:
    sleeper = Sleeper()

    async def work() -> None:
        sleeper.work = None
        raise asyncio.CancelledError

    sleeper.work = work
    room.start(sleeper, heartbeat=timedelta(seconds=0.2))
    await sleeper.until_woken(2)


class Ahead:
    """A clock that is an hour ahead until somebody sets it."""

    def __init__(self) -> None:
        self.by = timedelta(hours=1)

    def __call__(self) -> datetime:
        return now() + self.by


async def test_a_clock_that_is_set_back_holds_no_sweep_up(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    clock, sleeper = Ahead(), Sleeper()
    room.start(sleeper, heartbeat=timedelta(seconds=0.2), clock=clock)  # the first sweep is armed an hour from now
    clock.by = timedelta(0)
    await sleeper.until_woken(3)
    assert "was the clock set back?" in caplog.text


async def test_a_round_armed_by_a_clock_that_was_ahead_comes_in_its_time(room: Room) -> None:
    sleeper, reloads = Sleeper(), Reloads()
    alarm = room.start(sleeper, reloads, every=timedelta(seconds=2), heartbeat=timedelta(seconds=0.2))
    job = alarm._scheduler.get_job(RELOAD)
    job.modify(next_run_time=now() + timedelta(hours=1))  # as a clock would that was ahead
    await asyncio.wait_for(reloads.came.wait(), SOON.total_seconds())
