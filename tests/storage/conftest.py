"""Every store is tested on both engines, and with a second process at the same database."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.database import Database, open_database
from bot.storage.tables import metadata
from tests.postgres import PostgresServer, postgres_server, postgres_url  # noqa: F401 - fixtures

SHARED = "migrated"
ENGINES = ("sqlite", "postgresql")


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'attache.db'}"
    address: str = request.getfixturevalue("postgres_url")
    return address


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest) -> str:
    """The address of a database with its tables and nothing in them."""
    address: str = request.getfixturevalue(f"migrated_{request.param}")
    return address


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await open_database(url)
    yield opened
    await opened.close()


@pytest.fixture
async def other(url: str, database: Database) -> AsyncIterator[Database]:
    """The same database as a second process has it open."""
    opened = await open_database(url)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "attache.db"
    asyncio.run(_migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture
def migrated_sqlite(sqlite_template: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'attache.db')}"


@pytest.fixture(scope="session")
def postgres_tables(postgres_server: PostgresServer) -> str:  # noqa: F811 - the fixture
    """A database that the tests use one after the other: a new one for each takes longer than most tests."""
    asyncio.run(postgres_server.execute(f"CREATE DATABASE {SHARED}"))
    asyncio.run(_migrate(postgres_server.url(SHARED)))
    return postgres_server.url(SHARED)


@pytest.fixture
async def migrated_postgresql(postgres_server: PostgresServer, postgres_tables: str) -> str:  # noqa: F811
    tables = ", ".join(metadata.tables)
    await postgres_server.execute(f"TRUNCATE {tables} RESTART IDENTITY", database=SHARED)
    return postgres_tables


async def _migrate(url: str) -> None:
    await (await open_database(url)).close()
