"""Splits, in the memory of small facts: they are made by hand, so there are never many.

A server splits for itself, the operator (guild 0) for everybody.
"""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.articles.splits import Split
from bot.services.ports import OPERATOR, Memory

_KEY = "splits"


class MemorySplits:
    """What was split off by hand: of each article at most one split a guild."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._turn = asyncio.Lock()  # two admins at once: each change is read and written whole

    async def all(self) -> tuple[Split, ...]:
        """Every split, by article and guild."""
        words = await self._memory.get(_KEY)
        return tuple(_split(one) for one in json.loads(words)) if words else ()

    async def of(self, guild_id: int | None) -> tuple[Split, ...]:
        """Those that hold for a guild: the operator's and its own."""
        return tuple(split for split in await self.all() if split.guild_id in (OPERATOR, guild_id))

    async def put(self, split: Split) -> None:
        """Insert or replace the split that this guild made of the article."""
        async with self._turn:
            others = [one for one in await self.all() if _key(one) != _key(split)]
            await self._write((*others, split))

    async def remove(self, article_id: str, guild_id: int) -> bool:
        """Forget the split that this guild made of the article; False if there was none."""
        async with self._turn:
            known = await self.all()
            left = [one for one in known if _key(one) != (article_id, guild_id)]
            await self._write(left)
            return len(left) < len(known)

    async def forget_member(self, member_id: int) -> int:
        """Keep the splits, and forget that this member made them; how many those were."""
        async with self._turn:
            known = await self.all()
            own = sum(one.by == member_id for one in known)
            if own:
                await self._write(replace(one, by=OPERATOR) if one.by == member_id else one for one in known)
            return own

    async def _write(self, splits: Iterable[Split]) -> None:
        await self._memory.put(_KEY, json.dumps([_data(split) for split in sorted(splits, key=_key)]))


def _key(split: Split) -> tuple[str, int]:
    return split.article_id, split.guild_id


def _data(split: Split) -> dict[str, Any]:
    return {
        "article": split.article_id,
        "story": split.from_story,
        "event": split.from_event,
        "by": split.by,
        "at": split.made_at.isoformat(),
        "guild": split.guild_id,
    }


def _split(data: dict[str, Any]) -> Split:
    made_at = datetime.fromisoformat(data["at"])
    return Split(data["article"], data["story"], data["event"], data["by"], made_at, data.get("guild", OPERATOR))
