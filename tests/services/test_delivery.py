"""Once and only once: crashes, rivals, refusals, quiet days, and one bad channel among good ones."""

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial

import pytest

from bot.briefings.model import Briefing, Scope
from bot.errors import (
    AttacheError,
    ChannelGoneError,
    DeliveryFailedError,
    DeliveryRejectedError,
    NotFoundError,
    PostingForbiddenError,
    StorageError,
)
from bot.schedules.due import nonce_of
from bot.schedules.model import Delivery, DeliveryState, NewSchedule, Schedule, TroubleKind
from bot.services.delivery import DeliveryLimits, DeliveryService
from bot.services.settled import Settled
from bot.services.troubles import TroubleDesk
from tests.services.conftest import Stores, stores_in_memory
from tests.services.fakes import (
    START,
    FakeBrief,
    FakeClock,
    FakeGuilds,
    FakeHerald,
    FakePublisher,
    MemoryDeliveries,
    briefing,
)

GRACE = timedelta(hours=2)
DUE_AT = START + timedelta(minutes=30)  # 06:30 UTC, every day


class Post:
    """Delivery with its surroundings: one clock, one channel wall, any number of workers on the same stores."""

    def __init__(self, stores: Stores) -> None:
        self.stores = stores
        self.clock = FakeClock()
        self.publisher = FakePublisher()
        self.brief = FakeBrief()
        self.limits = DeliveryLimits(grace=GRACE, at_once=4)
        self.herald = FakeHerald()
        self.guilds = FakeGuilds()

    def worker(self, name: str = "w1") -> DeliveryService:
        return DeliveryService(
            schedules=self.stores.schedules,
            deliveries=self.stores.deliveries,
            publisher=self.publisher,
            brief=self.brief,
            clock=self.clock,
            worker=name,
            limits=self.limits,
            newsroom=self.stores.newsroom(self.clock),
            troubles=TroubleDesk(
                troubles=self.stores.troubles,
                schedules=self.stores.schedules,
                deliveries=self.stores.deliveries,
                guilds=self.guilds,
                herald=self.herald,
            ),
        )

    async def schedule(self, channel: int = 100, scope: Scope | None = None) -> Schedule:
        new = NewSchedule(1, channel, time(6, 30), "UTC", tuple(range(7)), scope or Scope(), None, 7)
        return await self.stores.schedules.add(new, START)

    async def sweep_at(self, at: datetime, worker: DeliveryService | None = None) -> tuple[Settled, ...]:
        self.clock.now = at
        return await (worker or self.worker()).deliver_due(at)

    def refuse(self, error: Exception) -> None:
        async def answer(_channel: int) -> None:
            raise error

        self.publisher.answer = answer

    async def records(self) -> Sequence[Delivery]:
        ids = [one.id for one in await self.stores.schedules.of_guild(1)]
        return await self.stores.deliveries.since(ids, START - timedelta(days=30))

    async def states(self) -> list[DeliveryState]:
        return [row.state for row in await self.records()]


@pytest.fixture
def post(stores: Stores) -> Post:
    return Post(stores)


async def test_posted_at_its_minute_and_recorded(post: Post) -> None:
    schedule = await post.schedule()
    worker = post.worker()
    assert await worker.next_wake(START) == DUE_AT
    assert await post.sweep_at(DUE_AT - timedelta(seconds=1), worker) == ()
    (settled,) = await post.sweep_at(DUE_AT, worker)
    ((channel, nonce, late, shown),) = post.publisher.posts
    assert (channel, nonce, late) == (100, nonce_of(schedule, settled.occurrence), False)
    assert isinstance(post.brief.answer, Briefing)
    assert shown == replace(post.brief.answer, told_in=100)
    (row,) = await post.records()
    assert (row.state, row.message_id, row.attempts, row.worker) == (DeliveryState.SENT, 1001, 1, "w1")
    assert await worker.next_wake(DUE_AT) == DUE_AT + timedelta(days=1)


