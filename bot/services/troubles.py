"""What keeps a schedule from being posted: what is done about it, and who is told, once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta

from bot.errors import AttacheError, DeliveryRejectedError
from bot.schedules.due import Due
from bot.schedules.model import DeliveryState, Schedule, Trouble, TroubleKind
from bot.services.schedule_ports import Deliveries, Herald, News, Schedules, Troubles
from bot.services.settled import Settled
from bot.services.source_ports import Guilds

LOG = logging.getLogger(__name__)
PATIENCE = 7  # occurrences in a row without rights, after which nobody seems to want it any more
AGAIN_AFTER = timedelta(minutes=5)  # between two tries to tell who could not be reached
A_MESSAGE = 20.0  # seconds that one may take: a server whose limit is hit must not hold up everybody's posts


class TroubleDesk:
    """Pauses what is hopeless, and tells admins: in the log channel, else where the system speaks, else who added it.

    Without a `herald`, where no Discord is at hand, nobody is told.
    """

    def __init__(
        self,
        *,
        troubles: Troubles,
        schedules: Schedules,
        deliveries: Deliveries,
        guilds: Guilds,
        herald: Herald | None = None,
    ) -> None:
        self._troubles = troubles
        self._schedules = schedules
        self._deliveries = deliveries
        self._guilds = guilds
        self._herald = herald
        self._failed_at: datetime | None = None

    async def weigh(self, due: Due, settled: Settled, *, is_last: bool) -> None:
        """Note what went wrong, or that it is over. What may still go well in time is no trouble yet."""
        schedule, kind = due.schedule, settled.trouble
        if kind is None:
            if settled.state is not DeliveryState.MISSED:
                await self._end(schedule)
        elif kind is not TroubleKind.UNREACHABLE or is_last:
            if kind is TroubleKind.FORBIDDEN and await self._is_hopeless(schedule):
                kind = TroubleKind.HOPELESS
            if kind in (TroubleKind.GONE, TroubleKind.HOPELESS):
                await self._schedules.set_paused(schedule.id, True)
            await self._troubles.note(Trouble(schedule.id, kind, settled.detail or "", settled.occurrence.due_at))

    async def tell(self, now: datetime) -> None:
        """Tell what nobody was told yet, one message a server. Who can't be reached is tried again later."""
        if self._herald is None or (self._failed_at is not None and abs(now - self._failed_at) < AGAIN_AFTER):
            return
        try:
            for news in await self._taken(now):
                await self._tell_or_give_back(self._herald, news, now)
        except AttacheError as error:
            LOG.warning("troubles can't be told: %s", error)

    async def _tell_or_give_back(self, herald: Herald, news: Sequence[News], now: datetime) -> None:
        is_told = False
        try:
            is_told = await self._say(herald, news)
        finally:  # whoever is called off meanwhile gives it back too, or nobody would ever be told
            if not is_told:
                self._failed_at = now
                for one in news:
                    await self._troubles.mark_told(one.schedule.id, None)

    async def _taken(self, now: datetime) -> Iterable[Sequence[News]]:
        """What is to be told, by server. Taken before it is told: of two processes one tells it."""
        by_guild: dict[int, list[News]] = {}
        for trouble in await self._troubles.untold():
            schedule = await self._schedules.get(trouble.schedule_id)
            if schedule is not None and await self._troubles.mark_told(schedule.id, now):
                by_guild.setdefault(schedule.guild_id, []).append(News(schedule, trouble))
        return by_guild.values()

    async def _end(self, schedule: Schedule) -> None:
        over = await self._troubles.clear(schedule.id)
        if over is not None and over.told_at is not None and self._herald is not None:
            await self._say(self._herald, [News(schedule, over, is_over=True)])

    async def _is_hopeless(self, schedule: Schedule) -> bool:
        """Whether nothing was posted at the last occurrences either."""
        last = await self._deliveries.newest([schedule.id], PATIENCE)
        return len(last) == PATIENCE and all(one.state is DeliveryState.FAILED for one in last)

    async def _say(self, herald: Herald, news: Sequence[News]) -> bool:
        """False if it is worth another try."""
        schedule = news[0].schedule
        log_channel = (await self._guilds.log_channels()).get(schedule.guild_id)
        ways: list[Callable[[], Awaitable[None]]] = [
            lambda: herald.tell_server(schedule.guild_id, news),
            lambda: herald.tell_member(schedule.created_by, news),
        ]
        if log_channel is not None:
            ways.insert(0, lambda: herald.tell_channel(log_channel, news))
        for way in ways:
            try:
                async with asyncio.timeout(A_MESSAGE):
                    await way()
            except DeliveryRejectedError as error:
                LOG.info("server %s: %s", schedule.guild_id, error)
            except (AttacheError, TimeoutError) as error:
                LOG.warning("server %s can't be told now: %s", schedule.guild_id, error or "no answer in time")
                return False
            except Exception:  # it costs nobody else the news
                LOG.exception("server %s can't be told now", schedule.guild_id)
                return False
            else:
                return True
        LOG.warning("server %s: nobody can be told what keeps its schedules from being posted", schedule.guild_id)
        return True
