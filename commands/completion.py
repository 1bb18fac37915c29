"""Completion while somebody types: from memory, at most 25 answers, and silent where it fails."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from discord.app_commands import Choice

from bot.errors import AttacheError
from bot.services import names

_log = logging.getLogger(__name__)
_MOST = 25
_LONGEST = 100
PATIENCE = 1.0  # seconds for choices from the store; Discord waits for three
_T = TypeVar("_T")
_under_way: set["asyncio.Future[Any]"] = set()


async def found_in_time(finding: Awaitable[Sequence[_T]]) -> Sequence[_T]:
    """What the store finds while somebody types; nothing where it fails, or takes longer than anybody waits.

    A query is not called off for that: it ends by itself, and its connection is given back in order.
    """
    task = asyncio.ensure_future(finding)
    _under_way.add(task)
    task.add_done_callback(_ended)
    done, _ = await asyncio.wait([task], timeout=PATIENCE)
    if not done:
        _log.warning("the database takes too long to complete what is typed")
    return task.result() if done and task.exception() is None else ()


def _ended(task: "asyncio.Future[Any]") -> None:
    _under_way.discard(task)
    if not task.cancelled() and (fault := task.exception()) is not None:
        unexpected = None if isinstance(fault, AttacheError) else fault
        _log.warning("completion failed: %s", type(fault).__name__, exc_info=unexpected)


def complete(find: Callable[[str], Sequence[names.Choice]], typed: str) -> list[Choice[str]]:
    """The choices for what is typed. An error reaches no handler of Discord's, so it is logged and answered by none."""
    try:
        found = find(typed)
    except Exception:
        _log.exception("completion failed")
        return []
    fitting = [one for one in found if 0 < len(one.value) <= _LONGEST and one.label]
    return [Choice(name=one.label[:_LONGEST], value=one.value) for one in fitting[:_MOST]]


def complete_last(find: Callable[[str], Sequence[names.Choice]], typed: str) -> list[Choice[str]]:
    """Choices for the last of several names with commas between, each with the names before it."""
    before, comma, last = typed.rpartition(",")
    known = [part.strip() for part in before.split(",") if part.strip()]
    lead = ", ".join(known) + ", " if comma and known else ""

    def all_of_them(part: str) -> Sequence[names.Choice]:
        fresh = (one for one in find(part) if not {one.value.casefold(), one.label.casefold()} & set(folded))
        return [names.Choice(lead + one.label, lead + one.value) for one in fresh]

    folded = [part.casefold() for part in known]
    return complete(all_of_them, last.strip())
