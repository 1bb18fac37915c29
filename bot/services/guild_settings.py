"""A server's settings as a file: written, read again, and what reading it would change, before anything is changed."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.briefings.model import Scope
from bot.catalogues import tr
from bot.dossier import Dossier, Source, SourceKind
from bot.errors import InvalidInputError, NotFoundError, UnusableFileError
from bot.mistakes import mistakes, written_as
from bot.schedules.model import PLAIN, NewSchedule, Posting, Schedule
from bot.schedules.parsing import parse_days, parse_local_time, parse_zone
from bot.services.ports import Memory
from bot.services.registry import MOST_OWN
from bot.services.schedule_ports import Schedules
from bot.services.schedules import FEWEST_WORDS, MOST_IN_A_GUILD, MOST_WORDS
from bot.services.source_ports import Guilds

LARGEST = 200_000  # bytes
_WRITTEN_BY = "settings export"
_Id = Annotated[
    str, written_as(r"[0-9]{1,20}", "it must be a number in quotation marks")
]  # text: JavaScript can't hold them as numbers
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ScheduleEntry(_Strict):
    channel: _Id
    time: str
    zone: str
    days: str
    topics: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    words: Annotated[int, Field(ge=FEWEST_WORDS, le=MOST_WORDS)] | None = None
    paused: bool = False
    posting: Posting = PLAIN


class _SourceEntry(_Strict):
    kind: Literal["feed", "page"]
    location: Annotated[str, Field(max_length=1000), written_as(r"https?://\S+", "must start with http:// or https://")]
    name: Annotated[str, StringConstraints(min_length=1, max_length=100)]


class _File(_Strict):
    attache_settings: Literal[1]
    dossier: str
    log_channel: _Id | None = None
    sources: tuple[_SourceEntry, ...] = ()
    schedules: tuple[_ScheduleEntry, ...] = ()


class SourceDesk(Protocol):
    """What is needed of the sources (`SourceRegistry`)."""

    async def own_of(self, guild_id: int) -> tuple[Source, ...]:
        """The sources that a server has added."""

    async def is_known(self, location: str, guild_id: int) -> bool:
        """Whether a server sees a source there already."""

    async def adopt(self, kind: SourceKind, location: str, name: str, guild_id: int, user_id: int) -> Source:
        """Read a source from now on. Raises `InvalidInputError`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would change. Nothing is ever removed; what is there already stays as it is."""

    key: str
    schedules: tuple[_ScheduleEntry, ...] = ()
    sources: tuple[_SourceEntry, ...] = ()
    log_channel: int | None = None  # None: stays as it is
    unchanged: int = 0
    refused: tuple[tuple[str, str], ...] = ()  # what is left out, and why

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.schedules or self.sources or self.log_channel)


class SettingsService:
    """Export and import of what a server has set."""

    def __init__(
        self,
        *,
        dossier: Dossier,
        schedules: Schedules,
        guilds: Guilds,
        sources: SourceDesk,
        memory: Memory,
        zones: Collection[str],
        clock: Callable[[], datetime],
    ) -> None:
        self._dossier = dossier
        self._schedules = schedules
        self._guilds = guilds
        self._sources = sources
        self._memory = memory
        self._zones = zones
        self._clock = clock

    async def export(self, guild_id: int) -> bytes:
        """Everything that the server has set, as JSON."""
        log_channel = (await self._guilds.log_channels()).get(guild_id)
        own = [one for one in await self._sources.own_of(guild_id) if one.kind is not SourceKind.FOLDER]
        written = _File(
            attache_settings=1,
            dossier=self._dossier.id,
            log_channel=str(log_channel) if log_channel else None,
            sources=tuple(_source_entry(one) for one in own),
            schedules=tuple(_schedule_entry(one) for one in await self._schedules.of_guild(guild_id)),
        )
        return written.model_dump_json(indent=2).encode() + b"\n"

    def channels(self, content: bytes) -> tuple[int, ...]:
        """The channels that a file names, to be looked at before. Raises `InvalidInputError`."""
        read = _read(content)
        named = [one.channel for one in read.schedules] + ([read.log_channel] if read.log_channel else [])
        return tuple(dict.fromkeys(map(int, named)))

    async def plan(self, content: bytes, guild_id: int, refused: Mapping[int, str]) -> Plan:
        """What the file would change here; `refused` are channels that can't be used, with the reason.

        Raises `InvalidInputError` for what is no such file, `NotFoundError` for an actor that the dossier has not.
        """
        read = _read(content)
        if read.dossier != self._dossier.id:
            reason = tr("it is of another dossier, {dossier}", dossier=read.dossier)
            raise UnusableFileError(reason, _WRITTEN_BY)
        there = [_rule(_schedule_entry(one)) for one in await self._schedules.of_guild(guild_id)]
        left: list[tuple[str, str]] = []
        new: list[_ScheduleEntry] = []
        unchanged = 0
        for entry in read.schedules:
            new_one = self._new(entry, guild_id, 0)  # raises for what can't be used
            if _rule(entry) in there or _rule(entry) in map(_rule, new):
                unchanged += 1
            elif new_one.channel_id in refused:
                left.append((_words(entry), refused[new_one.channel_id]))
            elif len(there) + len(new) >= MOST_IN_A_GUILD:
                left.append((_words(entry), tr("a server has at most {most} schedules", most=MOST_IN_A_GUILD)))
            else:
                new.append(entry)
        sources = await self._new_sources(read.sources, guild_id)
        unchanged += len(read.sources) - len(sources)
        room = max(0, MOST_OWN - len(await self._sources.own_of(guild_id)))
        too_many = tr("a server has at most {most} sources; remove one first", most=MOST_OWN)
        left += [(one.name, too_many) for one in sources[room:]]
        log_channel = int(read.log_channel) if read.log_channel else None
        if log_channel == (await self._guilds.log_channels()).get(guild_id):
            log_channel = None
        elif log_channel is not None and log_channel in refused:
            left.append((tr("log channel"), refused[log_channel]))
            log_channel = None
        return Plan(_digest(content), tuple(new), sources[:room], log_channel, unchanged, tuple(left))

    async def stage(self, content: bytes, guild_id: int) -> str:
        """Keep a file that was looked at, until another one is; its key."""
        await self._memory.put(f"settings:{guild_id}", content.decode())
        return _digest(content)

    async def staged(self, key: str, guild_id: int) -> bytes:
        """The file again. Raises `NotFoundError` where another one was looked at since."""
        content = (await self._memory.get(f"settings:{guild_id}") or "").encode()
        if _digest(content) != key:
            raise NotFoundError("file to apply (import it again)", key)
        return content

    async def apply(self, plan: Plan, guild_id: int, user_id: int) -> None:
        """Do what was planned."""
        for entry in plan.schedules:
            added = await self._schedules.add(self._new(entry, guild_id, user_id), self._clock())
            if entry.paused:
                await self._schedules.set_paused(added.id, True)
        for one in plan.sources:
            await self._sources.adopt(SourceKind(one.kind), one.location, one.name, guild_id, user_id)
        if plan.log_channel is not None:
            await self._guilds.set_log_channel(guild_id, plan.log_channel)

    async def _new_sources(self, entries: Sequence[_SourceEntry], guild_id: int) -> tuple[_SourceEntry, ...]:
        """Those that the server does not see yet, each address once."""
        found: dict[str, _SourceEntry] = {}
        for one in entries:
            if one.location not in found and not await self._sources.is_known(one.location, guild_id):
                found[one.location] = one
        return tuple(found.values())

    def _new(self, entry: _ScheduleEntry, guild_id: int, user_id: int) -> NewSchedule:
        for topic in entry.topics:
            if self._dossier.topic(topic) is None:
                raise InvalidInputError("topics", topic, tr("the dossier has no such topic"))
        for actor in entry.actors:
            if self._dossier.actor(actor) is None:
                raise NotFoundError("actor of the dossier", actor)
        return NewSchedule(
            guild_id=guild_id,
            channel_id=int(entry.channel),
            local_time=parse_local_time(entry.time),
            zone=parse_zone(entry.zone, self._zones),
            days=parse_days(entry.days),
            scope=Scope(entry.topics, entry.actors),
            words=entry.words,
            created_by=user_id,
            posting=entry.posting,
        )


def plan_lines(plan: Plan) -> tuple[str, ...]:
    """A plan in plain words, a line each; channels as Discord's mentions."""
    lines = [tr("Add a schedule: {rule}", rule=_words(entry)) for entry in plan.schedules]
    lines += [tr("Read a source: {name}, {location}", name=one.name, location=one.location) for one in plan.sources]
    if plan.log_channel:
        lines.append(tr("Post news of sources in channel {channel}", channel=f"<#{plan.log_channel}>"))
    lines += [tr("Left out: {what}. {reason}", what=what, reason=reason) for what, reason in plan.refused]
    lines.append(tr("Already so: {number}. Nothing is removed.", number=plan.unchanged))
    return tuple(lines)


