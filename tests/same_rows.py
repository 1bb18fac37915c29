"""Whether two databases hold the same, row for row."""

from datetime import datetime

from bot.storage.engine import create_engine
from bot.storage.tables import metadata

# What tells when something happened, and not what, or is the engine's own: no two loads are alike in these.
CLOCKS = {
    "articles": {"first_seen_at"},
    "revisions": {"replaced_at"},
    "document_looks": {"taken_at"},
    "editions": {"made_at", "shown_at"},
    "sentences": {"id", "terms"},  # a number that the engine gives; words, which PostgreSQL keeps in a form of its own
    "source_states": {"checked_at", "succeeded_at", "news_at", "tally"},  # the tally counts the seconds of a round
}

Rows = dict[str, list[tuple[object, ...]]]
# Of the small facts, by key: marks by chance, and how many loads said that they brought something (no killed one did).
NOT_COMPARED = frozenset({"corpus-mark", "fold-mark"})


async def rows_of(url: str) -> Rows:
    """Every row of every table but for clock readings, sorted."""
    engine = create_engine(url)
    try:
        async with engine.reading() as connection:
            found: Rows = {}
            for name, table in sorted(metadata.tables.items()):
                columns = [column for column in table.c if column.name not in CLOCKS.get(name, ())]
                rows = await connection.execute(table.select().with_only_columns(*columns))
                found[name] = sorted((tuple(row) for row in rows if row[0] not in NOT_COMPARED), key=_order)
            return found
    finally:
        await engine.close()


def _order(row: tuple[object, ...]) -> list[str]:
    return [one.isoformat() if isinstance(one, datetime) else repr(one) for one in row]
