"""What a schedule would post now: the same for the post, its preview, and whoever asks alike."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.briefings.model import Briefing
from bot.schedules.model import DeliveryState, Schedule
from bot.services.audience import Audience
from bot.services.channel_memory import REMEMBERED, ChannelMemory, news_since
from bot.services.results import BriefRequest
from bot.services.schedule_ports import Deliveries

Brief = Callable[[BriefRequest], Awaitable[Briefing]]


class Newsroom:
    """Asks for a schedule: what is new for its channel since its last post there, and not told there yet."""

    def __init__(
        self,
        *,
        memory: ChannelMemory,
        deliveries: Deliveries,
        clock: Callable[[], datetime],
        audience: Audience | None = None,
    ) -> None:
        """With an `audience`, servers that see no more than all do ask alike."""
        self._memory = memory
        self._deliveries = deliveries
        self._clock = clock
        self._audience = audience

    async def edition(self, schedule: Schedule, brief: Brief) -> Briefing:
        """The briefing for the schedule's channel. Raises what `brief` raises."""
        return replace(await brief(await self.request(schedule)), told_in=schedule.channel_id)

    async def request(self, schedule: Schedule) -> BriefRequest:
        """Those that would be answered alike ask alike: whose channel it is for is not in it."""
        now = self._clock()
        told, told_at = await self._memory.for_post(schedule, now)
        posted_at = told_at or await self._posted_at(schedule, now)
        guild_id = await self._audience.normal(schedule.guild_id) if self._audience else schedule.guild_id
        return BriefRequest(
            topics=schedule.scope.topics,
            actors=schedule.scope.actors,
            words=schedule.words,
            guild_id=guild_id,
            news_since=news_since(posted_at, now) if posted_at else None,
            told=told,
        )

    async def forget(self) -> int:
        """Prune what is remembered of channels; how many editions that were."""
        return await self._memory.prune(self._clock())

    async def _posted_at(self, schedule: Schedule, now: datetime) -> datetime | None:
        """When it last posted, where its channel does not know: to another one, or before that was remembered."""
        known = await self._deliveries.since([schedule.id], now - REMEMBERED - timedelta(days=1))
        sent = [one.finished_at for one in known if one.state is DeliveryState.SENT and one.finished_at]
        return max(sent, default=None)
