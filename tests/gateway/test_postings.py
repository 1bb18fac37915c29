"""Every manner of posting, by the process itself: sent on, with a thread, in a forum, with a role, silently."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.briefings.model import Scope
from bot.schedules.model import DeliveryState, NewSchedule, Posting, Threads
from bot.storage.database import open_database
from tests.discord_limits import Description, check_limits
from tests.discord_offline import GUILD, MEMBER, channel_data
from tests.loopback.channels import ANNOUNCEMENT, FORUM
from tests.loopback.discord import LoopbackDiscord, text_of
from tests.loopback.process import database_url, prepare, running

NEWS, ROOM, BOARD, ROLE = 2001, 2002, 2003, 906
SILENT = 1 << 12
MANNERS = {
    NEWS: Posting(publish=True, language="de"),
    ROOM: Posting(Threads.AUTO, silent=True, ping_role_id=ROLE),
    BOARD: Posting(Threads.FORUM, silent=True),
}
TAGS = [
    {"id": "91", "name": "Weather", "moderated": False, "emoji_id": None, "emoji_name": None},
    {"id": "92", "name": "quota", "moderated": False, "emoji_id": None, "emoji_name": None},
    {"id": "93", "name": "Quota", "moderated": True, "emoji_id": None, "emoji_name": None},
]


async def _plant(folder: Path) -> None:
    now = datetime.now(UTC)
    database = await open_database(database_url(folder))
    try:
        for channel, posting in MANNERS.items():
            at = time(now.hour, now.minute)
            new = NewSchedule(GUILD, channel, at, "UTC", tuple(range(7)), Scope(), None, MEMBER, posting)
            await database.schedules.add(new, now - timedelta(hours=1))
    finally:
        await database.close()


async def test_each_manner_of_posting(tmp_path: Path, shared: Path) -> None:
    prepare(tmp_path)
    await _plant(tmp_path)
    discord = LoopbackDiscord()
    known = discord.channels.known
    known[str(NEWS)] = channel_data(NEWS, type=ANNOUNCEMENT)
    known[str(ROOM)] = channel_data(ROOM)
    known[str(BOARD)] = channel_data(BOARD, type=FORUM, available_tags=TAGS, default_sort_order=None,
                                     default_forum_layout=0, default_reaction_emoji=None)  # fmt: skip
    async with discord.serving(), running(tmp_path, discord, settings={"LOG_LEVEL": "INFO"}) as bot:
        await discord.ready()
        await discord.posted(3)
        await bot.said("sent", 3)
        assert await bot.terminate() == 0
    (news,) = discord.channels.of(str(NEWS))
    (room,) = discord.channels.of(str(ROOM))
    (thread,) = [one for one in known.values() if one.get("parent_id") == str(BOARD)]
    (post,) = discord.channels.of(thread["id"])
    assert discord.channels.crossposted == [news["id"]]
    assert known[room["id"]]["parent_id"] == str(ROOM)
    assert known[room["id"]]["name"].startswith("Herring talks, ")
    assert thread["applied_tags"] == ["92"]
    bodies = {text_of(one.body): one.body for one in discord.sent if one.method == "POST" and one.body}
    sent: list[dict[str, Any]] = [body.get("message") or body for body in bodies.values()]
    flags = [one["flags"] & SILENT for one in sent if one.get("flags") and "components" in one]
    assert sorted(flags) == [0, SILENT, SILENT]
    mentions = [one["allowed_mentions"] for one in sent if "allowed_mentions" in one]
    assert [one for one in mentions if one.get("roles")] == [{"parse": [], "roles": [str(ROLE)]}]
    assert f"<@&{ROLE}>" in text_of(room)
    assert "rejected a higher herring quota" in text_of(post)
    description = Description(shared / "discord-openapi.json")
    for one in (one for one in discord.sent if one.body is not None):  # what is sent on has no body
        description.check(one)
        check_limits(one)
    await _all_are_recorded(tmp_path, {NEWS: news["id"], ROOM: room["id"], BOARD: post["id"]}, thread["id"])
    assert discord.unknown == []


async def _all_are_recorded(folder: Path, messages: dict[int, str], thread: str) -> None:
    database = await open_database(database_url(folder))
    try:
        for schedule in await database.schedules.of_guild(GUILD):
            (row,) = await database.deliveries.newest([schedule.id], 5)
            assert (row.state, row.detail) == (DeliveryState.SENT, None)
            assert str(row.message_id) == messages[schedule.channel_id]
            assert row.posted_in == (int(thread) if schedule.channel_id == BOARD else schedule.channel_id)
            (telling,) = await database.tellings.of_channel(schedule.channel_id, datetime.now(UTC) - timedelta(days=1))
            assert telling.edition_id == row.edition_id
    finally:
        await database.close()
