"""Channels and servers that change between claim and post: gone, locked, of another kind, left and entered again."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from bot.briefings.model import Scope
from bot.schedules.model import Delivery, DeliveryState, NewSchedule, Posting, Threads
from bot.storage.database import open_database
from tests.discord_offline import CHANNEL, GUILD, MEMBER, channel_data
from tests.loopback.channels import FORUM
from tests.loopback.discord import LoopbackDiscord
from tests.loopback.gateway import guild_data
from tests.loopback.process import database_url, prepare, running

GONE, LOCKED, ARCHIVED, NO_NEWS, PINGED, BOARD, NO_BOARD = range(3001, 3008)
MANNERS = {
    GONE: Posting(),
    LOCKED: Posting(),
    ARCHIVED: Posting(),
    NO_NEWS: Posting(publish=True),
    PINGED: Posting(ping_role_id=778),
    BOARD: Posting(Threads.FORUM),
    NO_BOARD: Posting(Threads.FORUM),
}
TAG = {"id": "91", "name": "Quota", "moderated": False, "emoji_id": None, "emoji_name": None}
FORUM_DATA = {"type": FORUM, "default_sort_order": None, "default_forum_layout": 0, "default_reaction_emoji": None}
QUICK = {"LOG_LEVEL": "INFO", "LEASE_SECONDS": "20"}  # an attempt may take twelve of them


async def _plant(folder: Path, manners: dict[int, Posting]) -> None:
    now = datetime.now(UTC)
    database = await open_database(database_url(folder))
    try:
        for channel, posting in manners.items():
            at = time(now.hour, now.minute)
            new = NewSchedule(GUILD, channel, at, "UTC", tuple(range(7)), Scope(), None, MEMBER, posting)
            await database.schedules.add(new, now - timedelta(hours=1))
    finally:
        await database.close()


async def _ends(folder: Path) -> dict[int, tuple[Delivery, bool]]:
    """By channel: what is recorded, and whether its schedule is paused."""
    database = await open_database(database_url(folder))
    try:
        found = {}
        for schedule in await database.schedules.of_guild(GUILD):
            (row,) = await database.deliveries.newest([schedule.id], 5)
            found[schedule.channel_id] = row, schedule.paused
        return found
    finally:
        await database.close()


async def test_each_change_has_its_end(tmp_path: Path) -> None:
    prepare(tmp_path)
    await _plant(tmp_path, MANNERS)
    discord = LoopbackDiscord()
    channels = discord.channels
    channels.refuses = {
        str(GONE): (404, 10003, "Unknown Channel"),
        str(LOCKED): (403, 160005, "This thread is locked"),
        str(ARCHIVED): (400, 50083, "Thread is archived"),
    }
    channels.known[str(BOARD)] = channel_data(BOARD, available_tags=[], **FORUM_DATA)
    channels.stale[str(BOARD)] = channel_data(BOARD, available_tags=[TAG], **FORUM_DATA)
    async with discord.serving(), running(tmp_path, discord, settings=QUICK) as bot:
        await discord.posted(3)
        for state, times in (("sent", 3), ("rejected", 3), ("failed", 1)):
            await bot.said(f": {state}\n", times)
        assert await bot.terminate() == 0
    assert "Traceback" not in bot.log
    ends = {channel: (row.state, paused, row.detail) for channel, (row, paused) in (await _ends(tmp_path)).items()}
    assert ends == {
        GONE: (DeliveryState.REJECTED, True, "the channel is gone"),
        LOCKED: (DeliveryState.FAILED, False, "I may not post there (This thread is locked)"),
        ARCHIVED: (DeliveryState.REJECTED, False, "Discord finds the message wrong (Thread is archived)"),
        NO_NEWS: (DeliveryState.SENT, False, "not sent on to followers: Discord answered 400"),
        PINGED: (DeliveryState.SENT, False, "nobody was pinged: the role is gone"),
        BOARD: (DeliveryState.SENT, False, None),
        NO_BOARD: (DeliveryState.REJECTED, False, "it is not a forum any more"),
    }
    (thread,) = [one for one in channels.known.values() if one.get("parent_id") == str(BOARD)]
    assert thread["applied_tags"] == []


async def test_a_server_that_is_left_while_it_is_posted_to_and_entered_again(tmp_path: Path) -> None:
    prepare(tmp_path)
    await _plant(tmp_path, {CHANNEL: Posting()})
    discord = LoopbackDiscord()
    discord.channels.refuses = {str(CHANNEL): (403, 50001, "Missing Access")}
    discord.delays = {("POST", "/messages"): 0.5}
    async with discord.serving(), running(tmp_path, discord, settings=QUICK) as bot:
        await discord.ready()
        session = discord.gateway.session_of(GUILD)
        await session.dispatch("GUILD_DELETE", {"id": str(GUILD)})
        await bot.said(": failed\n")
        await session.dispatch("GUILD_CREATE", guild_data(GUILD))
        discord.channels.refuses = {}
        await bot.said(": sent\n")
        assert await bot.terminate() == 0
    assert "Traceback" not in bot.log
    assert len(discord.channels.of(str(CHANNEL))) == 1
    ((row, is_paused),) = (await _ends(tmp_path)).values()
    assert (row.state, is_paused) == (DeliveryState.SENT, False)
