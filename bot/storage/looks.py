"""How documents looked when they were read last."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.services.source_ports import Look
from bot.storage.engine import Engine
from bot.storage.saving import upsert
from bot.storage.tables import articles, document_looks

_AT_ONCE = 1000  # rows written in one go: half a megabyte


class SqlLooks:
    """`Looks` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def between(self, source_id: str, start: datetime, end: datetime) -> Mapping[str, Look]:
        """By location, those of a source that were taken in `[start, end]`."""
        query = (
            select(articles.c.location, document_looks.c.stamp, document_looks.c.digest, document_looks.c.lines)
            .join(document_looks, document_looks.c.article_id == articles.c.id)
            .where(articles.c.source_id == source_id, document_looks.c.taken_at.between(start, end))
        )
        async with self._engine.reading() as connection:
            found = (await connection.execute(query)).all()
        return {row.location: Look(row.stamp, row.digest, row.lines) for row in found}

    async def keep(self, source_id: str, looks: Mapping[str, Look], taken_at: datetime) -> None:
        """Remember these in the place of earlier ones; of documents that are not stored (any more) none."""
        locations = sorted(looks)
        async with self._engine.writing() as connection:
            for start in range(0, len(locations), _AT_ONCE):
                ids = await self._stored(connection, source_id, locations[start : start + _AT_ONCE])
                rows = [
                    {
                        "article_id": article_id,
                        "stamp": looks[location].stamp,
                        "digest": looks[location].digest,
                        "lines": looks[location].lines,
                        "taken_at": taken_at,
                    }
                    for location, article_id in ids.items()
                ]
                await upsert(connection, document_looks, rows)

    async def _stored(self, connection: AsyncConnection, source_id: str, locations: Sequence[str]) -> Mapping[str, str]:
        """Ids of articles by location. They can't be removed before the transaction ends."""
        located = self._engine.is_among(articles.c.location, locations)
        query = select(articles.c.location, articles.c.id).where(articles.c.source_id == source_id, located)
        found = await connection.execute(query.with_for_update(read=True, key_share=True))
        return {row.location: row.id for row in found}
