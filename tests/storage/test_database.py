"""Opening: what works at once, and what is said where it can't work."""

import asyncio
import gc
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import StorageError
from bot.services.ports import Corpus, Memory, SourceStates
from bot.services.schedule_ports import Deliveries, Schedules, Tellings, Troubles
from bot.storage import engine as engines
from bot.storage.database import Database, open_database
from bot.storage.engine import notice_silence
from tests.postgres import PostgresServer
from tests.storage.samples import NOON, article, entry, occurrence
from tests.storage.test_schedules import new_schedule

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite waits a tenth of a second for a lock, not ten."""
    first, *rest = engines._SQLITE_PRAGMAS
    assert first.startswith("PRAGMA busy_timeout")
    monkeypatch.setattr(engines, "_SQLITE_PRAGMAS", ("PRAGMA busy_timeout = 100", *rest))


async def good_file(folder: Path) -> Path:
    """A database that was used and closed."""
    file = folder / "good.db"
    database = await open_database(f"sqlite:///{file}")
    await database.corpus.save([entry(article(number)) for number in range(20)])
    await database.close()
    return file


async def test_the_stores_are_what_services_ask_for(database: Database) -> None:
    corpus: Corpus = database.corpus
    states: SourceStates = database.source_states
    schedules: Schedules = database.schedules
    deliveries: Deliveries = database.deliveries
    tellings: Tellings = database.tellings
    troubles: Troubles = database.troubles
    memory: Memory = database.memory
    assert all((corpus, states, schedules, deliveries, tellings, troubles, memory))


async def test_the_folder_is_made(tmp_path: Path) -> None:
    file = tmp_path / "not yet" / "there" / "a.db"
    await (await open_database(f"sqlite+aiosqlite:///{file}")).close()
    assert file.exists()


async def test_what_was_stored_is_there_after_a_restart(url: str) -> None:
    first = await open_database(url)
    await first.corpus.save([entry()])
    await first.close()
    second = await open_database(url)
    assert (await second.corpus.counts()).articles == 1
    await second.close()


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
async def test_a_database_in_memory_serves_many_at_once(address: str) -> None:
    database = await open_database(address)
    schedule = await database.schedules.add(new_schedule(), NOON)
    claims = (database.deliveries.claim(occurrence(schedule.id, n % 5), "w", NOON, late=False) for n in range(20))
    reads = (database.corpus.counts() for _ in range(20))
    results = await asyncio.gather(*claims, *reads)
    assert sum(result is True for result in results) == 5
    assert len(await database.deliveries.since([schedule.id], NOON)) == 5
    await database.close()


async def test_a_database_in_memory_outlives_whoever_is_called_off() -> None:
    """As at Ctrl-C in the console over files of one's own: the connection is given up, what was loaded is not."""
    database = await open_database("sqlite://")
    await database.corpus.save([entry()])
    for number in range(60):
        counting = asyncio.create_task(database.corpus.counts())
        await asyncio.sleep(number % 20 / 4000)
        counting.cancel()
        await asyncio.wait((counting,))
    assert (await database.corpus.counts()).articles == 1
    await database.close()


async def test_two_databases_in_memory_are_two() -> None:
    first, second = await open_database("sqlite://"), await open_database("sqlite://")
    await first.corpus.save([entry()])
    assert [(await one.corpus.counts()).articles for one in (first, second)] == [1, 0]
    await first.close()
    await second.close()


async def test_sqlite_is_set_up_to_be_shared_and_to_last(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'a.db'}")
    async with database.engine.reading() as connection:
        found = [
            await connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys", "synchronous")
        ]
    assert found == ["wal", 1, 2]
    await database.close()


async def test_a_reader_sees_one_moment(database: Database, other: Database) -> None:
    counted = text("SELECT count(*) FROM articles")
    async with database.engine.reading() as connection:
        assert await connection.scalar(counted) == 0
        await other.corpus.save([entry()])
        assert await connection.scalar(counted) == 0
    assert (await database.corpus.counts()).articles == 1


async def test_writers_wait_for_each_other(database: Database, other: Database) -> None:
    saves = (one.corpus.save([entry(article(n))]) for n, one in enumerate((database, other) * 10))
    await asyncio.gather(*saves)
    assert (await other.corpus.counts()).articles == 20


async def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    async def fail() -> None:
        async with database.engine.writing() as connection:
            await connection.execute(text("INSERT INTO memory VALUES ('a', 'b')"))
            raise LookupError("halfway")

    with pytest.raises(LookupError):
        await fail()
    assert await database.memory.get("a") is None
    await database.memory.put("a", "c")  # and the way is free


async def test_a_writer_called_off_at_any_moment_holds_nobody_up(tmp_path: Path) -> None:
    """SQLite keeps a closed connection's transaction as long as a cursor of it is there: until a collection."""
    database = await open_database(f"sqlite:///{tmp_path / 'a.db'}")

    async def write() -> None:
        async with database.engine.writing() as connection:
            await connection.execute(text("INSERT OR REPLACE INTO memory VALUES ('a', 'b')"))
            await connection.execute(text("SELECT count(*) FROM memory"))

    gc.disable()
    try:
        for number in range(400):
            writing = asyncio.create_task(write())
            await asyncio.sleep(number % 40 / 8000)
            writing.cancel()
            await asyncio.wait((writing,))
            await database.memory.put("c", str(number))
    finally:
        gc.enable()
    assert await database.memory.get("c") == "399"
    await database.close()


