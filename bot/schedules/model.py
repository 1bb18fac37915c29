"""Recurring rules, planned postings, and what became of them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.briefings.model import Scope


@dataclass(frozen=True, slots=True)
class Schedule:
    """A briefing posted to one channel at a local time on given weekdays (Monday is 0) of an IANA zone."""

    id: int
    guild_id: int
    channel_id: int
    local_time: time
    zone: str
    days: tuple[int, ...]
    scope: Scope
    words: int | None
    created_at: datetime
    created_by: int
    paused: bool = False

    @property
    def has_channel(self) -> bool:
        """Whether it is posted anywhere; one that a console keeps for its own previews has channel 0."""
        return self.channel_id != 0


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """A schedule as asked for, before it has an id."""

    guild_id: int
    channel_id: int
    local_time: time
    zone: str
    days: tuple[int, ...]
    scope: Scope
    words: int | None
    created_by: int


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One planned posting. `(schedule_id, local_date, slot)` is its identity; `slot` is the local time, "HH:MM"."""

    schedule_id: int
    local_date: date
    slot: str
    due_at: datetime


class DeliveryState(StrEnum):
    """What became of an occurrence."""

    CLAIMED = "claimed"  # one worker has it
    SENT = "sent"
    NOTHING_NEW = "nothing-new"
    MISSED = "missed"  # later than the grace time: skipped and recorded
    FAILED = "failed"  # worth another try
    REJECTED = "rejected"  # channel gone or rights lost: no retry, the admins are told


@dataclass(frozen=True, slots=True)
class Delivery:
    """The record of one occurrence: its claim, and its end."""

    occurrence: Occurrence
    state: DeliveryState
    worker: str
    claimed_at: datetime
    finished_at: datetime | None
    attempts: int
    late: bool
    message_id: int | None
    detail: str | None
