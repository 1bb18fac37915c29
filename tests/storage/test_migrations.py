"""Migrations on both engines: they lead to exactly the tables of `bot.storage.tables`, and back."""

import asyncio
import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from bot.errors import StorageError
from bot.language.seeking import read_query
from bot.storage.database import open_database
from bot.storage.engine import Engine, create_engine
from bot.storage.migrations import HEAD, revision, upgrade
from bot.storage.migrations.steps import head, is_known, migrate, revert
from bot.storage.tables import metadata
from tests.storage.samples import article, entry


def differences(connection: Connection) -> list[object]:
    """What Alembic would still have to do."""

    def is_ours(_: object, name: str | None, *__: object) -> bool:
        """Each engine finds sentences by means of its own. That SQLite's is made alike both ways is tested below."""
        theirs = ("ix_sentences_terms", "sentence_index") if connection.dialect.name == "sqlite" else ()
        return not (name or "").startswith(theirs)

    options = {"compare_type": True, "compare_server_default": True, "include_object": is_ours}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, metadata))


async def differences_at(engine: Engine) -> list[object]:
    async with engine.reading() as connection:
        return await connection.run_sync(differences)


def definitions(connection: Connection) -> set[str]:
    """SQLite's own record of every table and index, without layout."""
    found = connection.scalars(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {re.sub(r"[\s\"]+", " ", sql).replace("( ", "(").replace(" )", ")").replace(" ,", ",") for sql in found}


def test_the_newest_step_is_the_one_that_starts_look_for() -> None:
    assert head() == HEAD
    assert is_known(HEAD)
    assert not is_known("9999")


async def test_from_nothing_to_the_tables(empty_url: str) -> None:
    database = await open_database(empty_url)
    assert await differences_at(database.engine) == []
    await database.close()


async def test_the_comparison_would_see_a_difference(empty_url: str) -> None:
    database = await open_database(empty_url)
    async with database.engine.writing() as connection:
        await connection.execute(text("ALTER TABLE memory ADD COLUMN extra TEXT"))
        await connection.execute(text("DROP INDEX ix_story_members_story_id"))
    assert len(await differences_at(database.engine)) == 2
    await database.close()


async def test_down_and_up_again(empty_url: str) -> None:
    engine = create_engine(empty_url)
    await upgrade(engine)
    async with engine.writing() as connection:
        await connection.run_sync(revert, "base")
        left = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        assert left == ["alembic_version"]
        assert await connection.run_sync(revision) is None
    await upgrade(engine)
    assert await differences_at(engine) == []
    await engine.close()


async def test_stored_articles_become_searchable(url: str) -> None:
    database = await open_database(url)
    await database.corpus.save([entry(article(number)) for number in range(3)])
    words = read_query("port", lambda word: frozenset({word}))
    before = await database.corpus.matches(words, limit=9)
    assert len(before) == 3
    async with database.engine.writing() as connection:
        await connection.run_sync(revert, "0007")
    await upgrade(database.engine)
    assert sorted(await database.corpus.matches(words, limit=9), key=str) == sorted(before, key=str)
    await database.corpus.remove("wire", [article(number).location for number in range(3)])
    assert await database.corpus.matches(words, limit=9) == ()
    await database.close()


async def test_nothing_is_done_where_all_is_done(empty_url: str) -> None:
    database = await open_database(empty_url)
    await database.corpus.save([entry()])
    await upgrade(database.engine)
    assert (await database.corpus.counts()).articles == 1
    await database.close()


async def test_many_that_start_at_once_take_turns(empty_url: str) -> None:
    opened = await asyncio.gather(*(open_database(empty_url) for _ in range(4)))
    await asyncio.gather(*(one.memory.put(f"key {number}", "value") for number, one in enumerate(opened)))
    assert [await opened[0].memory.get(f"key {number}") for number in range(4)] == ["value"] * 4
    for one in opened:
        await one.close()


async def test_a_database_of_a_newer_version_is_left_alone(empty_url: str) -> None:
    database = await open_database(empty_url)
    async with database.engine.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await database.close()
    with pytest.raises(StorageError, match=r"newer version of the bot has written it \(revision 9999\)"):
        await open_database(empty_url)


async def test_a_step_that_fails_leaves_what_was_there(empty_url: str) -> None:
    engine = create_engine(empty_url)

    async def fail() -> None:
        async with engine.writing() as connection:
            await connection.run_sync(migrate, "head")
            raise LookupError("power cut")

    with pytest.raises(LookupError):
        await fail()
    async with engine.reading() as connection:
        assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == []
    await upgrade(engine)
    assert await differences_at(engine) == []
    await engine.close()


async def test_a_throw_away_database_has_the_same_tables(tmp_path: object) -> None:
    in_memory, on_disk = create_engine("sqlite://"), create_engine(f"sqlite:///{tmp_path}/a.db")
    found = []
    for engine in (in_memory, on_disk):
        await upgrade(engine)
        async with engine.reading() as connection:
            assert await connection.run_sync(revision) == HEAD
            found.append(await connection.run_sync(definitions))
        await engine.close()
    assert len(found[0]) > 15
    assert {sql for sql in found[0] if "alembic" not in sql} == {sql for sql in found[1] if "alembic" not in sql}
