"""Catching up: what is new since this member last looked, and no sentence twice."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.briefings.model import Briefing
from bot.services.member_ports import Members
from bot.services.ports import OPERATOR
from bot.services.results import BriefRequest, CatchUpRequest

_OVERLAP = timedelta(minutes=5)  # an article is stored some time after it was first seen
_LONGEST = timedelta(days=14)  # who was away for longer is not told all of it
_MOST_TOLD = 200  # editions whose lines are left out, the newest


class CatchUpService:
    """Briefings for one member in one server. What was shown is remembered as editions alone."""

    def __init__(
        self,
        *,
        members: Members,
        brief: Callable[[BriefRequest], Awaitable[Briefing]],
        clock: Callable[[], datetime],
    ) -> None:
        self._members = members
        self._brief = brief
        self._clock = clock

    async def catch_up(self, request: CatchUpRequest) -> Briefing:
        """What is new, the newest day's news for who never looked. With `at` the same again, as it was then."""
        now = request.at or self._clock()
        guild_id = request.guild_id or OPERATOR
        looked_at, told = await self._members.looked(request.member_id, guild_id, now)
        since = max(looked_at, now - _LONGEST) - _OVERLAP if looked_at else None
        briefing = await self._brief(
            BriefRequest(at=now, guild_id=request.guild_id, news_since=since, told=told[-_MOST_TOLD:])
        )
        if request.at is None:
            await self._members.look(request.member_id, guild_id, briefing.edition, now)
        return briefing
