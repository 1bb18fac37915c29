"""What is kept about members, and how they are written to. `bot.storage` and `bot.gateway` provide it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.positions.novelties import News
from bot.services.correction_ports import Post


@dataclass(frozen=True, slots=True)
class Follow:
    """A member follows an actor or a topic of the dossier (`kind` is "actor" or "topic")."""

    member_id: int
    kind: str
    key: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """How a member is written to. `paused_at` is when a direct message was refused; `is_told` that the member knows."""

    member_id: int
    language: str
    paused_at: datetime | None = None
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """Events given to one direct message (`batch`), and whether it is known to have gone out."""

    member_id: int
    batch: str
    claimed_at: datetime
    is_sent: bool


@dataclass(frozen=True, slots=True)
class Footprint:
    """How many rows each kind of thing has that is kept about a member; nothing is kept where it is empty."""

    follows: tuple[Follow, ...]
    numbers: Mapping[str, int]


class Members(Protocol):
    """Memory of members. Every method is one transaction."""

    async def follow(self, follow: Follow, language: str) -> bool:
        """Remember it and how to write to the member, who can be written to again; False if it was followed."""

    async def unfollow(self, member_id: int, kind: str | None = None, key: str | None = None) -> int:
        """Forget this one, or all; how many that were. Who follows nothing any more is forgotten altogether."""

    async def followed_by(self, member_id: int) -> tuple[Follow, ...]:
        """What a member follows, in the order it began."""

    async def followers(self) -> Mapping[Member, tuple[Follow, ...]]:
        """Everybody who follows something, paused or not."""

    async def pause(self, member_id: int, at: datetime) -> None:
        """Write no more until the member follows something again."""

    async def untold(self) -> frozenset[int]:
        """Members who are paused and don't know it."""

    async def mark_told(self, member_id: int) -> None:
        """The member knows."""

    async def claim(self, member_id: int, keys: Collection[str], batch: str, now: datetime) -> frozenset[str]:
        """Give these events to a message, and commit; those that were given to none before."""

    async def settle(self, member_id: int, batch: str, *, is_sent: bool) -> None:
        """The message went out, or its events may be told by another."""

    async def tellings(self, since: datetime) -> tuple[Telling, ...]:
        """The messages claimed at or after `since`, oldest first."""

    async def prune(self, before: datetime) -> int:
        """Forget messages claimed, and what was looked at, before `before`."""

    async def look(self, member_id: int, guild_id: int, edition: str | None, now: datetime) -> None:
        """A member looked at this edition, or in vain, in this server."""

    async def looked(self, member_id: int, guild_id: int, before: datetime) -> tuple[datetime | None, tuple[str, ...]]:
        """When the member last looked there before this instant, and the editions shown until then, oldest first."""

    async def footprint(self, member_id: int) -> Footprint:
        """What is kept about a member."""

    async def forget(self, member_id: int) -> None:
        """Delete it all; in what belongs to servers the member's number becomes 0."""


@dataclass(frozen=True, slots=True)
class Found:
    """A message that is there; `post` if its lines can be proved."""

    post: Post | None


class DirectMessenger(Protocol):
    """Writes to members."""

    async def send(self, member: Member, news: News, follows: Sequence[Follow], *, nonce: str) -> Post | None:
        """Send once; the message, if its lines can be proved.

        Raises `DeliveryRejectedError` (closed, gone) or `DeliveryFailedError` (worth another try).
        """

    async def find_sent(self, member_id: int, language: str, *, nonce: str, since: datetime) -> Found | None:
        """The message of an interrupted try, if it is there. Raises as `send`, or that it can't be found out."""
