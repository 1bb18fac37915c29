"""Which editions were posted to which channel."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.schedules.model import Telling
from bot.storage.engine import Engine
from bot.storage.tables import tellings


class SqlTellings:
    """`Tellings` on SQLite or PostgreSQL. `SqlDeliveries.finish` writes them, together with the end of a delivery."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def of_channel(self, channel_id: int, since: datetime) -> tuple[Telling, ...]:
        """What a channel was told at or after `since`, oldest first."""
        there = tellings.c.channel_id == channel_id
        query = select(tellings).where(there, tellings.c.told_at >= since)
        async with self._engine.reading() as connection:
            found = await connection.execute(query.order_by(tellings.c.told_at, tellings.c.edition_id))
            return tuple(Telling(row.channel_id, row.schedule_id, row.edition_id, row.told_at) for row in found)

    async def prune(self, before: datetime) -> int:
        """Forget what was told before `before`; how many editions that were."""
        async with self._engine.writing() as connection:
            return (await connection.execute(delete(tellings).where(tellings.c.told_at < before))).rowcount
