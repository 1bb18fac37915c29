"""Small facts on both engines: of many who change one at a time, none is lost."""

import asyncio

import pytest

from bot.articles.splits import Split
from bot.services.splits import MemorySplits
from bot.storage.database import Database
from tests.storage.samples import NOON


def one_more(number: str | None) -> str:
    return str(int(number or 0) + 1)


async def test_a_change_is_given_what_is_there_and_gives_what_it_made(database: Database) -> None:
    assert await database.memory.change("a", lambda known: f"{known}!") == "None!"
    assert await database.memory.change("a", lambda known: f"{known}!") == "None!!"
    assert await database.memory.get("a") == "None!!"
    assert await database.memory.get("b") is None


async def test_of_two_processes_that_change_one_fact_neither_loses(database: Database, other: Database) -> None:
    for key in ("new", "known"):  # a row that is not there yet can't be locked
        if key == "known":
            await database.memory.put(key, "0")
        changes = (one.memory.change(key, one_more) for one in (database, other) * 20)
        numbers = await asyncio.gather(*changes)
        assert sorted(map(int, numbers)) == list(range(1, 41))
        assert await other.memory.get(key) == "40"


async def test_a_change_that_fails_leaves_everything_and_blocks_nobody(database: Database, other: Database) -> None:
    await database.memory.put("a", "1")

    def fail(_: str | None) -> str:
        raise LookupError

    with pytest.raises(LookupError):
        await database.memory.change("a", fail)
    assert await other.memory.change("a", one_more) == "2"


async def test_admins_of_two_processes_split_at_once(database: Database, other: Database) -> None:
    splits = [Split(f"a{number:02}", True, False, 905, NOON) for number in range(20)]
    stores = (MemorySplits(database.memory), MemorySplits(other.memory))
    await asyncio.gather(*(stores[number % 2].put(one) for number, one in enumerate(splits)))
    assert await stores[0].all() == tuple(splits)
    gone = await asyncio.gather(*(store.remove(one.article_id, 0) for one in splits for store in stores))
    assert sum(gone) == 20  # each by one of the two
    assert await stores[1].all() == ()
