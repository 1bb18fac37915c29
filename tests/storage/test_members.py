"""What is kept about members, on both engines."""

import asyncio
from datetime import time

from bot.briefings.model import Scope
from bot.dossier import Source, SourceKind
from bot.schedules.model import NewSchedule
from bot.services.member_ports import Follow, Member
from bot.services.source_ports import OwnSource
from bot.storage.database import Database
from bot.storage.tables import audit
from tests.storage.samples import DAY, NOON

IDA, PER = 2**60 + 1, 7


def follow(key: str, kind: str = "actor", member_id: int = IDA) -> Follow:
    return Follow(member_id, kind, key, NOON)


async def test_following_and_no_more(database: Database) -> None:
    members = database.members
    assert await members.follow(follow("lind"), "uk")
    assert not await members.follow(follow("lind"), "de")
    assert await members.follow(follow("quota", "topic"), "de")
    assert await members.follow(follow("lind", member_id=PER), "en")
    assert await members.followed_by(IDA) == (follow("lind"), follow("quota", "topic"))
    assert await members.followers() == {
        Member(PER, "en"): (follow("lind", member_id=PER),),
        Member(IDA, "de"): (follow("lind"), follow("quota", "topic")),
    }
    assert await members.unfollow(IDA, "actor", "nobody") == 0
    assert await members.unfollow(IDA, "actor", "lind") == 1
    assert await members.unfollow(IDA) == 1
    assert list(await members.followers()) == [Member(PER, "en")]


async def test_a_pause_is_told_once_and_ends_with_the_next_follow(database: Database) -> None:
    members = database.members
    await members.follow(follow("lind"), "en")
    await members.pause(IDA, NOON)
    assert await members.untold() == {IDA}
    await members.mark_told(IDA)
    assert await members.untold() == frozenset()
    assert list(await members.followers()) == [Member(IDA, "en", NOON, is_told=True)]
    await members.follow(follow("lind"), "en")
    assert list(await members.followers()) == [Member(IDA, "en")]


async def test_an_event_is_given_to_one_message(database: Database, other: Database) -> None:
    keys = [f"event {n}" for n in range(5)]
    won = await asyncio.gather(
        database.members.claim(IDA, keys, "first", NOON), other.members.claim(IDA, [*keys[2:], "more"], "second", NOON)
    )
    assert won[0] | won[1] == {*keys, "more"}
    assert not won[0] & won[1]
    assert await database.members.claim(PER, keys, "third", NOON) == set(keys)
    await database.members.settle(IDA, "first", is_sent=True)
    await database.members.settle(IDA, "second", is_sent=False)
    again = await database.members.claim(IDA, [*keys, "more"], "fourth", NOON + DAY)
    assert again == won[1]
    told = await database.members.tellings(NOON)
    assert {(one.member_id, one.batch, one.is_sent) for one in told} >= {(PER, "third", False), (IDA, "fourth", False)}
    assert [one.batch for one in await database.members.tellings(NOON + DAY)] == (["fourth"] if won[1] else [])
    await database.members.prune(NOON + DAY)
    assert {one.batch for one in await database.members.tellings(NOON)} <= {"fourth"}


async def test_what_was_looked_at(database: Database) -> None:
    members = database.members
    late = NOON + 9 * DAY
    assert await members.looked(IDA, 1, late) == (None, ())
    await members.look(IDA, 1, "B-1", NOON)
    await members.look(IDA, 1, None, NOON + DAY)
    await members.look(IDA, 2, "B-2", NOON)
    assert await members.looked(IDA, 1, late) == (NOON + DAY, ("B-1",))
    assert await members.looked(IDA, 1, NOON + DAY) == (NOON, ("B-1",))
    assert await members.looked(IDA, 1, NOON) == (None, ())
    await members.prune(NOON + DAY)
    assert await members.looked(IDA, 1, late) == (NOON + DAY, ())


async def test_all_of_a_member_is_forgotten_and_nobody_elses(database: Database) -> None:
    members = database.members
    for person in (IDA, PER):
        await members.follow(follow("lind", member_id=person), "en")
        await members.claim(person, ["event"], f"batch {person}", NOON)
        await members.look(person, 1, "B-1", NOON)
        new = NewSchedule(1, person % 1000, time(8), "UTC", (0,), Scope(), None, person)
        await database.schedules.add(new, NOON)
        async with database.engine.writing() as connection:
            row = {"at": NOON, "guild_id": 1, "member_id": person, "action": "x", "detail": "{}"}
            await connection.execute(audit.insert(), row)
        source = Source(f"s{person}", SourceKind.FEED, f"https://coast.example/{person}", f"Feed {person}")
        await database.own_sources.put(OwnSource(source, 1, person, NOON))
    kept = await members.footprint(IDA)
    assert kept.follows == (follow("lind"),)
    assert kept.numbers == {"messages": 1, "looks": 1, "audit": 1, "schedules": 1, "sources": 1}
    await members.forget(IDA)
    gone = await members.footprint(IDA)
    assert (gone.follows, gone.numbers) == ((), {})
    assert await members.footprint(0) != gone
    assert sorted(one.created_by for one in await database.schedules.of_guild(1)) == [0, PER]
    assert {one.added_by for one in await database.own_sources.all()} == {0, PER}
    assert (await members.footprint(PER)).numbers == kept.numbers
