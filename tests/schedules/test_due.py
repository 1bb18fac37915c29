"""Which occurrence is due: daylight saving, catching up, retries, and the laws that hold for every schedule."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.briefings.model import Scope
from bot.schedules.due import (
    LATE_AFTER,
    LEASE,
    LOOKBACK,
    due_occurrences,
    next_occurrence,
    next_wake_at,
    nonce_of,
    occurrences_between,
    retry_pause,
)
from bot.schedules.model import Delivery, DeliveryState, Occurrence, Schedule

GRACE = timedelta(hours=2)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
EVERY_DAY = tuple(range(7))


def schedule(zone: str = "UTC", at: str = "08:30", days: tuple[int, ...] = EVERY_DAY, number: int = 1) -> Schedule:
    return Schedule(
        id=number,
        guild_id=10,
        channel_id=100 + number,
        local_time=time.fromisoformat(at),
        zone=zone,
        days=days,
        scope=Scope(),
        words=None,
        created_at=datetime(1990, 1, 1, tzinfo=UTC),
        created_by=7,
    )


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def record(occurrence: Occurrence, state: DeliveryState, at: datetime, attempts: int = 1) -> Delivery:
    finished = None if state is DeliveryState.CLAIMED else at
    return Delivery(occurrence, state, "w", at, finished, attempts, late=False, message_id=None, detail=None)


def test_a_channel_with_many_waits_for_the_others() -> None:
    crowded = [replace(schedule("UTC", "12:00", number=number), channel_id=1) for number in (1, 2, 3)]
    alone = [schedule("UTC", "12:00", number=number) for number in (4, 5)]
    earlier = replace(schedule("UTC", "11:59", number=6), channel_id=1)
    found = due_occurrences(
        [*crowded, *alone, earlier], (), utc("2025-06-04T12:00"), GRACE, since=utc("2025-06-04T11:00")
    )
    assert [due.schedule.id for due in found] == [6, 1, 4, 5, 2, 3]


# Both change nights of five zones: one row a schedule time, with the one instant it must mean.
CHANGE_NIGHTS = [
    # New York: 02:00 → 03:00 on 9 March, 02:00 → 01:00 on 2 November
    ("America/New_York", "2025-03-09", "02:30", "2025-03-09T07:30"),
    ("America/New_York", "2025-03-09", "03:30", "2025-03-09T07:30"),
    ("America/New_York", "2025-11-02", "01:30", "2025-11-02T05:30"),
    ("America/New_York", "2025-11-02", "02:00", "2025-11-02T07:00"),
    # Kyiv: 03:00 → 04:00 on 30 March, 04:00 → 03:00 on 26 October
    ("Europe/Kyiv", "2025-03-30", "03:15", "2025-03-30T01:15"),
    ("Europe/Kyiv", "2025-03-30", "04:00", "2025-03-30T01:00"),
    ("Europe/Kyiv", "2025-10-26", "03:15", "2025-10-26T00:15"),
    ("Europe/Kyiv", "2025-10-26", "04:00", "2025-10-26T02:00"),
    # London: 01:00 → 02:00 on 30 March, 02:00 → 01:00 on 26 October
    ("Europe/London", "2025-03-30", "01:30", "2025-03-30T01:30"),
    ("Europe/London", "2025-10-26", "01:30", "2025-10-26T00:30"),
    # Lord Howe Island: half an hour, 02:00 → 02:30 on 5 October, 02:00 → 01:30 on 6 April
    ("Australia/Lord_Howe", "2025-10-05", "02:15", "2025-10-04T15:45"),
    ("Australia/Lord_Howe", "2025-04-06", "01:45", "2025-04-05T14:45"),
    # Cairo: the clock jumps at midnight, 00:00 → 01:00 on 25 April, 00:00 → 23:00 on 31 October
    ("Africa/Cairo", "2025-04-25", "00:30", "2025-04-24T22:30"),
    ("Africa/Cairo", "2025-10-30", "23:30", "2025-10-30T20:30"),
]


@pytest.mark.parametrize(("zone", "day", "at", "expected"), CHANGE_NIGHTS)
def test_one_occurrence_on_a_change_night(zone: str, day: str, at: str, expected: str) -> None:
    wanted = date.fromisoformat(day)
    noon = datetime(wanted.year, wanted.month, wanted.day, 12, tzinfo=UTC)
    found = occurrences_between(schedule(zone, at), noon - 3 * DAY, noon + 3 * DAY)
    on_the_day = [one for one in found if one.local_date == wanted]
    assert [one.due_at for one in on_the_day] == [utc(expected)]
    assert on_the_day[0].slot == at
    dates = [one.local_date for one in found]
    assert len(dates) == len(set(dates)), "a local date came twice"


@pytest.mark.parametrize(("zone", "day", "at", "expected"), CHANGE_NIGHTS)
def test_waking_at_every_quarter_of_a_change_night_posts_once(zone: str, day: str, at: str, expected: str) -> None:
    """As the bot lives it: woken again and again, each time recording what it did."""
    one = schedule(zone, at)
    due_at = utc(expected)
    done: list[Delivery] = []
    posted = []
    now = due_at - 6 * 60 * MINUTE
    while now < due_at + 6 * 60 * MINUTE:
        for due in due_occurrences([one], done, now, GRACE, since=due_at - 6 * 60 * MINUTE):
            posted.append(due.occurrence)
            done.append(record(due.occurrence, DeliveryState.SENT, now))
        now += 15 * MINUTE
    assert [one.local_date.isoformat() for one in posted] == [day]


def test_a_gap_before_midnight_keeps_its_date() -> None:
    """Nuuk leaps from 23:00 to midnight: the post of that Saturday comes, half an hour into Sunday."""
    one = schedule("America/Nuuk", "23:30", days=(5,))
    found = occurrences_between(one, utc("2025-03-29T00:00"), utc("2025-03-31T00:00"))
    assert [(each.local_date.isoformat(), each.due_at) for each in found] == [("2025-03-29", utc("2025-03-30T01:30"))]


def test_a_date_that_the_zone_skipped_has_none() -> None:
    """Samoa had no 30 December 2011."""
    found = occurrences_between(schedule("Pacific/Apia"), utc("2011-12-28T00:00"), utc("2012-01-02T00:00"))
    assert [one.local_date.day for one in found] == [28, 29, 31, 1, 2]


@pytest.mark.parametrize(
    ("days", "after", "expected"),
    [
        (EVERY_DAY, "2025-08-20T08:29", "2025-08-20T08:30"),
        (EVERY_DAY, "2025-08-20T08:30", "2025-08-21T08:30"),
        ((0,), "2025-08-20T08:30", "2025-08-25T08:30"),
        ((2,), "2025-08-20T08:30", "2025-08-27T08:30"),
        ((5, 6), "2025-08-20T00:00", "2025-08-23T08:30"),
    ],
)
def test_next_occurrence_is_strictly_later(days: tuple[int, ...], after: str, expected: str) -> None:
    found = next_occurrence(schedule(days=days), utc(after))
    assert found is not None
    assert found.due_at == utc(expected)


@pytest.mark.parametrize(
    "one",
    [
        replace(schedule(), paused=True),
        schedule(zone="Mars/Olympus"),
        schedule(zone="../secret"),
        schedule(days=()),
    ],
    ids=["paused", "zone gone", "zone is a path", "no days"],
)
def test_some_schedules_have_no_next_occurrence(one: Schedule) -> None:
    assert next_occurrence(one, utc("2025-08-20T08:30")) is None
    assert due_occurrences([one], [], utc("2025-08-20T08:30"), GRACE) == ()
    assert next_wake_at([one], [], utc("2025-08-20T08:30"), GRACE) is None


NOON = utc("2025-08-20T12:00")
ONE = replace(schedule(at="12:00"), created_at=NOON - MINUTE)
AT_NOON = Occurrence(1, date(2025, 8, 20), "12:00", NOON)


@pytest.mark.parametrize(
    ("behind", "late", "expired"),
    [
        (timedelta(0), False, False),
        (LATE_AFTER, False, False),
        (LATE_AFTER + MINUTE, True, False),
        (GRACE, True, False),
        (GRACE + MINUTE, True, True),
    ],
)
def test_late_and_expired(behind: timedelta, late: bool, expired: bool) -> None:
    (due,) = due_occurrences([ONE], [], NOON + behind, GRACE)
    assert (due.occurrence, due.late, due.expired, due.retry) == (AT_NOON, late, expired, False)


def test_without_any_grace_what_is_on_time_is_still_posted() -> None:
    (due,) = due_occurrences([ONE], [], NOON + MINUTE, timedelta(0))
    assert not due.expired
    (due,) = due_occurrences([ONE], [], NOON + LATE_AFTER + MINUTE, timedelta(0))
    assert due.expired


def test_nothing_is_due_before_its_time_or_before_its_schedule() -> None:
    assert due_occurrences([ONE], [], NOON - MINUTE / 2, GRACE) == ()
    assert due_occurrences([replace(ONE, created_at=NOON + MINUTE)], [], NOON + 2 * MINUTE, GRACE) == ()


@pytest.mark.parametrize(
    ("state", "attempts", "behind", "is_due"),
    [
        (DeliveryState.SENT, 1, GRACE / 2, False),
        (DeliveryState.NOTHING_NEW, 1, GRACE / 2, False),
        (DeliveryState.MISSED, 1, GRACE + DAY / 2, False),
        (DeliveryState.REJECTED, 1, GRACE / 2, False),
        (DeliveryState.FAILED, 1, MINUTE - timedelta(seconds=1), False),
        (DeliveryState.FAILED, 1, MINUTE, True),
        (DeliveryState.FAILED, 2, MINUTE, False),
        (DeliveryState.FAILED, 2, 2 * MINUTE, True),
        (DeliveryState.FAILED, 9, 14 * MINUTE, False),
        (DeliveryState.FAILED, 9, 15 * MINUTE, True),
        (DeliveryState.UNSURE, 1, MINUTE, True),
        (DeliveryState.FAILED, 1, GRACE + MINUTE, False),
        (DeliveryState.CLAIMED, 1, LEASE - timedelta(seconds=1), False),
        (DeliveryState.CLAIMED, 1, LEASE, True),
        (DeliveryState.CLAIMED, 1, GRACE + MINUTE, True),
    ],
)
def test_what_was_tried_before(state: DeliveryState, attempts: int, behind: timedelta, is_due: bool) -> None:
    """The record was made at noon; `behind` later, is it due again?"""
    found = due_occurrences([ONE], [record(AT_NOON, state, NOON, attempts)], NOON + behind, GRACE)
    assert bool(found) is is_due
    assert all(due.retry for due in found)


@pytest.mark.parametrize("state", [DeliveryState.FAILED, DeliveryState.UNSURE])
@pytest.mark.parametrize(
    ("ended", "behind", "is_due"),
    [
        (GRACE - MINUTE, MINUTE, True),
        (GRACE, MINUTE - timedelta(seconds=1), False),
        (GRACE, MINUTE, True),
        (GRACE, DAY, True),
        (GRACE + timedelta(seconds=1), DAY, False),  # that was the last look
    ],
)
def test_what_may_stand_is_looked_for_once_after_the_grace_time(
    state: DeliveryState, ended: timedelta, behind: timedelta, is_due: bool
) -> None:
    at = NOON + ended
    unsure = replace(record(AT_NOON, state, at), unsure_since=NOON)
    found = due_occurrences([ONE], [unsure], at + behind, GRACE)
    mine = [due for due in found if due.occurrence == AT_NOON]
    assert bool(mine) is is_due
    assert all(due.unsure_since == NOON for due in mine)


def test_a_week_away_leaves_a_bounded_list_oldest_first() -> None:
    one, other = schedule(at="08:00"), schedule(at="07:00", number=2)
    found = due_occurrences([one, other], [], NOON, GRACE)
    assert len(found) == 2 * LOOKBACK.days
    assert [due.occurrence.due_at for due in found] == sorted(due.occurrence.due_at for due in found)
    assert all(due.expired for due in found)


@pytest.mark.parametrize(
    ("deliveries", "now", "expected"),
    [
        ((), NOON - timedelta(seconds=30), NOON),
        ((), NOON + MINUTE, NOON + MINUTE),
        ((record(AT_NOON, DeliveryState.SENT, NOON),), NOON, NOON + DAY),
        ((record(AT_NOON, DeliveryState.FAILED, NOON),), NOON, NOON + MINUTE),
        ((record(AT_NOON, DeliveryState.FAILED, NOON),), NOON + 9 * MINUTE, NOON + 9 * MINUTE),
        ((record(AT_NOON, DeliveryState.FAILED, NOON),), NOON + GRACE + MINUTE, NOON + DAY),
        ((record(AT_NOON, DeliveryState.CLAIMED, NOON),), NOON, NOON + LEASE),
    ],
)
def test_next_wake(deliveries: tuple[Delivery, ...], now: datetime, expected: datetime) -> None:
    assert next_wake_at([ONE], deliveries, now, GRACE) == expected


def test_retries_grow_to_a_bound() -> None:
    pauses = [retry_pause(attempts) for attempts in (0, 1, 2, 3, 4, 5, 10_000)]
    assert pauses == [MINUTE, MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 15 * MINUTE, 15 * MINUTE]
    assert retry_pause(2, timedelta(seconds=10)) == timedelta(seconds=4)


def test_nonces_are_short_steady_and_apart() -> None:
    days = occurrences_between(ONE, NOON, NOON + 30 * DAY)
    others = [replace(ONE, channel_id=5), replace(ONE, id=9)]
    nonces = [nonce_of(one, day) for one in (ONE, *others) for day in days]
    assert len(set(nonces)) == len(nonces)
    assert all(len(nonce) <= 25 for nonce in nonces)
    assert nonce_of(ONE, days[0]) == nonces[0]


ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/Kyiv",
        "Europe/London",
        "America/New_York",
        "America/Nuuk",
        "Australia/Lord_Howe",
        "Africa/Cairo",
        "Asia/Kathmandu",
        "America/St_Johns",
        "Pacific/Chatham",
        "Pacific/Kiritimati",
        "Asia/Gaza",
        "Africa/Casablanca",
        "America/Santiago",
    ]
)
ANY_SCHEDULE = st.builds(
    lambda zone, at, days: replace(schedule(zone, days=tuple(sorted(days))), local_time=at),
    ZONES,
    st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    st.sets(st.integers(0, 6), min_size=1),
)
INSTANTS = st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + minutes * MINUTE)


@settings(max_examples=60)
@given(ANY_SCHEDULE, INSTANTS)
def test_exactly_one_a_wanted_date_over_a_year(one: Schedule, start: datetime) -> None:
    zone = ZoneInfo(one.zone)
    found = occurrences_between(one, start, start + 365 * DAY)
    instants = [each.due_at for each in found]
    assert instants == sorted(set(instants))
    first, last = start.astimezone(zone).date(), (start + 365 * DAY).astimezone(zone).date()
    inner = [first + n * DAY for n in range(2, (last - first).days - 1)]
    wanted = [day for day in inner if day.weekday() in one.days]
    assert [each.local_date for each in found if inner[0] <= each.local_date <= inner[-1]] == wanted
    for each in found:
        off = abs(each.due_at.astimezone(zone).replace(tzinfo=None) - datetime.combine(each.local_date, one.local_time))
        assert off <= timedelta(hours=1), "only a gap may move the local time, and by no more than itself"


@settings(max_examples=60)
@given(ANY_SCHEDULE, INSTANTS, st.integers(0, 60 * 24 * 20), st.integers(0, 60 * 24 * 20))
def test_intervals_join_without_loss_or_overlap(one: Schedule, start: datetime, first: int, second: int) -> None:
    middle, end = start + first * MINUTE, start + (first + second) * MINUTE
    parts = occurrences_between(one, start, middle) + occurrences_between(one, middle, end)
    assert parts == occurrences_between(one, start, end)


@settings(max_examples=60)
@given(ANY_SCHEDULE, INSTANTS)
def test_next_occurrence_walks_the_same_days(one: Schedule, start: datetime) -> None:
    walked, at = [], start
    for _ in range(10):
        following = next_occurrence(one, at)
        assert following is not None
        walked.append(following)
        at = following.due_at
    assert tuple(walked) == occurrences_between(one, start + timedelta(microseconds=1), at + MINUTE)[:10]


@settings(max_examples=60)
@given(
    st.lists(ANY_SCHEDULE, min_size=1, max_size=4),
    INSTANTS,
    st.lists(st.tuples(st.sampled_from(DeliveryState), st.integers(0, 200), st.integers(1, 6)), max_size=12),
)
def test_waking_never_loops_on_nothing(
    several: list[Schedule], now: datetime, tries: list[tuple[DeliveryState, int, int]]
) -> None:
    """`next_wake_at` says `now` exactly when something is due, and what it names is due then."""
    schedules = [replace(one, id=number) for number, one in enumerate(several)]
    past = [day for one in schedules for day in occurrences_between(one, now - 2 * DAY, now)]
    deliveries = [
        record(day, state, min(now, day.due_at + minutes * MINUTE), attempts)
        for day, (state, minutes, attempts) in zip(past, tries, strict=False)
    ]
    due = due_occurrences(schedules, deliveries, now, GRACE)
    wake = next_wake_at(schedules, deliveries, now, GRACE)
    assert wake is not None
    assert wake >= now
    assert bool(due) is (wake == now)
    if not due:
        assert due_occurrences(schedules, deliveries, wake, GRACE)