async def test_no_password_is_shown(tmp_path: Path, postgres_url: str) -> None:
    database = await open_database(postgres_url.replace("attache@", "attache:secret@"))
    assert "attache:***@" in database.masked_url
    assert "secret" not in database.masked_url
    await database.close()
    with pytest.raises(StorageError) as caught:
        await open_database("postgres://someone:secret@127.0.0.1:1/news?sslmode=require&channel_binding=require")
    assert "secret" not in str(caught.value)
    assert "can't be reached" in caught.value.reason


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("mysql://127.0.0.1/news", "only SQLite and PostgreSQL"),
        ("just words", "not a database address"),
        ("postgres://127.0.0.1:port/news", "not a database address"),
        ("postgres://nowhere.invalid/news", "can't be reached"),
    ],
)
async def test_an_address_that_leads_nowhere(address: str, reason: str) -> None:
    with pytest.raises(StorageError, match=reason):
        await open_database(address)


async def test_a_server_without_that_database(postgres_server: PostgresServer) -> None:
    with pytest.raises(StorageError, match="knows no such database"):
        await open_database(postgres_server.url("nosuch"))


async def test_a_cut_connection_is_replaced(postgres_server: PostgresServer, postgres_url: str) -> None:
    database = await open_database(postgres_url)
    await database.memory.put("a", "b")
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'attache'"
    await postgres_server.execute(cut)
    assert await database.memory.get("a") == "b"

    async def use_while_cut() -> None:
        async with database.engine.reading() as connection:
            await postgres_server.execute(cut)
            await connection.execute(text("SELECT 1"))

    with pytest.raises(StorageError, match="cut the connection"):
        await use_while_cut()
    assert await database.memory.get("a") == "b"
    await database.close()


async def test_a_server_that_only_allows_reading(postgres_server: PostgresServer, postgres_url: str) -> None:
    await (await open_database(postgres_url)).close()
    name = postgres_url.split("/")[3].split("?", maxsplit=1)[0]
    await postgres_server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    database = await open_database(postgres_url)
    assert (await database.corpus.counts()).articles == 0
    with pytest.raises(StorageError, match="only allows reading"):
        await database.memory.put("a", "b")
    await database.close()


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("Not a database. " * 1000)
    with pytest.raises(StorageError, match="not a SQLite database"):
        await open_database(f"sqlite:///{tmp_path / 'notes.db'}")
    assert (tmp_path / "notes.db").read_text().startswith("Not a database.")


async def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="can't be opened or created"):
        await open_database(f"sqlite:///{tmp_path}")


async def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StorageError, match="folder can't be created"):
        await open_database(f"sqlite:///{tmp_path / 'data' / 'a.db'}")


async def test_a_file_that_may_only_be_read(tmp_path: Path) -> None:
    file = await good_file(tmp_path)
    database = await open_database(f"sqlite:///file:{file}?mode=ro&uri=true")
    with pytest.raises(StorageError, match="may only be read"):
        await database.memory.put("a", "b")
    await database.close()


@pytest.mark.parametrize("damage", ["overwritten", "cut short"])
async def test_a_damaged_file(tmp_path: Path, damage: str) -> None:
    content = bytearray((await good_file(tmp_path)).read_bytes())
    bad = tmp_path / "bad.db"
    bad.write_bytes(content[:9000] if damage == "cut short" else content[:4096] + b"\xff" * 60_000 + content[64_096:])
    with pytest.raises(StorageError, match="damaged"):
        await _count_in(f"sqlite:///{bad}")


async def _count_in(url: str) -> None:
    database = await open_database(url)
    try:
        await database.corpus.counts()
    finally:
        await database.close()


async def test_an_empty_file_is_a_fresh_start(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    database = await open_database(f"sqlite:///{tmp_path / 'a.db'}")
    assert (await database.corpus.counts()).articles == 0
    await database.close()


@pytest.mark.usefixtures("impatient")
async def test_a_file_that_another_process_keeps_locked(tmp_path: Path) -> None:
    file = await good_file(tmp_path)
    database = await open_database(f"sqlite:///{file}")
    locker = sqlite3.connect(file, isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="another process keeps the database locked"):
        await database.memory.put("a", "b")
    assert (await database.corpus.counts()).articles == 20  # reading goes on
    locker.execute("ROLLBACK")
    locker.close()
    await database.memory.put("a", "b")
    await database.close()


def test_a_second_start_does_without_alembic(sqlite_template: Path) -> None:
    program = (
        "import asyncio, sys\n"
        "from bot.storage.database import open_database\n"
        "asyncio.run(open_database(sys.argv[1]))\n"
        "print('alembic' in sys.modules, 'asyncpg' in sys.modules)"
    )
    started = subprocess.run(
        [sys.executable, "-c", program, f"sqlite:///{sqlite_template}"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert started.stdout.split() == ["False", "False"]


async def test_a_server_that_falls_silent_is_noticed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as ours:
        notice_silence(ours)
        assert ours.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
        if sys.platform == "linux":
            assert ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 30
            assert ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 60_000
    near, far = socket.socketpair()
    with near, far:
        notice_silence(near)  # a socket on this machine needs none of it
