"""Schedules as admins see them: add, list, remove, pause, resume, preview."""

import zoneinfo
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.briefings.model import Briefing, Scope
from bot.errors import InvalidInputError, NotFoundError
from bot.schedules.due import LOOKBACK, next_occurrence, occurrences_between
from bot.schedules.model import Delivery, DeliveryState, NewSchedule, Schedule
from bot.schedules.parsing import parse_days, parse_local_time, parse_zone
from bot.services.names import Names
from bot.services.results import BriefRequest, ScheduleView
from bot.services.schedule_ports import Deliveries, Schedules

MOST_IN_A_GUILD = 50
FEWEST_WORDS, MOST_WORDS = 50, 4000

Brief = Callable[[BriefRequest], Awaitable[Briefing]]


def request_of(schedule: Schedule) -> BriefRequest:
    """What is asked for when this schedule is due. Preview and post ask the same."""
    return BriefRequest(
        topics=schedule.scope.topics,
        actors=schedule.scope.actors,
        words=schedule.words,
        guild_id=schedule.guild_id,
    )


class ScheduleService:
    """A guild's schedules. Everything is validated here again, whatever the client validated before."""

    def __init__(
        self,
        *,
        schedules: Schedules,
        deliveries: Deliveries,
        names: Names,
        brief: Brief,
        clock: Callable[[], datetime],
    ) -> None:
        self._schedules = schedules
        self._deliveries = deliveries
        self._names = names
        self._brief = brief
        self._clock = clock
        self._zones = frozenset(zoneinfo.available_timezones())
        self._listeners: list[Callable[[], None]] = []

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change of the schedules, so that an alarm clock can be set anew."""
        self._listeners.append(listener)

    async def add(
        self,
        *,
        guild_id: int,
        channel_id: int,
        user_id: int,
        time: str,
        zone: str,
        days: str,
        topics: tuple[str, ...] = (),
        actors: tuple[str, ...] = (),
        words: int | None = None,
    ) -> ScheduleView:
        """Save a new schedule. Raises `InvalidInputError` or `NotFoundError` for what can't be used."""
        new = NewSchedule(
            guild_id=guild_id,
            channel_id=channel_id,
            local_time=parse_local_time(time),
            zone=parse_zone(zone, self._zones),
            days=parse_days(days),
            scope=self._scope(topics, actors),
            words=_checked_words(words),
            created_by=user_id,
        )
        _check_room(new, await self._schedules.of_guild(guild_id))
        schedule = await self._schedules.add(new, self._clock())
        self._announce()
        return self._view(schedule, None)

    async def edit(
        self,
        guild_id: int,
        schedule_id: int,
        *,
        channel_id: int | None = None,
        time: str | None = None,
        zone: str | None = None,
        days: str | None = None,
        topics: tuple[str, ...] | None = None,
    ) -> ScheduleView:
        """Change what is given, and leave the rest.

        Raises `InvalidInputError` or `NotFoundError`. What a new time would have posted before now is not caught up.
        """
        old = await self._of_guild(guild_id, schedule_id)
        changed = replace(
            old,
            channel_id=old.channel_id if channel_id is None else channel_id,
            local_time=old.local_time if time is None else parse_local_time(time),
            zone=old.zone if zone is None else parse_zone(zone, self._zones),
            days=old.days if days is None else parse_days(days),
            scope=old.scope if topics is None else replace(self._scope(topics, ()), actors=old.scope.actors),
        )
        if (changed.local_time, changed.zone, changed.days) != (old.local_time, old.zone, old.days):
            await self._skip_past(changed, "the schedule was changed")
        await self._schedules.change(changed)
        self._announce()
        last = await self._deliveries.last([schedule_id])
        return self._view(changed, last.get(schedule_id))

    def first_run(self, *, time: str, zone: str, days: str | tuple[int, ...]) -> datetime | None:
        """When a schedule like this would post first. Raises `InvalidInputError`."""
        weekdays = days if isinstance(days, tuple) else parse_days(days)
        now = self._clock()
        asked = Schedule(
            0, 0, 0, parse_local_time(time), parse_zone(zone, self._zones), weekdays, Scope(), None, now, 0
        )
        coming = next_occurrence(asked, now)
        return coming.due_at if coming else None

    async def list(self, guild_id: int) -> tuple[ScheduleView, ...]:
        """The guild's schedules, each with its next run and its last outcome."""
        schedules = await self._schedules.of_guild(guild_id)
        last = await self._deliveries.last([schedule.id for schedule in schedules])
        return tuple(self._view(schedule, last.get(schedule.id)) for schedule in schedules)

    async def remove(self, guild_id: int, schedule_id: int) -> None:
        """Delete a schedule. Raises `NotFoundError`."""
        await self._of_guild(guild_id, schedule_id)
        await self._schedules.remove(schedule_id)
        self._announce()

    async def pause(self, guild_id: int, schedule_id: int) -> None:
        """Post nothing for this schedule until it is resumed. Raises `NotFoundError`."""
        await self._of_guild(guild_id, schedule_id)
        await self._schedules.set_paused(schedule_id, True)
        self._announce()

    async def resume(self, guild_id: int, schedule_id: int) -> None:
        """Go on with a paused schedule; what fell into the pause is recorded, not posted. Raises `NotFoundError`."""
        schedule = await self._of_guild(guild_id, schedule_id)
        if not schedule.paused:
            return
        await self._skip_past(schedule, "the schedule was paused")
        await self._schedules.set_paused(schedule_id, False)
        self._announce()

    async def preview(self, guild_id: int, schedule_id: int) -> Briefing:
        """The briefing as it would be posted now. Raises `NotFoundError`."""
        return await self._brief(request_of(await self._of_guild(guild_id, schedule_id)))

    async def _skip_past(self, schedule: Schedule, reason: str) -> None:
        """Record what was due before now and has no record yet as missed, so that it is not posted late."""
        now = self._clock()
        start = max(now - LOOKBACK, schedule.created_at)
        for occurrence in occurrences_between(schedule, start, now):
            if await self._deliveries.claim(occurrence, "resume", now, late=True):
                await self._deliveries.finish(occurrence, DeliveryState.MISSED, now, detail=reason)

    async def _of_guild(self, guild_id: int, schedule_id: int) -> Schedule:
        schedule = await self._schedules.get(schedule_id)
        if schedule is None or schedule.guild_id != guild_id:
            there = await self._schedules.of_guild(guild_id)
            raise NotFoundError("schedule", str(schedule_id), [str(one.id) for one in there[:5]])
        return schedule

    def _scope(self, topics: Sequence[str], actors: Sequence[str]) -> Scope:
        """The ids that are meant; for a speaker outside the dossier the name."""
        voices = [self._names.find_voice(name) for name in actors]
        return Scope(
            topics=tuple(dict.fromkeys(self._names.find_topic(name) for name in topics)),
            actors=tuple(dict.fromkeys(voice.actor_id or voice.name for voice in voices)),
        )

    def _view(self, schedule: Schedule, last: Delivery | None) -> ScheduleView:
        coming = next_occurrence(schedule, self._clock())
        return ScheduleView(schedule, coming.due_at if coming else None, last)

    def _announce(self) -> None:
        for listener in self._listeners:
            listener()


def _checked_words(words: int | None) -> int | None:
    if words is not None and not FEWEST_WORDS <= words <= MOST_WORDS:
        reason = f"a briefing has from {FEWEST_WORDS} to {MOST_WORDS} words"
        raise InvalidInputError("words", str(words), reason)
    return words


def _check_room(new: NewSchedule, there: Sequence[Schedule]) -> None:
    """A guild has a bounded number of schedules, and none of them twice."""
    if len(there) >= MOST_IN_A_GUILD:
        raise InvalidInputError(
            "schedule", str(len(there) + 1), f"a server has at most {MOST_IN_A_GUILD} schedules; remove one first"
        )
    for one in there:
        same_time = (one.local_time, one.zone, one.days) == (new.local_time, new.zone, new.days)
        if one.channel_id == new.channel_id and same_time and (one.scope, one.words) == (new.scope, new.words):
            raise InvalidInputError("schedule", f"{new.local_time:%H:%M}", f"schedule {one.id} does exactly this")