async def test_a_clock_that_was_ahead_hides_nothing_once_it_is_right(post: Post) -> None:
    """It swept a day ahead; what is added after it was set right is posted in its time."""
    worker = post.worker()
    await post.sweep_at(DUE_AT + timedelta(days=1), worker)
    await post.schedule()
    await post.sweep_at(DUE_AT, worker)
    assert await post.states() == [DeliveryState.SENT]


async def test_nothing_to_wake_for_without_schedules(post: Post) -> None:
    assert await post.worker().next_wake(START) is None
    assert await post.worker().deliver_due(START) == ()


async def test_what_a_console_keeps_for_itself_is_left_alone(post: Post) -> None:
    await post.schedule(channel=0)
    assert await post.worker().next_wake(START) is None
    assert await post.sweep_at(DUE_AT) == ()
    assert await post.records() == ()


async def test_sweeping_again_posts_nothing_again(post: Post) -> None:
    await post.schedule()
    worker = post.worker()
    for minutes in (0, 1, 60, 24 * 60 - 1):
        await post.sweep_at(DUE_AT + timedelta(minutes=minutes), worker)
        await post.sweep_at(DUE_AT + timedelta(minutes=minutes), post.worker("after a restart"))
    assert post.publisher.channels == [100]


async def test_rivals_post_each_occurrence_once(post: Post) -> None:
    for channel in range(1, 21):
        await post.schedule(channel)
    post.clock.now = DUE_AT
    await asyncio.gather(*(post.worker(f"w{n}").deliver_due(DUE_AT) for n in range(5)))
    assert sorted(post.publisher.channels) == list(range(1, 21))
    assert await post.states() == [DeliveryState.SENT] * 20


async def test_late_within_the_grace_time_is_marked(post: Post) -> None:
    await post.schedule()
    await post.sweep_at(DUE_AT + timedelta(minutes=90))
    assert [late for _, _, late, _ in post.publisher.posts] == [True]
    assert [row.late for row in await post.records()] == [True]


async def test_later_than_the_grace_time_is_recorded_once(post: Post) -> None:
    await post.schedule()
    at = DUE_AT + timedelta(days=2, hours=3)
    assert len(await post.sweep_at(at)) == 3
    assert await post.sweep_at(at) == ()
    assert post.publisher.posts == []
    assert await post.states() == [DeliveryState.MISSED] * 3
    assert post.brief.asked == []


@pytest.mark.parametrize(
    "error",
    [DeliveryFailedError(100, "503"), NotFoundError("topic", "gone"), ValueError("a bug"), OSError("no route")],
    ids=lambda error: type(error).__name__,
)
async def test_a_failure_is_tried_again_until_it_works(post: Post, error: Exception) -> None:
    await post.schedule()
    worker = post.worker()
    troubles = [error, error]

    async def answer(_channel: int) -> None:
        if troubles:
            raise troubles.pop()

    post.publisher.answer = answer
    (settled,) = await post.sweep_at(DUE_AT, worker)
    assert settled.state is DeliveryState.FAILED
    assert settled.detail
    again = DUE_AT + timedelta(minutes=1)
    assert await worker.next_wake(DUE_AT) == again
    assert await post.sweep_at(again - timedelta(seconds=1), worker) == ()
    await post.sweep_at(again, worker)
    assert await worker.next_wake(again) == again + timedelta(minutes=2)
    await post.sweep_at(again + timedelta(minutes=2), worker)
    assert post.publisher.channels == [100]
    (row,) = await post.records()
    assert (row.state, row.attempts, row.detail) == (DeliveryState.SENT, 3, None)


async def test_failures_end_with_the_grace_time(post: Post) -> None:
    await post.schedule()
    worker = post.worker()
    tries = 0

    async def answer(channel: int) -> None:
        nonlocal tries
        tries += 1
        raise DeliveryFailedError(channel, "Discord is down")

    post.publisher.answer = answer
    at = DUE_AT
    while at <= DUE_AT + GRACE:
        await post.sweep_at(at, worker)
        wake = await worker.next_wake(at)
        assert wake is not None
        assert wake > at
        at = wake
    assert at == DUE_AT + timedelta(days=1)
    (row,) = await post.records()
    assert (row.state, row.attempts, row.detail) == (DeliveryState.FAILED, tries, "Discord is down")
    assert 10 <= tries <= 14


