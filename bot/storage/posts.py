"""Messages that are out. They outlive the schedules that posted them."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select

from bot.services.correction_ports import Post
from bot.storage.engine import Engine
from bot.storage.saving import insert_unless_there
from bot.storage.tables import posts


class SqlPosts:
    """`Posts` on SQLite or PostgreSQL. `SqlDeliveries.finish` adds to them, together with the end of a delivery."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def keep(self, post: Post) -> None:
        """Remember one; nothing where it is known."""
        async with self._engine.writing() as connection:
            await insert_unless_there(connection, posts, asdict(post))

    async def editions_since(self, start: datetime) -> tuple[str, ...]:
        """Editions that were posted at or after an instant."""
        query = select(posts.c.edition_id).where(posts.c.posted_at >= start).distinct()
        async with self._engine.reading() as connection:
            return tuple(await connection.scalars(query.order_by(posts.c.edition_id)))

    async def showing(self, edition_ids: Collection[str], since: datetime) -> tuple[Post, ...]:
        """Posts that show one of these editions, and were posted at or after an instant."""
        those = self._engine.is_among(posts.c.edition_id, edition_ids)
        query = select(posts).where(those, posts.c.posted_at >= since).order_by(posts.c.message_id)
        async with self._engine.reading() as connection:
            return tuple(Post(**row._mapping) for row in await connection.execute(query))

    async def prune(self, before: datetime) -> int:
        """Forget those that were posted before an instant; how many that were."""
        async with self._engine.writing() as connection:
            return (await connection.execute(delete(posts).where(posts.c.posted_at < before))).rowcount
