"""Which dossier a database was filled with. One database is one dossier's: articles of two would be told together."""

from sqlalchemy import Connection, inspect, select

from bot.errors import ConfigurationError
from bot.storage.engine import Engine
from bot.storage.memory import SqlMemory
from bot.storage.tables import memory

_KEY = "dossier"


async def refuse_another(engine: Engine, dossier: str) -> None:
    """Raise `ConfigurationError` if the database is another dossier's. Only reads; the tables may not be there yet."""
    async with engine.reading() as connection:
        _compare(await connection.run_sync(_owner), dossier, engine)


async def belong_to(engine: Engine, dossier: str) -> None:
    """Tie a database that is nobody's yet to this dossier, the first of several processes that come at once.

    Raises `ConfigurationError` if it is another one's.
    """
    store = SqlMemory(engine)
    owner = await store.get(_KEY)
    if owner is None:
        owner = await store.change(_KEY, lambda first: first or dossier)
    _compare(owner, dossier, engine)


async def hand_over(engine: Engine, dossier: str) -> str | None:
    """Tie the database to this dossier whosesoever it was; whose it was."""
    store = SqlMemory(engine)
    before = await store.get(_KEY)
    await store.put(_KEY, dossier)
    return before


def _owner(connection: Connection) -> str | None:
    if not inspect(connection).has_table(memory.name):
        return None
    found: str | None = connection.scalar(select(memory.c.value).where(memory.c.key == _KEY))
    return found


def _compare(owner: str | None, dossier: str, engine: Engine) -> None:
    if owner not in (None, dossier):
        raise ConfigurationError(
            "DATABASE_URL",
            f"{engine.address} holds the dossier “{owner}”, not “{dossier}”, and articles of both would be told "
            f"together; give “{dossier}” a database of its own, or run `python -m bot adopt` if only its id is new",
        )
