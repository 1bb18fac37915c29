"""What `doctor` looks at in Discord and on the command line alike: database, articles, sources, schedules."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.catalogues import ntr, tr
from bot.errors import StorageError
from bot.schedules.due import next_occurrence
from bot.schedules.model import Delivery, DeliveryState, Schedule
from bot.services.ports import OPERATOR
from bot.services.results import Check
from bot.services.schedule_ports import Deliveries, Schedules
from bot.services.sources import SourceService
from bot.services.status import StatusService

_SLOW = timedelta(seconds=1)
_BAD_ENDS = frozenset({DeliveryState.FAILED, DeliveryState.UNSURE, DeliveryState.REJECTED, DeliveryState.MISSED})


class Checkup:
    """Looks at everything that needs no Discord. Nothing is changed."""

    def __init__(
        self,
        *,
        status: StatusService,
        sources: SourceService,
        schedules: Schedules,
        deliveries: Deliveries,
        clock: Callable[[], datetime],
    ) -> None:
        self._status = status
        self._sources = sources
        self._schedules = schedules
        self._deliveries = deliveries
        self._clock = clock

    async def examine(self, guild_id: int | None) -> tuple[Check, ...]:
        """Every check for one server; None: for whoever runs the bot, over all servers."""
        began = self._clock()
        try:
            status = await self._status.status(guild_id)
        except StorageError as fault:
            return (Check(tr("database"), ok=False, detail=fault.reason),)
        took = self._clock() - began
        articles = ntr("{n} article", "{n} articles", status.articles)
        answered = tr("answers in {milliseconds} ms: {articles}", milliseconds=_milliseconds(took), articles=articles)
        return (
            Check(tr("database"), ok=took < _SLOW, detail=answered),
            *await self.sources(guild_id),
            *await self.schedules(guild_id),
        )

    async def sources(self, guild_id: int | None) -> tuple[Check, ...]:
        """The failing ones by name, the others in one line."""
        views = await self._sources.list(guild_id or OPERATOR)
        failing = tuple(
            Check(tr("source {name}", name=view.name), ok=False, detail=view.reason or view.status)
            for view in views
            if view.is_failing
        )
        fine = ntr("{n} source without trouble", "{n} sources without trouble", len(views) - len(failing))
        return (*failing, Check(tr("sources"), ok=bool(views), detail=fine))

    async def schedules(self, guild_id: int | None) -> tuple[Check, ...]:
        """When each schedule posts next, and how its last post ended."""
        if guild_id is None:
            found = tuple(one for one in await self._schedules.active() if one.has_channel)
        else:
            found = await self._schedules.of_guild(guild_id)
        last = await self._deliveries.last([one.id for one in found])
        return tuple(self._schedule_check(one, last.get(one.id)) for one in found)

    def _schedule_check(self, schedule: Schedule, last: Delivery | None) -> Check:
        name = tr("schedule {number}", number=schedule.id)
        if schedule.paused:
            reason = last.detail if last and last.state is DeliveryState.REJECTED else None
            why = tr("paused: {reason}", reason=reason) if reason else tr("paused")
            return Check(name, ok=reason is None, detail=why)
        coming = next_occurrence(schedule, self._clock())
        if coming is None:
            return Check(name, ok=False, detail=tr("it has no next run; look at its days and zone"))
        next_run = tr("next run {when} UTC", when=f"{coming.due_at:%Y-%m-%d %H:%M}")
        if last is not None and last.state in _BAD_ENDS:
            ended = tr("the last one ended as “{state}”", state=last.state.value)
            detail = f"{next_run}; {ended}" + (f": {last.detail}" if last.detail else "")
            return Check(name, ok=False, detail=detail)
        return Check(name, ok=True, detail=next_run)


def _milliseconds(took: timedelta) -> int:
    return round(took / timedelta(milliseconds=1))