def _read(content: bytes) -> _File:
    if len(content) > LARGEST:
        raise UnusableFileError(tr("it is larger than {size} kB", size=LARGEST // 1000), _WRITTEN_BY)
    try:
        return _File.model_validate_json(content)
    except ValidationError as error:
        raise UnusableFileError(mistakes(error), _WRITTEN_BY) from None


def _schedule_entry(one: Schedule) -> _ScheduleEntry:
    return _ScheduleEntry(
        channel=str(one.channel_id),
        time=f"{one.local_time:%H:%M}",
        zone=one.zone,
        days=",".join(_DAYS[day] for day in one.days),
        topics=one.scope.topics,
        actors=one.scope.actors,
        words=one.words,
        paused=one.paused,
        posting=one.posting,
    )


def _source_entry(one: Source) -> _SourceEntry:
    kind: Literal["feed", "page"] = "feed" if one.kind is SourceKind.FEED else "page"
    return _SourceEntry(kind=kind, location=one.location, name=one.name)


def _rule(entry: _ScheduleEntry) -> str:
    """Equal for schedules that do the same, paused or not."""
    days = sorted(parse_days(entry.days))
    time = f"{parse_local_time(entry.time):%H:%M}"
    return json.dumps(
        [entry.channel, time, entry.zone, days, entry.topics, entry.actors, entry.words, repr(entry.posting)]
    )


def _words(entry: _ScheduleEntry) -> str:
    return f"{entry.time} {entry.zone}, {entry.days}, <#{entry.channel}>"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
