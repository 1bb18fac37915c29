"""A database is one dossier's: another one is refused before anything is written, on both engines."""

import asyncio

import pytest
from sqlalchemy import text

from bot.errors import ConfigurationError
from bot.storage.belonging import hand_over
from bot.storage.database import open_database
from bot.storage.engine import create_engine


async def _is_refused(url: str, dossier: str) -> str:
    with pytest.raises(ConfigurationError) as refused:
        await open_database(url, dossier=dossier)
    assert refused.value.where == "DATABASE_URL"
    return refused.value.reason


async def _owner(url: str) -> str | None:
    database = await open_database(url)
    try:
        return await database.memory.get("dossier")
    finally:
        await database.close()


async def test_the_first_dossier_keeps_the_database(empty_url: str) -> None:
    for dossier in ("herring", "herring"):
        await (await open_database(empty_url, dossier=dossier)).close()
    reason = await _is_refused(empty_url, "grain")
    assert "“herring”, not “grain”" in reason
    assert "adopt" in reason
    assert await _owner(empty_url) == "herring"


async def test_another_dossier_does_not_even_migrate(empty_url: str) -> None:
    engine = create_engine(empty_url)
    async with engine.writing() as connection:
        await connection.execute(text("CREATE TABLE memory (key VARCHAR PRIMARY KEY, value VARCHAR)"))
        await connection.execute(text("INSERT INTO memory VALUES ('dossier', 'herring')"))
    await _is_refused(empty_url, "grain")
    async with engine.reading() as connection:
        with pytest.raises(Exception, match="alembic_version"):
            await connection.execute(text("SELECT * FROM alembic_version"))
    await engine.close()


async def test_a_database_from_before_becomes_the_first_comers(empty_url: str) -> None:
    await (await open_database(empty_url)).close()
    assert await _owner(empty_url) is None
    await (await open_database(empty_url, dossier="herring")).close()
    await _is_refused(empty_url, "grain")


async def test_of_two_at_once_one_is_refused(empty_url: str) -> None:
    await (await open_database(empty_url)).close()
    opened = await asyncio.gather(
        *(open_database(empty_url, dossier=one) for one in ("herring", "grain", "herring", "grain")),
        return_exceptions=True,
    )
    databases = [one for one in opened if not isinstance(one, BaseException)]
    for one in databases:
        await one.close()
    assert len(databases) == 2
    assert sum(isinstance(one, ConfigurationError) for one in opened) == 2


async def test_it_can_be_handed_over(empty_url: str) -> None:
    database = await open_database(empty_url, dossier="herring")
    assert await hand_over(database.engine, "herring-2026") == "herring"
    await database.close()
    await (await open_database(empty_url, dossier="herring-2026")).close()
    await _is_refused(empty_url, "herring")
