"""Engines for SQLite and PostgreSQL, and the two kinds of transaction that every store uses."""

import asyncio
import json
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import aiosqlite
from sqlalchemy import ColumnElement, Connection, CursorResult, any_, bindparam, event, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.errors import StorageError
from bot.storage.faults import storage_errors
from bot.storage.tables import AnyRow, AnySelect

BUSY_SECONDS = 10  # how long SQLite waits for another process's transaction
CONNECT_SECONDS = 10  # how long PostgreSQL may take to answer a new connection
_POOL = 5
_AT_A_TIME = 200  # rows: a few milliseconds
_WRITES = "attache_writes"
_SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA synchronous = FULL",  # a committed claim survives a power cut, or a briefing would be posted twice
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -16000",
    "PRAGMA temp_store = MEMORY",
)
_POSTGRESQL_SETTINGS = (  # for few rows of large tables, each found by index; measured over 100,000 articles
    "SET jit = off; "  # compiling a query took up to half a second, running it a tenth
    "SET random_page_cost = 1.1; "  # as on any SSD; at the default of 4 whole tables are read for some hundred rows
    "SET max_parallel_workers_per_gather = 0; "  # starting helpers takes longer than what they would do
    "SET work_mem = '16MB'"
)

# Seconds without a word before the server is asked for one, between two questions, and how many go unanswered;
# milliseconds for what was sent and not received.
_KEEPALIVE = {"TCP_KEEPIDLE": 30, "TCP_KEEPINTVL": 10, "TCP_KEEPCNT": 3, "TCP_USER_TIMEOUT": 60_000}

Value = TypeVar("Value")


