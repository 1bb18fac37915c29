"""Scheduled briefings: claim, compose, publish, record. Once and only once, whoever crashes when."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.briefings.model import Briefing, WindowReason
from bot.errors import AttacheError, DeliveryFailedError, DeliveryRejectedError
from bot.schedules.due import LATE_AFTER, LEASE, LOOKBACK, Due, due_occurrences, next_wake_at, nonce_of
from bot.schedules.model import Delivery, DeliveryState, Occurrence, Schedule
from bot.services.audience import Audience
from bot.services.results import BriefRequest
from bot.services.schedule_ports import Address, Deliveries, Posted, Publisher, Schedules
from bot.services.schedules import Brief, request_of

LOG = logging.getLogger(__name__)
_REMEMBERED = timedelta(days=40)  # posts of a schedule that are looked at; windows are shorter
ATTEMPT = LEASE * 0.6  # three minutes: a channel that has many briefings at one time takes one a second
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

    def __post_init__(self) -> None:
        if self.attempt >= self.lease:
            raise ValueError("an attempt must end before its claim may be taken over")


@dataclass(frozen=True, slots=True)
class Settled:
    """How one occurrence ended in this sweep."""

    occurrence: Occurrence
    state: DeliveryState
    message_id: int | None = None
    detail: str | None = None
    posted_in: int | None = None


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
        audience: Audience | None = None,
    ) -> None:
        """With an `audience`, servers that see no more than all do share one briefing."""
        self._audience = audience
        self._schedules = schedules
        self._deliveries = deliveries
        self._publisher = publisher
        self._brief = brief
        self._clock = clock
        self._worker = worker
        self._limits = limits
        self._is_draining = False
        self._swept_at: datetime | None = None

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
        settled: list[Settled] = []
        async with _Kitchen(self._brief) as kitchen, asyncio.TaskGroup() as group:
            waiting = iter(due)
            for _ in range(min(self._limits.at_once, len(due))):
                group.create_task(self._work(waiting, kitchen, settled))
        if not self._is_draining:
            self._swept_at = now
        return tuple(settled)

    async def next_wake(self, now: datetime) -> datetime | None:
        """When there is something to do next (`now`, if there is already); None if never."""
        schedules, deliveries, since = await self._look(now)
        return await asyncio.to_thread(
            next_wake_at, schedules, deliveries, now, self._limits.grace, since=since, lease=self._limits.lease
        )

    def drain(self) -> None:
        """Take no further occurrence; what is in hand is finished."""
        self._is_draining = True

    async def _look(self, now: datetime) -> tuple[tuple[Schedule, ...], tuple[Delivery, ...], datetime]:
        """Active schedules and their records from the instant on before which everything is settled."""
        since = now - LOOKBACK
        if self._swept_at is not None:  # a claim of another worker may still fall back for one lease after the grace
            since = max(since, self._swept_at - max(self._limits.grace, LATE_AFTER) - 2 * self._limits.lease)
        schedules = tuple(schedule for schedule in await self._schedules.active() if schedule.has_channel)
        deliveries = await self._deliveries.since([schedule.id for schedule in schedules], since) if schedules else ()
        return schedules, deliveries, since

    async def _work(self, waiting: Iterator[Due], kitchen: "_Kitchen", settled: list[Settled]) -> None:
        """Take one after the other until none is left. One that goes wrong never stops the others."""
        for due in waiting:
            if self._is_draining:
                return
            try:
                if await self._take(due):
                    settled.append(await self._settle(due, kitchen))
            except Exception:
                LOG.exception("schedule %s, %s: no record could be made", due.schedule.id, due.occurrence.local_date)

    async def _take(self, due: Due) -> bool:
        now = self._clock()
        if due.retry:
            return await self._deliveries.retake(due.occurrence, self._worker, now, now - self._limits.lease)
        return await self._deliveries.claim(due.occurrence, self._worker, now, late=due.late)

    async def _settle(self, due: Due, kitchen: "_Kitchen") -> Settled:
        """Find how it ends, then record it. The two are apart: a failing record must not turn sent into failed."""
        settled = await self._attempt(due, kitchen)
        await self._record(settled)
        if settled.state is DeliveryState.REJECTED:
            await self._schedules.set_paused(due.schedule.id, True)
        level = logging.WARNING if settled.state in (DeliveryState.FAILED, DeliveryState.REJECTED) else logging.INFO
        LOG.log(level, "schedule %s, %s: %s", due.schedule.id, due.occurrence.local_date, settled.state.value)
        return settled

    async def _attempt(self, due: Due, kitchen: "_Kitchen") -> Settled:
        try:
            async with asyncio.timeout(self._limits.attempt.total_seconds()):
                return await self._post(due, kitchen)
        except DeliveryRejectedError as error:
            return Settled(due.occurrence, DeliveryState.REJECTED, detail=error.reason)
        except DeliveryFailedError as error:
            return Settled(due.occurrence, DeliveryState.FAILED, detail=error.reason)
        except TimeoutError:
            seconds = self._limits.attempt.total_seconds()
            return Settled(due.occurrence, DeliveryState.FAILED, detail=f"no answer within {seconds:g} s")
        except AttacheError as error:
            return Settled(due.occurrence, DeliveryState.FAILED, detail=str(error))
        except Exception as error:
            LOG.exception("schedule %s, %s: unexpected", due.schedule.id, due.occurrence.local_date)
            return Settled(due.occurrence, DeliveryState.FAILED, detail=type(error).__name__)

    async def _post(self, due: Due, kitchen: "_Kitchen") -> Settled:
        to = _address(due)
        if due.retry:  # the try before may have come as far as sending
            before = await self._publisher.find_posted(to, since=due.occurrence.due_at)
            if before is not None:
                return _sent(due, before, "found after an interrupted try")
        if due.expired:
            return Settled(due.occurrence, DeliveryState.MISSED, detail="later than the grace time")
        briefing = await kitchen.briefing(await self._request(due.schedule))
        if not briefing.items:
            return Settled(due.occurrence, DeliveryState.NOTHING_NEW, detail="no articles on this")
        if await self._is_posted_already(due.schedule, briefing):
            return Settled(due.occurrence, DeliveryState.NOTHING_NEW, detail="nothing since the last post")
        return _sent(due, await self._publisher.publish(to, briefing, late=due.late))

    async def _request(self, schedule: Schedule) -> BriefRequest:
        """What the schedule asks; those that would be answered alike ask alike, and share the answer.

        What a new source brings at its first load is no news to a schedule that has posted before.
        """
        request = request_of(schedule)
        if self._audience is None:
            return request
        corpus = await self._audience.corpus(request.guild_id)
        baseline_at, posted_at = await corpus.newest_baseline(), await self._first_posted_at(schedule)
        has_new_source = baseline_at is not None and posted_at is not None and baseline_at > posted_at
        return replace(
            request,
            guild_id=await self._audience.normal(request.guild_id),
            baseline_until=posted_at.replace(microsecond=0) if posted_at and has_new_source else None,
        )

    async def _first_posted_at(self, schedule: Schedule) -> datetime | None:
        """When this schedule posted first, as far as it matters for today's news."""
        known = await self._deliveries.since([schedule.id], self._clock() - _REMEMBERED)
        return next((one.finished_at for one in known if one.state is DeliveryState.SENT), None)

    async def _is_posted_already(self, schedule: Schedule, briefing: Briefing) -> bool:
        """Whether the window fell back to an older day, and this schedule has posted since that day ended."""
        window = briefing.window
        if window.reason is not WindowReason.NEWEST_DAY or window.end is None:
            return False
        after = await self._deliveries.since([schedule.id], window.end)
        return any(delivery.state is DeliveryState.SENT for delivery in after)

    async def _record(self, settled: Settled) -> None:
        for pause in (*RECORD_PAUSES, None):
            try:
                await self._deliveries.finish(
                    settled.occurrence,
                    settled.state,
                    self._clock(),
                    message_id=settled.message_id,
                    posted_in=settled.posted_in,
                    detail=settled.detail,
                )
            except AttacheError:
                if pause is None:
                    raise
                await asyncio.sleep(pause)
            else:
                return


def _address(due: Due) -> Address:
    schedule, occurrence = due.schedule, due.occurrence
    nonce = nonce_of(schedule, occurrence)
    return Address(schedule.guild_id, schedule.channel_id, nonce, occurrence.local_date, schedule.posting)


def _sent(due: Due, posted: Posted, detail: str | None = None) -> Settled:
    words = "; ".join(filter(None, (detail, posted.flaw))) or None
    return Settled(due.occurrence, DeliveryState.SENT, posted.message_id, words, posted.posted_in)


class _Kitchen:
    """The briefings of one sweep: schedules that ask the same share one composition."""

    def __init__(self, brief: Brief) -> None:
        self._brief = brief
        self._tasks: dict[BriefRequest, asyncio.Task[Briefing]] = {}

    async def __aenter__(self) -> "_Kitchen":
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def briefing(self, request: BriefRequest) -> Briefing:
        """The briefing asked for. One who gives up waiting does not take it from the others."""
        if request not in self._tasks:
            self._tasks[request] = asyncio.create_task(_awaited(self._brief(request)))
        return await asyncio.shield(self._tasks[request])


async def _awaited(briefing: Awaitable[Briefing]) -> Briefing:
    return await briefing
