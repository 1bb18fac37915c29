"""Who reads the sources, and how the others hear of it."""

import asyncio
from collections.abc import Hashable
from datetime import timedelta
from itertools import count

import pytest

from bot.errors import StorageError
from bot.services.duty import ALIVE_FOR, LoadDuty, News, keep_loading
from bot.services.ports import SourceState
from bot.services.results import LoadReport, SourceReport
from tests.fake_services import FakeMemory
from tests.services.fakes import FakeClock

EVERY = timedelta(minutes=30)
REPORT = LoadReport((SourceReport("Norland Post", new=1),))


class FakeTurn:
    """A turn that another process has, or not."""

    def __init__(self) -> None:
        self.is_taken = False

    async def is_taken_elsewhere(self) -> bool:
        return self.is_taken


class FakeStates:
    """States of one source."""

    def __init__(self) -> None:
        self.state: SourceState | None = None

    async def all(self) -> dict[str, SourceState]:
        return {"s1": self.state} if self.state else {}

    async def record(self, state: SourceState) -> None:
        self.state = state

    async def forget(self, source_id: str) -> None:
        self.state = None


class World:
    """Some processes at one database."""

    def __init__(self) -> None:
        self.memory, self.states, self.turn, self.clock = FakeMemory(), FakeStates(), FakeTurn(), FakeClock()
        self.loads = 0

    def duty(self, *, is_loader: bool = False) -> LoadDuty:
        async def reload() -> LoadReport:
            self.loads += 1
            self.states.state = SourceState("s1", "ok", None, self.clock(), self.clock(), 0, 1)
            return REPORT

        return LoadDuty(
            reload, memory=self.memory, states=self.states, turn=self.turn, clock=self.clock, every=EVERY,
            is_loader=is_loader,
        )  # fmt: skip


async def test_one_bot_alone_reads_at_its_start_and_every_so_often() -> None:
    world = World()
    bot = world.duty()
    for _ in range(3):
        assert await bot.take_round() == REPORT
        world.clock.now += EVERY
    assert world.loads == 3


async def test_a_bot_leaves_it_to_one_that_has_just_read() -> None:
    world = World()
    one, two = world.duty(), world.duty()
    await one.take_round()
    await two.take_round()  # at its start it reads: it can't know for how long nobody did
    world.clock.now += EVERY
    await one.take_round()
    world.clock.now += EVERY / 3
    assert await two.take_round() is None
    assert world.loads == 3


async def test_nobody_reads_while_another_process_does() -> None:
    world = World()
    world.turn.is_taken = True
    assert await world.duty().take_round() is None
    assert await world.duty(is_loader=True).take_round() is None
    assert world.loads == 0


async def test_bots_leave_it_to_a_loader_as_long_as_it_lives() -> None:
    world = World()
    loader, bot = world.duty(is_loader=True), world.duty()
    await loader.beat()
    assert await bot.take_round() is None
    assert await loader.take_round() == REPORT
    world.clock.now += EVERY
    assert await bot.take_round() == REPORT  # no beat for so long: it is dead
    await loader.beat()
    world.clock.now += ALIVE_FOR
    assert await loader.take_round() == REPORT  # whoever reads, it does


@pytest.mark.parametrize("first", [None, "a"])
async def test_what_changed_in_any_process_is_heard_of_once(first: str | None) -> None:
    marks, heard = [first], []

    async def mark() -> Hashable:
        return marks[-1]

    async def refresh() -> None:
        heard.append(True)

    news = News(mark, refresh)
    assert not await news.look()
    assert not await news.look()
    marks.append("b")
    assert await news.look()
    assert not await news.look()
    assert heard == [True]


async def test_a_clock_that_was_ahead_leaves_nobody_waiting_for_its_time() -> None:
    """Whoever said that it lives, or read all sources, at a time to come can't be counted on until then."""
    world = World()
    loader, bot = world.duty(is_loader=True), world.duty()
    await bot.take_round()
    world.clock.now += timedelta(days=1)
    await loader.beat()
    await loader.take_round()
    world.clock.now -= timedelta(days=1)
    await bot.take_round()
    assert world.loads == 3


async def test_a_loader_goes_on_after_a_round_that_failed(caplog: pytest.LogCaptureFixture) -> None:
    world, rounds = World(), asyncio.Queue[int]()

    async def reload() -> LoadReport:
        rounds.put_nowait(1)
        raise OSError("no")

    duty = LoadDuty(
        reload, memory=world.memory, states=world.states, turn=world.turn, clock=world.clock, every=EVERY,
        is_loader=True,
    )  # fmt: skip
    loading = asyncio.create_task(keep_loading(duty, timedelta(milliseconds=5)))
    async with asyncio.timeout(60):
        await rounds.get()
        await rounds.get()
    loading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loading
    assert "the round failed" in caplog.text
    assert "loader.alive" in world.memory.facts


async def test_a_refresh_that_failed_is_tried_again_and_following_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    faults, stop, marks = [StorageError("gone", "away"), ValueError("odd")], asyncio.Event(), count()

    async def mark() -> Hashable:
        return "new" if next(marks) else "old"

    async def refresh() -> None:
        if faults:
            raise faults.pop(0)
        stop.set()

    news = News(mark, refresh)
    await news.look()
    async with asyncio.timeout(60):
        await news.follow(0.001, stop)
    assert faults == []
    assert len([one for one in caplog.records if "could not be refreshed" in one.message]) == 2
    assert not await news.look()
