"""The ledger of occurrences. Its primary key is what makes a briefing go out once and only once."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, Update, and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.schedules.due import AGAIN
from bot.schedules.model import Delivery, DeliveryState, Occurrence, Telling
from bot.services.correction_ports import Post
from bot.storage.engine import Engine, decoded
from bot.storage.saving import insert_unless_there
from bot.storage.tables import AnyRow, deliveries, posts, tellings
from bot.storage.together import Together


class SqlDeliveries:
    """`Deliveries` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._together = Together(engine)

    async def claim(self, occurrence: Occurrence, worker: str, now: datetime, *, late: bool) -> bool:
        """Insert the claim row and commit; False if somebody has it already, or the schedule is gone."""
        claimed = {"state": DeliveryState.CLAIMED.value, "worker": worker, "attempts": 1, "late": late}
        return await self._insert(occurrence, {**claimed, "claimed_at": now, "unsure_since": now})

    async def ask(self, occurrence: Occurrence, worker: str, now: datetime) -> bool:
        """Insert an occurrence to be claimed at once; False if it is there already, or the schedule is gone."""
        asked = {"state": DeliveryState.ASKED.value, "worker": worker, "attempts": 0, "late": False}
        return await self._insert(occurrence, {**asked, "claimed_at": now})

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

        One UPDATE that names what it expects to find: of two that try, the second finds the first one's claim, or its
        attempt where that has ended already.
        """
        free = deliveries.c.state.in_([state.value for state in (DeliveryState.ASKED, *AGAIN)])
        stale = and_(deliveries.c.state == DeliveryState.CLAIMED.value, deliveries.c.claimed_at < stale_before)
        change = (
            update(deliveries)
            .where(_is(occurrence), or_(free, stale), deliveries.c.attempts == attempt - 1)
            .values(
                state=DeliveryState.CLAIMED.value,
                worker=worker,
                claimed_at=now,
                finished_at=None,
                late=late,
                attempts=attempt,
                unsure_since=func.coalesce(deliveries.c.unsure_since, now),
            )
        )
        return await self._together.make(lambda connection: _changes_one(connection, change))

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
        """Record the end, and with it what the channel was told, and by which post.

        What is recorded as sent stays so, whatever a slower worker reports afterwards; and of an `attempt` after which
        somebody has begun another one nothing counts but that it was sent. A post is out also where its schedule was
        removed meanwhile, and the record with it.
        """
        unsent = deliveries.c.state != DeliveryState.SENT.value
        change = update(deliveries).where(_is(occurrence), unsent)
        if attempt is not None and state is not DeliveryState.SENT:
            change = change.where(deliveries.c.attempts == attempt)
        end = {"state": state.value, "finished_at": now, "detail": detail, "unsure_since": unsure_since}
        message = {"message_id": message_id, "posted_in": posted_in, "edition_id": telling and telling.edition_id}
        known = select(deliveries.c.slot).where(_is(occurrence))

        async def record(connection: AsyncConnection) -> None:
            if not await _changes_one(connection, change.values(end | message)) and await connection.scalar(known):
                return
            if telling is not None:
                await insert_unless_there(connection, tellings, asdict(telling))
            if post is not None:
                await insert_unless_there(connection, posts, asdict(post))

        await self._together.make(record)

    async def newest(self, schedule_ids: Collection[int], limit: int) -> tuple[Delivery, ...]:
        """The last `limit` deliveries of these schedules, newest first."""
        those = self._engine.is_among(deliveries.c.schedule_id, schedule_ids)
        newest_first = (deliveries.c.due_at.desc(), deliveries.c.schedule_id)
        query = select(deliveries).where(those).order_by(*newest_first).limit(limit)
        async with self._engine.reading() as connection:
            return await decoded(await connection.execute(query), _delivery)

    async def since(self, schedule_ids: Collection[int], start: datetime) -> tuple[Delivery, ...]:
        """Deliveries of these schedules due at or after `start`, oldest first."""
        those = self._engine.is_among(deliveries.c.schedule_id, schedule_ids)
        query = select(deliveries).where(those, deliveries.c.due_at >= start)
        async with self._engine.reading() as connection:
            found = await connection.execute(query.order_by(deliveries.c.due_at, deliveries.c.schedule_id))
            return await decoded(found, _delivery)

    async def last(self, schedule_ids: Collection[int]) -> Mapping[int, Delivery]:
        """The newest delivery of each schedule that has one."""
        those = self._engine.is_among(deliveries.c.schedule_id, schedule_ids)
        newest_due = func.max(deliveries.c.due_at).label("due_at")
        newest = select(deliveries.c.schedule_id, newest_due).where(those).group_by(deliveries.c.schedule_id).subquery()
        same = and_(deliveries.c.schedule_id == newest.c.schedule_id, deliveries.c.due_at == newest.c.due_at)
        async with self._engine.reading() as connection:
            found = await connection.execute(select(deliveries).join(newest, same))
            return {row.schedule_id: _delivery(row) for row in found}

    async def _insert(self, occurrence: Occurrence, values: Mapping[str, object]) -> bool:
        row = asdict(occurrence) | dict(values)
        try:
            return await self._together.make(lambda connection: insert_unless_there(connection, deliveries, row))
        except IntegrityError:  # the schedule is gone
            return False


async def _changes_one(connection: AsyncConnection, change: Update) -> bool:
    return (await connection.execute(change)).rowcount == 1


def _is(occurrence: Occurrence) -> ColumnElement[bool]:
    return and_(
        deliveries.c.schedule_id == occurrence.schedule_id,
        deliveries.c.local_date == occurrence.local_date,
        deliveries.c.slot == occurrence.slot,
    )


def _delivery(row: AnyRow) -> Delivery:
    return Delivery(
        occurrence=Occurrence(row.schedule_id, row.local_date, row.slot, row.due_at),
        state=DeliveryState(row.state),
        worker=row.worker,
        claimed_at=row.claimed_at,
        finished_at=row.finished_at,
        attempts=row.attempts,
        late=row.late,
        message_id=row.message_id,
        detail=row.detail,
        posted_in=row.posted_in,
        edition_id=row.edition_id,
        unsure_since=row.unsure_since,
    )