@pytest.mark.parametrize(
    ("error", "state", "is_paused"),
    [
        (ChannelGoneError(100, "the channel is gone"), DeliveryState.REJECTED, True),
        (PostingForbiddenError(100, "no rights"), DeliveryState.FAILED, False),
        (DeliveryRejectedError(100, "Invalid Form Body"), DeliveryState.REJECTED, False),
    ],
    ids=lambda one: type(one).__name__,
)
async def test_what_is_refused_is_paused_tried_again_or_left_for_today(
    post: Post, error: DeliveryRejectedError, state: DeliveryState, is_paused: bool
) -> None:
    schedule = await post.schedule()
    post.refuse(error)
    (settled,) = await post.sweep_at(DUE_AT)
    assert (settled.state, settled.detail) == (state, error.reason)
    kept = await post.stores.schedules.get(schedule.id)
    assert kept is not None
    assert kept.paused is is_paused
    again = {True: None, False: DUE_AT + timedelta(days=1)}[is_paused]
    assert await post.worker().next_wake(DUE_AT) == (DUE_AT + timedelta(minutes=1) if state == "failed" else again)


async def test_one_bad_channel_never_stops_the_others(post: Post) -> None:
    for channel in range(1, 13):
        await post.schedule(channel)
    troubles: dict[int, Exception] = {
        12: DeliveryRejectedError(12, "gone"),
        5: DeliveryFailedError(5, "500"),
        7: RuntimeError("a bug"),
    }

    async def answer(channel: int) -> None:
        if channel in troubles:
            raise troubles[channel]

    post.publisher.answer = answer
    settled = await post.sweep_at(DUE_AT)
    assert Counter(one.state for one in settled) == {
        DeliveryState.SENT: 9,
        DeliveryState.FAILED: 2,
        DeliveryState.REJECTED: 1,
    }
    assert sorted(post.publisher.channels) == [1, 2, 3, 4, 6, 8, 9, 10, 11]


async def test_a_channel_that_hangs_is_given_up_and_tried_again(post: Post) -> None:
    post.limits = DeliveryLimits(grace=GRACE, attempt=timedelta(seconds=2), at_once=1)
    await post.schedule(1)
    await post.schedule(2)

    async def answer(channel: int) -> None:
        if channel == 1:
            await asyncio.Event().wait()

    post.publisher.answer = answer
    await post.sweep_at(DUE_AT)
    assert post.publisher.channels == [2]
    assert sorted(await post.states()) == [DeliveryState.FAILED, DeliveryState.SENT]


async def test_never_more_at_once_than_allowed(post: Post) -> None:
    for channel in range(1, 13):
        await post.schedule(channel)
    now, most = 0, 0
    is_full = asyncio.Event()

    async def answer(_channel: int) -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        if now == post.limits.at_once:
            is_full.set()
        await asyncio.wait_for(is_full.wait(), 60)
        now -= 1

    post.publisher.answer = answer
    await post.sweep_at(DUE_AT)
    assert most == post.limits.at_once
    assert len(post.publisher.posts) == 12


async def test_a_crashed_workers_claim_is_taken_over_after_its_lease(post: Post) -> None:
    schedule = await post.schedule()
    await _crash(post, schedule, has_sent=False)
    lease_ends = DUE_AT + post.limits.lease
    heir = post.worker("heir")
    assert await post.sweep_at(lease_ends - timedelta(seconds=1), heir) == ()
    assert await heir.next_wake(post.clock.now) == lease_ends
    await post.sweep_at(lease_ends + timedelta(seconds=1), heir)
    assert post.publisher.channels == [100]
    (row,) = await post.records()
    assert (row.state, row.worker, row.attempts) == (DeliveryState.SENT, "heir", 2)


