"""What the services rely on in the stores of schedules and deliveries, for the real ones and the fakes alike."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.briefings.model import Scope
from bot.schedules.model import (
    DeliveryState,
    NewSchedule,
    Occurrence,
    Posting,
    Schedule,
    Telling,
    Threads,
    Trouble,
    TroubleKind,
    WhenNothingNew,
)
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
    assert await stores.schedules.number_active() == 2
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
        (DeliveryState.UNSURE, 0, True),
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
    taken = await asyncio.gather(
        *(stores.deliveries.retake(one, "next", now, now - 5 * MINUTE, attempt=2) for _ in range(4))
    )
    assert sum(taken) == int(can)
    row = (await stores.deliveries.last([one.schedule_id]))[one.schedule_id]
    assert (row.worker, row.attempts) == (("next", 2) if can else ("first", 1))


async def test_since_when_a_message_may_stand_is_kept_over_attempts(stores: Stores) -> None:
    one = occurrence(await stores.schedules.add(new(), NOW))

    async def unsure_since() -> datetime | None:
        return (await stores.deliveries.last([one.schedule_id]))[one.schedule_id].unsure_since

    await stores.deliveries.claim(one, "w", NOW, late=False)
    assert await unsure_since() == NOW
    await stores.deliveries.retake(one, "w", NOW + 6 * MINUTE, NOW + MINUTE, attempt=2)
    assert await unsure_since() == NOW
    await stores.deliveries.finish(one, DeliveryState.FAILED, NOW + 7 * MINUTE)
    assert await unsure_since() is None
    await stores.deliveries.retake(one, "w", NOW + 8 * MINUTE, NOW, attempt=3)
    await stores.deliveries.finish(one, DeliveryState.UNSURE, NOW + 9 * MINUTE, unsure_since=NOW + 8 * MINUTE)
    assert await unsure_since() == NOW + 8 * MINUTE


async def test_what_has_been_tried_since_the_look_is_left_alone(stores: Stores) -> None:
    one = occurrence(await stores.schedules.add(new(), NOW))
    await stores.deliveries.claim(one, "w", NOW, late=False)
    await stores.deliveries.finish(one, DeliveryState.FAILED, NOW)
    assert await stores.deliveries.retake(one, "quick", NOW, NOW, attempt=2)
    await stores.deliveries.finish(one, DeliveryState.FAILED, NOW, unsure_since=NOW, attempt=2)
    assert not await stores.deliveries.retake(one, "slow", NOW, NOW, attempt=2)


async def test_who_was_overtaken_is_heard_only_of_what_was_sent(stores: Stores) -> None:
    one = occurrence(await stores.schedules.add(new(), NOW))
    await stores.deliveries.claim(one, "slow", NOW, late=False)
    await stores.deliveries.retake(one, "heir", NOW + 6 * MINUTE, NOW + MINUTE, attempt=2)
    await stores.deliveries.finish(one, DeliveryState.FAILED, NOW + 7 * MINUTE, attempt=1)
    assert (await stores.deliveries.last([one.schedule_id]))[one.schedule_id].state is DeliveryState.CLAIMED
    await stores.deliveries.finish(one, DeliveryState.SENT, NOW + 8 * MINUTE, message_id=5, attempt=1)
    assert (await stores.deliveries.last([one.schedule_id]))[one.schedule_id].state is DeliveryState.SENT


async def test_nothing_to_take_over_without_a_claim(stores: Stores) -> None:
    one = occurrence(await stores.schedules.add(new(), NOW))
    assert not await stores.deliveries.retake(one, "w", NOW, NOW, attempt=1)


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


POSTING = Posting(Threads.AUTO, True, True, 2**62, WhenNothingNew.NOTE, "de")


async def test_how_it_posts_comes_back_as_it_was(stores: Stores) -> None:
    plain = await stores.schedules.add(new(), NOW)
    assert plain.posting == Posting()
    added = await stores.schedules.add(replace(new(), posting=POSTING), NOW)
    assert added.posting == POSTING
    assert await stores.schedules.get(added.id) == added


async def test_a_change_touches_what_can_be_edited_alone(stores: Stores) -> None:
    added = await stores.schedules.add(new(), NOW)
    await stores.schedules.set_paused(added.id, True)
    later = NOW + MINUTE
    changed = replace(added, channel_id=7, local_time=time(9), zone="UTC", days=(1,), scope=Scope(), words=None)
    changed = replace(changed, posting=POSTING, ruled_at=later)
    assert await stores.schedules.change(changed)
    assert await stores.schedules.get(added.id) == replace(changed, paused=True)
    assert (added.begins_at, changed.begins_at) == (NOW, later)
    assert not await stores.schedules.change(replace(added, id=999))


async def test_one_besides_the_regular_ones_is_taken_at_once(stores: Stores) -> None:
    schedule = await stores.schedules.add(new(), NOW)
    one = replace(occurrence(schedule), slot="+09:00", due_at=NOW)
    assert await stores.deliveries.ask(one, "by hand", NOW)
    assert not await stores.deliveries.ask(one, "twice", NOW)
    assert not await stores.deliveries.ask(replace(one, schedule_id=999), "w", NOW)
    taken = await asyncio.gather(
        *(stores.deliveries.retake(one, "w", NOW, NOW - 5 * MINUTE, attempt=1) for _ in range(4))
    )
    assert sum(taken) == 1
    (row,) = await stores.deliveries.newest([schedule.id], 5)
    assert (row.state, row.attempts, row.worker, row.occurrence) == (DeliveryState.CLAIMED, 1, "w", one)


async def test_what_was_told_is_recorded_with_the_end_and_pruned(stores: Stores) -> None:
    first = await stores.schedules.add(new(), NOW)
    tellings = [Telling(100, first.id, f"B-{day}", NOW + day * timedelta(days=1)) for day in range(3)]
    for day, telling in enumerate(tellings):
        one = occurrence(first, 20 + day)
        await stores.deliveries.claim(one, "w", NOW, late=False)
        await stores.deliveries.finish(
            one, DeliveryState.SENT, NOW, message_id=5 + day, posted_in=2**62, telling=telling
        )
        slower = Telling(100, first.id, "B-slower", NOW)
        await stores.deliveries.finish(one, DeliveryState.SENT, NOW, message_id=99, telling=slower)
    assert await stores.tellings.of_channel(100, NOW) == tuple(tellings)
    assert await stores.tellings.of_channel(100, NOW + MINUTE) == tuple(tellings[1:])
    assert await stores.tellings.of_channel(101, NOW) == ()
    newest = await stores.deliveries.newest([first.id], 2)
    assert [(row.message_id, row.posted_in, row.edition_id) for row in newest] == [(7, 2**62, "B-2"), (6, 2**62, "B-1")]
    await stores.schedules.remove(first.id)
    assert await stores.tellings.prune(NOW + MINUTE) == 1
    assert await stores.tellings.of_channel(100, NOW) == tuple(tellings[1:])


async def test_what_was_posted_while_its_schedule_was_removed_was_told_all_the_same(stores: Stores) -> None:
    schedule = await stores.schedules.add(new(), NOW)
    one = occurrence(schedule)
    await stores.deliveries.claim(one, "w", NOW, late=False)
    await stores.schedules.remove(schedule.id)
    telling = Telling(100, schedule.id, "B-1", NOW)
    await stores.deliveries.finish(one, DeliveryState.SENT, NOW, message_id=5, posted_in=100, telling=telling)
    assert await stores.tellings.of_channel(100, NOW) == (telling,)


async def test_a_trouble_is_told_once_and_given_back_when_it_is_over(stores: Stores) -> None:
    schedule = await stores.schedules.add(new(), NOW)
    trouble = Trouble(schedule.id, TroubleKind.FORBIDDEN, "no rights", NOW)
    await stores.troubles.note(trouble)
    await stores.troubles.note(replace(trouble, since=NOW + MINUTE))
    assert await stores.troubles.untold() == (trouble,)
    assert await stores.troubles.mark_told(schedule.id, NOW)
    assert not await stores.troubles.mark_told(schedule.id, NOW)
    assert await stores.troubles.untold() == ()
    await stores.troubles.note(replace(trouble, since=NOW + MINUTE))
    assert await stores.troubles.untold() == ()
    assert await stores.troubles.mark_told(schedule.id, None)
    assert await stores.troubles.untold() == (trouble,)
    gone = replace(trouble, kind=TroubleKind.GONE, since=NOW + MINUTE)
    await stores.troubles.note(gone)
    assert await stores.troubles.untold() == (gone,)
    assert await stores.troubles.clear(schedule.id) == gone
    assert await stores.troubles.clear(schedule.id) is None
    assert not await stores.troubles.mark_told(schedule.id, NOW)
