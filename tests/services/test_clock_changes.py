"""Both nights on which clocks change, through the whole delivery: one post a local date, whatever the clock does."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.briefings.model import Scope
from bot.schedules.model import DeliveryState, NewSchedule
from tests.services.conftest import Stores, stores_in_memory
from tests.services.test_delivery import Post

# (zone, a date on which its clocks change): forwards and back, Cairo's and Beirut's at midnight itself.
NIGHTS = (
    ("Europe/Kyiv", date(2025, 3, 30)),
    ("Europe/Kyiv", date(2025, 10, 26)),
    ("America/New_York", date(2025, 3, 9)),
    ("America/New_York", date(2025, 11, 2)),
    ("Australia/Lord_Howe", date(2025, 4, 6)),
    ("Australia/Lord_Howe", date(2025, 10, 5)),
    ("America/St_Johns", date(2025, 3, 9)),
    ("America/St_Johns", date(2025, 11, 2)),
    ("Africa/Cairo", date(2025, 4, 25)),
    ("Africa/Cairo", date(2025, 10, 31)),
    ("Asia/Beirut", date(2025, 3, 30)),
    ("Asia/Beirut", date(2025, 10, 26)),
)
RESTARTS = [(zone, night, True) for zone, night in NIGHTS if zone in ("Europe/Kyiv", "Asia/Beirut")]
TIMES = (time(0, 0), time(0, 30), time(1, 30), time(2, 0), time(2, 30), time(3, 15), time(23, 59))


@pytest.fixture
def post() -> Post:
    stores: Stores = stores_in_memory()
    return Post(stores)


async def _live_through(post: Post, zone: str, first: date, last: date, *, restarts: bool = False) -> None:
    """Sweep at every instant that the service itself wants to be woken at, each time anew where it `restarts`."""
    start = datetime.combine(first, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(seconds=30)
    end = datetime.combine(last + timedelta(days=1), time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    worker = post.worker()
    at: datetime | None = start
    while at is not None and at < end:
        worker = post.worker() if restarts else worker
        await post.sweep_at(at, worker)
        wake = await worker.next_wake(at)
        at = max(wake, at + timedelta(seconds=1)) if wake else None


@pytest.mark.parametrize(("zone", "night", "restarts"), [(*night, False) for night in NIGHTS] + RESTARTS)
async def test_one_post_a_local_date_on_the_nights_of_the_change(
    post: Post, zone: str, night: date, restarts: bool
) -> None:
    first, last = night - timedelta(days=2), night + timedelta(days=2)
    created_at = datetime.combine(first, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(seconds=30)
    ids = {}
    for channel, local_time in enumerate(TIMES, start=1):
        new = NewSchedule(1, channel, local_time, zone, tuple(range(7)), Scope(), None, 7)
        ids[(await post.stores.schedules.add(new, created_at)).id] = local_time
    await _live_through(post, zone, first, last, restarts=restarts)
    days = [first + timedelta(days=day) for day in range(5)]
    for schedule_id in ids:
        rows = await post.stores.deliveries.since([schedule_id], created_at)
        assert sorted(row.occurrence.local_date for row in rows) == days
        assert {(row.state, row.late, row.attempts) for row in rows} == {(DeliveryState.SENT, False, 1)}
    assert len(post.publisher.posts) == len(TIMES) * len(days)
    assert len({(channel, nonce) for channel, nonce, _, _ in post.publisher.posts}) == len(post.publisher.posts)


@pytest.mark.parametrize(
    ("zone", "skipped"), [("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21))]
)
async def test_a_date_that_a_zone_skips_has_no_post(post: Post, zone: str, skipped: date) -> None:
    first, last = skipped - timedelta(days=1), skipped + timedelta(days=1)
    created_at = datetime.combine(first, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(seconds=30)
    new = NewSchedule(1, 1, time(8), zone, tuple(range(7)), Scope(), None, 7)
    schedule = await post.stores.schedules.add(new, created_at)
    await _live_through(post, zone, first, last)
    rows = await post.stores.deliveries.since([schedule.id], created_at)
    assert [row.occurrence.local_date for row in rows] == [first, last]


async def test_a_new_time_on_the_same_day_is_not_caught_up(post: Post) -> None:
    """08:00 was posted; at 09:30 it is set to 09:00, and later to 10:00."""
    start = datetime(2025, 8, 20, 6, tzinfo=UTC)
    new = NewSchedule(1, 1, time(8), "UTC", tuple(range(7)), Scope(), None, 7)
    schedule = await post.stores.schedules.add(new, start)
    worker = post.worker()
    await post.sweep_at(start + timedelta(hours=2), worker)
    at = start + timedelta(hours=3, minutes=30)
    await post.stores.schedules.change(replace(schedule, local_time=time(9), ruled_at=at))
    assert await post.sweep_at(at, worker) == ()
    await post.stores.schedules.change(replace(schedule, local_time=time(10), ruled_at=at))
    await post.sweep_at(start + timedelta(hours=4), worker)
    assert [row.occurrence.slot for row in await post.records()] == ["08:00", "10:00"]


@pytest.mark.parametrize("jumps", [(0, 60, 0, 1), (60, 0, 30, -60, 0, 1), (-60, 60, -60, 60), (0, 60 * 24, 0, 2)])
async def test_a_system_clock_that_is_set_doubles_and_loses_nothing(post: Post, jumps: tuple[int, ...]) -> None:
    """Sweeps at these distances in minutes from the instant when it is due, by one process."""
    due_at = datetime(2025, 3, 5, 8, tzinfo=UTC)
    new = NewSchedule(1, 1, time(8), "UTC", (2,), Scope(), None, 7)
    await post.stores.schedules.add(new, due_at - timedelta(days=2))
    worker = post.worker()
    for minutes in jumps:
        await post.sweep_at(due_at + timedelta(minutes=minutes), worker)
    assert len(post.publisher.posts) == 1
