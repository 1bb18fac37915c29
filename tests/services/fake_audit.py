"""The audit log in a list."""

from dataclasses import replace
from datetime import datetime

from bot.services.audit import AuditEntry


class MemoryAudit:
    """`AuditLog` without a database."""

    def __init__(self) -> None:
        self._entries: list[AuditEntry] = []

    async def add(self, entry: AuditEntry) -> None:
        self._entries.append(entry)

    async def newest(self, guild_id: int, most: int) -> tuple[AuditEntry, ...]:
        here = [one for one in reversed(self._entries) if one.guild_id == guild_id]
        return tuple(sorted(here, key=lambda one: one.at, reverse=True)[:most])

    async def prune(self, before: datetime) -> int:
        kept = [one for one in self._entries if one.at >= before]
        gone, self._entries = len(self._entries) - len(kept), kept
        return gone

    async def forget_member(self, member_id: int) -> int:
        hit = [one.member_id == member_id for one in self._entries]
        self._entries = [replace(one, member_id=None) if one.member_id == member_id else one for one in self._entries]
        return sum(hit)
