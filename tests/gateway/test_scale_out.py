"""Two bots and a loader at one PostgreSQL; one bot is killed while it posts."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.storage.database import Database, open_database
from bot.storage.tables import deliveries, schedules
from tests.discord_offline import GUILD, HISTORY, MANAGE_SERVER, SEND, VIEW, channel_data, command_data
from tests.loopback.discord import PATIENCE, LoopbackDiscord, text_of
from tests.loopback.process import BotProcess, prepare, running
from tests.loopback.swarm import FIRST_CHANNEL, plant, until_recorded

SCHEDULES, KILLED_AFTER = 80, 12
LEASE = 12  # an attempt takes up to three fifths of it, and what is in hand waits for its turn
OTHER_GUILD = 1 << 22  # of the second shard


def settings(url: str, shard: int) -> dict[str, str]:
    return {
        "DATABASE_URL": url, "SHARD_IDS": str(shard), "SHARD_COUNT": "2", "LEASE_SECONDS": str(LEASE),
        "LOG_LEVEL": "INFO",
    }  # fmt: skip


class Reaper:
    """Kills a bot once it has posted so many messages of its own shard."""

    def __init__(self, discord: LoopbackDiscord, after: int) -> None:
        self._left = after
        self.bot: BotProcess | None = None
        self.posts = 0
        discord.channels.when_posted = self._count

    def _count(self, message: object) -> None:
        assert isinstance(message, dict)
        number = int(message["channel_id"]) - FIRST_CHANNEL
        self._left -= (1 + number) % 2 == 0
        if self.bot is not None and self._left == 0:
            self.bot.kill()


async def take_over(folder: Path, url: str, number: int, killed_after: int, patience: float) -> int:
    """Let both bots post and kill the first one on the way; how many posts for its servers the second one made."""
    prepare(folder)
    discord = LoopbackDiscord(shards=2)
    discord.gateway.guilds = [GUILD, OTHER_GUILD]
    reaper = Reaper(discord, killed_after)
    alone = {"DATABASE_URL": url, "LOG_LEVEL": "INFO"}
    async with discord.serving(), running(folder, discord, command="load", settings=alone, beside="loader-") as loader:
        await loader.said("1 new articles")
        async with (
            running(folder, discord, settings=settings(url, 0), beside="first-") as first,
            running(folder, discord, settings=settings(url, 1), beside="second-") as second,
        ):
            reaper.bot = first
            await discord.ready()
            await _answers_in_its_own_shard(discord)
            await plant(folder, number, url=url, due_at=datetime.now(UTC) + timedelta(seconds=3))
            for guild in discord.gateway.guilds:
                await _wake(discord, guild)
            workers = await _workers_once_all_is_recorded(url, number, patience)
            assert first.has_ended
            assert await second.terminate() == 0
        assert await loader.terminate() == 0
    posts = Counter(message["channel_id"] for message in discord.messages)
    assert posts == {str(FIRST_CHANNEL + one): 1 for one in range(number)}
    assert discord.unknown == []
    assert not [bot.log for bot in (loader, second) if "Traceback" in bot.log]
    assert sum(workers.values()) == number // 2
    return sum(made for worker, made in workers.items() if worker.endswith(f":{second.pid}"))


async def test_the_other_takes_over_and_nothing_is_lost_or_doubled(tmp_path: Path, postgres_url: str) -> None:
    taken_over = await take_over(tmp_path, postgres_url, SCHEDULES, KILLED_AFTER, PATIENCE)
    assert SCHEDULES // 2 - KILLED_AFTER <= taken_over <= SCHEDULES // 2  # what was not recorded any more, too


async def _wake(discord: LoopbackDiscord, guild: int) -> None:
    """Have the bot of this server look at its schedules: they came into the database behind its back."""
    later = datetime.now(UTC) + timedelta(hours=12)
    channel = channel_data(guild + 1, guild_id=str(guild), app_permissions=str(VIEW | SEND | HISTORY))
    added = await discord.command("schedule add", guild=guild, channel=channel, time=f"{later:%H:%M}", zone="UTC")
    assert "Schedule saved" in text_of(await added.shown())


async def _answers_in_its_own_shard(discord: LoopbackDiscord) -> None:
    """The second bot knows what the loader has loaded."""
    data = command_data("brief", {"since": "all"})
    asked = await discord.interact(2, data, MANAGE_SERVER, guild_id=str(OTHER_GUILD))
    assert "Mara Lind" in text_of(await asked.shown())


async def _workers_once_all_is_recorded(url: str, number: int, patience: float) -> dict[str, int]:
    await until_recorded(url, number, patience)
    database = await open_database(url)
    try:
        return await _workers(database)
    finally:
        await database.close()


async def _workers(database: Database) -> dict[str, int]:
    """How many posts for servers of the first shard each process recorded."""
    query = select(deliveries.c.worker, schedules.c.guild_id).join(
        schedules, schedules.c.id == deliveries.c.schedule_id
    )
    async with database.engine.reading() as connection:
        rows = (await connection.execute(query)).all()
    return Counter(row.worker for row in rows if (row.guild_id >> 22) % 2 == 0)
