"""What keeps schedules from being posted."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select, update

from bot.schedules.model import Trouble, TroubleKind
from bot.storage.engine import Engine
from bot.storage.saving import insert_unless_there
from bot.storage.tables import AnyRow, troubles


class SqlTroubles:
    """`Troubles` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def note(self, trouble: Trouble) -> None:
        """Remember it, unless the same kind is known of the schedule; another kind takes its place, untold."""
        same = troubles.c.schedule_id == trouble.schedule_id
        row = asdict(trouble) | {"kind": trouble.kind.value}
        async with self._engine.writing() as connection:
            await connection.execute(delete(troubles).where(same, troubles.c.kind != trouble.kind.value))
            await insert_unless_there(connection, troubles, row)

    async def untold(self) -> tuple[Trouble, ...]:
        """Those that nobody was told of, oldest first."""
        query = select(troubles).where(troubles.c.told_at.is_(None))
        async with self._engine.reading() as connection:
            found = await connection.execute(query.order_by(troubles.c.since, troubles.c.schedule_id))
            return tuple(map(_trouble, found))

    async def mark_told(self, schedule_id: int, told_at: datetime | None) -> bool:
        """Take it upon oneself to tell it, or (None) give it back; False if somebody else was quicker."""
        is_open = troubles.c.told_at.is_(None) if told_at else troubles.c.told_at.is_not(None)
        change = update(troubles).where(troubles.c.schedule_id == schedule_id, is_open).values(told_at=told_at)
        async with self._engine.writing() as connection:
            return (await connection.execute(change)).rowcount == 1

    async def clear(self, schedule_id: int) -> Trouble | None:
        """It is over: forget it, and give back what was known."""
        gone = delete(troubles).where(troubles.c.schedule_id == schedule_id).returning(troubles)
        async with self._engine.reading() as connection:
            if (
                await connection.execute(select(troubles).where(troubles.c.schedule_id == schedule_id))
            ).first() is None:
                return None  # as nearly always: a read costs nothing, a write waits for its turn
        async with self._engine.writing() as connection:
            row = (await connection.execute(gone)).one_or_none()
        return _trouble(row) if row is not None else None


def _trouble(row: AnyRow) -> Trouble:
    return Trouble(row.schedule_id, TroubleKind(row.kind), row.reason, row.since, row.told_at)
