"""Asynchronous work from start to exit code."""

import asyncio
import signal
import sys
from collections.abc import Collection, Coroutine
from typing import Any

from bot.process import STOPPED

_OWN_END = 1.0  # seconds for what is about to end
_LAST_WAIT = 3.0  # seconds for what was called off to end


def run_to_end(work: Coroutine[Any, Any, int], *, stopped: int | None = None) -> int:
    """The exit code of `work`; where a signal ended it, `stopped` or else 128 plus the signal's number."""
    code = asyncio.run(until_stopped(work))
    return stopped if stopped is not None and code > STOPPED else code


async def until_stopped(work: Coroutine[Any, Any, int]) -> int:
    """The exit code of `work`. SIGTERM and SIGHUP cancel it, so that what is open is closed in order."""
    task = asyncio.ensure_future(work)
    stopped_by: list[int] = []

    def stop(number: int) -> None:
        stopped_by.append(number)
        task.cancel()

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and sys.platform != "win32":
            asyncio.get_running_loop().add_signal_handler(number, stop, number)
    try:
        return await task
    except asyncio.CancelledError:
        if not stopped_by:
            raise
        return STOPPED + stopped_by[0]


async def end(tasks: Collection[asyncio.Task[Any]]) -> None:
    """See `tasks` end, calling off those that last.

    Not at once: SQLAlchemy gives a connection back in a task of its own, and waits for it however often it is called
    off itself. Cut short, that leaves a transaction open and, once the database is closed, waits for ever. On a slow
    disk it may take longer than all else: it is never called off.
    """
    if not tasks:
        return
    _, lasting = await asyncio.wait(tasks, timeout=_OWN_END)
    for task in lasting:
        if not _gives_back(task):
            task.cancel()
    if lasting:
        await asyncio.wait(lasting, timeout=_LAST_WAIT)


def _gives_back(task: asyncio.Task[Any]) -> bool:
    """Whether this is SQLAlchemy's own task, in which a connection goes back to its pool."""
    return getattr(task.get_coro(), "__qualname__", "") == "AsyncConnection.close"
