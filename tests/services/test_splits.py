"""Splits are remembered until they are undone."""

import asyncio
from datetime import UTC, datetime

from bot.articles.splits import Split, alone_in_event, alone_in_story
from bot.services.splits import MemorySplits
from tests.fake_services import FakeMemory

NOON = datetime(2025, 8, 20, 12, tzinfo=UTC)
STORY = Split("a1", True, False, 905, NOON)
EVENT = Split("a2", False, True, 0, NOON)
OWN = Split("a1", False, True, 7, NOON, guild_id=9)


async def test_they_come_back_as_they_were() -> None:
    memory = FakeMemory()
    assert await MemorySplits(memory).all() == ()
    await MemorySplits(memory).put(STORY)
    await MemorySplits(memory).put(EVENT)
    assert await MemorySplits(memory).all() == (STORY, EVENT)
    assert await MemorySplits(memory).remove("a1", 0)
    assert not await MemorySplits(memory).remove("a1", 0)
    assert await MemorySplits(memory).all() == (EVENT,)


async def test_of_two_admins_at_once_neither_is_lost() -> None:
    splits = MemorySplits(FakeMemory())
    await asyncio.gather(splits.put(STORY), splits.put(EVENT), *(splits.put(STORY) for _ in range(5)))
    assert await splits.all() == (STORY, EVENT)


async def test_a_server_splits_for_itself_and_the_operator_for_all() -> None:
    splits = MemorySplits(FakeMemory())
    for one in (STORY, OWN, EVENT):
        await splits.put(one)
    assert await splits.of(9) == (STORY, OWN, EVENT)
    assert await splits.of(8) == await splits.of(0) == await splits.of(None) == (STORY, EVENT)
    assert not await splits.remove("a2", 9)
    assert await splits.remove("a1", 9)
    assert await splits.all() == (STORY, EVENT)


def test_alone_in_story_or_event() -> None:
    assert alone_in_story([STORY, EVENT]) == {"a1"}
    assert alone_in_event([STORY, EVENT]) == {"a2"}


async def test_who_made_a_split_can_be_forgotten() -> None:
    splits = MemorySplits(FakeMemory())
    for one in (STORY, OWN, EVENT):
        await splits.put(one)
    assert await splits.forget_member(905) == 1
    assert await splits.forget_member(905) == 0
    assert sorted(one.by for one in await splits.all()) == [0, 0, 7]
    assert len(await splits.all()) == 3
