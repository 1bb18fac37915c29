"""What each round over a source leaves behind, in the memory of small facts."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.services.ports import Memory, Round, Visit


def summaries_in(visits: Iterable[Visit]) -> tuple[tuple[str, int], ...]:
    """Why pages were not had, whose summaries are stored in their place, and of how many; most first."""
    return tuple(Counter(visit.note for visit in visits if visit.note).most_common())


class MemoryRounds:
    """`Rounds` as JSON, one fact a source."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def last(self, source_id: str) -> Round | None:
        """The last one; None also if it was written by a version that wrote it in another way."""
        words = await self._memory.get(_key(source_id))
        try:
            return None if words is None else _round(json.loads(words))
        except (ValueError, KeyError, TypeError):
            return None

    async def keep(self, source_id: str, one: Round) -> None:
        """Put it in the place of the one before."""
        data = {
            "analyser": one.analyser,
            "repeated": sorted(one.repeated),
            "visits": [_visit_data(visit) for visit in one.visits.values()],
        }
        await self._memory.put(_key(source_id), json.dumps(data, ensure_ascii=False))


def _key(source_id: str) -> str:
    return f"round:{source_id}"


def _round(data: dict[str, Any]) -> Round:
    visits = [_visit(one) for one in data["visits"]]
    return Round(data["analyser"], {visit.address: visit for visit in visits}, frozenset(data["repeated"]))


def _visit_data(visit: Visit) -> dict[str, str]:
    named = {
        "address": visit.address,
        "at": visit.visited_at.isoformat(),
        "etag": visit.etag,
        "modified": visit.last_modified,
        "fresh": visit.fresh_until.isoformat() if visit.fresh_until else None,
        "digest": visit.digest,
        "note": visit.note,
    }
    return {name: value for name, value in named.items() if value}


def _visit(data: dict[str, str]) -> Visit:
    return Visit(
        address=data["address"],
        visited_at=datetime.fromisoformat(data["at"]),
        etag=data.get("etag"),
        last_modified=data.get("modified"),
        fresh_until=datetime.fromisoformat(data["fresh"]) if "fresh" in data else None,
        digest=data.get("digest", ""),
        note=data.get("note"),
    )
