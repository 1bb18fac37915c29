"""What schedules and deliveries need from the outside world: their tables, and a place to post to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.briefings.model import Briefing
from bot.schedules.model import (
    PLAIN,
    Delivery,
    DeliveryState,
    NewSchedule,
    Occurrence,
    Posting,
    Schedule,
    Telling,
    Trouble,
)
from bot.services.correction_ports import Post


class Schedules(Protocol):
    """Recurring rules."""

    async def add(self, new: NewSchedule, created_at: datetime) -> Schedule: ...
    async def get(self, schedule_id: int) -> Schedule | None: ...
    async def of_guild(self, guild_id: int) -> tuple[Schedule, ...]: ...
    async def active(self) -> tuple[Schedule, ...]: ...
    async def number_active(self) -> int: ...
    async def all(self) -> tuple[Schedule, ...]: ...
    async def change(self, schedule: Schedule) -> bool:
        """Put everything of it that can be edited in the place of what was there; whether it was there."""

    async def remove(self, schedule_id: int) -> bool: ...
    async def set_paused(self, schedule_id: int, paused: bool) -> bool: ...


class Deliveries(Protocol):
    """The ledger of occurrences: who claimed which, and what became of it."""

    async def claim(self, occurrence: Occurrence, worker: str, now: datetime, *, late: bool) -> bool:
        """Insert the claim row and commit; False if somebody has it already. The row's key is the guarantee."""

    async def ask(self, occurrence: Occurrence, worker: str, now: datetime) -> bool:
        """Insert an occurrence besides the regular ones; False if it is there already, or the schedule is gone."""

    async def retake(
        self,
        occurrence: Occurrence,
        worker: str,
        now: datetime,
        stale_before: datetime,
        *,
        attempt: int,
        late: bool = False,
    ) -> bool:
        """Take over an ASKED, FAILED or UNSURE one, or one CLAIMED before `stale_before`; False if it can't be had.

        It can't where `attempt` is not the one that comes next: somebody else has made it.
        """

    async def finish(
        self,
        occurrence: Occurrence,
        state: DeliveryState,
        now: datetime,
        *,
        message_id: int | None = None,
        posted_in: int | None = None,
        detail: str | None = None,
        telling: Telling | None = None,
        post: Post | None = None,
        unsure_since: datetime | None = None,
        attempt: int | None = None,
    ) -> None:
        """Record the end, and in the same transaction what the channel was told, and by which post.

        Of an `attempt` after which somebody has begun another one nothing counts but that it was sent.
        """

    async def newest(self, schedule_ids: Collection[int], limit: int) -> tuple[Delivery, ...]:
        """The last `limit` deliveries of these schedules, newest first."""

    async def since(self, schedule_ids: Collection[int], start: datetime) -> tuple[Delivery, ...]:
        """Deliveries of these schedules due at or after `start`, oldest first."""

    async def last(self, schedule_ids: Collection[int]) -> Mapping[int, Delivery]:
        """The newest delivery of each schedule that has one."""


class Tellings(Protocol):
    """Which editions a channel was told; `Deliveries.finish` writes it."""

    async def of_channel(self, channel_id: int, since: datetime) -> tuple[Telling, ...]:
        """What a channel was told at or after `since`, oldest first."""

    async def prune(self, before: datetime) -> int:
        """Forget what was told before `before`; how many editions that were."""


class Troubles(Protocol):
    """What keeps schedules from being posted; at most one of each schedule."""

    async def note(self, trouble: Trouble) -> None:
        """Remember it, unless the same kind is known of the schedule; another kind takes its place, untold."""

    async def untold(self) -> tuple[Trouble, ...]:
        """Those that nobody was told of, oldest first."""

    async def mark_told(self, schedule_id: int, told_at: datetime | None) -> bool:
        """Take it upon oneself to tell it, or (None) give it back; False if somebody else was quicker."""

    async def clear(self, schedule_id: int) -> Trouble | None:
        """It is over: forget it, and give back what was known."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a post goes, and in which manner. `nonce` (at most 25 characters) names the occurrence for Discord."""

    guild_id: int
    channel_id: int
    nonce: str
    local_date: date
    posting: Posting = PLAIN


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of ours, the channel or thread it stands in, and the edition that its small print names.

    `flaw` says what did not work besides: a post that could not be sent on, say.
    """

    message_id: int
    posted_in: int
    edition_id: str | None = None
    flaw: str | None = None


class Publisher(Protocol):
    """Posts briefings."""

    async def publish(self, to: Address, briefing: Briefing, *, late: bool) -> Posted:
        """Send once. Raises `DeliveryRejectedError` (gone, forbidden) or `DeliveryFailedError` (worth another try).

        An error whose `may_stand` is set leaves open whether the message stands in the channel all the same.
        """

    async def find_posted(self, to: Address, *, since: datetime) -> Posted | None:
        """The message of an interrupted try since then, and do what that one did not come to; None if there is none.

        Raises `OutcomeUnknownError` where it can't be told, and what `publish` raises.
        """


@dataclass(frozen=True, slots=True)
class News:
    """What admins are to know of a schedule: a trouble, or that it is over."""

    schedule: Schedule
    trouble: Trouble
    is_over: bool = False


class Herald(Protocol):
    """Tells admins. Each raises `DeliveryRejectedError` where it can't be told so, and `DeliveryFailedError`."""

    async def tell_channel(self, channel_id: int, news: Sequence[News]) -> None:
        """In this channel."""

    async def tell_server(self, guild_id: int, news: Sequence[News]) -> None:
        """Where the server's own system messages go."""

    async def tell_member(self, user_id: int, news: Sequence[News]) -> None:
        """In a direct message."""
