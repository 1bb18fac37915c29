"""Many schedules due at once, in the database of a bot that is not running yet, and the wait until all are posted."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import insert, select

from bot.briefings.model import Scope
from bot.schedules.model import DeliveryState
from bot.storage.codec import encode_scope
from bot.storage.database import open_database
from bot.storage.tables import deliveries, schedules
from tests.discord_offline import MEMBER
from tests.loopback.discord import LoopbackDiscord
from tests.loopback.process import database_url

FIRST_CHANNEL = 1_000_000
GUILD_STEP = 1 << 22  # so that servers spread over shards


def guild_of(number: int) -> int:
    """The server of the n-th schedule."""
    return (1 + number) * GUILD_STEP


def invite(discord: LoopbackDiscord, number: int) -> None:
    """Put the bot into the servers of so many schedules; the gateway tells of each."""
    discord.gateway.guilds = [guild_of(one) for one in range(number)]
    discord.gateway.announced = number
    discord.gateway.channel_of = lambda guild: FIRST_CHANNEL + guild // GUILD_STEP - 1
    discord.channels.guild_of = lambda channel: guild_of(channel - FIRST_CHANNEL)


async def plant(
    folder: Path, number: int, *, hours_ago: int = 1, url: str | None = None, due_at: datetime | None = None
) -> None:
    """So many schedules, each of a server and channel of its own, due in the minute that has just begun.

    With `url`, in that database; with `due_at`, due then to the second.
    """
    now = datetime.now(UTC)
    due = due_at or now.replace(second=0)
    database = await open_database(url or database_url(folder))
    rows = [
        {
            "guild_id": guild_of(one),
            "channel_id": FIRST_CHANNEL + one,
            "local_time": time(due.hour, due.minute, due.second),
            "zone": "UTC",
            "days": "0,1,2,3,4,5,6",
            "scope": encode_scope(Scope()),
            "words": None,
            "created_at": now - timedelta(hours=hours_ago),
            "created_by": MEMBER,
            "paused": False,
        }
        for one in range(number)
    ]
    try:
        async with database.engine.writing() as connection:
            await connection.execute(insert(schedules), rows)
    finally:
        await database.close()


async def until_recorded(url: str, number: int, patience: float) -> None:
    """So many occurrences are in the ledger, each as sent. `patience` in seconds; then it raises `TimeoutError`."""
    database = await open_database(url)
    try:
        async with asyncio.timeout(patience):
            while True:
                async with database.engine.reading() as connection:
                    found: Sequence[str] = (await connection.scalars(select(deliveries.c.state))).all()
                if len(found) == number and set(found) == {DeliveryState.SENT.value}:
                    return
                await asyncio.sleep(0.2)
    finally:
        await database.close()
