"""Which of several processes delivers what: each for its own servers, then what others left lying for long."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import InvalidInputError
from bot.schedules.due import Due


@dataclass(frozen=True, slots=True)
class Share:
    """The shards of one process among `count`; without `ids` it has them all."""

    ids: frozenset[int] | None = None
    count: int = 1

    @property
    def part(self) -> float:
        """How much of the whole this process is for."""
        return 1.0 if self.ids is None else len(self.ids) / self.count

    def is_own(self, guild_id: int) -> bool:
        """Whether Discord tells this process of that server (by Discord's own formula)."""
        return self.ids is None or (guild_id >> 22) % self.count in self.ids

    def due_here(self, due: Sequence[Due], now: datetime, lease: timedelta) -> tuple[Due, ...]:
        """What this process handles now: its own, then what other processes have left lying for a lease."""
        own = tuple(one for one in due if self.is_own(one.schedule.guild_id))
        left = (one for one in due if not self.is_own(one.schedule.guild_id))
        return (*own, *(one for one in left if one.occurrence.due_at + lease <= now))


ALL_SHARDS = Share()
DIRECT_MESSAGES = 0  # a guild that is no server; Discord sends direct messages to its shard


def parse_shards(words: str, count: int | None) -> Share:
    """ "0,2-3" out of `count`. Empty: all. Raises `InvalidInputError`."""
    if not words.strip():
        return Share(None, count or 1)
    if count is None:
        raise InvalidInputError("SHARD_IDS", words, "SHARD_COUNT must say out of how many")
    ids: set[int] = set()
    for part in words.split(","):
        match = re.fullmatch(r"\s*(\d{1,5})(?:\s*-\s*(\d{1,5}))?\s*", part)
        if match is None:
            raise InvalidInputError("SHARD_IDS", words, "write numbers and ranges, such as 0,2-3")
        ids.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    if not ids or max(ids) >= count:
        raise InvalidInputError("SHARD_IDS", words, f"shards go from 0 to {count - 1}")
    return Share(frozenset(ids), count)
