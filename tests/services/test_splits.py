"""Splits are remembered until they are undone."""

import asyncio
from datetime import UTC, datetime

from bot.articles.splits import Split, alone_in_event, alone_in_story
from bot.services.splits import MemorySplits
from tests.fake_services import FakeMemory

NOON = datetime(2025, 8, 20, 12, tzinfo=UTC)
STORY = Split("a1", True, False, 905, NOON)
EVENT = Split("a2", False, True, 0, NOON)


async def test_they_come_back_as_they_were() -> None:
    memory = FakeMemory()
    assert await MemorySplits(memory).all() == {}
    await MemorySplits(memory).put(STORY)
    await MemorySplits(memory).put(EVENT)
    assert await MemorySplits(memory).all() == {"a1": STORY, "a2": EVENT}
    assert await MemorySplits(memory).remove("a1")
    assert not await MemorySplits(memory).remove("a1")
    assert await MemorySplits(memory).all() == {"a2": EVENT}


async def test_of_two_admins_at_once_neither_is_lost() -> None:
    splits = MemorySplits(FakeMemory())
    await asyncio.gather(splits.put(STORY), splits.put(EVENT), *(splits.put(STORY) for _ in range(5)))
    assert set(await splits.all()) == {"a1", "a2"}


def test_alone_in_story_or_event() -> None:
    assert alone_in_story([STORY, EVENT]) == {"a1"}
    assert alone_in_event([STORY, EVENT]) == {"a2"}
