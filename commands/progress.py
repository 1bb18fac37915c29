"""Long work shows how far it has come, by editing one message now and then."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import discord

from bot.services.results import LoadProgress, OnProgress

_log = logging.getLogger(__name__)
EVERY = 2.0  # seconds between two edits; Discord allows about five in five


@asynccontextmanager
async def shown_progress(
    show: Callable[[LoadProgress], Awaitable[None]], *, every: float = EVERY
) -> AsyncIterator[OnProgress]:
    """Give a callback (any thread may call it) whose latest news `show` gets at most once `every` seconds."""
    latest: list[LoadProgress] = []

    def note(progress: LoadProgress) -> None:
        latest[:] = [progress]

    async def keep_showing() -> None:
        while True:
            await asyncio.sleep(every)
            if latest:
                await _shown(show, latest.pop())

    task = asyncio.create_task(keep_showing())
    try:
        yield note
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _shown(show: Callable[[LoadProgress], Awaitable[None]], progress: LoadProgress) -> None:
    """A progress line that can't be shown must not stop the work."""
    try:
        await show(progress)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as fault:
        _log.info("progress could not be shown: %s", fault)
