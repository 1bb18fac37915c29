"""What a round leaves behind, in memory and in the database."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.services.ports import Round, Visit
from bot.services.rounds import MemoryRounds
from bot.storage.database import Database, open_database

NOW = datetime(2025, 8, 20, 12, 0, 0, 5, tzinfo=UTC)
FULL = Visit("https://a.example/ł", NOW, 'W/"1"', "Wed, 20 Aug 2025 10:00:00 GMT", NOW, "abc")
BARE = Visit("https://a.example/b", NOW)
ROUND = Round("v1", {one.address: one for one in (FULL, BARE)}, frozenset({"Sign up “now”", "Read more"}))


@pytest.fixture
async def database() -> AsyncIterator[Database]:
    database = await open_database("sqlite://")
    yield database
    await database.close()


async def test_a_round_comes_back_as_it_was_kept(database: Database) -> None:
    await MemoryRounds(database.memory).keep("s", ROUND)
    assert await MemoryRounds(database.memory).last("s") == ROUND
    assert await MemoryRounds(database.memory).last("t") is None


async def test_the_last_one_counts(database: Database) -> None:
    rounds = MemoryRounds(database.memory)
    await rounds.keep("s", ROUND)
    await rounds.keep("t", replace(ROUND, analyser="v9"))
    await rounds.keep("s", Round("v2", {}, frozenset()))
    assert await rounds.last("s") == Round("v2", {}, frozenset())
    assert (await rounds.last("t") or ROUND).analyser == "v9"


@pytest.mark.parametrize(
    "words", ["", "{", "7", "[]", "{}", '{"analyser": "1"}', '{"analyser": "1", "repeated": [], "visits": [{"at": 1}]}']
)
async def test_what_another_version_wrote_is_nothing(database: Database, words: str) -> None:
    await database.memory.put("round:s", words)
    assert await MemoryRounds(database.memory).last("s") is None
