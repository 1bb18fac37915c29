"""Who changed what on a server, for its admins. Kept for a year; a member's name can be taken out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

KEPT = timedelta(days=365)
MOST_SHOWN = 50
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change. `member_id` is None where that member asked to be forgotten."""

    at: datetime
    guild_id: int
    member_id: int | None
    action: str
    detail: str


class AuditLog(Protocol):
    """The changes as they are stored."""

    async def add(self, entry: AuditEntry) -> None: ...

    async def newest(self, guild_id: int, most: int) -> tuple[AuditEntry, ...]:
        """The last ones of a server, newest first."""

    async def prune(self, before: datetime) -> int:
        """Forget older ones; how many."""

    async def forget_member(self, member_id: int) -> int:
        """Take this member out of every entry; how many there were."""


class AuditService:
    """Records changes and shows them."""

    def __init__(self, log: AuditLog, clock: Callable[[], datetime]) -> None:
        self._log = log
        self._clock = clock

    async def record(self, guild_id: int, member_id: int, action: str, detail: str) -> None:
        """A change that was made just now; what is older than a year goes."""
        now = self._clock()
        await self._log.add(AuditEntry(now, guild_id, member_id, action, detail[:_LONGEST]))
        await self._log.prune(now - KEPT)

    async def newest(self, guild_id: int) -> tuple[AuditEntry, ...]:
        """The last changes on this server, newest first."""
        return await self._log.newest(guild_id, MOST_SHOWN)

    async def forget_member(self, member_id: int) -> int:
        """Keep what was done, and forget that this member did it; in how many entries."""
        return await self._log.forget_member(member_id)
