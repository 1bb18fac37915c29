"""When a source is due, how long it is left alone, when it is paused, and what is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.dossier import SourceStatus
from bot.services.health import (
    Pace,
    RoundEnd,
    Turn,
    after_round,
    asked_to_pause,
    back_off,
    is_down,
    is_due,
    resumed,
    turn_of,
)
from bot.services.ports import Pause, SourceState, Tally

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)
PACE = Pace(timedelta(minutes=30))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def ended(status: SourceStatus, *, new: int = 0, retry_at: datetime | None = None) -> RoundEnd:
    reason = "no answer" if status.is_failing else None
    return RoundEnd(status, reason, 5, Tally(new=new), retry_at)


def rounds(*ends: RoundEnd, every: timedelta = HOUR, pace: Pace = PACE) -> SourceState:
    """The state after rounds that ended so, the last one at `NOW`."""
    state = None
    for number, end in enumerate(ends):
        state = after_round("s", state, end, NOW - every * (len(ends) - 1 - number), pace)
    assert state is not None
    return state


@pytest.mark.parametrize(
    ("failures", "minutes"), [(1, 30), (2, 60), (3, 120), (4, 240), (5, 480), (6, 720), (7, 720), (10_000, 720)]
)
def test_intervals_double_up_to_the_longest(failures: int, minutes: int) -> None:
    assert back_off(failures, PACE) == timedelta(minutes=minutes)


def test_who_is_read_rarely_is_not_asked_more_often_when_it_fails() -> None:
    assert back_off(1, Pace(DAY)) == DAY


@pytest.mark.parametrize(
    "status", [one for one in SourceStatus if not one.is_failing and one is not SourceStatus.PAUSED]
)
def test_a_round_that_went_well_forgets_failures(status: SourceStatus) -> None:
    state = rounds(ended(SourceStatus.SLOW), ended(SourceStatus.SLOW), ended(status))
    assert (state.status, state.failures, state.failing_since, state.due_at) == (status.value, 0, None, None)
    assert state.succeeded_at == state.checked_at == NOW
    assert not is_down(state)
    assert is_due(state, NOW)


@pytest.mark.parametrize("status", [one for one in SourceStatus if one.is_failing])
def test_failures_count_from_the_first_in_a_row(status: SourceStatus) -> None:
    state = rounds(ended(SourceStatus.OK, new=2), ended(status), ended(status))
    assert (state.status, state.reason, state.failures) == (status.value, "no answer", 2)
    assert (state.succeeded_at, state.failing_since) == (NOW - 2 * HOUR, NOW - HOUR)
    assert state.due_at == NOW + HOUR
    assert is_down(state)


def test_the_last_new_article_is_remembered() -> None:
    state = rounds(ended(SourceStatus.OK, new=2), ended(SourceStatus.UNCHANGED), ended(SourceStatus.SLOW))
    assert state.news_at == NOW - 2 * HOUR


@pytest.mark.parametrize(
    ("since", "is_now"),
    [(timedelta(), False), (timedelta(minutes=58), False), (timedelta(minutes=59, seconds=30), True), (HOUR, True)],
)
def test_a_failing_source_is_due_when_its_time_has_come(since: timedelta, is_now: bool) -> None:
    state = rounds(ended(SourceStatus.SLOW), ended(SourceStatus.SLOW))
    assert is_due(state, NOW + since) is is_now


def test_what_was_read_at_a_time_to_come_is_due() -> None:
    """The clock was ahead; nobody waits until it would have been right."""
    state = rounds(ended(SourceStatus.SLOW))
    assert state.checked_at is not None
    assert is_due(state, state.checked_at - timedelta(days=1))
    assert not is_due(state, state.checked_at)


def test_who_was_never_read_is_due() -> None:
    assert is_due(None, NOW)


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (timedelta(minutes=1), timedelta(minutes=30)),  # sooner than we would
        (timedelta(hours=5), timedelta(hours=5)),
        (timedelta(days=900), DAY),  # a server does not switch itself off for good
    ],
)
def test_a_servers_wish_is_heard_within_reason(asked: timedelta, due: timedelta) -> None:
    state = rounds(ended(SourceStatus.BLOCKED, retry_at=NOW + asked))
    assert state.due_at == NOW + due


def test_who_fails_for_long_is_paused_looked_at_daily_and_comes_back_by_itself() -> None:
    failing = [ended(SourceStatus.GONE)] * 7
    before = rounds(*failing[:-1], every=12 * HOUR)
    paused = rounds(*failing, every=12 * HOUR)
    assert (before.pause, paused.pause) == (None, Pause.FAILING)
    assert turn_of(before, paused) is Turn.PAUSED
    assert is_down(paused)
    assert paused.due_at == NOW + DAY
    assert not is_due(paused, NOW + 23 * HOUR)
    again = after_round("s", paused, ended(SourceStatus.GONE), NOW + DAY, PACE)
    assert (again.pause, again.due_at, turn_of(paused, again)) == (Pause.FAILING, NOW + 2 * DAY, None)
    well = after_round("s", again, ended(SourceStatus.UNCHANGED), NOW + 2 * DAY, PACE)
    assert (well.pause, well.failures, turn_of(again, well)) == (None, 0, Turn.RESUMED)


def test_one_failure_alone_pauses_nobody_however_long_ago_the_last_round_was() -> None:
    state = rounds(ended(SourceStatus.OK), ended(SourceStatus.SLOW), every=30 * DAY)
    assert state.pause is None


def test_never_means_never() -> None:
    state = rounds(*[ended(SourceStatus.GONE)] * 50, every=DAY, pace=replace(PACE, pause_after=None))
    assert state.pause is None


def test_who_is_paused_by_somebody_is_left_alone_until_resumed() -> None:
    failing = rounds(ended(SourceStatus.SLOW), ended(SourceStatus.SLOW))
    paused = asked_to_pause(failing, "s")
    assert not is_due(paused, NOW + 900 * DAY)
    assert turn_of(failing, paused) is None
    back = resumed(paused)
    assert is_due(back, NOW)
    assert (back.pause, back.failures, back.failing_since) == (None, 0, None)
    assert turn_of(paused, back) is None
    assert asked_to_pause(None, "s").pause is Pause.ASKED
