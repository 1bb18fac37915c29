"""One open database with all its stores."""

from dataclasses import dataclass

from bot.errors import StorageError
from bot.storage.audit import SqlAudit
from bot.storage.belonging import belong_to, refuse_another
from bot.storage.corpus import SqlCorpus
from bot.storage.corrections import SqlCorrections
from bot.storage.deliveries import SqlDeliveries
from bot.storage.editions import SqlEditions
from bot.storage.engine import Engine, create_engine
from bot.storage.guilds import SqlGuilds
from bot.storage.looks import SqlLooks
from bot.storage.members import SqlMembers
from bot.storage.memory import SqlMemory
from bot.storage.migrations import upgrade
from bot.storage.own_sources import SqlOwnSources
from bot.storage.posts import SqlPosts
from bot.storage.schedules import SqlSchedules
from bot.storage.source_states import SqlSourceStates
from bot.storage.tellings import SqlTellings
from bot.storage.troubles import SqlTroubles


@dataclass(frozen=True, slots=True)
class Database:
    """The stores of one database, migrated and ready."""

    engine: Engine
    corpus: SqlCorpus
    source_states: SqlSourceStates
    looks: SqlLooks
    schedules: SqlSchedules
    deliveries: SqlDeliveries
    memory: SqlMemory
    editions: SqlEditions
    guilds: SqlGuilds
    own_sources: SqlOwnSources
    members: SqlMembers
    corrections: SqlCorrections
    posts: SqlPosts
    tellings: SqlTellings
    troubles: SqlTroubles
    audit: SqlAudit

    @property
    def masked_url(self) -> str:
        """Its address, without the password."""
        return self.engine.address

    async def is_there(self) -> bool:
        """Whether it answers."""
        try:
            await self.memory.get("pulse")
        except StorageError:
            return False
        return True

    async def close(self) -> None:
        """Give all connections back; the stores can't be used afterwards."""
        await self.engine.close()


async def open_database(url: str, *, dossier: str | None = None) -> Database:
    """Connect, migrate to the newest tables, and hand out the stores. `sqlite://` alone is a database in memory.

    With the id of a `dossier` the database is that dossier's from the first time on. The folder of an SQLite file is
    created. Raises `StorageError` if the database can't be reached, written or read, and `ConfigurationError`, with
    nothing written, if it is another dossier's.
    """
    engine = create_engine(url)
    try:
        if dossier is not None:
            await refuse_another(engine, dossier)
        await upgrade(engine)
        if dossier is not None:
            await belong_to(engine, dossier)
    except BaseException:
        await engine.close()
        raise
    return Database(
        engine,
        SqlCorpus(engine),
        SqlSourceStates(engine),
        SqlLooks(engine),
        SqlSchedules(engine),
        SqlDeliveries(engine),
        SqlMemory(engine),
        SqlEditions(engine),
        SqlGuilds(engine),
        SqlOwnSources(engine),
        SqlMembers(engine),
        SqlCorrections(engine),
        SqlPosts(engine),
        SqlTellings(engine),
        SqlTroubles(engine),
        SqlAudit(engine),
    )
