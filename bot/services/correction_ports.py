"""What corrections need from the outside world: their table, the posts that are out, and a way to edit them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.positions.overrides import Override


class Reason(StrEnum):
    """What is said to be wrong with a line."""

    SPEAKER = "speaker"
    STANCE = "stance"
    TEXT = "text"  # not verbatim, or outdated
    OTHER = "other"
    REVISION = "revision"  # nobody reported it: its publisher changed the text


class CorrectionState(StrEnum):
    """How far a correction is."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Correction:
    """A line that somebody reported, and what came of it. `number` is 0 until it is stored.

    `guild_id` is the server it was reported in, 0 where the bot runs; `overrides` are what was put right, `change` the
    same in words.
    """

    number: int
    guild_id: int
    edition_id: str
    line: int
    article_id: str
    text: str
    source: str
    reason: Reason
    note: str
    reported_by: int
    reported_at: datetime
    state: CorrectionState = CorrectionState.OPEN
    decided_by: int | None = None
    decided_at: datetime | None = None
    change: str = ""
    overrides: tuple[Override, ...] = ()


class Corrections(Protocol):
    """The table of corrections."""

    async def add(self, correction: Correction) -> Correction:
        """Store a new one; with its number."""

    async def get(self, number: int) -> Correction | None:
        """The one with this number."""

    async def change(self, correction: Correction) -> bool:
        """Decide an open one; False if somebody else was quicker."""

    async def all(self, state: CorrectionState) -> tuple[Correction, ...]:
        """Those in a state, newest first."""

    async def holding(self) -> tuple[Override, ...]:
        """What the accepted ones have put right; of the newest correction first."""

    async def prune_revisions(self, before: datetime) -> int:
        """Forget what publishers changed, as far as it was noted before then; how many that were."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message of ours that is out and stays: where it stands, which edition it shows, and our own words' language.

    `guild_id` is 0 in a chat with a member, who is `member_id` then. A thread or a forum's post is a channel.
    """

    message_id: int
    channel_id: int
    guild_id: int
    edition_id: str
    language: str
    posted_at: datetime
    member_id: int | None = None


class Posts(Protocol):
    """Posts that are out, whatever became of the schedules that posted them. `Deliveries.finish` adds to them too."""

    async def keep(self, post: Post) -> None:
        """Remember one; nothing where it is known."""

    async def editions_since(self, start: datetime) -> tuple[str, ...]:
        """Editions that were posted at or after an instant."""

    async def showing(self, edition_ids: Collection[str], since: datetime) -> tuple[Post, ...]:
        """Posts that show one of these editions, and were posted at or after an instant."""

    async def prune(self, before: datetime) -> int:
        """Forget those that were posted before an instant; how many that were."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is noted beneath a post: a correction, and which of the post's lines it is about."""

    correction: Correction
    lines: tuple[int, ...]


class Amender(Protocol):
    """Edits posts of ours."""

    async def amend(self, post: Post, notes: Sequence[Note]) -> None:
        """Add notes to a post that is out. Raises `DeliveryRejectedError` or `DeliveryFailedError`."""
