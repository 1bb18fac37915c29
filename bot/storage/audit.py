"""Changes that admins made."""

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.services.audit import AuditEntry
from bot.storage.engine import Engine
from bot.storage.tables import audit


class SqlAudit:
    """`AuditLog` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def add(self, entry: AuditEntry) -> None:
        """Insert."""
        values = {
            "at": entry.at,
            "guild_id": entry.guild_id,
            "member_id": entry.member_id,
            "action": entry.action,
            "detail": entry.detail,
        }
        async with self._engine.writing() as connection:
            await connection.execute(audit.insert().values(values))

    async def newest(self, guild_id: int, most: int) -> tuple[AuditEntry, ...]:
        """The last ones of a server, newest first."""
        query = select(audit).where(audit.c.guild_id == guild_id).order_by(audit.c.at.desc(), audit.c.id.desc())
        async with self._engine.reading() as connection:
            found = await connection.execute(query.limit(most))
            return tuple(AuditEntry(one.at, one.guild_id, one.member_id, one.action, one.detail) for one in found)

    async def prune(self, before: datetime) -> int:
        """Forget older ones; how many."""
        async with self._engine.writing() as connection:
            return (await connection.execute(delete(audit).where(audit.c.at < before))).rowcount

    async def forget_member(self, member_id: int) -> int:
        """Take this member out of every entry; how many there were."""
        change = update(audit).where(audit.c.member_id == member_id).values(member_id=None)
        async with self._engine.writing() as connection:
            return (await connection.execute(change)).rowcount
