"""Recurring rules, as guilds set them up."""

from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, delete, func, select, true, update

from bot.schedules.model import NewSchedule, Schedule
from bot.storage.codec import decode_posting, decode_scope, encode_posting, encode_scope
from bot.storage.engine import Engine, decoded
from bot.storage.tables import AnyRow, schedules


class SqlSchedules:
    """`Schedules` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def add(self, new: NewSchedule, created_at: datetime) -> Schedule:
        """Store a new one; its id was never used before."""
        values = _rule(new) | {
            "guild_id": new.guild_id,
            "created_at": created_at,
            "created_by": new.created_by,
            "paused": False,
        }
        async with self._engine.writing() as connection:
            stored = await connection.execute(schedules.insert().values(values).returning(schedules))
            return _schedule(stored.one())

    async def get(self, schedule_id: int) -> Schedule | None:
        """The one with this id, if any."""
        found = await self._where(schedules.c.id == schedule_id)
        return found[0] if found else None

    async def of_guild(self, guild_id: int) -> tuple[Schedule, ...]:
        """All of a guild, paused ones too, oldest first."""
        return await self._where(schedules.c.guild_id == guild_id)

    async def active(self) -> tuple[Schedule, ...]:
        """All that are not paused, of all guilds."""
        return await self._where(schedules.c.paused.is_(False))

    async def number_active(self) -> int:
        """How many these are."""
        wanted = select(func.count()).select_from(schedules).where(schedules.c.paused.is_(False))
        async with self._engine.reading() as connection:
            return (await connection.execute(wanted)).scalar_one()

    async def all(self) -> tuple[Schedule, ...]:
        """Every one of all guilds, paused ones too, oldest first."""
        return await self._where(true())

    async def change(self, schedule: Schedule) -> bool:
        """Put everything of it that can be edited in the place of what was there; whether it was there."""
        values = _rule(schedule) | {"ruled_at": schedule.ruled_at}
        change = update(schedules).where(schedules.c.id == schedule.id).values(values)
        async with self._engine.writing() as connection:
            return (await connection.execute(change)).rowcount == 1

    async def remove(self, schedule_id: int) -> bool:
        """Forget one with its deliveries; whether it was there."""
        async with self._engine.writing() as connection:
            gone = await connection.execute(delete(schedules).where(schedules.c.id == schedule_id))
            return gone.rowcount == 1

    async def set_paused(self, schedule_id: int, paused: bool) -> bool:
        """Pause or resume; whether it was there."""
        change = update(schedules).where(schedules.c.id == schedule_id).values(paused=paused)
        async with self._engine.writing() as connection:
            return (await connection.execute(change)).rowcount == 1

    async def _where(self, condition: ColumnElement[bool]) -> tuple[Schedule, ...]:
        async with self._engine.reading() as connection:
            found = await connection.execute(select(schedules).where(condition).order_by(schedules.c.id))
            return await decoded(found, _schedule)


def _rule(one: NewSchedule | Schedule) -> dict[str, object]:
    return {
        "channel_id": one.channel_id,
        "local_time": one.local_time,
        "zone": one.zone,
        "days": ",".join(map(str, one.days)),
        "scope": encode_scope(one.scope),
        "words": one.words,
        "posting": encode_posting(one.posting),
    }


def _schedule(row: AnyRow) -> Schedule:
    return Schedule(
        id=row.id,
        guild_id=row.guild_id,
        channel_id=row.channel_id,
        local_time=row.local_time,
        zone=row.zone,
        days=_days(row.days),
        scope=decode_scope(row.scope),
        words=row.words,
        created_at=row.created_at,
        created_by=row.created_by,
        paused=row.paused,
        posting=decode_posting(row.posting),
        ruled_at=row.ruled_at,
    )


@cache
def _days(stored: str) -> tuple[int, ...]:
    return tuple(int(day) for day in stored.split(",") if day)
