"""Marks: another one after every change, whichever process makes it."""

import secrets

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.saving import upsert
from bot.storage.tables import memory

CORPUS = "corpus-mark"  # renewed with every change of articles or stories
FOLD = "fold-mark"  # renewed whenever copies are folded


async def read_mark(connection: AsyncConnection, of: str = CORPUS) -> str | None:
    """The mark as it stands; None before the first change."""
    found: str | None = await connection.scalar(select(memory.c.value).where(memory.c.key == of))
    return found


async def renew_mark(connection: AsyncConnection, of: str = CORPUS) -> str:
    """Something changes in this transaction; the new mark. By chance, not by counting: a mark never comes back."""
    mark = secrets.token_hex(8)
    await upsert(connection, memory, [{"key": of, "value": mark}])
    return mark
