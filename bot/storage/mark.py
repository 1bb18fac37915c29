"""The mark of the corpus: another one after every change, whichever process makes it."""

import secrets

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.saving import upsert
from bot.storage.tables import memory

_KEY = "corpus-mark"


async def read_mark(connection: AsyncConnection) -> str | None:
    """The mark as it stands; None before the first change."""
    found: str | None = await connection.scalar(select(memory.c.value).where(memory.c.key == _KEY))
    return found


async def renew_mark(connection: AsyncConnection) -> None:
    """Something changes in this transaction. By chance, not by counting: a mark never comes back."""
    await upsert(connection, memory, [{"key": _KEY, "value": secrets.token_hex(8)}])
