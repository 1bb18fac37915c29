"""The ledger on both engines: of many that try, one gets it."""

import asyncio
from datetime import timedelta

import pytest

from bot.schedules.model import Delivery, DeliveryState
from bot.storage.database import Database
from tests.storage.samples import DAY, NOON, occurrence
from tests.storage.test_schedules import new_schedule

LEASE = timedelta(minutes=5)
LATER = NOON + 2 * LEASE


@pytest.fixture
async def schedule_id(database: Database) -> int:
    return (await database.schedules.add(new_schedule(), NOON)).id


async def only(database: Database, schedule_id: int) -> Delivery:
    (delivery,) = await database.deliveries.since([schedule_id], NOON - DAY)
    return delivery


async def test_a_claim_is_recorded_with_who_and_when(database: Database, schedule_id: int) -> None:
    planned = occurrence(schedule_id)
    assert await database.deliveries.claim(planned, "worker-1", NOON, late=True)
    assert await only(database, schedule_id) == Delivery(
        planned, DeliveryState.CLAIMED, "worker-1", NOON, None, 1, True, None, None, unsure_since=NOON
    )


async def test_what_is_claimed_can_not_be_claimed_again(database: Database, other: Database, schedule_id: int) -> None:
    planned = occurrence(schedule_id)
    assert await database.deliveries.claim(planned, "first", NOON, late=False)
    assert not await database.deliveries.claim(planned, "first", NOON, late=False)
    assert not await other.deliveries.claim(planned, "second", NOON, late=False)
    assert (await only(other, schedule_id)).worker == "first"


async def test_another_day_or_slot_is_another_occurrence(database: Database, schedule_id: int) -> None:
    planned = [occurrence(schedule_id), occurrence(schedule_id, day=1), occurrence(schedule_id, slot="19:00")]
    assert all([await database.deliveries.claim(one, "w", NOON, late=False) for one in planned])


async def test_an_occurrence_of_a_removed_schedule_can_not_be_claimed(database: Database) -> None:
    assert not await database.deliveries.claim(occurrence(4711), "w", NOON, late=False)


async def test_of_racing_claims_exactly_one_wins(database: Database, other: Database, schedule_id: int) -> None:
    for day in range(20):
        planned = occurrence(schedule_id, day)
        stores = (database, other, database, other)
        won = await asyncio.gather(
            *(one.deliveries.claim(planned, f"w{number}", NOON, late=False) for number, one in enumerate(stores))
        )
        assert sum(won) == 1
        (recorded,) = await database.deliveries.since([schedule_id], planned.due_at)
        assert recorded.worker == f"w{won.index(True)}"


async def test_of_racing_takeovers_exactly_one_wins(database: Database, other: Database, schedule_id: int) -> None:
    for day in range(10):
        planned = occurrence(schedule_id, day)
        await database.deliveries.claim(planned, "dead", NOON, late=False)
        stores = (database, other, database, other)
        won = await asyncio.gather(
            *(
                one.deliveries.retake(planned, f"w{number}", LATER, LATER - LEASE, attempt=2)
                for number, one in enumerate(stores)
            )
        )
        assert sum(won) == 1
        (recorded,) = await database.deliveries.since([schedule_id], planned.due_at)
        assert (recorded.worker, recorded.attempts) == (f"w{won.index(True)}", 2)


@pytest.mark.parametrize(
    ("state", "taken"),
    [
        (DeliveryState.FAILED, True),
        (DeliveryState.UNSURE, True),
        (DeliveryState.SENT, False),
        (DeliveryState.NOTHING_NEW, False),
        (DeliveryState.MISSED, False),
        (DeliveryState.REJECTED, False),
    ],
)
async def test_only_failed_ones_are_tried_again(
    database: Database, schedule_id: int, state: DeliveryState, taken: bool
) -> None:
    planned = occurrence(schedule_id)
    await database.deliveries.claim(planned, "first", NOON, late=False)
    await database.deliveries.finish(planned, state, NOON, detail="why")
    assert await database.deliveries.retake(planned, "second", LATER, NOON - LEASE, attempt=2) is taken
    found = await only(database, schedule_id)
    assert (found.worker, found.attempts) == (("second", 2) if taken else ("first", 1))
    assert found.finished_at == (None if taken else NOON)


@pytest.mark.parametrize(("stale_before", "taken"), [(NOON, False), (NOON + timedelta(microseconds=1), True)])
async def test_a_claim_is_left_alone_until_it_is_stale(
    database: Database, schedule_id: int, stale_before: object, taken: bool
) -> None:
    planned = occurrence(schedule_id)
    await database.deliveries.claim(planned, "first", NOON, late=False)
    assert await database.deliveries.retake(planned, "second", LATER, stale_before, attempt=2) is taken  # type: ignore[arg-type]


async def test_what_nobody_claimed_can_not_be_retaken(database: Database, schedule_id: int) -> None:
    assert not await database.deliveries.retake(occurrence(schedule_id), "w", LATER, LATER, attempt=1)


async def test_the_end_is_recorded(database: Database, schedule_id: int) -> None:
    planned = occurrence(schedule_id)
    await database.deliveries.claim(planned, "w", NOON, late=False)
    await database.deliveries.finish(planned, DeliveryState.SENT, LATER, message_id=2**62, detail="fine")
    found = await only(database, schedule_id)
    assert (found.state, found.finished_at, found.message_id, found.detail) == (
        DeliveryState.SENT,
        LATER,
        2**62,
        "fine",
    )


async def test_what_was_sent_stays_sent(database: Database, schedule_id: int) -> None:
    planned = occurrence(schedule_id)
    await database.deliveries.claim(planned, "w", NOON, late=False)
    await database.deliveries.finish(planned, DeliveryState.SENT, NOON, message_id=7)
    await database.deliveries.finish(planned, DeliveryState.FAILED, LATER, detail="a slower worker")
    found = await only(database, schedule_id)
    assert (found.state, found.message_id, found.finished_at) == (DeliveryState.SENT, 7, NOON)


async def test_since_and_last(database: Database) -> None:
    one, two, three = [(await database.schedules.add(new_schedule(), NOON)).id for _ in range(3)]
    planned = [occurrence(two, 1), occurrence(one, 2), occurrence(one, 0), occurrence(two, 0), occurrence(three, 5)]
    for each in planned:
        await database.deliveries.claim(each, "w", NOON, late=False)
    found = await database.deliveries.since([one, two], NOON + DAY)
    assert [delivery.occurrence for delivery in found] == [planned[0], planned[1]]
    last = await database.deliveries.last([one, two, 999])
    assert {key: delivery.occurrence for key, delivery in last.items()} == {one: planned[1], two: planned[0]}
    assert await database.deliveries.since([], NOON) == ()
    assert await database.deliveries.last([]) == {}
