"""Schedules as admins see them: add, list, edit, remove, pause, resume, preview, run, and the log of deliveries."""

import asyncio
import zoneinfo
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.briefings.model import Scope
from bot.errors import InvalidInputError, NotFoundError
from bot.schedules.due import LOOKBACK, next_occurrence, occurrences_between
from bot.schedules.model import EXTRA, PLAIN, Delivery, DeliveryState, NewSchedule, Occurrence, Schedule
from bot.schedules.parsing import parse_days, parse_local_time, parse_zone
from bot.schedules.posting import NO_WISH, ChannelKind, PostingWish, fit_posting
from bot.services.names import Names
from bot.services.newsroom import Brief, Newsroom
from bot.services.results import Delivered, Preview, ScheduleView
from bot.services.schedule_ports import Deliveries, Schedules

MOST_IN_A_GUILD = 50
FEWEST_WORDS, MOST_WORDS = 50, 4000
MOST_LOGGED = 100
_WAIT, _POLL = 30.0, 0.25  # seconds: for the end of a run (of the one who asked), and between two looks


class ScheduleService:
    """A guild's schedules. Everything is validated here again, whatever the client validated before."""

    def __init__(
        self,
        *,
        schedules: Schedules,
        deliveries: Deliveries,
        names: Names,
        newsroom: Newsroom,
        brief: Brief,
        clock: Callable[[], datetime],
        patience: float = _WAIT,
    ) -> None:
        """`patience` is how many seconds a run made by hand is waited for."""
        self._schedules = schedules
        self._deliveries = deliveries
        self._names = names
        self._newsroom = newsroom
        self._brief = brief
        self._clock = clock
        self._patience = patience
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
        wish: PostingWish = NO_WISH,
        kind: ChannelKind = ChannelKind.TEXT,
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
            posting=fit_posting(PLAIN, wish, kind, is_new=True),
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
        actors: tuple[str, ...] | None = None,
        words: int | None = None,
        wish: PostingWish = NO_WISH,
        kind: ChannelKind = ChannelKind.TEXT,
    ) -> ScheduleView:
        """Change what is given, and leave the rest; 0 words are as many as come. `kind` is that of its channel.

        Raises `InvalidInputError` or `NotFoundError`. What a new time would have posted before now is not caught up.
        """
        old = await self._of_guild(guild_id, schedule_id)
        changed = replace(
            old,
            channel_id=old.channel_id if channel_id is None else channel_id,
            local_time=old.local_time if time is None else parse_local_time(time),
            zone=old.zone if zone is None else parse_zone(zone, self._zones),
            days=old.days if days is None else parse_days(days),
            scope=Scope(
                old.scope.topics if topics is None else self._scope(topics, ()).topics,
                old.scope.actors if actors is None else self._scope((), actors).actors,
            ),
            words=old.words if words is None else _checked_words(words or None),
            posting=fit_posting(old.posting, wish, kind),
        )
        if (changed.local_time, changed.zone, changed.days) != (old.local_time, old.zone, old.days):
            changed = replace(changed, ruled_at=self._clock())
        if changed != old:
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

    async def find(self, guild_id: int, schedule_id: int) -> Schedule:
        """One of the guild's schedules. Raises `NotFoundError`."""
        return await self._of_guild(guild_id, schedule_id)

    async def list(self, guild_id: int | None) -> tuple[ScheduleView, ...]:
        """The guild's schedules, each with its next run and its last outcome; None: those of all, for the operator."""
        schedules = await (self._schedules.all() if guild_id is None else self._schedules.of_guild(guild_id))
        last = await self._deliveries.last([schedule.id for schedule in schedules])
        return tuple(self._view(schedule, last.get(schedule.id)) for schedule in schedules)

    async def log(self, guild_id: int | None, schedule_id: int | None = None, limit: int = 20) -> tuple[Delivered, ...]:
        """The last deliveries of a schedule, or of all the guild's (None: of everybody's), newest first.

        Raises `NotFoundError`.
        """
        if schedule_id is not None:
            there: tuple[Schedule, ...] = (await self._of_guild(guild_id, schedule_id),)
        else:
            there = await (self._schedules.all() if guild_id is None else self._schedules.of_guild(guild_id))
        by_id = {schedule.id: schedule for schedule in there}
        found = await self._deliveries.newest(list(by_id), min(max(limit, 1), MOST_LOGGED)) if by_id else ()
        return tuple(Delivered(by_id[one.occurrence.schedule_id], one) for one in found)

    async def remove(self, guild_id: int, schedule_id: int) -> None:
        """Delete a schedule. Raises `NotFoundError`."""
        await self._of_guild(guild_id, schedule_id)
        await self._schedules.remove(schedule_id)
        self._announce()

    async def pause(self, guild_id: int | None, schedule_id: int) -> None:
        """Post nothing for this schedule until it is resumed. Raises `NotFoundError`."""
        await self._of_guild(guild_id, schedule_id)
        await self._schedules.set_paused(schedule_id, True)
        self._announce()

    async def resume(self, guild_id: int | None, schedule_id: int) -> None:
        """Go on with a paused schedule; what fell into the pause is recorded, not posted. Raises `NotFoundError`."""
        schedule = await self._of_guild(guild_id, schedule_id)
        if not schedule.paused:
            return
        await self._close_pause(schedule)
        await self._schedules.set_paused(schedule_id, False)
        self._announce()

    async def preview(self, guild_id: int, schedule_id: int) -> Preview:
        """The briefing as it would be posted now. Raises `NotFoundError`."""
        schedule = await self._of_guild(guild_id, schedule_id)
        return Preview(schedule, await self._newsroom.edition(schedule, self._brief))

    async def run(self, guild_id: int | None, schedule_id: int) -> Occurrence:
        """Have it posted now, besides its times: at most once a minute, whoever asks how often.

        Raises `NotFoundError`, and `InvalidInputError` where it can't be posted or is being posted.
        """
        schedule = await self._of_guild(guild_id, schedule_id)
        if schedule.paused:
            raise InvalidInputError("number", str(schedule_id), "it is paused; resume it first")
        if not schedule.has_channel:
            raise InvalidInputError("number", str(schedule_id), "it has no channel to post to")
        now = self._clock()
        local = now.astimezone(ZoneInfo(schedule.zone))
        asked = Occurrence(schedule_id, local.date(), f"{EXTRA}{local:%H:%M}", now)
        if not await self._deliveries.ask(asked, "by hand", now):
            raise InvalidInputError("number", str(schedule_id), "it was posted by hand within this minute")
        self._announce()
        return asked

    async def outcome(self, asked: Occurrence) -> Delivery | None:
        """How a run ended, or how far it is when patience ends; None if its schedule was removed."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience
        while True:
            found = await self._deliveries.since([asked.schedule_id], asked.due_at)
            mine = next((one for one in found if one.occurrence.slot == asked.slot), None)
            if mine is None or mine.finished_at is not None or loop.time() >= until:
                return mine
            await asyncio.sleep(_POLL)

    async def _close_pause(self, schedule: Schedule) -> None:
        now = self._clock()
        for occurrence in occurrences_between(schedule, max(now - LOOKBACK, schedule.begins_at), now):
            if await self._deliveries.claim(occurrence, "resume", now, late=True):
                await self._deliveries.finish(occurrence, DeliveryState.MISSED, now, detail="the schedule was paused")

    async def _of_guild(self, guild_id: int | None, schedule_id: int) -> Schedule:
        schedule = await self._schedules.get(schedule_id)
        if schedule is None or guild_id not in (None, schedule.guild_id):
            there = await (self._schedules.all() if guild_id is None else self._schedules.of_guild(guild_id))
            raise NotFoundError("schedule", str(schedule_id), [str(one.id) for one in there[:5]])
        return schedule

    def _scope(self, topics: Sequence[str], actors: Sequence[str]) -> Scope:
        """The ids that are meant. Of speakers outside the dossier nothing is told, so they are refused here."""
        return Scope(
            topics=tuple(dict.fromkeys(self._names.find_topic(name) for name in topics)),
            actors=tuple(dict.fromkeys(self._names.find_actor(name) for name in actors)),
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
            raise InvalidInputError("time", f"{new.local_time:%H:%M}", f"schedule {one.id} does exactly this already")
