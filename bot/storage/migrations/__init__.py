"""Bring a database to the newest tables. Alembic does the steps; it is imported only when there is one to do."""

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageError
from bot.storage.engine import Engine
from bot.storage.tables import metadata

HEAD = "0017"  # revision of the newest step in `versions/`; a test keeps it true
_LOCK = 0x617474616368E9  # PostgreSQL advisory lock of migrations: any number that nobody else uses
_VERSION = text("SELECT version_num FROM alembic_version")


async def upgrade(engine: Engine) -> None:
    """Create or migrate the tables. Two processes at once take turns; nothing is done where all is done already.

    Raises `StorageError` for a database that a newer version of the bot has written.
    """
    async with engine.reading() as connection:
        if await connection.run_sync(revision) == HEAD:
            return
    async with engine.writing() as connection:
        await _lock(connection, engine)
        await connection.run_sync(_upgrade, engine)


async def _lock(connection: AsyncConnection, engine: Engine) -> None:
    """SQLite's writers take turns by themselves; in PostgreSQL the lock ends with the transaction."""
    if not engine.is_sqlite:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})


def revision(connection: Connection) -> str | None:
    """The revision the database is at; None for one without our tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(_VERSION)
    return found


def _upgrade(connection: Connection, engine: Engine) -> None:
    found = revision(connection)
    if found == HEAD:  # another process was quicker
        return
    if found is None and engine.is_in_memory:
        _create(connection)
        return
    from bot.storage.migrations.steps import is_known, migrate  # noqa: PLC0415 - Alembic costs 0.3 s

    if found is not None and not is_known(found):
        raise StorageError(engine.address, f"a newer version of the bot has written it (revision {found})")
    migrate(connection, "head")


def _create(connection: Connection) -> None:
    """A throw-away database needs no history (the migrations' test proves that both ways give the same tables)."""
    metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