class Engine:
    """An SQLAlchemy engine with transactions in our sense. `address` names the database without its password."""

    def __init__(self, engine: AsyncEngine, address: str, *, memory: sqlite3.Connection | None = None) -> None:
        self.sql = engine
        self.address = address
        self.is_in_memory = memory is not None
        self._memory = memory  # a database in memory lasts as long as one of its connections
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._turn = asyncio.Lock()  # SQLite has one writer: ours queue here, not by polling the file

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """One consistent snapshot for several queries."""
        with storage_errors(self.address):
            async with self.sql.connect() as connection:
                if not self.is_sqlite:
                    await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """One transaction, committed at the end, undone by an exception."""
        async with AsyncExitStack() as stack:
            stack.enter_context(storage_errors(self.address))
            if self.is_sqlite:
                await stack.enter_async_context(self._turn)
            connection = await stack.enter_async_context(self.sql.connect())
            if self.is_sqlite:
                await connection.execution_options(**{_WRITES: True})
            await stack.enter_async_context(connection.begin())
            yield connection

    def is_among(self, column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
        """`column IN values` with one parameter whatever the number of values (drivers allow about 32,000)."""
        if self.is_sqlite:
            return column.in_(self.each(values, column))
        return column == any_(bindparam(None, list(values), type_=ARRAY(column.type)))

    def each(self, values: Collection[Any], like: ColumnElement[Any]) -> AnySelect:
        """The values as rows of one column, of the type of `like`; one parameter too."""
        if self.is_sqlite:
            found = func.json_each(bindparam(None, json.dumps(list(values)))).table_valued("value")
            return select(found.c.value)
        return select(func.unnest(bindparam(None, list(values), type_=ARRAY(like.type))).label("value"))

    async def close(self) -> None:
        """Give all connections back."""
        await self.sql.dispose()
        if self._memory is not None:
            self._memory.close()


async def decoded(found: CursorResult[Any], decode: Callable[[AnyRow], Value]) -> tuple[Value, ...]:
    """All rows as values. Thousands take a while: the event loop has its turn in between."""
    values: list[Value] = []
    for some in found.partitions(_AT_A_TIME):
        values.extend(map(decode, some))
        await asyncio.sleep(0)
    return tuple(values)


def create_engine(url: str) -> Engine:
    """An engine for `url`; nothing is connected yet. Raises `StorageError` if the address is of no kind we know."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise StorageError("DATABASE_URL", "not a database address") from None
    address = parsed.render_as_string(hide_password=True)
    kind = parsed.get_backend_name()
    if kind == "sqlite":
        return _sqlite(parsed.set(drivername="sqlite+aiosqlite"), address)
    if kind in ("postgresql", "postgres"):
        return _postgresql(parsed.set(drivername="postgresql+asyncpg"), address)
    raise StorageError(address, "only SQLite and PostgreSQL are supported")


def _sqlite(url: URL, address: str) -> Engine:
    in_memory = url.database in (None, "", ":memory:")
    if not in_memory and not str(url.database).startswith("file:"):  # whoever writes a URI knows the folder
        _create_folder(Path(str(url.database)), address)
    memory = None
    if in_memory:
        name = f"file:attache-{uuid4().hex}"
        memory = sqlite3.connect(f"{name}?mode=memory&cache=shared", uri=True, check_same_thread=False)
        url = url.set(database=name, query={"mode": "memory", "cache": "shared", "uri": "true"})
    # Connections to one memory do not wait for each other, they fail: its users take turns at one.
    size = 1 if in_memory else _POOL
    engine = create_async_engine(
        url, poolclass=AsyncAdaptedQueuePool, pool_size=size, max_overflow=0, pool_use_lifo=True
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    event.listen(engine.sync_engine, "invalidate", _undo_sqlite)
    return Engine(engine, address, memory=memory)


def _create_folder(file: Path, address: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(address, f"its folder can't be created ({error.strerror})") from error


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # the driver would begin transactions late, after the first SELECT
    connection.run_async(_set_up_sqlite)


async def _set_up_sqlite(connection: aiosqlite.Connection) -> None:
    try:
        for pragma in _SQLITE_PRAGMAS:
            await connection.execute(pragma)
        await _share(connection)
    except BaseException:
        await connection.close()  # nobody else knows of it yet: its thread would outlive us
        raise


async def _share(connection: aiosqlite.Connection) -> None:
    """Let readers and a writer not stop each other.

    The first switch wants the file for itself, and SQLite does not wait for that as it does for other locks.
    """
    deadline = asyncio.get_running_loop().time() + BUSY_SECONDS
    while True:
        try:
            await connection.execute("PRAGMA journal_mode = WAL")
        except aiosqlite.OperationalError as error:
            if "locked" not in str(error) or asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(0.05)
        else:
            return


def _undo_sqlite(connection: DBAPIConnection, _record: object, error: BaseException | None) -> None:
    """Whoever is called off in a query leaves a cursor, and SQLite's `close` keeps the transaction as long as that."""
    if isinstance(error, asyncio.CancelledError):
        connection.run_async(lambda driver: driver.rollback())


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: a reader that turns into a writer half-way can't wait for others, it fails.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(url: URL, address: str) -> Engine:
    """Platforms add libpq's query parameters, which asyncpg spells otherwise."""
    arguments: dict[str, Any] = {"timeout": CONNECT_SECONDS, "server_settings": {"application_name": "attache"}}
    if "sslmode" in url.query:
        arguments["ssl"] = url.query["sslmode"]
    url = url.difference_update_query(["sslmode", "channel_binding"])
    engine = create_async_engine(
        url, connect_args=arguments, pool_size=_POOL, max_overflow=_POOL, pool_pre_ping=True, pool_timeout=30
    )
    event.listen(engine.sync_engine, "connect", _prepare_postgresql)
    return Engine(engine, address)


def _prepare_postgresql(connection: DBAPIConnection, _record: object) -> None:
    """By a statement, not by the start-up packet: connection poolers refuse parameters that they don't know."""
    connection.run_async(_set_up_postgresql)


async def _set_up_postgresql(connection: Any) -> None:
    transport = getattr(connection, "_transport", None)  # the driver shows its socket nowhere else
    found = transport.get_extra_info("socket") if transport is not None else None
    if found is not None:
        notice_silence(found)
    await connection.execute(_POSTGRESQL_SETTINGS)


def notice_silence(connection: socket.socket) -> None:
    """A server that died without a word, or whose network did, is noticed within a minute.

    By default a query waits for its answer for ever, and with it the sweep or the load that asked.
    """
    if connection.family not in (socket.AF_INET, socket.AF_INET6):
        return
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEPALIVE.items():
        if (option := getattr(socket, name, None)) is not None:  # not every platform has every one
            connection.setsockopt(socket.IPPROTO_TCP, option, value)
