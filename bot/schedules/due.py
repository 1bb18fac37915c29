"""Which occurrence is due. Pure functions of schedules, deliveries and `now`; daylight saving lives here.

A schedule has at most one occurrence a local date: the instant of `datetime.combine(day, local_time, tzinfo=zone)`.
On the spring night a local time that does not exist becomes the same distance after the gap; on the autumn night a
local time that comes twice means the first of the two. A date that a zone skips as a whole has none.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.schedules.model import Delivery, DeliveryState, Occurrence, Schedule

LATE_AFTER = timedelta(minutes=5)  # a post within these is on time: a full minute of schedules takes a while to drain
LOOKBACK = timedelta(days=7)  # how far back occurrences that nobody saw are still recorded as missed
LEASE = timedelta(minutes=5)  # how long a claim holds without an end before another worker may take it over
FIRST_RETRY, LONGEST_RETRY = 1 / 5, 3  # in leases: a minute, a quarter of an hour
ONE_DAY = timedelta(days=1)
AGAIN = (DeliveryState.FAILED, DeliveryState.UNSURE)  # tried again after a pause
OPEN = (DeliveryState.ASKED, DeliveryState.CLAIMED, *AGAIN)

Key = tuple[int, date, str]


@dataclass(frozen=True, slots=True)
class Due:
    """An occurrence to be handled now.

    `late`: more than `LATE_AFTER` behind. `expired`: behind the grace time too, so it is recorded and not posted.
    `retry`: its row is there. `unsure_since`: a message of an earlier attempt may be too, from then on.
    """

    schedule: Schedule
    occurrence: Occurrence
    late: bool
    expired: bool
    retry: bool = False
    attempt: int = 1
    unsure_since: datetime | None = None


def key_of(occurrence: Occurrence) -> Key:
    """The identity of an occurrence."""
    return occurrence.schedule_id, occurrence.local_date, occurrence.slot


def nonce_of(schedule: Schedule, occurrence: Occurrence) -> str:
    """24 characters that name this posting for Discord, the same on every try."""
    name = f"{schedule.id}:{schedule.channel_id}:{occurrence.local_date.isoformat()}:{occurrence.slot}"
    return hashlib.blake2b(name.encode(), digest_size=12).hexdigest()


def next_occurrence(schedule: Schedule, after: datetime) -> Occurrence | None:
    """The first occurrence later than `after`; None for a paused schedule or a zone that is not known (any more)."""
    if schedule.paused:
        return None
    horizon = after + 16 * ONE_DAY  # a weekly one whose date the zone skips comes two weeks later
    later = (one for one in _occurrences(schedule, after, horizon) if one.due_at > after)
    return next(later, None)


def occurrences_between(schedule: Schedule, start: datetime, end: datetime) -> tuple[Occurrence, ...]:
    """Occurrences due in `[start, end)`, oldest first, whether the schedule is paused or not."""
    return tuple(one for one in _occurrences(schedule, start, end) if start <= one.due_at < end)


def due_occurrences(
    schedules: Iterable[Schedule],
    deliveries: Iterable[Delivery],
    now: datetime,
    grace: timedelta,
    *,
    since: datetime | None = None,
    lease: timedelta = LEASE,
) -> tuple[Due, ...]:
    """What is to be handled at `now`, oldest first.

    `deliveries` must hold every record of these schedules from `since` (default: `LOOKBACK` ago) on. What was sent,
    missed, rejected or found empty is done. A failed or unsure one comes again after a growing pause until the grace
    time ends, and where a message may stand that nobody recorded, once more, to look for it; a claim without an end
    comes again after `lease`. Of what is due at one time, no channel comes a second time before every other has come
    once: where one channel has many, its limit must not hold up the others.
    """
    allowed = max(grace, LATE_AFTER)
    found = []
    for schedule, occurrence, previous in _past(schedules, deliveries, now, since):
        wanted = _wanted_at(occurrence, previous, now, allowed, lease)
        if wanted is not None and wanted <= now:
            behind = now - occurrence.due_at
            attempt = previous.attempts + 1 if previous is not None else 1
            late, expired = behind > LATE_AFTER, behind > allowed
            unsure_since = previous.unsure_since if previous is not None else None
            found.append(Due(schedule, occurrence, late, expired, previous is not None, attempt, unsure_since))
    return _in_turns(sorted(found, key=lambda due: (due.occurrence.due_at, due.schedule.id)))


def _in_turns(found: Iterable[Due]) -> tuple[Due, ...]:
    seen: Counter[tuple[datetime, int]] = Counter()
    turns = []
    for due in found:
        channel = due.occurrence.due_at, due.schedule.channel_id
        turns.append((due.occurrence.due_at, seen[channel], due.schedule.id, due))
        seen[channel] += 1
    return tuple(due for *_, due in sorted(turns, key=lambda turn: turn[:3]))


def next_wake_at(
    schedules: Iterable[Schedule],
    deliveries: Iterable[Delivery],
    now: datetime,
    grace: timedelta,
    *,
    since: datetime | None = None,
    lease: timedelta = LEASE,
) -> datetime | None:
    """When `due_occurrences` next has something: at `now` or later; None if never."""
    schedules = tuple(schedules)
    allowed = max(grace, LATE_AFTER)
    wanted = [
        _wanted_at(occurrence, previous, now, allowed, lease)
        for _, occurrence, previous in _past(schedules, deliveries, now, since)
    ]
    coming = (next_occurrence(schedule, now) for schedule in schedules)
    instants = [max(at, now) for at in wanted if at is not None] + [one.due_at for one in coming if one is not None]
    return min(instants, default=None)


def _past(
    schedules: Iterable[Schedule], deliveries: Iterable[Delivery], now: datetime, since: datetime | None
) -> Iterator[tuple[Schedule, Occurrence, Delivery | None]]:
    """Occurrences of active schedules up to `now`, each with its record. None is older than its rule.

    Records that the rule does not give count too, for as long as they are open: what was asked for by hand, and what
    was in hand when the rule was changed.
    """
    records: dict[Key, Delivery] = {key_of(delivery.occurrence): delivery for delivery in deliveries}
    start = now - LOOKBACK if since is None else since
    active = {schedule.id: schedule for schedule in schedules if not schedule.paused}
    for schedule in active.values():
        first = max(start, schedule.begins_at)
        for occurrence in _occurrences(schedule, first, now):
            if first <= occurrence.due_at <= now:
                yield schedule, occurrence, records.pop(key_of(occurrence), None)
    for record in records.values():
        if record.state in OPEN and record.occurrence.schedule_id in active and record.occurrence.due_at <= now:
            yield active[record.occurrence.schedule_id], record.occurrence, record


def _wanted_at(
    occurrence: Occurrence, previous: Delivery | None, now: datetime, allowed: timedelta, lease: timedelta
) -> datetime | None:
    """When this occurrence is to be handled; None if it is done."""
    if previous is None or previous.state is DeliveryState.ASKED:
        return occurrence.due_at
    if previous.state is DeliveryState.CLAIMED:
        return previous.claimed_at + lease
    if previous.state in AGAIN:
        ended_at = previous.finished_at or previous.claimed_at
        again = ended_at + retry_pause(previous.attempts, lease)
        must_look = previous.unsure_since is not None and ended_at <= occurrence.due_at + allowed
        return again if must_look or max(again, now) <= occurrence.due_at + allowed else None
    return None


def is_last_attempt(
    due: Due, now: datetime, grace: timedelta, lease: timedelta = LEASE, *, unsure: bool = False
) -> bool:
    """Whether nobody will try again if this attempt fails at `now`; `unsure` if a message may stand all the same."""
    end = due.occurrence.due_at + max(grace, LATE_AFTER)
    return now > end if unsure else now + retry_pause(due.attempt, lease) > end


def retry_pause(attempts: int, lease: timedelta = LEASE) -> timedelta:
    """How long to wait after this many attempts that failed: doubled each time, up to `LONGEST_RETRY`."""
    doublings = min(max(attempts - 1, 0), 10)
    return lease * min(FIRST_RETRY * (1 << doublings), LONGEST_RETRY)


def _occurrences(schedule: Schedule, start: datetime, end: datetime) -> Iterator[Occurrence]:
    """Occurrences of every local date that `[start, end]` may touch, oldest first."""
    try:
        zone = ZoneInfo(schedule.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return  # one schedule in a zone that left the database must not stop the others
    day = start.astimezone(zone).date() - ONE_DAY  # a gap at midnight moves yesterday's instant into today
    last = end.astimezone(zone).date()
    while day <= last:
        if day.weekday() in schedule.days:
            due_at = _instant(schedule, day, zone)
            if due_at < _instant(schedule, day + ONE_DAY, zone):  # equal where the zone skips this date as a whole
                yield Occurrence(schedule.id, day, f"{schedule.local_time:%H:%M}", due_at)
        day += ONE_DAY


def _instant(schedule: Schedule, day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, schedule.local_time, tzinfo=zone).astimezone(UTC)
