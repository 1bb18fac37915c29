"""Ports by hand, in memory. `test_stores_contract.py` holds them to what the real stores do."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.briefings.editions import Edition
from bot.briefings.model import Briefing, BriefingItem, Counts, Scope, Window, WindowReason
from bot.errors import DeliveryFailedError, DeliveryRejectedError, OutcomeUnknownError
from bot.schedules.due import AGAIN, Key, key_of
from bot.schedules.model import (
    Delivery,
    DeliveryState,
    NewSchedule,
    Occurrence,
    Schedule,
    Telling,
    Trouble,
    TroubleKind,
)
from bot.services.correction_ports import Post
from bot.services.results import BriefRequest
from bot.services.schedule_ports import Address, News, Posted

START = datetime(2025, 8, 20, 6, 0, tzinfo=UTC)


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        """Move on by `timedelta(**by)`; the new time."""
        self.now += timedelta(**by)
        return self.now


class MemorySchedules:
    """`Schedules` in a dictionary."""

    def __init__(self) -> None:
        self._rows: dict[int, Schedule] = {}
        self._next_id = 1

    async def add(self, new: NewSchedule, created_at: datetime) -> Schedule:
        schedule = Schedule(
            id=self._next_id,
            guild_id=new.guild_id,
            channel_id=new.channel_id,
            local_time=new.local_time,
            zone=new.zone,
            days=new.days,
            scope=new.scope,
            words=new.words,
            created_at=created_at,
            created_by=new.created_by,
            posting=new.posting,
        )
        self._rows[schedule.id] = schedule
        self._next_id += 1
        return schedule

    async def get(self, schedule_id: int) -> Schedule | None:
        return self._rows.get(schedule_id)

    async def of_guild(self, guild_id: int) -> tuple[Schedule, ...]:
        return tuple(row for row in self._rows.values() if row.guild_id == guild_id)

    async def active(self) -> tuple[Schedule, ...]:
        return tuple(row for row in self._rows.values() if not row.paused)

    async def all(self) -> tuple[Schedule, ...]:
        return tuple(self._rows.values())

    async def change(self, schedule: Schedule) -> bool:
        if schedule.id not in self._rows:
            return False
        self._rows[schedule.id] = replace(schedule, paused=self._rows[schedule.id].paused)
        return True

    async def number_active(self) -> int:
        return len(await self.active())

    async def remove(self, schedule_id: int) -> bool:
        return self._rows.pop(schedule_id, None) is not None

    async def set_paused(self, schedule_id: int, paused: bool) -> bool:
        if schedule_id not in self._rows:
            return False
        self._rows[schedule_id] = replace(self._rows[schedule_id], paused=paused)
        return True


class NoEditions:
    """None was kept."""

    async def keep(self, edition: Edition) -> bool:
        return False

    async def get(self, edition_id: str) -> Edition | None:
        return None

    async def newest(self, limit: int) -> tuple[Edition, ...]:
        return ()

    async def prune(self, before: datetime, most: int) -> int:
        return 0


class MemoryTellings:
    """`Tellings` in a dictionary."""

    def __init__(self) -> None:
        self.rows: dict[tuple[int, str], Telling] = {}

    async def of_channel(self, channel_id: int, since: datetime) -> tuple[Telling, ...]:
        found = [one for one in self.rows.values() if one.channel_id == channel_id and one.told_at >= since]
        return tuple(sorted(found, key=lambda one: (one.told_at, one.edition_id)))

    async def prune(self, before: datetime) -> int:
        kept = {key: one for key, one in self.rows.items() if one.told_at >= before}
        gone, self.rows = len(self.rows) - len(kept), kept
        return gone


class MemoryTroubles:
    """`Troubles` in a dictionary."""

    def __init__(self) -> None:
        self.rows: dict[int, Trouble] = {}

    async def note(self, trouble: Trouble) -> None:
        known = self.rows.get(trouble.schedule_id)
        if known is None or known.kind is not trouble.kind:
            self.rows[trouble.schedule_id] = trouble

    async def untold(self) -> tuple[Trouble, ...]:
        found = [one for one in self.rows.values() if one.told_at is None]
        return tuple(sorted(found, key=lambda one: (one.since, one.schedule_id)))

    async def mark_told(self, schedule_id: int, told_at: datetime | None) -> bool:
        known = self.rows.get(schedule_id)
        if known is None or (known.told_at is None) is not (told_at is not None):
            return False
        self.rows[schedule_id] = replace(known, told_at=told_at)
        return True

    async def clear(self, schedule_id: int) -> Trouble | None:
        return self.rows.pop(schedule_id, None)


class MemoryDeliveries:
    """`Deliveries` in a dictionary. `failures` are raised by the next calls of `finish`, first one first.

    `fault` is raised by every claim.
    """

    def __init__(self, schedules: MemorySchedules) -> None:
        self._schedules = schedules
        self._rows: dict[Key, Delivery] = {}
        self.failures: list[Exception] = []
        self.fault: Exception | None = None
        self.tellings = MemoryTellings()
        self.posts: dict[int, Post] = {}

    async def claim(self, occurrence: Occurrence, worker: str, now: datetime, *, late: bool) -> bool:
        await asyncio.sleep(0)
        if self.fault is not None:
            raise self.fault
        key = key_of(occurrence)
        if key in self._rows or await self._schedules.get(occurrence.schedule_id) is None:
            return False
        claimed = Delivery(occurrence, DeliveryState.CLAIMED, worker, now, None, 1, late, None, None)
        self._rows[key] = replace(claimed, unsure_since=now)
        return True

    async def ask(self, occurrence: Occurrence, worker: str, now: datetime) -> bool:
        key = key_of(occurrence)
        if key in self._rows or await self._schedules.get(occurrence.schedule_id) is None:
            return False
        self._rows[key] = Delivery(occurrence, DeliveryState.ASKED, worker, now, None, 0, False, None, None)
        return True

    async def retake(
        self,
        occurrence: Occurrence,
        worker: str,
        now: datetime,
        stale_before: datetime,
        *,
        attempt: int,
        late: bool = False,
    ) -> bool:
        await asyncio.sleep(0)
        row = self._rows.get(key_of(occurrence))
        if row is None or row.attempts != attempt - 1:
            return False
        is_stale = row.state is DeliveryState.CLAIMED and row.claimed_at < stale_before
        if row.state not in (DeliveryState.ASKED, *AGAIN) and not is_stale:
            return False
        again = replace(row, state=DeliveryState.CLAIMED, worker=worker, claimed_at=now, finished_at=None, late=late)
        self._rows[key_of(occurrence)] = replace(again, attempts=attempt, unsure_since=row.unsure_since or now)
        return True

    async def finish(
        self,
        occurrence: Occurrence,
        state: DeliveryState,
        now: datetime,
        *,
        message_id: int | None = None,
        posted_in: int | None = None,
        detail: str | None = None,
        telling: Telling | None = None,
        post: Post | None = None,
        unsure_since: datetime | None = None,
        attempt: int | None = None,
    ) -> None:
        if self.failures:
            raise self.failures.pop(0)
        row = self._rows.get(key_of(occurrence))
        if row is not None and await self._schedules.get(occurrence.schedule_id) is None:
            row = self._rows.pop(key_of(occurrence)) and None  # it went with its schedule
        if row is not None and attempt not in (None, row.attempts) and state is not DeliveryState.SENT:
            return
        if row is not None and row.state is DeliveryState.SENT:
            return
        if row is not None:
            end = replace(row, state=state, finished_at=now, message_id=message_id, posted_in=posted_in, detail=detail)
            edition_id = telling.edition_id if telling else None
            self._rows[key_of(occurrence)] = replace(end, edition_id=edition_id, unsure_since=unsure_since)
        if telling is not None:
            self.tellings.rows.setdefault((telling.channel_id, telling.edition_id), telling)
        if post is not None:
            self.posts.setdefault(post.message_id, post)

    async def newest(self, schedule_ids: Collection[int], limit: int) -> tuple[Delivery, ...]:
        rows = [row for row in self._rows.values() if row.occurrence.schedule_id in schedule_ids]
        rows.sort(key=lambda row: (-row.occurrence.due_at.timestamp(), row.occurrence.schedule_id))
        return tuple(rows[:limit])

    async def since(self, schedule_ids: Collection[int], start: datetime) -> tuple[Delivery, ...]:
        rows = [row for row in self._rows.values() if row.occurrence.schedule_id in schedule_ids]
        recent = [row for row in rows if row.occurrence.due_at >= start]
        return tuple(sorted(recent, key=lambda row: (row.occurrence.due_at, row.occurrence.schedule_id)))

    async def last(self, schedule_ids: Collection[int]) -> Mapping[int, Delivery]:
        rows = await self.since(schedule_ids, datetime.min.replace(tzinfo=UTC))
        return {row.occurrence.schedule_id: row for row in rows}


class FakeGuilds:
    """Log channels in a dictionary."""

    def __init__(self) -> None:
        self.channels: dict[int, int] = {}

    async def log_channels(self) -> Mapping[int, int]:
        return self.channels

    async def set_log_channel(self, guild_id: int, channel_id: int | None) -> None:
        self.channels = {**self.channels, guild_id: channel_id} if channel_id else {}

    async def languages(self) -> Mapping[int, str]:
        return {}

    async def learn_languages(self, heard: Mapping[int, str]) -> int:
        return 0


class FakeHerald:
    """Whom it told what, as (way, id, what). `refused` and `failing` are ways that do not work.

    `surprises` are raised, or waited for, by the next calls.
    """

    def __init__(self) -> None:
        self.told: list[tuple[str, int, list[tuple[int, TroubleKind | None]]]] = []
        self.refused: set[str] = set()
        self.failing = False
        self.surprises: list[BaseException | Awaitable[object]] = []

    async def tell_channel(self, channel_id: int, news: Sequence[News]) -> None:
        await self._tell("channel", channel_id, news)

    async def tell_server(self, guild_id: int, news: Sequence[News]) -> None:
        await self._tell("server", guild_id, news)

    async def tell_member(self, user_id: int, news: Sequence[News]) -> None:
        await self._tell("member", user_id, news)

    async def _tell(self, way: str, number: int, news: Sequence[News]) -> None:
        if self.surprises:
            surprise = self.surprises.pop(0)
            if isinstance(surprise, BaseException):
                raise surprise
            await surprise
        if self.failing:
            raise DeliveryFailedError(number, "Discord is down")
        if way in self.refused:
            raise DeliveryRejectedError(number, "not there")
        said = [(one.schedule.id, None if one.is_over else one.trouble.kind) for one in news]
        self.told.append((way, number, said))


class FakePublisher:
    """A channel wall. `answer` may raise, wait or count before a post is made; a nonce is remembered for good.

    `blind`: why nobody may look at it.
    """

    def __init__(self) -> None:
        self.blind: str | None = None
        self.looked: list[datetime] = []  # since when, each time
        self.posts: list[tuple[int, str, bool, Briefing]] = []
        self.answer: Callable[[int], Awaitable[None]] | None = None
        self.after: Callable[[int], Awaitable[None]] | None = None

    async def publish(self, to: Address, briefing: Briefing, *, late: bool) -> Posted:
        if self.answer is not None:
            await self.answer(to.channel_id)
        self.posts.append((to.channel_id, to.nonce, late, briefing))
        if self.after is not None:
            await self.after(to.channel_id)
        return Posted(1000 + len(self.posts), to.channel_id, briefing.edition)

    async def find_posted(self, to: Address, *, since: datetime) -> Posted | None:
        self.looked.append(since)
        if self.blind is not None:
            raise OutcomeUnknownError(to.channel_id, self.blind)
        for number, (channel, known, _, briefing) in enumerate(self.posts, start=1):
            if (channel, known) == (to.channel_id, to.nonce):
                return Posted(1000 + number, to.channel_id, briefing.edition)
        return None

    @property
    def channels(self) -> list[int]:
        """Where something was posted, in order."""
        return [channel for channel, _, _, _ in self.posts]


def briefing(*, items: int = 1, reason: WindowReason = WindowReason.ASKED, end: datetime | None = None) -> Briefing:
    """A briefing with this many items; what they say does not matter here."""
    item = BriefingItem("A sentence.", citations=(), topics=(), actors=(), score=1.0, why="test")
    return Briefing(
        dossier_id="d",
        dossier_title="D",
        scope=Scope(),
        window=Window(None if end is None else end - timedelta(days=1), end, reason, "24h"),
        items=(item,) * items,
        positions=(),
        shifts=(),
        contested=(),
        counts=Counts(
            articles=items, stories=items, undated=0, sentences=items, sources=1, sources_failing=0, outlets=1
        ),
        edition="B-00000001",
    )


class FakeBrief:
    """Answers every request with `answer`, or raises it; keeps what was asked."""

    def __init__(self, answer: Briefing | Exception | None = None) -> None:
        self.answer = answer or briefing()
        self.asked: list[BriefRequest] = []

    async def __call__(self, request: BriefRequest) -> Briefing:
        self.asked.append(request)
        await asyncio.sleep(0)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer
