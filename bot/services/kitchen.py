"""The briefings of one sweep: schedules that ask the same share one composition."""

import asyncio

from bot.briefings.model import Briefing
from bot.services.newsroom import Brief
from bot.services.results import BriefRequest


class Kitchen:
    """Open while a sweep lasts."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._tasks: dict[BriefRequest, asyncio.Task[Briefing]] = {}

    async def __aenter__(self) -> "Kitchen":
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def briefing(self, request: BriefRequest) -> Briefing:
        """The briefing asked for. One who gives up waiting does not take it from the others."""
        if request not in self._tasks:
            self._tasks[request] = asyncio.ensure_future(self._brief(request))
        return await asyncio.shield(self._tasks[request])
