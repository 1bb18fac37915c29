"""A PostgreSQL that cuts every connection and takes no new one for a while, in the midst of posting."""

import asyncio
from collections import Counter
from pathlib import Path

from tests.loopback.discord import PATIENCE, LoopbackDiscord
from tests.loopback.process import prepare, running
from tests.loopback.swarm import FIRST_CHANNEL, invite, plant, until_recorded
from tests.postgres import PostgresServer

SCHEDULES, AFTER, AWAY = 30, 5, 3.0


async def test_each_channel_has_one_message_and_it_is_recorded(
    tmp_path: Path, postgres_server: PostgresServer, postgres_url: str
) -> None:
    prepare(tmp_path)
    await plant(tmp_path, SCHEDULES, url=postgres_url)
    discord = LoopbackDiscord()
    invite(discord, SCHEDULES)
    name = postgres_url.partition("?")[0].rpartition("/")[2]
    settings = {"DATABASE_URL": postgres_url, "LOG_LEVEL": "INFO", "LEASE_SECONDS": "6"}
    async with discord.serving(), running(tmp_path, discord, settings=settings) as bot:
        await discord.posted(AFTER)
        await postgres_server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        await postgres_server.execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        )
        await asyncio.sleep(AWAY)
        await postgres_server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        await until_recorded(postgres_url, SCHEDULES, PATIENCE)
        assert await bot.terminate() == 0
    posts = Counter(message["channel_id"] for message in discord.messages)
    assert posts == {str(FIRST_CHANNEL + number): 1 for number in range(SCHEDULES)}
    assert "Traceback" not in bot.log
