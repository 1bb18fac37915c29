"""How a source fares: what its state becomes after a round, when it is due again, and what somebody should be told.

Pure: instants are arguments. A source that fails is asked less and less often; one that has failed for long is paused,
which means that it is only looked at now and then, until it answers again.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.dossier import SourceStatus
from bot.services.ports import Pause, SourceState, Tally

FAILING = frozenset(status.value for status in SourceStatus if status.is_failing)
SLACK = timedelta(minutes=1)  # rounds come a little early or late; nobody should miss theirs by a second


@dataclass(frozen=True, slots=True)
class Pace:
    """How often sources are read: `every` so often; failing ones at intervals that double up to `longest`.

    Who has failed for `pause_after` (None: never) is paused and looked at `probe_every`.
    """

    every: timedelta
    longest: timedelta = timedelta(hours=12)
    pause_after: timedelta | None = timedelta(days=3)
    probe_every: timedelta = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RoundEnd:
    """How one round over a source ended. `retry_at` is when its server wants to be asked again."""

    status: SourceStatus
    reason: str | None
    articles: int
    tally: Tally
    retry_at: datetime | None = None


class Turn(StrEnum):
    """What changed so much with a source that somebody should be told."""

    PAUSED = "paused"
    RESUMED = "resumed"


def is_due(state: SourceState | None, now: datetime) -> bool:
    """Whether a periodic round reads the source now."""
    if state is None:
        return True
    if state.pause is Pause.ASKED:
        return False
    was_read_in_time_to_come = state.checked_at is not None and state.checked_at > now + SLACK  # the clock was set
    return state.due_at is None or now + SLACK >= state.due_at or was_read_in_time_to_come


def is_down(state: SourceState) -> bool:
    """Whether the source could not be read the last time, paused for that or not."""
    return state.status in FAILING or state.pause is Pause.FAILING


def after_round(source_id: str, before: SourceState | None, end: RoundEnd, now: datetime, pace: Pace) -> SourceState:
    """The state of a source after a round."""
    old = before or SourceState(source_id, end.status.value, None, None, None, 0, 0)
    read = replace(
        old, status=end.status.value, reason=end.reason, checked_at=now, articles=end.articles, tally=end.tally
    )
    if not end.status.is_failing:
        found_new = end.tally.new > 0
        return replace(
            read,
            succeeded_at=now,
            failures=0,
            failing_since=None,
            due_at=None,
            pause=None,
            news_at=now if found_new else old.news_at,
        )
    failing = replace(read, failures=old.failures + 1, failing_since=old.failing_since or now)
    pause = _pause(failing, now, pace)
    due_at = now + (pace.probe_every if pause else back_off(failing.failures, pace))
    due_at = max(due_at, end.retry_at) if end.retry_at else due_at
    return replace(failing, pause=pause, due_at=min(due_at, now + max(pace.probe_every, pace.longest)))


def back_off(failures: int, pace: Pace) -> timedelta:
    """How long a source that failed so many times in a row is left alone: one interval, two, four, …"""
    doubled: timedelta = pace.every * (1 << min(failures - 1, 16))
    return max(pace.every, min(doubled, pace.longest))


def asked_to_pause(state: SourceState | None, source_id: str) -> SourceState:
    """Not read any more until somebody says so."""
    old = state or SourceState(source_id, SourceStatus.PAUSED.value, None, None, None, 0, 0)
    return replace(old, pause=Pause.ASKED, due_at=None)


def resumed(state: SourceState) -> SourceState:
    """Read again from the next round on; whether it still fails is a new question."""
    return replace(state, pause=None, due_at=None, failures=0, failing_since=None)


def turn_of(before: SourceState | None, after: SourceState) -> Turn | None:
    """What is worth telling, if anything. What somebody asked for is known to them."""
    was, now = (before.pause if before else None), after.pause
    if now is Pause.FAILING and was is not Pause.FAILING:
        return Turn.PAUSED
    if was is Pause.FAILING and now is None:
        return Turn.RESUMED
    return None


def _pause(state: SourceState, now: datetime, pace: Pace) -> Pause | None:
    if state.pause is not None:
        return state.pause
    since = state.failing_since or now
    is_long = pace.pause_after is not None and now - since >= pace.pause_after
    return Pause.FAILING if is_long and state.failures > 1 else None
