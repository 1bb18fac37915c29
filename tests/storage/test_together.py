"""Small changes in one transaction: each is told its own result, and one in the wrong takes nobody with it."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.saving import insert_unless_there
from bot.storage.tables import memory
from bot.storage.together import Change, Together


def put(key: str, *, twice: bool = False) -> Change[bool]:
    async def change(connection: AsyncConnection) -> bool:
        if twice:  # breaks the primary key
            await connection.execute(memory.insert(), [{"key": key, "value": "a"}, {"key": key, "value": "b"}])
        return await insert_unless_there(connection, memory, {"key": key, "value": "a"})

    return change


async def keys(database: Database) -> set[str]:
    async with database.engine.reading() as connection:
        return set((await connection.scalars(select(memory.c.key))).all())


async def test_each_hears_of_its_own(database: Database) -> None:
    together = Together(database.engine)
    results = await asyncio.gather(*(together.make(put(f"k{number % 20}")) for number in range(40)))
    assert sum(results) == 20
    assert await keys(database) >= {f"k{number}" for number in range(20)}


async def test_one_in_the_wrong_takes_nobody_with_it(database: Database) -> None:
    together = Together(database.engine)
    results = await asyncio.gather(
        together.make(put("a")), together.make(put("b", twice=True)), together.make(put("c")), return_exceptions=True
    )
    assert (results[0], results[2]) == (True, True)
    assert isinstance(results[1], IntegrityError)
    assert {"a", "c"} <= await keys(database)
    assert "b" not in await keys(database)


async def test_who_gives_up_waiting_stops_nobody(database: Database) -> None:
    together = Together(database.engine)
    waiting = [asyncio.create_task(together.make(put(f"w{number}"))) for number in range(4)]
    await asyncio.sleep(0)
    waiting[1].cancel()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [results[0], results[2], results[3]] == [True, True, True]
    with pytest.raises(asyncio.CancelledError):
        raise results[1]  # type: ignore[misc]  # it is one


async def test_where_all_is_called_off_nobody_waits_for_ever(database: Database) -> None:
    async def call_off(_: AsyncConnection) -> bool:
        raise asyncio.CancelledError

    together = Together(database.engine)
    callers = [asyncio.create_task(together.make(one)) for one in (put("a"), call_off, put("b"))]
    done, waiting = await asyncio.wait(callers, timeout=60)
    assert not waiting
    assert callers[1].cancelled()
    assert await together.make(put("c"))
    assert len(done) == 3
