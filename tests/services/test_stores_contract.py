"""What the services rely on in the stores of schedules and deliveries, for the real ones and the fakes alike."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.briefings.model import Scope
from bot.schedules.model import DeliveryState, NewSchedule, Occurrence, Schedule
from tests.services.conftest import Stores

NOW = datetime(2025, 8, 20, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def new(channel: int = 100, guild: int = 1) -> NewSchedule:
    return NewSchedule(guild, channel, time(8, 30), "Europe/Kyiv", (0, 2, 4), Scope(("sanctions",), ("trump",)), 300, 7)


def occurrence(schedule: Schedule, day: int = 20) -> Occurrence:
    return Occurrence(schedule.id, date(2025, 8, day), "08:30", datetime(2025, 8, day, 5, 30, tzinfo=UTC))


async def test_a_schedule_comes_back_as_it_was(stores: Stores) -> None:
    added = await stores.schedules.add(new(), NOW)
    assert await stores.schedules.get(added.id) == added
    assert (added.local_time, added.zone, added.days) == (time(8, 30), "Europe/Kyiv", (0, 2, 4))
    assert (added.scope, added.words, added.created_at, added.paused) == (new().scope, 300, NOW, False)


async def test_schedules_by_guild_and_activity(stores: Stores) -> None:
    first = await stores.schedules.add(new(), NOW)
    second = await stores.schedules.add(new(channel=101), NOW)
    other = await stores.schedules.add(new(guild=2), NOW)
    assert await stores.schedules.of_guild(1) == (first, second)
    assert await stores.schedules.set_paused(first.id, True)
    assert [one.id for one in await stores.schedules.active()] == [second.id, other.id]
    assert await stores.schedules.remove(second.id)
    assert not await stores.schedules.remove(second.id)
    assert not await stores.schedules.set_paused(second.id, True)
    assert await stores.schedules.get(second.id) is None


async def test_of_many_claims_one_wins(stores: Stores) -> None:
    one = occurrence(await stores.schedules.add(new(), NOW))
    won = await asyncio.gather(*(stores.deliveries.claim(one, f"w{n}", NOW, late=False) for n in range(8)))
    assert sum(won) == 1
    (row,) = await stores.deliveries.since([one.schedule_id], NOW - timedelta(days=1))
    assert (row.state, row.attempts, row.finished_at, row.worker) == (
        DeliveryState.CLAIMED,
        1,
        None,
        f"w{won.index(True)}",
    )


async def test_no_claim_for_a_schedule_that_is_gone(stores: Stores) -> None:
    one = occurrence(await stores.schedules.add(new(), NOW))
    await stores.schedules.remove(one.schedule_id)
    assert not await stores.deliveries.claim(one, "w", NOW, late=False)


@pytest.mark.parametrize(
    ("state", "age", "can"),
    [
        (None, 4, False),
        (None, 6, True),
        (DeliveryState.FAILED, 0, True),
        (DeliveryState.SENT, 60, False),
        (DeliveryState.MISSED, 60, False),
        (DeliveryState.NOTHING_NEW, 60, False),
        (DeliveryState.REJECTED, 60, False),
    ],
)
async def test_what_may_be_taken_over(stores: Stores, state: DeliveryState | None, age: int, can: bool) -> None:
    one = occurrence(await stores.schedules.add(new(), NOW))
    await stores.deliveries.claim(one, "first", NOW, late=False)
    if state is not None:
        await stores.deliveries.finish(one, state, NOW)
    now = NOW + age * MINUTE
    taken = await asyncio.gather(*(stores.deliveries.retake(one, "next", now, now - 5 * MINUTE) for _ in range(4)))
    assert sum(taken) == int(can)
    row = (await stores.deliveries.last([one.schedule_id]))[one.schedule_id]
    assert (row.worker, row.attempts) == (("next", 2) if can else ("first", 1))


async def test_nothing_to_take_over_without_a_claim(stores: Stores) -> None:
    one = occurrence(await stores.schedules.add(new(), NOW))
    assert not await stores.deliveries.retake(one, "w", NOW, NOW)


async def test_sent_stays_sent(stores: Stores) -> None:
    one = occurrence(await stores.schedules.add(new(), NOW))
    await stores.deliveries.claim(one, "w", NOW, late=True)
    await stores.deliveries.finish(one, DeliveryState.SENT, NOW + MINUTE, message_id=2**60, detail="fine")
    await stores.deliveries.finish(one, DeliveryState.FAILED, NOW + 2 * MINUTE, detail="a slower worker")
    row = (await stores.deliveries.last([one.schedule_id]))[one.schedule_id]
    assert (row.state, row.message_id, row.finished_at, row.late, row.detail) == (
        DeliveryState.SENT,
        2**60,
        NOW + MINUTE,
        True,
        "fine",
    )


async def test_since_and_last(stores: Stores) -> None:
    first = await stores.schedules.add(new(), NOW)
    second = await stores.schedules.add(new(channel=101), NOW)
    for schedule, day in ((first, 20), (first, 18), (second, 19)):
        assert await stores.deliveries.claim(occurrence(schedule, day), "w", NOW, late=False)
    both = (first.id, second.id)
    found = await stores.deliveries.since(both, occurrence(first, 19).due_at)
    assert [row.occurrence for row in found] == [occurrence(second, 19), occurrence(first, 20)]
    last = await stores.deliveries.last(both)
    assert {number: row.occurrence.local_date.day for number, row in last.items()} == {first.id: 20, second.id: 19}
    assert await stores.deliveries.since([first.id], NOW + timedelta(days=2)) == ()
    assert await stores.deliveries.last([]) == {}
