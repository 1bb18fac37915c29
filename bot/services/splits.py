"""Splits, in the memory of small facts: they are made by hand, so there are never many."""

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.articles.splits import Split
from bot.services.ports import Memory

_KEY = "splits"


class MemorySplits:
    """What was split off by hand, by article id."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._turn = asyncio.Lock()  # two admins at once: each change is read and written whole

    async def all(self) -> Mapping[str, Split]:
        """Every split, by article id."""
        words = await self._memory.get(_KEY)
        found = [_split(one) for one in json.loads(words)] if words else []
        return {split.article_id: split for split in found}

    async def put(self, split: Split) -> None:
        """Insert or replace the split of an article."""
        async with self._turn:
            await self._write({**await self.all(), split.article_id: split})

    async def remove(self, article_id: str) -> bool:
        """Forget it; False if there was none."""
        async with self._turn:
            known = dict(await self.all())
            if known.pop(article_id, None) is None:
                return False
            await self._write(known)
            return True

    async def _write(self, splits: Mapping[str, Split]) -> None:
        await self._memory.put(_KEY, json.dumps([_data(splits[article_id]) for article_id in sorted(splits)]))


def _data(split: Split) -> dict[str, Any]:
    return {
        "article": split.article_id,
        "story": split.from_story,
        "event": split.from_event,
        "by": split.by,
        "at": split.made_at.isoformat(),
    }


def _split(data: dict[str, Any]) -> Split:
    made_at = datetime.fromisoformat(data["at"])
    return Split(data["article"], data["story"], data["event"], data["by"], made_at)