async def test_what_a_crashed_worker_had_sent_is_found_and_not_sent_again(post: Post) -> None:
    schedule = await post.schedule()
    await _crash(post, schedule, has_sent=True)
    (settled,) = await post.sweep_at(DUE_AT + timedelta(minutes=6), post.worker("heir"))
    assert (settled.state, settled.message_id) == (DeliveryState.SENT, 1001)
    assert post.publisher.channels == [100]


async def test_what_a_crashed_worker_had_sent_is_found_after_the_grace_time_too(post: Post) -> None:
    schedule = await post.schedule()
    await _crash(post, schedule, has_sent=True)
    (settled,) = await post.sweep_at(DUE_AT + timedelta(hours=5), post.worker("heir"))
    assert (settled.state, settled.message_id) == (DeliveryState.SENT, 1001)


async def test_an_unsent_claim_that_outlived_the_grace_time_is_missed(post: Post) -> None:
    schedule = await post.schedule()
    await _crash(post, schedule, has_sent=False)
    await post.sweep_at(DUE_AT + timedelta(hours=5), post.worker("heir"))
    assert post.publisher.posts == []
    assert await post.states() == [DeliveryState.MISSED]


@pytest.mark.parametrize(
    ("error", "may_stand"),
    [
        (DeliveryFailedError(100, "Discord answered 429"), False),
        (PostingForbiddenError(100, "no rights"), False),
        (NotFoundError("topic", "gone"), True),  # an error of nobody knows whose: rather look once more
        (DeliveryFailedError(100, "Discord answered 502", may_stand=True), True),
        (PostingForbiddenError(100, "no rights", may_stand=True), True),
    ],
    ids=str,
)
async def test_it_is_looked_for_only_if_it_may_stand(post: Post, error: Exception, may_stand: bool) -> None:
    await post.schedule()
    worker = post.worker()
    post.refuse(error)
    await post.sweep_at(DUE_AT + timedelta(seconds=7), worker)
    post.publisher.answer = None
    await post.sweep_at(DUE_AT + timedelta(minutes=2), worker)
    assert post.publisher.looked == [DUE_AT + timedelta(seconds=7)] * may_stand
    assert post.publisher.channels == [100]
    (row,) = await post.records()
    assert (row.state, row.unsure_since) == (DeliveryState.SENT, None)


async def test_what_may_stand_where_nobody_can_look_is_not_sent_again(post: Post) -> None:
    schedule = await post.schedule()
    await _crash(post, schedule, has_sent=True)
    post.publisher.blind = "I may not read the message history there"
    worker = post.worker("heir")
    for minutes in (6, 10, 20):
        await post.sweep_at(DUE_AT + timedelta(minutes=minutes), worker)
    (row,) = await post.records()
    assert (row.state, row.detail, row.unsure_since) == (DeliveryState.UNSURE, post.publisher.blind, DUE_AT)
    assert post.publisher.channels == [100]
    unsure = ("server", 1, [(schedule.id, TroubleKind.UNSURE)])
    assert post.herald.told == [unsure]
    post.publisher.blind = None
    await post.sweep_at(DUE_AT + timedelta(minutes=40), worker)
    (row,) = await post.records()
    assert (row.state, row.message_id, row.unsure_since) == (DeliveryState.SENT, 1001, None)
    assert post.herald.told == [unsure, ("server", 1, [(schedule.id, None)])]


