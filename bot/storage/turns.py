"""A turn that one process at a time has, of all that use a database. It ends with the process, however that ends."""

import asyncio
from pathlib import Path
from typing import IO, Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import Engine
from bot.storage.faults import storage_errors

try:
    import fcntl
except ImportError:  # a platform without file locks: there, one process a database
    fcntl = None  # type: ignore[assignment]

# What there are turns for, with the number of its PostgreSQL advisory lock: any that nobody else uses.
_NUMBERS = {"load": 0x617474616368EA, "amend": 0x617474616368EB}
_PAUSE = 0.5  # seconds between looks whether it is free


class SqlTurn:
    """The turn to load, say, as a context manager: an advisory lock in PostgreSQL, a locked file beside SQLite's.

    Both are let go by the operating system or the server when their process dies. Within a process whoever comes
    second waits too. A pooler that hands out connections by transaction can't hold such a lock.
    """

    def __init__(self, engine: Engine, purpose: str = "load") -> None:
        """`purpose` is "load" or "amend"."""
        self._engine = engine
        self._purpose, self._number = purpose, _NUMBERS[purpose]
        self._here = asyncio.Lock()
        self._connection: AsyncConnection | None = None
        self._file: IO[bytes] | None = None

    async def __aenter__(self) -> None:
        await self._here.acquire()
        try:
            while not await self._take():  # noqa: ASYNC110  # another process can set no event of ours
                await asyncio.sleep(_PAUSE)
        except BaseException:
            self._here.release()
            raise

    async def __aexit__(self, *_: object) -> None:
        try:
            await self._give_back()
        finally:
            self._here.release()

    async def is_taken_elsewhere(self) -> bool:
        """Whether another process has it now."""
        if self._here.locked():
            return False
        async with self._here:
            if not await self._take():
                return True
            await self._give_back()
            return False

    async def _take(self) -> bool:
        if self._engine.is_sqlite:
            return self._lock_file()
        with storage_errors(self._engine.address):
            connection = await self._engine.sql.connect()
            try:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                got = bool(
                    await connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": self._number})
                )
            except BaseException:
                await connection.close()
                raise
            if got:
                self._connection = connection
            else:
                await connection.close()
            return got

    async def _give_back(self) -> None:
        if self._file is not None:
            self._file.close()  # and with it the lock
            self._file = None
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            await connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": self._number})
        except SQLAlchemyError:
            await connection.invalidate()  # the server has let go of it already
        finally:
            await connection.close()

    def _lock_file(self) -> bool:
        database = self._engine.sql.url.database
        if fcntl is None or self._engine.is_in_memory or not database or database.startswith("file:"):
            return True
        file: IO[Any] = Path(f"{database}-{self._purpose}").open("ab")  # noqa: SIM115  # it stays open as long as the turn
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True
