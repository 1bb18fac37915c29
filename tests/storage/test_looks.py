"""How documents looked when they were read last, on both engines."""

from datetime import timedelta

from bot.services.source_ports import Look
from bot.storage.database import Database
from tests.storage.samples import NOON as NOW
from tests.storage.samples import article, entry

FIRST = Look("1 5 0", bytes(32), b"\x01\0\0\0\0\0\0\xff")
SECOND = Look("1 6 0", b"\xff" * 32, b"")
EVER = (NOW - timedelta(days=9), NOW + timedelta(days=9))


async def test_looks_come_back_to_every_process(database: Database, other: Database) -> None:
    one, two = article(1, source_id="s"), article(2, source_id="s")
    await database.corpus.save([entry(one), entry(two)])
    await database.looks.keep("s", {one.location: FIRST, two.location: SECOND}, NOW)
    assert await other.looks.between("s", *EVER) == {one.location: FIRST, two.location: SECOND}
    await other.looks.keep("s", {one.location: SECOND}, NOW)
    assert await database.looks.between("s", *EVER) == {one.location: SECOND, two.location: SECOND}
    assert await database.looks.between("t", *EVER) == {}


async def test_only_looks_of_the_time_asked_for_are_given(database: Database) -> None:
    one = article(1, source_id="s")
    await database.corpus.save([entry(one)])
    await database.looks.keep("s", {one.location: FIRST}, NOW)
    assert await database.looks.between("s", NOW, NOW) == {one.location: FIRST}
    assert await database.looks.between("s", NOW + timedelta(seconds=1), EVER[1]) == {}
    assert await database.looks.between("s", EVER[0], NOW - timedelta(seconds=1)) == {}


async def test_what_is_not_stored_has_no_look_and_what_goes_takes_it_along(database: Database) -> None:
    one = article(1, source_id="s")
    await database.corpus.save([entry(one)])
    await database.looks.keep("s", {one.location: FIRST, "nowhere.txt": SECOND}, NOW)
    await database.looks.keep("other", {one.location: SECOND}, NOW)
    assert await database.looks.between("s", *EVER) == {one.location: FIRST}
    await database.corpus.remove("s", [one.location])
    assert await database.looks.between("s", *EVER) == {}
    await database.corpus.save([entry(one)])
    assert await database.looks.between("s", *EVER) == {}


async def test_many_looks_are_kept(database: Database) -> None:
    many = [article(number, source_id="s") for number in range(1100)]
    await database.corpus.save([entry(one) for one in many])
    await database.looks.keep("s", {one.location: FIRST for one in many}, NOW)
    assert len(await database.looks.between("s", *EVER)) == 1100
