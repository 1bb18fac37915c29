"""What is kept about members."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, func, select, update

from bot.services.member_ports import Follow, Footprint, Member, Telling
from bot.storage.engine import Engine
from bot.storage.saving import insert_unless_there, upsert
from bot.storage.tables import (
    AnyRow,
    audit,
    corrections,
    follows,
    looks,
    member_news,
    members,
    posts,
    schedules,
    sources,
)

_OWNED = {  # of servers, begun by a member
    "schedules": schedules.c.created_by,
    "sources": sources.c.added_by,
    "reports": corrections.c.reported_by,
    "decisions": corrections.c.decided_by,
}
NOBODY = 0


class SqlMembers:
    """`Members` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def follow(self, follow: Follow, language: str) -> bool:
        """Remember it and how to write to the member, who can be written to again; False if it was followed."""
        row = {"member_id": follow.member_id, "kind": follow.kind, "key": follow.key, "since": follow.since}
        person = {"member_id": follow.member_id, "language": language, "paused_at": None, "is_told": False}
        same = (follows.c.member_id == follow.member_id, follows.c.kind == follow.kind, follows.c.key == follow.key)
        async with self._engine.writing() as connection:
            known = await connection.scalar(select(func.count()).select_from(follows).where(*same))
            await insert_unless_there(connection, follows, row)
            await upsert(connection, members, [person])
        return not known

    async def unfollow(self, member_id: int, kind: str | None = None, key: str | None = None) -> int:
        """Forget this one, or all; how many that were. Who follows nothing any more is forgotten altogether."""
        asked = [follows.c.member_id == member_id]
        asked += [] if kind is None else [follows.c.kind == kind]
        asked += [] if key is None else [follows.c.key == key]
        left = select(follows.c.member_id).where(follows.c.member_id == member_id)
        async with self._engine.writing() as connection:
            gone = await connection.execute(delete(follows).where(*asked))
            await connection.execute(delete(members).where(members.c.member_id == member_id, ~left.exists()))
            return gone.rowcount

    async def followed_by(self, member_id: int) -> tuple[Follow, ...]:
        """What a member follows, in the order it began."""
        query = select(follows).where(follows.c.member_id == member_id)
        async with self._engine.reading() as connection:
            found = await connection.execute(query.order_by(follows.c.since, follows.c.kind, follows.c.key))
            return tuple(map(_follow, found))

    async def followers(self) -> Mapping[Member, tuple[Follow, ...]]:
        """Everybody who follows something, paused or not."""
        query = select(follows, members).join(members, members.c.member_id == follows.c.member_id)
        found: dict[Member, list[Follow]] = defaultdict(list)
        async with self._engine.reading() as connection:
            for row in await connection.execute(query.order_by(follows.c.member_id, follows.c.kind, follows.c.key)):
                found[Member(row.member_id, row.language, row.paused_at, row.is_told)].append(_follow(row))
        return {member: tuple(followed) for member, followed in found.items()}

    async def pause(self, member_id: int, at: datetime) -> None:
        """Write no more until the member follows something again."""
        change = update(members).where(members.c.member_id == member_id)
        async with self._engine.writing() as connection:
            await connection.execute(change.values(paused_at=at, is_told=False))

    async def untold(self) -> frozenset[int]:
        """Members who are paused and don't know it."""
        query = select(members.c.member_id).where(members.c.paused_at.is_not(None), members.c.is_told.is_(False))
        async with self._engine.reading() as connection:
            return frozenset(await connection.scalars(query))

    async def mark_told(self, member_id: int) -> None:
        """The member knows."""
        async with self._engine.writing() as connection:
            await connection.execute(update(members).where(members.c.member_id == member_id).values(is_told=True))

    async def claim(self, member_id: int, keys: Collection[str], batch: str, now: datetime) -> frozenset[str]:
        """Give these events to a message, and commit; those that were given to none before."""
        mine = select(member_news.c.event).where(member_news.c.member_id == member_id, member_news.c.batch == batch)
        async with self._engine.writing() as connection:
            for key in sorted(keys):
                row = {"member_id": member_id, "event": key, "batch": batch, "claimed_at": now, "is_sent": False}
                await insert_unless_there(connection, member_news, row)
            return frozenset(await connection.scalars(mine))

    async def settle(self, member_id: int, batch: str, *, is_sent: bool) -> None:
        """The message went out, or its events may be told by another."""
        mine = (member_news.c.member_id == member_id, member_news.c.batch == batch)
        change = update(member_news).values(is_sent=True) if is_sent else delete(member_news)
        async with self._engine.writing() as connection:
            await connection.execute(change.where(*mine))

    async def tellings(self, since: datetime) -> tuple[Telling, ...]:
        """The messages claimed at or after `since`, oldest first."""
        columns = (member_news.c.member_id, member_news.c.batch, member_news.c.claimed_at, member_news.c.is_sent)
        query = select(*columns).where(member_news.c.claimed_at >= since).distinct()
        async with self._engine.reading() as connection:
            found = await connection.execute(query.order_by(member_news.c.claimed_at, member_news.c.batch))
            return tuple(Telling(row.member_id, row.batch, row.claimed_at, row.is_sent) for row in found)

    async def prune(self, before: datetime) -> int:
        """Forget messages claimed, and what was looked at, before `before`."""
        async with self._engine.writing() as connection:
            gone = await connection.execute(delete(member_news).where(member_news.c.claimed_at < before))
            seen = await connection.execute(delete(looks).where(looks.c.looked_at < before))
            return gone.rowcount + seen.rowcount

    async def look(self, member_id: int, guild_id: int, edition: str | None, now: datetime) -> None:
        """A member looked at this edition, or in vain, in this server."""
        row = {"member_id": member_id, "guild_id": guild_id, "edition": edition or "", "looked_at": now}
        async with self._engine.writing() as connection:
            await upsert(connection, looks, [row])

    async def looked(self, member_id: int, guild_id: int, before: datetime) -> tuple[datetime | None, tuple[str, ...]]:
        """When the member last looked there before this instant, and the editions shown until then, oldest first."""
        there = (looks.c.member_id == member_id, looks.c.guild_id == guild_id, looks.c.looked_at < before)
        query = select(looks).where(*there)
        async with self._engine.reading() as connection:
            found = (await connection.execute(query.order_by(looks.c.looked_at, looks.c.edition))).all()
        return (found[-1].looked_at if found else None), tuple(row.edition for row in found if row.edition)

    async def footprint(self, member_id: int) -> Footprint:
        """What is kept about a member."""
        columns = {
            "messages": member_news.c.member_id,
            "posts": posts.c.member_id,
            "looks": looks.c.member_id,
            "audit": audit.c.member_id,
            **_OWNED,
        }
        async with self._engine.reading() as connection:
            numbers = {
                name: await connection.scalar(select(func.count()).where(column == member_id)) or 0
                for name, column in columns.items()
            }
        return Footprint(await self.followed_by(member_id), {name: n for name, n in numbers.items() if n})

    async def forget(self, member_id: int) -> None:
        """Delete it all; in what belongs to servers the member's number becomes 0."""
        async with self._engine.writing() as connection:
            for table in (follows, members, member_news, looks, posts):
                await connection.execute(delete(table).where(table.c.member_id == member_id))
            unnamed = update(audit).where(audit.c.member_id == member_id).values(member_id=None)
            await connection.execute(unnamed)
            for column in _OWNED.values():
                await connection.execute(update(column.table).where(column == member_id).values({column: NOBODY}))


def _follow(row: AnyRow) -> Follow:
    return Follow(row.member_id, row.kind, row.key, row.since)
