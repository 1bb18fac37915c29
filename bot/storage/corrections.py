"""Lines that were reported, and what was put right."""

from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import delete, select, update

from bot.positions.overrides import Override
from bot.services.correction_ports import Correction, CorrectionState, Reason
from bot.storage.engine import Engine
from bot.storage.tables import AnyRow, corrections

_OVERRIDES = TypeAdapter(tuple[Override, ...])
_NOTHING = _OVERRIDES.dump_json(()).decode()


class SqlCorrections:
    """`Corrections` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def add(self, correction: Correction) -> Correction:
        """Store a new one; with its number."""
        async with self._engine.writing() as connection:
            insert = corrections.insert().values(_row(correction)).returning(corrections.c.number)
            number = await connection.scalar(insert)
            found = await connection.execute(select(corrections).where(corrections.c.number == number))
            return _correction(found.one())

    async def get(self, number: int) -> Correction | None:
        """The one with this number."""
        async with self._engine.reading() as connection:
            found = await connection.execute(select(corrections).where(corrections.c.number == number))
            row = found.one_or_none()
        return None if row is None else _correction(row)

    async def change(self, correction: Correction) -> bool:
        """Decide an open one; False if somebody else was quicker."""
        is_open = corrections.c.state == CorrectionState.OPEN.value
        change = update(corrections).where(corrections.c.number == correction.number, is_open)
        async with self._engine.writing() as connection:
            return (await connection.execute(change.values(_row(correction)))).rowcount == 1

    async def all(self, state: CorrectionState) -> tuple[Correction, ...]:
        """Those in a state, newest first."""
        query = select(corrections).where(corrections.c.state == state.value).order_by(corrections.c.number.desc())
        async with self._engine.reading() as connection:
            return tuple(map(_correction, await connection.execute(query)))

    async def holding(self) -> tuple[Override, ...]:
        """What the accepted ones have put right; of the newest correction first."""
        holds = (corrections.c.state == CorrectionState.ACCEPTED.value, corrections.c.overrides != _NOTHING)
        query = select(corrections.c.overrides).where(*holds).order_by(corrections.c.number.desc())
        async with self._engine.reading() as connection:
            found: list[str] = list(await connection.scalars(query))
        return tuple(override for encoded in found for override in _OVERRIDES.validate_json(encoded))

    async def prune_revisions(self, before: datetime) -> int:
        """Forget what publishers changed, as far as it was noted before then; how many that were."""
        gone = (corrections.c.reason == Reason.REVISION.value, corrections.c.decided_at < before)
        async with self._engine.writing() as connection:
            return (await connection.execute(delete(corrections).where(*gone))).rowcount


def _row(one: Correction) -> dict[str, object]:
    names = ("guild_id", "edition_id", "line", "article_id", "text", "source", "note", "reported_by", "reported_at")
    kept = {name: getattr(one, name) for name in (*names, "decided_by", "decided_at", "change")}
    encoded = _OVERRIDES.dump_json(one.overrides, exclude_defaults=True).decode()
    return kept | {"reason": one.reason.value, "state": one.state.value, "overrides": encoded}


def _correction(row: AnyRow) -> Correction:
    values = dict(row._mapping)
    values["reason"], values["state"] = Reason(row.reason), CorrectionState(row.state)
    return Correction(**values | {"overrides": _OVERRIDES.validate_json(row.overrides)})
