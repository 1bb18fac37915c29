"""Scheduled briefings: claim, compose, publish, record. Once and only once, whoever crashes when."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from bot.briefings.model import Briefing
from bot.errors import (
    AttacheError,
    ChannelGoneError,
    DeliveryError,
    DeliveryRejectedError,
    OutcomeUnknownError,
    PostingForbiddenError,
)
from bot.schedules.due import (
    AGAIN,
    LATE_AFTER,
    LEASE,
    LONGEST_RETRY,
    LOOKBACK,
    Due,
    due_occurrences,
    is_last_attempt,
    next_wake_at,
    nonce_of,
)
from bot.schedules.model import Delivery, DeliveryState, Schedule, Telling, TroubleKind, WhenNothingNew
from bot.schedules.sharding import ALL_SHARDS, Share
from bot.services.correction_ports import Post
from bot.services.kitchen import Kitchen
from bot.services.newsroom import Brief, Newsroom
from bot.services.schedule_ports import Address, Deliveries, Posted, Publisher, Schedules
from bot.services.settled import Settled
from bot.services.troubles import TroubleDesk

LOG = logging.getLogger(__name__)
PRUNED_EVERY = timedelta(days=1)
ATTEMPT = LEASE * 0.6  # three minutes: a channel that has many briefings at one time takes one a second
LAST_LOOK = LONGEST_RETRY + 1  # leases
BREATH = 1 / 20  # leases (a quarter of a minute) before another sweep where the database failed in one
RECORD_PAUSES = (0.1, 0.5, 2.0)  # seconds between tries to record an end: a message without a record may come twice


@dataclass(frozen=True, slots=True)
class DeliveryLimits:
    """`grace`: how late a missed briefing may still be posted. `attempt` must end before `lease` does.

    `at_once`: so many that neither Discord's round trip nor a slow disk holds the pace of posts up.
    """

    grace: timedelta
    lease: timedelta = LEASE
    attempt: timedelta = ATTEMPT
    at_once: int = 64
    share: Share = ALL_SHARDS

    def __post_init__(self) -> None:
        if self.attempt >= self.lease:
            raise ValueError("an attempt must end before its claim may be taken over")


class DeliveryService:
    """Posts what is due. Several may run on one database: the claim row gives each occurrence to one of them."""

    def __init__(
        self,
        *,
        schedules: Schedules,
        deliveries: Deliveries,
        publisher: Publisher,
        brief: Brief,
        clock: Callable[[], datetime],
        worker: str,
        limits: DeliveryLimits,
        newsroom: Newsroom,
        troubles: TroubleDesk,
    ) -> None:
        self._newsroom = newsroom
        self._troubles = troubles
        self._schedules = schedules
        self._deliveries = deliveries
        self._publisher = publisher
        self._brief = brief
        self._clock = clock
        self._worker = worker
        self._limits = limits
        self._is_draining = False
        self._swept_at: datetime | None = None
        self._rests_until: datetime | None = None
        self._pruned_at: datetime | None = None
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def deliver_due(self, now: datetime) -> tuple[Settled, ...]:
        """Handle everything due at `now`; what others handle, or what could not be claimed, is not in the answer."""
        schedules, deliveries, since = await self._look(now)
        due = await asyncio.to_thread(
            due_occurrences,
            schedules,
            deliveries,
            now,
            self._limits.grace,
            since=since,
            lease=self._limits.lease,
        )
        due = self._limits.share.due_here(due, now, self._limits.lease)
        settled: list[Settled] = []
        async with Kitchen(self._brief) as kitchen, asyncio.TaskGroup() as group:
            waiting = iter(due)
            for _ in range(min(self._limits.at_once, len(due))):
                group.create_task(self._work(waiting, kitchen, settled))
        await self._troubles.tell(now)
        await self._forget(now)
        if not self._is_draining:
            self._swept_at = now
        return tuple(settled)

    async def next_wake(self, now: datetime) -> datetime | None:
        """When there is something to do next (`now`, if there is already); None if never."""
        schedules, deliveries, since = await self._look(now)
        own = [one for one in schedules if self._limits.share.is_own(one.guild_id)]
        wake = await asyncio.to_thread(
            next_wake_at, own, deliveries, now, self._limits.grace, since=since, lease=self._limits.lease
        )
        look = now + self._limits.lease if len(own) < len(schedules) else None  # after what others may have left lying
        first = min((at for at in (wake, look) if at is not None), default=None)
        rests_until, self._rests_until = self._rests_until, None
        return first if first is None or rests_until is None else max(first, rests_until)

    def drain(self) -> None:
        """Take no further occurrence; what is in hand is finished."""
        self._is_draining = True

    async def _look(self, now: datetime) -> tuple[tuple[Schedule, ...], tuple[Delivery, ...], datetime]:
        """Active schedules and their records from the instant on before which everything is settled."""
        since = now - LOOKBACK
        if self._swept_at is not None:  # a claim may fall back after the grace, and what is in doubt gets a last look
            swept_at = min(self._swept_at, now)  # the clock may have been set back since
            since = max(since, swept_at - max(self._limits.grace, LATE_AFTER) - LAST_LOOK * self._limits.lease)
        schedules = tuple(schedule for schedule in await self._schedules.active() if schedule.has_channel)
        deliveries = await self._deliveries.since([schedule.id for schedule in schedules], since) if schedules else ()
        return schedules, deliveries, since

    async def _work(self, waiting: Iterator[Due], kitchen: Kitchen, settled: list[Settled]) -> None:
        """Take one after the other until none is left. One that goes wrong never stops the others."""
        for due in waiting:
            if self._is_draining:
                return
            try:
                # One after the other in a channel, claim and all: the next must know what this one told.
                async with self._turn_in(due.schedule.channel_id):
                    if await self._take(due):
                        settled.append(await self._settle(due, kitchen))
            except AttacheError as error:  # a database that is away, say: it is tried again
                name = due.schedule.id, due.occurrence.local_date
                LOG.error("schedule %s, %s: no record could be made: %s", *name, error)
                self._rests_until = self._clock() + BREATH * self._limits.lease
            except Exception:
                LOG.exception("schedule %s, %s: no record could be made", due.schedule.id, due.occurrence.local_date)

    def _turn_in(self, channel_id: int) -> asyncio.Lock:
        return self._turns.setdefault(channel_id, asyncio.Lock())

    async def _take(self, due: Due) -> bool:
        now = self._clock()
        if due.retry:
            stale_before = now - self._limits.lease
            return await self._deliveries.retake(
                due.occurrence, self._worker, now, stale_before, attempt=due.attempt, late=due.late
            )
        return await self._deliveries.claim(due.occurrence, self._worker, now, late=due.late)

    async def _settle(self, due: Due, kitchen: Kitchen) -> Settled:
        """Find how it ends, then record it. The two are apart: a failing record must not turn sent into failed."""
        doubt = _Doubt(due.unsure_since)
        settled = await self._attempt(due, kitchen, doubt)
        if settled.state in AGAIN or settled.state is DeliveryState.REJECTED:
            settled = replace(settled, unsure_since=doubt.since)
        await self._record(settled, due.attempt)
        try:
            await self._troubles.weigh(due, settled, is_last=self._is_last(due, settled))
        except Exception as error:  # it is recorded, and what comes after it goes on
            name = due.schedule.id, due.occurrence.local_date
            unexpected = None if isinstance(error, AttacheError) else error
            LOG.error("schedule %s, %s: admins may not hear of it: %s", *name, error, exc_info=unexpected)
        level = logging.WARNING if settled.trouble is not None else logging.INFO
        LOG.log(level, "schedule %s, %s: %s", due.schedule.id, due.occurrence.local_date, settled.state.value)
        return settled

    def _is_last(self, due: Due, settled: Settled) -> bool:
        unsure = settled.unsure_since is not None
        return is_last_attempt(due, self._clock(), self._limits.grace, self._limits.lease, unsure=unsure)

    async def _attempt(self, due: Due, kitchen: Kitchen, doubt: "_Doubt") -> Settled:
        try:
            async with asyncio.timeout(self._limits.attempt.total_seconds()):
                return await self._post(due, kitchen, doubt)
        except OutcomeUnknownError as error:
            return Settled(due.occurrence, DeliveryState.UNSURE, detail=error.reason, trouble=TroubleKind.UNSURE)
        except DeliveryRejectedError as error:
            return _rejected(due, error)
        except TimeoutError:
            return _failed(due, f"no answer within {self._limits.attempt.total_seconds():g} s")
        except AttacheError as error:
            return _failed(due, error.reason if isinstance(error, DeliveryError) else str(error))
        except Exception as error:
            LOG.exception("schedule %s, %s: unexpected", due.schedule.id, due.occurrence.local_date)
            return _failed(due, type(error).__name__)

    async def _post(self, due: Due, kitchen: Kitchen, doubt: "_Doubt") -> Settled:
        to = _address(due)
        if doubt.since is not None:  # a try before may have come as far as sending
            before = await self._publisher.find_posted(to, since=doubt.since)
            if before is not None:
                return _sent(due, before, self._clock(), "found after an interrupted try")
            doubt.since = None
        if due.expired:
            trouble = (
                TroubleKind.UNREACHABLE if due.attempt > 1 else None
            )  # it was tried, and nobody was told how it went
            return Settled(due.occurrence, DeliveryState.MISSED, detail="later than the grace time", trouble=trouble)
        briefing = await self._newsroom.edition(due.schedule, kitchen.briefing)
        if not briefing.items:
            return await self._say_nothing_new(due, to, briefing, doubt)
        if briefing.edition is None:  # what can't be remembered would be told again tomorrow
            return _failed(due, "its lines could not be kept")
        posted = await self._publish(to, briefing, doubt, late=due.late)
        return _sent(due, posted, briefing.composed_at or self._clock())

    async def _say_nothing_new(self, due: Due, to: Address, briefing: Briefing, doubt: "_Doubt") -> Settled:
        """Say it in the channel where that is wanted."""
        detail = "nothing since the last post" if briefing.news_since else "no articles on this"
        if due.schedule.posting.when_nothing_new is WhenNothingNew.SKIP:
            return Settled(due.occurrence, DeliveryState.NOTHING_NEW, detail=detail)
        posted = await self._publish(to, briefing, doubt, late=due.late)
        return Settled(due.occurrence, DeliveryState.NOTHING_NEW, posted.message_id, detail, posted.posted_in)

    async def _publish(self, to: Address, briefing: Briefing, doubt: "_Doubt", *, late: bool) -> Posted:
        """Send; from then on a message may stand, unless Discord's answer rules it out."""
        doubt.since = self._clock()
        try:
            return await self._publisher.publish(to, briefing, late=late)
        except DeliveryError as error:
            if not error.may_stand:
                doubt.since = None
            raise

    async def _forget(self, now: datetime) -> None:
        """Prune now and then; what can't be pruned today can be tomorrow."""
        if self._pruned_at is not None and now - self._pruned_at < PRUNED_EVERY:
            return
        self._pruned_at = now
        try:
            await self._newsroom.forget()
        except AttacheError as error:
            LOG.warning("what channels were told could not be pruned: %s", error)

    async def _record(self, settled: Settled, attempt: int) -> None:
        for pause in (*RECORD_PAUSES, None):
            try:
                await self._deliveries.finish(
                    settled.occurrence,
                    settled.state,
                    self._clock(),
                    message_id=settled.message_id,
                    posted_in=settled.posted_in,
                    detail=settled.detail,
                    telling=settled.telling,
                    post=settled.post,
                    unsure_since=settled.unsure_since,
                    attempt=attempt,
                )
            except AttacheError:
                if pause is None:
                    raise
                await asyncio.sleep(pause)
            else:
                return