@pytest.mark.parametrize("has_sent", [True, False])
async def test_what_is_in_doubt_when_the_grace_time_ends_gets_a_last_look(post: Post, has_sent: bool) -> None:
    schedule = await post.schedule()

    async def answer(channel: int) -> None:
        raise DeliveryFailedError(channel, "Discord answered 502", may_stand=True)

    if has_sent:
        post.publisher.after = answer
    else:
        post.publisher.answer = answer
    worker = post.worker()
    await post.sweep_at(DUE_AT + GRACE - timedelta(seconds=1), worker)
    assert post.herald.told == []
    wake = await worker.next_wake(post.clock.now)
    assert wake is not None
    assert wake > DUE_AT + GRACE
    await post.sweep_at(wake, worker)
    assert await worker.next_wake(wake) == DUE_AT + timedelta(days=1)
    assert await post.states() == [DeliveryState.SENT if has_sent else DeliveryState.MISSED]
    lost = ("server", 1, [(schedule.id, TroubleKind.UNREACHABLE)])
    assert post.herald.told == [lost] * (not has_sent)


async def test_a_last_look_that_can_not_be_had_leaves_it_unsure(post: Post) -> None:
    schedule = await post.schedule()
    await _crash(post, schedule, has_sent=False)
    post.publisher.blind = "too much was written there since to look for it"
    worker = post.worker("heir")
    await post.sweep_at(DUE_AT + timedelta(hours=5), worker)
    assert await post.states() == [DeliveryState.UNSURE]
    assert await worker.next_wake(post.clock.now) == DUE_AT + timedelta(days=1)
    assert post.herald.told == [("server", 1, [(schedule.id, TroubleKind.UNSURE)])]


async def _crash(post: Post, schedule: Schedule, *, has_sent: bool) -> None:
    """A worker that dies while publishing: before or after Discord took the message."""
    reached = asyncio.Event()

    async def hang(_channel: int) -> None:
        reached.set()
        await asyncio.Event().wait()

    if has_sent:
        post.publisher.after = hang
    else:
        post.publisher.answer = hang
    task = asyncio.create_task(post.sweep_at(DUE_AT, post.worker("crashed")))
    await asyncio.wait_for(reached.wait(), 60)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    post.publisher.answer = post.publisher.after = None
    assert await post.states() == [DeliveryState.CLAIMED]


async def test_nothing_is_sent_if_nothing_could_be_composed(post: Post) -> None:
    await post.schedule()
    post.brief.answer = briefing(items=0)
    await post.sweep_at(DUE_AT)
    assert post.publisher.posts == []
    assert await post.states() == [DeliveryState.NOTHING_NEW]


async def test_schedules_that_ask_the_same_share_one_composition(post: Post) -> None:
    for channel in range(1, 7):
        await post.schedule(channel, Scope(topics=("sanctions",)) if channel % 2 else Scope())
    await post.sweep_at(DUE_AT)
    assert len(post.publisher.posts) == 6
    assert len(post.brief.asked) == 2


async def test_draining_finishes_what_is_in_hand_and_takes_no_more(post: Post) -> None:
    post.limits = DeliveryLimits(grace=GRACE, at_once=2)
    for channel in range(1, 7):
        await post.schedule(channel)
    worker = post.worker()

    async def answer(_channel: int) -> None:
        worker.drain()
        await asyncio.sleep(0.001)

    post.publisher.answer = answer
    await post.sweep_at(DUE_AT, worker)
    handled = len(post.publisher.posts)
    assert 1 <= handled <= 2
    assert await post.states() == [DeliveryState.SENT] * handled
    post.publisher.answer = None
    await post.sweep_at(DUE_AT, post.worker("next process"))
    assert sorted(post.publisher.channels) == list(range(1, 7))


async def test_a_week_of_sweeps_with_a_short_look_back_misses_nothing(post: Post) -> None:
    """After its first sweep a worker looks back a few hours only; long sleeps must still be seen whole."""
    await post.schedule()
    worker = post.worker()
    for hours in (0, 1, 30, 31, 100):
        await post.sweep_at(DUE_AT + timedelta(hours=hours), worker)
    assert [row.state for row in await post.records()] == [
        DeliveryState.SENT,
        DeliveryState.MISSED,
        DeliveryState.MISSED,
        DeliveryState.MISSED,
        DeliveryState.MISSED,
    ]


