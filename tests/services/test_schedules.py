"""Schedules as an admin sets them up: what is accepted, what is refused, and in which words."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.briefings.model import Scope
from bot.dossier import Dossier
from bot.errors import AttacheError, InvalidInputError, NotFoundError
from bot.schedules.due import occurrences_between
from bot.schedules.model import DeliveryState
from bot.services.names import Names
from bot.services.results import BriefRequest, Preview, ScheduleView
from bot.services.schedules import MOST_IN_A_GUILD, ScheduleService
from tests.services.conftest import Stores
from tests.services.fakes import START, FakeBrief, FakeClock, briefing


class House:
    """A schedule service with its surroundings."""

    def __init__(self, stores: Stores, dossier: Dossier) -> None:
        self.stores = stores
        self.clock = FakeClock()
        self.brief = FakeBrief()
        self.changes = 0
        self.service = ScheduleService(
            schedules=stores.schedules,
            deliveries=stores.deliveries,
            names=Names(dossier),
            newsroom=stores.newsroom(self.clock),
            brief=self.brief,
            clock=self.clock,
        )
        self.service.subscribe(self._count)

    def _count(self) -> None:
        self.changes += 1

    async def add(self, **changed: Any) -> ScheduleView:
        asked = {"guild_id": 1, "channel_id": 100, "user_id": 7, "time": "8:30", "zone": "Kyiv", "days": "daily"}
        return await self.service.add(**{**asked, **changed})


@pytest.fixture
def house(stores: Stores, dossier: Dossier) -> House:
    return House(stores, dossier)


async def test_add_tells_the_next_run(house: House) -> None:
    view = await house.add(time="9:30", days="weekdays", topics=("ceasefire", "Sanctions"), actors=("Zelenskyy",))
    assert view.schedule.local_time == time(9, 30)
    assert (view.schedule.zone, view.schedule.days) == ("Europe/Kyiv", (0, 1, 2, 3, 4))
    assert view.schedule.scope == Scope(("ceasefire", "sanctions"), ("zelensky",))
    assert (view.schedule.created_at, view.schedule.created_by) == (START, 7)
    assert view.next_at == datetime(2025, 8, 20, 6, 30, tzinfo=UTC)
    assert view.last is None
    assert house.changes == 1


@pytest.mark.parametrize(
    ("changed", "kind", "field"),
    [
        ({"time": "25:00"}, InvalidInputError, "time"),
        ({"zone": "Kyyiv"}, InvalidInputError, "zone"),
        ({"days": "someday"}, InvalidInputError, "days"),
        ({"words": 10}, InvalidInputError, "words"),
        ({"words": 100_000}, InvalidInputError, "words"),
        ({"topics": ("cheesefire",)}, NotFoundError, "topic"),
        ({"actors": ("Napoleon",)}, NotFoundError, "actor"),
    ],
)
async def test_what_can_not_be_used_is_refused(
    house: House, changed: dict[str, Any], kind: type[AttacheError], field: str
) -> None:
    with pytest.raises(kind) as caught:
        await house.add(**changed)
    assert field in (getattr(caught.value, "field", None), getattr(caught.value, "kind", None))
    assert await house.service.list(1) == ()
    assert house.changes == 0


async def test_the_same_schedule_twice_is_refused(house: House) -> None:
    await house.add()
    with pytest.raises(InvalidInputError, match="schedule 1 does exactly this"):
        await house.add(zone="Europe/Kyiv", time="08:30", days="mon-sun")
    await house.add(channel_id=101)
    await house.add(topics=("sanctions",))
    assert len(await house.service.list(1)) == 3


async def test_a_guild_has_room_for_so_many(house: House) -> None:
    for number in range(MOST_IN_A_GUILD):
        await house.add(channel_id=number)
    with pytest.raises(InvalidInputError, match="at most 50"):
        await house.add(channel_id=999)
    await house.add(guild_id=2, channel_id=999)


async def test_list_tells_the_last_outcome(house: House) -> None:
    view = await house.add()
    await house.add(guild_id=2)
    (day,) = occurrences_between(view.schedule, START, START + timedelta(days=1))
    await house.stores.deliveries.claim(day, "w", START, late=False)
    await house.stores.deliveries.finish(day, DeliveryState.SENT, START, message_id=5)
    (listed,) = await house.service.list(1)
    assert listed.schedule == view.schedule
    assert listed.last is not None
    assert (listed.last.state, listed.last.message_id) == (DeliveryState.SENT, 5)


async def test_remove(house: House) -> None:
    view = await house.add()
    await house.service.remove(1, view.schedule.id)
    assert await house.service.list(1) == ()
    assert house.changes == 2


@pytest.mark.parametrize("verb", ["remove", "preview", "pause", "resume"])
async def test_another_guilds_schedule_is_not_there(house: House, verb: str) -> None:
    view = await house.add(guild_id=2)
    mine = await house.add()
    with pytest.raises(NotFoundError) as caught:
        await getattr(house.service, verb)(1, view.schedule.id)
    assert (caught.value.kind, caught.value.suggestions) == ("schedule", (str(mine.schedule.id),))
    assert len(await house.service.list(2)) == 1


async def test_preview_asks_what_the_post_will_ask(house: House) -> None:
    view = await house.add(topics=("territory",), actors=("Putin",), words=200)
    shown = await house.service.preview(1, view.schedule.id)
    assert shown == Preview(view.schedule, replace(briefing(), told_in=100))
    asked = BriefRequest(topics=("territory",), actors=("putin",), words=200, guild_id=1, told=())
    assert house.brief.asked == [asked]


async def test_what_fell_into_a_pause_is_recorded_and_not_posted(house: House) -> None:
    view = await house.add()
    await house.service.pause(1, view.schedule.id)
    (paused,) = await house.service.list(1)
    assert paused.next_at is None
    house.clock.move(days=2, hours=1)
    await house.service.resume(1, view.schedule.id)
    rows = await house.stores.deliveries.since([view.schedule.id], START)
    assert [(row.occurrence.local_date.day, row.state) for row in rows] == [
        (21, DeliveryState.MISSED),
        (22, DeliveryState.MISSED),
    ]
    (resumed,) = await house.service.list(1)
    assert resumed.next_at == datetime(2025, 8, 23, 5, 30, tzinfo=UTC)


async def test_resuming_what_runs_changes_nothing(house: House) -> None:
    view = await house.add()
    house.clock.move(days=2)
    await house.service.resume(1, view.schedule.id)
    assert await house.stores.deliveries.since([view.schedule.id], START) == ()
    assert house.changes == 1
