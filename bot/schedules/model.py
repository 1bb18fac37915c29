"""Recurring rules, planned postings, and what became of them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.briefings.model import Scope

EXTRA = "+"  # begins the slot of an occurrence that somebody asked for


class Threads(StrEnum):
    """What becomes of a post besides the message itself."""

    NONE = "none"
    AUTO = "auto"  # a thread is started from it, to talk about it
    FORUM = "forum"  # the channel is a forum, so every post is one of its threads


class WhenNothingNew(StrEnum):
    """What a quiet day looks like in the channel."""

    SKIP = "skip"  # nothing; the delivery log says so
    NOTE = "note"  # one line


@dataclass(frozen=True, slots=True)
class Posting:
    """How a briefing is posted, whatever is in it.

    `publish` sends it on to the servers that follow an announcement channel; `silent` notifies nobody; the role of
    `ping_role_id` alone is pinged; our own words in it are in `language`.
    """

    threads: Threads = Threads.NONE
    publish: bool = False
    silent: bool = False
    ping_role_id: int | None = None
    when_nothing_new: WhenNothingNew = WhenNothingNew.SKIP
    language: str = "en"


PLAIN = Posting()


@dataclass(frozen=True, slots=True)
class Schedule:
    """A briefing posted to one channel at a local time on given weekdays (Monday is 0) of an IANA zone.

    `ruled_at` is when time, zone or days were changed last, if they were.
    """

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
    posting: Posting = PLAIN
    ruled_at: datetime | None = None

    @property
    def begins_at(self) -> datetime:
        """No occurrence is older."""
        return self.ruled_at or self.created_at

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
    posting: Posting = PLAIN


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One planned posting. `(schedule_id, local_date, slot)` is its identity.

    `slot` is the local time, "HH:MM"; of one that somebody asked for besides, with `EXTRA` before it.
    """

    schedule_id: int
    local_date: date
    slot: str
    due_at: datetime

    @property
    def by_hand(self) -> bool:
        """Whether somebody asked for it, besides the regular ones."""
        return self.slot.startswith(EXTRA)

    @property
    def clock(self) -> str:
        """The local time it is for, "HH:MM"."""
        return self.slot.removeprefix(EXTRA)


class DeliveryState(StrEnum):
    """What became of an occurrence."""

    ASKED = "asked"  # by hand, besides the regular ones: to be claimed at once
    CLAIMED = "claimed"  # one worker has it
    SENT = "sent"
    NOTHING_NEW = "nothing-new"
    MISSED = "missed"  # later than the grace time: skipped and recorded
    FAILED = "failed"  # worth another try
    UNSURE = "unsure"  # it may stand in the channel, which can't be looked through: not sent again unless it can
    REJECTED = "rejected"  # channel gone or rights lost: no retry, the admins are told


@dataclass(frozen=True, slots=True)
class Telling:
    """An edition that was posted to a channel: its lines are not told there again.

    `told_at` is the instant it was composed: what comes in later is news to the next one of `schedule_id`.
    """

    channel_id: int
    schedule_id: int
    edition_id: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """The record of one occurrence: its claim, and its end.

    The message is `message_id` in `posted_in`, the channel or the thread it stands in, and shows `edition_id`. Of one
    that has no such end, a message may stand in the channel that was sent at `unsure_since` or later; None if none can.
    """

    occurrence: Occurrence
    state: DeliveryState
    worker: str
    claimed_at: datetime
    finished_at: datetime | None
    attempts: int
    late: bool
    message_id: int | None
    detail: str | None
    posted_in: int | None = None
    edition_id: str | None = None
    unsure_since: datetime | None = None


class TroubleKind(StrEnum):
    """Why a schedule is not posted as it should be."""

    GONE = "gone"  # its channel is no more: it is paused
    FORBIDDEN = "forbidden"  # rights are lost: tried again
    HOPELESS = "hopeless"  # rights have been lost for long: it is paused
    UNSURE = "unsure"  # whether it was posted can't be found out
    REFUSED = "refused"  # Discord finds the message itself wrong
    UNREACHABLE = "unreachable"  # Discord, or our own database, for as long as a briefing may be late


@dataclass(frozen=True, slots=True)
class Trouble:
    """What keeps a schedule from being posted, `since` when, and when the server's admins were told."""

    schedule_id: int
    kind: TroubleKind
    reason: str
    since: datetime
    told_at: datetime | None = None