@pytest.mark.parametrize("attempt", [timedelta(minutes=5), timedelta(minutes=6)])
def test_an_attempt_may_not_outlive_its_claim(attempt: timedelta) -> None:
    with pytest.raises(ValueError, match="before its claim"):
        DeliveryLimits(grace=GRACE, attempt=attempt)


def _in_memory() -> tuple[Post, MemoryDeliveries]:
    stores = stores_in_memory()
    assert isinstance(stores.deliveries, MemoryDeliveries)
    return Post(stores), stores.deliveries


async def test_a_database_that_stumbles_after_sending_is_asked_again() -> None:
    post, deliveries = _in_memory()
    await post.schedule()
    deliveries.failures = [StorageError("db", "busy")]
    await post.sweep_at(DUE_AT)
    assert await post.states() == [DeliveryState.SENT]
    assert post.publisher.channels == [100]


async def test_a_message_that_could_not_be_recorded_is_not_called_failed() -> None:
    post, deliveries = _in_memory()
    await post.schedule()
    deliveries.failures = [RuntimeError("a bug")]
    assert await post.sweep_at(DUE_AT) == ()
    assert await post.states() == [DeliveryState.CLAIMED]
    await post.sweep_at(DUE_AT + timedelta(minutes=6))
    assert await post.states() == [DeliveryState.SENT]
    assert post.publisher.channels == [100]


@pytest.mark.parametrize("seed", range(6))
async def test_chaos_ends_with_exactly_one_message_an_occurrence(post: Post, seed: int) -> None:
    """Workers die at random moments and one request in ten fails, before or after Discord took the message."""
    chance = random.Random(seed)
    for channel in range(1, 41):
        await post.schedule(channel)

    async def answer(channel: int, *, may_stand: bool = False) -> None:
        await asyncio.sleep(0)
        if chance.random() < 0.1:
            raise DeliveryFailedError(channel, "no network", may_stand=may_stand)

    post.publisher.answer, post.publisher.after = answer, partial(answer, may_stand=True)
    at = DUE_AT
    for life in range(60):
        post.clock.now = at
        worker = post.worker(f"life {life}")
        task = asyncio.create_task(worker.deliver_due(at))
        if life < 20:
            for _ in range(chance.randrange(1, 60)):
                await asyncio.sleep(0)
            task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        wake = await worker.next_wake(at)
        assert wake is not None
        at = min(max(wake, at + timedelta(seconds=1)), at + timedelta(minutes=3))
        if wake >= DUE_AT + timedelta(days=1):
            break
    assert sorted(post.publisher.channels) == list(range(1, 41))
    assert set(await post.states()) == {DeliveryState.SENT}


async def test_a_schedule_removed_in_the_meantime_is_no_trouble() -> None:
    post, _ = _in_memory()
    gone = await post.schedule(1)
    await post.schedule(2)

    async def answer(channel: int) -> None:
        await post.stores.schedules.remove(gone.id)

    post.publisher.answer = answer
    post.limits = replace(post.limits, at_once=1)
    await post.sweep_at(DUE_AT)
    assert sorted(post.publisher.channels) == [1, 2]


async def test_errors_of_our_own_tree_say_why() -> None:
    post, _ = _in_memory()
    await post.schedule()
    post.brief.answer = AttacheError("the dossier changed")
    (settled,) = await post.sweep_at(DUE_AT)
    assert (settled.state, settled.detail) == (DeliveryState.FAILED, "the dossier changed")


async def test_a_database_that_is_away_is_given_time(caplog: pytest.LogCaptureFixture) -> None:
    post, deliveries = _in_memory()
    await post.schedule()
    worker = post.worker()
    deliveries.fault = StorageError("db", "away")
    await post.sweep_at(DUE_AT, worker)
    assert await worker.next_wake(DUE_AT) == DUE_AT + timedelta(seconds=15)
    assert "no record could be made: db: away" in caplog.text
    assert "Traceback" not in caplog.text
    deliveries.fault = None
    await post.sweep_at(DUE_AT + timedelta(seconds=15), worker)
    assert await post.states() == [DeliveryState.SENT]
