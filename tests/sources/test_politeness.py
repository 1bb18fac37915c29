"""Manners towards one host, on a clock that only waiting moves."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.sources.politeness import Politeness

NOW = datetime(2025, 8, 20, 12, tzinfo=UTC)


class Clock:
    """Seconds that pass when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def politeness(clock: Clock) -> Politeness:
    return Politeness(per_host=2, delay=1.5, clock=clock, sleep=clock.sleep)


async def test_there_is_a_pause_between_two_requests_to_one_host(politeness: Politeness, clock: Clock) -> None:
    for _ in range(3):
        async with politeness.turn("a"):
            pass
    assert clock.slept == [1.5, 1.5]


async def test_other_hosts_do_not_wait(politeness: Politeness, clock: Clock) -> None:
    for host in "abc":
        async with politeness.turn(host):
            pass
    assert clock.slept == []


async def test_who_comes_later_than_the_pause_does_not_wait(politeness: Politeness, clock: Clock) -> None:
    async with politeness.turn("a"):
        pass
    clock.seconds += 1.0
    async with politeness.turn("a"):
        pass
    clock.seconds += 9.0
    async with politeness.turn("a"):
        pass
    assert clock.slept == [0.5]


async def test_so_many_at_once_and_no_more(politeness: Politeness) -> None:
    inside = 0
    most = 0

    async def visit() -> None:
        nonlocal inside, most
        async with politeness.turn("a"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(visit() for _ in range(7)))
    assert most == 2


async def test_a_turn_that_fails_is_given_back(politeness: Politeness) -> None:
    for _ in range(5):
        with pytest.raises(OSError, match="gone"):
            async with politeness.turn("a"):
                raise OSError("gone")
    async with asyncio.timeout(60), politeness.turn("a"):
        pass


async def test_a_host_may_ask_for_longer_pauses_and_not_for_shorter_ones(politeness: Politeness, clock: Clock) -> None:
    politeness.slow_down("a", 4.0)
    politeness.slow_down("a", 0.1)
    for _ in range(2):
        async with politeness.turn("a"):
            pass
    assert clock.slept == [4.0]


def test_a_host_is_left_alone_until_the_instant_it_named(politeness: Politeness) -> None:
    politeness.hold("a", NOW + timedelta(minutes=5))
    assert politeness.held_until("a", NOW) == NOW + timedelta(minutes=5)
    assert politeness.held_until("a", NOW + timedelta(minutes=5)) is None
    assert politeness.held_until("b", NOW) is None


async def test_hosts_without_number_are_not_all_remembered(politeness: Politeness, clock: Clock) -> None:
    politeness.hold("held", NOW)
    for number in range(2500):
        async with politeness.turn(f"host-{number}"):
            pass
    assert len(politeness._hosts) <= 1001
    assert politeness.held_until("held", NOW - timedelta(1)) is not None
