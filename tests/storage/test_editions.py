"""Editions on both engines: kept once, found again as they were, pruned by age and number."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.articles.model import cite
from bot.briefings.editions import Asked, Edition, EditionKind, Line, digest_of, ids_of
from bot.schedules.model import DeliveryState, Telling
from bot.storage.database import Database
from tests.storage.samples import FIRST, NOON, article, occurrence, span_of
from tests.storage.test_schedules import new_schedule

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def edition(number: int = 1, made_at: datetime = NOON) -> Edition:
    """One line with every field set, and an undated one that two articles carry."""
    first, second = article(number), article(number + 1, at=None)
    lines = (
        Line(FIRST, cite(first, span_of(FIRST))),
        Line("“ü\x1b[31m \ud800 ’\n\n🐟", cite(second, span_of("🐟")), (cite(first, span_of("🐟")),)),
    )
    digest = digest_of(lines)
    return Edition(ids_of(EditionKind.QUOTES, digest)[0], digest, EditionKind.QUOTES, made_at, lines)


async def test_an_edition_comes_back_as_it_was(database: Database) -> None:
    assert await database.editions.keep(edition())
    assert await database.editions.get(edition().id) == edition()
    assert await database.editions.get("Q-00000000") is None


async def test_the_same_edition_again_is_the_same(database: Database, other: Database) -> None:
    kept = await asyncio.gather(*(store.editions.keep(edition()) for store in (database, other) * 3))
    assert all(kept)
    assert await database.editions.keep(edition(made_at=NOON + HOUR))
    assert await database.editions.get(edition().id) == edition()
    assert len(await database.editions.newest(9)) == 1


async def test_it_is_remembered_to_whom_it_was_given_and_what_for(database: Database, other: Database) -> None:
    asked = Asked(("port",), (), "7d", NOON, 12, None, NOON - DAY)
    first = replace(edition(), guilds=frozenset({0, 7}), asked=asked)
    await database.editions.keep(first)
    await other.editions.keep(replace(edition(), guilds=frozenset({2**62})))
    given = {0, 7, 2**62}
    assert await database.editions.get(first.id) == replace(first, guilds=frozenset(given))
    assert [one.guilds for one in await other.editions.newest(9)] == [given]
    assert await database.editions.prune(NOON + DAY, 9) == 1


async def test_an_id_is_never_given_to_another_edition(database: Database) -> None:
    assert await database.editions.keep(edition())
    stranger = replace(edition(2), id=edition().id)
    assert not await database.editions.keep(stranger)
    assert await database.editions.get(edition().id) == edition()


async def test_the_newest_come_first_without_their_lines(database: Database) -> None:
    for number in (1, 2, 3):
        await database.editions.keep(edition(number, NOON + number * HOUR))
    found = await database.editions.newest(2)
    assert [one.id for one in found] == [edition(3).id, edition(2).id]
    assert {one.lines for one in found} == {()}


async def test_what_is_given_again_stays(database: Database) -> None:
    for number in (1, 2, 3):
        await database.editions.keep(edition(number, NOON + number * HOUR))
    assert await database.editions.keep(edition(1, NOON + 2 * DAY))
    assert await database.editions.prune(NOON + DAY, 100) == 2
    assert [one.id for one in await database.editions.newest(9)] == [edition(1).id]


async def test_what_a_channel_was_told_stays_while_that_is_remembered(database: Database) -> None:
    for number in (1, 2):
        await database.editions.keep(edition(number, NOON))
    schedule = await database.schedules.add(new_schedule(), NOON)
    one = occurrence(schedule.id)
    await database.deliveries.claim(one, "w", NOON, late=False)
    telling = Telling(100, schedule.id, edition(1).id, NOON)
    await database.deliveries.finish(one, DeliveryState.SENT, NOON, message_id=1, telling=telling)
    assert await database.editions.prune(NOON + DAY, 1) == 1
    assert [found.id for found in await database.editions.newest(9)] == [edition(1).id]
    await database.tellings.prune(NOON + DAY)
    assert await database.editions.prune(NOON + DAY, 1) == 1


@pytest.mark.parametrize(("most", "left"), [(1, 1), (3, 3), (4, 4), (100, 4)])
async def test_the_oldest_beyond_a_number_go(database: Database, most: int, left: int) -> None:
    for number in range(4):
        await database.editions.keep(edition(number, NOON + number * HOUR))
    assert await database.editions.prune(NOON - DAY, most) == 4 - left
    assert [one.id for one in await database.editions.newest(9)] == [edition(n).id for n in range(3, 3 - left, -1)]
