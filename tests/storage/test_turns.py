"""One process at a time, on both engines."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator

import pytest

from bot.storage.database import Database, open_database
from bot.storage.turns import SqlTurn


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.turns._PAUSE", 0.02)


async def test_two_processes_take_turns(database: Database, other: Database) -> None:
    one, two = SqlTurn(database.engine), SqlTurn(other.engine)
    held: list[str] = []

    async def work(turn: SqlTurn, name: str) -> None:
        async with turn:
            held.append(f"{name} begins")
            await asyncio.sleep(0.05)
            held.append(f"{name} ends")

    await asyncio.gather(*(work(turn, name) for turn, name in ((one, "a"), (two, "b"), (one, "c"), (two, "d"))))
    assert len(held) == 8
    assert all(held[n].split()[0] == held[n + 1].split()[0] for n in range(0, 8, 2))


async def test_whether_it_is_taken_elsewhere(database: Database, other: Database) -> None:
    one, two = SqlTurn(database.engine), SqlTurn(other.engine)
    assert not await one.is_taken_elsewhere()
    async with one:
        assert await two.is_taken_elsewhere()
        assert not await one.is_taken_elsewhere()
    assert not await two.is_taken_elsewhere()


async def test_who_gives_up_waiting_leaves_it_to_others(database: Database, other: Database) -> None:
    one, two = SqlTurn(database.engine), SqlTurn(other.engine)
    async with one:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1), two:
                pass
    async with asyncio.timeout(60), two:
        pass
    async with asyncio.timeout(60), one:
        pass


async def test_an_exception_gives_it_back(database: Database, other: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with SqlTurn(database.engine):
            _ = 1 / 0
    assert not await SqlTurn(other.engine).is_taken_elsewhere()


@pytest.fixture
async def holder(url: str) -> AsyncIterator[int]:
    """Another process that has the turn and does not think of giving it back; its id."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_hold, args=(url, theirs), daemon=True)
    process.start()
    assert await asyncio.to_thread(ours.poll, 60)
    assert process.pid is not None
    yield process.pid
    process.kill()
    process.join()


def _hold(url: str, ready: "multiprocessing.connection.Connection") -> None:
    async def hold() -> None:
        database = await open_database(url)
        async with SqlTurn(database.engine):
            ready.send(True)
            await asyncio.sleep(600)

    asyncio.run(hold())


async def test_a_process_that_dies_lets_it_go(database: Database, holder: int) -> None:
    turn = SqlTurn(database.engine)
    assert await turn.is_taken_elsewhere()
    os.kill(holder, signal.SIGKILL)
    async with asyncio.timeout(60), turn:
        pass


async def test_a_database_in_memory_is_nobody_elses() -> None:
    one, two = await open_database("sqlite://"), await open_database("sqlite://")
    async with SqlTurn(one.engine):
        assert not await SqlTurn(two.engine).is_taken_elsewhere()
    await one.close()
    await two.close()


async def test_turns_for_different_things_do_not_wait_for_each_other(database: Database, other: Database) -> None:
    async with SqlTurn(database.engine, "load"):
        assert not await SqlTurn(other.engine, "amend").is_taken_elsewhere()
        assert await SqlTurn(other.engine, "load").is_taken_elsewhere()