@dataclass(slots=True)
class _Doubt:
    """From when on a message of an occurrence may stand in its channel that is not recorded; None if none can."""

    since: datetime | None


def _address(due: Due) -> Address:
    schedule, occurrence = due.schedule, due.occurrence
    nonce = nonce_of(schedule, occurrence)
    return Address(schedule.guild_id, schedule.channel_id, nonce, occurrence.local_date, schedule.posting)


def _sent(due: Due, posted: Posted, told_at: datetime, detail: str | None = None) -> Settled:
    """Posted, by this try or by one before. What names no edition is a note that there is nothing new."""
    words = "; ".join(filter(None, (detail, posted.flaw))) or None
    if posted.edition_id is None:
        return Settled(due.occurrence, DeliveryState.NOTHING_NEW, posted.message_id, words, posted.posted_in)
    schedule, edition_id = due.schedule, posted.edition_id
    telling = Telling(schedule.channel_id, schedule.id, edition_id, told_at)
    language = schedule.posting.language
    post = Post(posted.message_id, posted.posted_in, schedule.guild_id, edition_id, language, told_at)
    return Settled(due.occurrence, DeliveryState.SENT, posted.message_id, words, posted.posted_in, telling, post)


def _rejected(due: Due, error: DeliveryRejectedError) -> Settled:
    """Rights may be given back within the grace time; all else stays as it is."""
    match error:
        case ChannelGoneError():
            state, trouble = DeliveryState.REJECTED, TroubleKind.GONE
        case PostingForbiddenError():
            state, trouble = DeliveryState.FAILED, TroubleKind.FORBIDDEN
        case _:
            state, trouble = DeliveryState.REJECTED, TroubleKind.REFUSED
    return Settled(due.occurrence, state, detail=error.reason, trouble=trouble)


def _failed(due: Due, reason: str) -> Settled:
    return Settled(due.occurrence, DeliveryState.FAILED, detail=reason, trouble=TroubleKind.UNREACHABLE)
