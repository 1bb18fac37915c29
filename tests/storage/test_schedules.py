"""Schedules, memory and states of sources on both engines."""

from datetime import time
from typing import Any

import pytest

from bot.briefings.model import Scope
from bot.schedules.model import NewSchedule
from bot.services.ports import Pause, SourceState, Tally
from bot.storage.database import Database
from tests.storage.samples import DAY, NOON, occurrence

SNOWFLAKE = 2**63 - 1  # as large as Discord's ids can get


def new_schedule(**changes: Any) -> NewSchedule:
    values = {
        "guild_id": SNOWFLAKE,
        "channel_id": SNOWFLAKE - 1,
        "local_time": time(7, 30),
        "zone": "Europe/Kyiv",
        "days": (0, 2, 6),
        "scope": Scope(topics=("port", "fishing"), actors=("norland",)),
        "words": 300,
        "created_by": SNOWFLAKE - 2,
    }
    return NewSchedule(**{**values, **changes})


@pytest.mark.parametrize("changes", [{}, {"scope": Scope(), "words": None, "days": (3,), "local_time": time(0, 0)}])
async def test_a_schedule_comes_back_as_it_went_in(database: Database, changes: dict[str, Any]) -> None:
    new = new_schedule(**changes)
    added = await database.schedules.add(new, NOON)
    assert await database.schedules.get(added.id) == added
    assert added.created_at == NOON
    assert not added.paused
    for name in ("guild_id", "channel_id", "local_time", "zone", "days", "scope", "words", "created_by"):
        assert getattr(added, name) == getattr(new, name)


async def test_a_guild_sees_its_own(database: Database) -> None:
    first = await database.schedules.add(new_schedule(guild_id=1), NOON)
    await database.schedules.add(new_schedule(guild_id=2), NOON)
    third = await database.schedules.add(new_schedule(guild_id=1), NOON)
    assert await database.schedules.of_guild(1) == (first, third)
    assert await database.schedules.of_guild(3) == ()


async def test_paused_ones_are_not_active(database: Database) -> None:
    one = await database.schedules.add(new_schedule(), NOON)
    two = await database.schedules.add(new_schedule(), NOON)
    assert await database.schedules.set_paused(one.id, True)
    assert await database.schedules.active() == (two,)
    assert [schedule.paused for schedule in await database.schedules.of_guild(SNOWFLAKE)] == [True, False]
    assert await database.schedules.set_paused(one.id, False)
    assert await database.schedules.active() == (one, two)
    assert not await database.schedules.set_paused(999, True)


async def test_a_removed_one_takes_its_deliveries_along_and_its_id_with_it(database: Database) -> None:
    one = await database.schedules.add(new_schedule(), NOON)
    await database.deliveries.claim(occurrence(one.id), "w", NOON, late=False)
    assert await database.schedules.remove(one.id)
    assert await database.schedules.get(one.id) is None
    assert not await database.schedules.remove(one.id)
    assert await database.deliveries.since([one.id], NOON - DAY) == ()
    assert (await database.schedules.add(new_schedule(), NOON)).id != one.id


async def test_memory_keeps_what_was_put_last(database: Database) -> None:
    assert await database.memory.get("commands") is None
    await database.memory.put("commands", "first")
    await database.memory.put("commands", "second")
    await database.memory.put("other", "")
    assert await database.memory.get("commands") == "second"
    assert await database.memory.get("other") == ""


async def test_states_of_sources_are_replaced(database: Database) -> None:
    tally = Tally(new=3, unread=1, failed=(("a.txt", "no text \ud800"),), seconds=0.25)
    since = (NOON, NOON - DAY, NOON + 2 * DAY)
    failing = SourceState(
        "wire", "failing", "the folder is gone", NOON + DAY, NOON, 3, 17, *since, Pause.FAILING, tally
    )
    new = SourceState("feed", "empty", None, None, None, 0, 0)
    await database.source_states.record(SourceState("wire", "ok", None, NOON, NOON, 0, 17))
    await database.source_states.record(failing)
    await database.source_states.record(new)
    assert await database.source_states.all() == {"wire": failing, "feed": new}
    await database.source_states.forget("wire")
    assert await database.source_states.all() == {"feed": new}


async def test_log_channels(database: Database) -> None:
    await database.guilds.set_log_channel(7, 2**62)
    await database.guilds.set_log_channel(8, 80)
    await database.guilds.set_log_channel(8, None)
    await database.guilds.set_log_channel(9, 90)
    await database.guilds.set_log_channel(9, 91)
    assert await database.guilds.log_channels() == {7: 2**62, 9: 91}


async def test_languages_are_kept_of_servers_that_have_set_something(database: Database, other: Database) -> None:
    for guild_id in (7, 8):
        await database.guilds.set_log_channel(guild_id, 70)
    assert await database.guilds.learn_languages({7: "de", 8: "uk", 9: "fr"}) == 2
    assert await other.guilds.learn_languages({7: "de", 8: "ru"}) == 1
    await database.guilds.set_log_channel(7, None)
    await database.guilds.set_log_channel(7, 71)
    assert await database.guilds.languages() == {7: "de", 8: "ru"}
    assert await database.guilds.learn_languages({}) == 0
