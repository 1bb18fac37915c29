"""Splits, in the memory of small facts: they are made by hand, so there are never many.

A server splits for itself, the operator (guild 0) for everybody.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.articles.splits import Split
from bot.services.ports import OPERATOR, Memory

_KEY = "splits"


class MemorySplits:
    """What was split off by hand: of each article at most one split a guild.

    Each change is read and written whole, in one transaction: of two admins at once, in any process, neither is lost.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def all(self) -> tuple[Split, ...]:
        """Every split, by article and guild."""
        return _splits(await self._memory.get(_KEY))

    async def of(self, guild_id: int | None) -> tuple[Split, ...]:
        """Those that hold for a guild: the operator's and its own."""
        return tuple(split for split in await self.all() if split.guild_id in (OPERATOR, guild_id))

    async def put(self, split: Split) -> None:
        """Insert or replace the split that this guild made of the article."""
        await self._change(lambda known: [*(one for one in known if _key(one) != _key(split)), split])

    async def remove(self, article_id: str, guild_id: int) -> bool:
        """Forget the split that this guild made of the article; False if there was none."""
        sought = article_id, guild_id
        known = await self._change(lambda known: [one for one in known if _key(one) != sought])
        return any(_key(one) == sought for one in known)

    async def forget_member(self, member_id: int) -> int:
        """Keep the splits, and forget that this member made them; how many those were."""
        known = await self._change(
            lambda known: [replace(one, by=OPERATOR) if one.by == member_id else one for one in known]
        )
        return sum(one.by == member_id for one in known)

    async def _change(self, make: Callable[[Sequence[Split]], Sequence[Split]]) -> Sequence[Split]:
        """Put what `make` makes of the splits in their place; what they were."""
        known: Sequence[Split] = ()

        def written(words: str | None) -> str:
            nonlocal known
            known = _splits(words)
            return json.dumps([_data(split) for split in sorted(make(known), key=_key)])

        await self._memory.change(_KEY, written)
        return known


def _splits(words: str | None) -> tuple[Split, ...]:
    return tuple(_split(one) for one in json.loads(words)) if words else ()


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
