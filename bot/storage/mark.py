"""Marks: another one after every change, whichever process makes it."""

import secrets

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.saving import upsert
from bot.storage.tables import memory

CORPUS = "corpus-mark"  # renewed with every change of articles or stories
FOLD = "fold-mark"  # renewed whenever copies are folded
BASIS = "fold-basis"  # what the last fold rests on; there as long as no article was removed since


async def read_mark(connection: AsyncConnection, of: str = CORPUS) -> str | None:
    """The mark as it stands; None before the first change."""
    found: str | None = await connection.scalar(select(memory.c.value).where(memory.c.key == of))
    return found


async def renew_mark(connection: AsyncConnection, of: str = CORPUS) -> str:
    """Something changes in this transaction; the new mark. By chance, not by counting: a mark never comes back."""
    mark = secrets.token_hex(8)
    await upsert(connection, memory, [{"key": of, "value": mark}])
    return mark


async def note_fold(connection: AsyncConnection, basis: str) -> str:
    """Copies are folded in this transaction; the mark of this fold."""
    await upsert(connection, memory, [{"key": BASIS, "value": basis}])
    return await renew_mark(connection, FOLD)


async def note_removal(connection: AsyncConnection) -> None:
    """Articles are removed in this transaction: what they shared with others is not to be known any more."""
    await connection.execute(delete(memory).where(memory.c.key == BASIS))
    await renew_mark(connection)
