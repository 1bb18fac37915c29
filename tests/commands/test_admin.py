"""/sources and /schedule: who may, what is checked, what is said."""

import asyncio
from typing import Any

import pytest

from bot.errors import NotFoundError
from bot.services.results import LoadProgress, LoadReport
from commands.progress import shown_progress
from commands.sources import progress_line
from tests.discord_offline import (
    CHANNEL,
    EPHEMERAL,
    GUILD,
    HISTORY,
    MANAGE_SERVER,
    MEMBER,
    SEND,
    VIEW,
    Fault,
    Offline,
    channel_data,
)
from tests.fake_services import FakeServices

ADMIN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("sources list", {}),
    ("sources reload", {}),
    ("schedule list", {}),
    ("schedule remove", {"number": 1}),
    ("schedule preview", {"number": 1}),
)
POSTING = VIEW | SEND | HISTORY
WHEN: dict[str, Any] = {"time": "8:30", "zone": "Europe/Kyiv", "days": "mon-fri"}


def channel(permissions: int) -> dict[str, Any]:
    """The channel as resolved in an interaction, with the bot's rights in it."""
    return channel_data(CHANNEL, app_permissions=str(permissions))


@pytest.mark.parametrize(("name", "options"), ADMIN)
async def test_who_may_not_manage_the_server_is_told_so(
    discord_bot: Offline, name: str, options: dict[str, Any]
) -> None:
    await discord_bot.command(name, permissions=VIEW | SEND, **options)
    assert "may manage the server" in discord_bot.transport.texts()
    answer = discord_bot.transport.bodies("POST", "/callback")[0]
    assert answer["type"] == 4
    assert answer["data"]["flags"] & EPHEMERAL


@pytest.mark.parametrize(("name", "options"), ADMIN)
async def test_admin_commands_work_in_servers_only(discord_bot: Offline, name: str, options: dict[str, Any]) -> None:
    await discord_bot.command(name, guild=False, permissions=MANAGE_SERVER, **options)
    assert "in a server only" in discord_bot.transport.texts()


@pytest.mark.parametrize(("name", "options"), ADMIN)
async def test_admin_answers_are_private(discord_bot: Offline, name: str, options: dict[str, Any]) -> None:
    await discord_bot.command(name, **options)
    assert discord_bot.transport.bodies("POST", "/callback")[0] == {"type": 5, "data": {"flags": EPHEMERAL}}


async def test_a_schedule_is_saved_listed_previewed_and_removed(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("schedule add", channel=channel(POSTING), topics="quota", length=100, **WHEN)
    saved = (await services.schedules.list(GUILD))[0].schedule
    assert (saved.channel_id, saved.created_by, saved.words) == (CHANNEL, MEMBER, 100)
    assert (saved.zone, saved.days, saved.scope.topics) == ("Europe/Kyiv", (0, 1, 2, 3, 4), ("quota",))
    await discord_bot.command("schedule list")
    text = discord_bot.transport.texts()
    assert text.count(f"**No. 1** in <#{CHANNEL}>: 08:30 Europe/Kyiv, Mon to Fri") == 2
    assert "Next: <t:" in text
    await discord_bot.command("schedule preview", number=1)
    assert services.briefs.asked[0].topics == ("quota",)
    assert "> Mara Lind rejected" in discord_bot.transport.texts()
    await discord_bot.command("schedule remove", number=1)
    await discord_bot.press("schedule:stay:1", permissions=MANAGE_SERVER)
    await discord_bot.press("schedule:remove:1")  # by somebody who may not
    assert len(await services.schedules.list(GUILD)) == 1
    await discord_bot.press("schedule:remove:1", permissions=MANAGE_SERVER)
    assert await services.schedules.list(GUILD) == ()


@pytest.mark.parametrize(
    ("granted", "missing"),
    [
        (0, "View Channel, Send Messages, Read Message History"),
        (VIEW | HISTORY, "Send Messages"),
        (SEND | HISTORY, "View Channel"),
        (SEND | VIEW, "Read Message History"),
    ],
)
async def test_rights_in_the_channel_are_checked_before_saving(
    discord_bot: Offline, services: FakeServices, granted: int, missing: str
) -> None:
    await discord_bot.command("schedule add", channel=channel(granted), **WHEN)
    assert f"Missing in #news: {missing}" in discord_bot.transport.texts()
    assert await services.schedules.list(GUILD) == ()


async def test_where_discord_sends_no_rights_a_channel_that_cant_be_seen_is_refused(
    discord_bot: Offline, services: FakeServices
) -> None:
    discord_bot.transport.faults[("GET", "/channels/{channel_id}")] = Fault(403, 50001).error()
    await discord_bot.command("schedule add", channel=channel_data(CHANNEL), **WHEN)
    assert "View Channel" in discord_bot.transport.texts()
    assert await services.schedules.list(GUILD) == ()


async def test_where_discord_sends_no_rights_they_are_looked_up(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("schedule add", channel=channel_data(CHANNEL), **WHEN)
    assert len(await services.schedules.list(GUILD)) == 1


@pytest.mark.parametrize("kind", [2, 4, 11, 13])
async def test_a_channel_of_another_kind_is_refused(discord_bot: Offline, services: FakeServices, kind: int) -> None:
    sent = channel(POSTING) | {"type": kind}
    if kind == 11:
        sent |= {"thread_metadata": {"archived": False, "auto_archive_duration": 60, "locked": False,
                                     "archive_timestamp": "2031-05-03T00:00:00+00:00"}, "parent_id": "1",
                 "owner_id": "2", "message_count": 0, "member_count": 0}  # fmt: skip
    await discord_bot.command("schedule add", channel=sent, **WHEN)
    assert "can't be used here" in discord_bot.transport.texts()
    assert await services.schedules.list(GUILD) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"time": "25:00"}, "no such time"),
        ({"zone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"days": "someday"}, "someday"),
        ({"topics": "quotum"}, "Did you mean “Quota”"),
        ({"length": 1}, "from 50 to 4000"),  # a number that Discord's own client would not let through
    ],
)
async def test_what_cant_be_used_is_explained_and_not_saved(
    discord_bot: Offline, services: FakeServices, changes: dict[str, Any], said: str
) -> None:
    await discord_bot.command("schedule add", channel=channel(POSTING), **(WHEN | changes))
    assert said in discord_bot.transport.texts()
    assert await services.schedules.list(GUILD) == ()


@pytest.mark.parametrize("given", [{}, {"time": "08:30"}, {"zone": "Europe/Kyiv", "language": "en"}])
async def test_an_edit_that_changes_nothing_says_so(
    discord_bot: Offline, services: FakeServices, given: dict[str, Any]
) -> None:
    await discord_bot.command("schedule add", channel=channel(POSTING), **(WHEN | {"time": "8:30", "language": "en"}))
    before = await services.schedules.find(GUILD, 1)
    await discord_bot.command("schedule edit", number=1, **given)
    text = discord_bot.transport.texts()
    assert "## Nothing was changed." in text
    assert "Schedule changed" not in text
    assert await services.schedules.find(GUILD, 1) == before


async def test_an_edit_that_changes_something_says_so(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("schedule add", channel=channel(POSTING), **WHEN)
    await discord_bot.command("schedule edit", number=1, time="9:45")
    assert "## Schedule changed" in discord_bot.transport.texts()
    assert "Nothing was changed" not in discord_bot.transport.texts()


async def test_zones_are_completed_by_city(discord_bot: Offline) -> None:
    choices = await discord_bot.complete("schedule add", "zone", "kyi")
    assert {"name": "Europe/Kyiv", "value": "Europe/Kyiv"} in choices


async def test_another_servers_schedule_does_not_exist(discord_bot: Offline, services: FakeServices) -> None:
    await services.schedules.add(guild_id=GUILD + 1, channel_id=1, user_id=1, time="8:00", zone="UTC", days="daily")
    await discord_bot.command("schedule remove", number=1)
    assert "no schedule number 1" in discord_bot.transport.texts()
    assert len(await services.schedules.list(GUILD + 1)) == 1


async def test_a_reload_ends_with_its_report(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("sources reload", source="Norland Post")
    assert services.sources.reloaded == ["Norland Post"]
    assert "**Norland Post**: 2 new" in discord_bot.transport.texts()


async def test_a_reload_of_what_is_not_there_is_explained(discord_bot: Offline, services: FakeServices) -> None:
    services.sources.report = NotFoundError("source", "Norland", ("Norland Post",))
    await discord_bot.command("sources reload", source="Norland")
    assert "Did you mean “Norland Post”" in discord_bot.transport.texts()


async def test_progress_is_shown_now_and_then_and_only_the_latest() -> None:
    shown: list[int] = []

    async def show(progress: LoadProgress) -> None:
        shown.append(progress.read)

    async with shown_progress(show, every=0.02) as note:
        for read in range(1, 101):
            note(LoadProgress("s", read, 100, 0))
        await asyncio.sleep(0.1)
        note(LoadProgress("s", 101, 100, 0))
    assert shown[0] == 100
    assert len(shown) <= 2


async def test_progress_that_cant_be_shown_stops_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def show(_: LoadProgress) -> None:
        raise Fault(404, 10015).error()

    async with shown_progress(show, every=0.01) as note:
        note(LoadProgress("s", 1, None, 0))
        await asyncio.sleep(0.05)
        note(LoadProgress("s", 2, None, 0))
        await asyncio.sleep(0.05)


@pytest.mark.parametrize(("total", "line"), [(7, "S: 3 of 7 read, 12 statements found."), (None, "S: 3 read, 12")])
def test_progress_says_how_far(total: int | None, line: str) -> None:
    assert progress_line(LoadProgress("S", 3, total, 12)).startswith(line)


async def test_an_empty_dossier_has_no_sources_and_no_schedules(discord_bot: Offline, services: FakeServices) -> None:
    services.sources.views = ()
    services.sources.report = LoadReport(())
    for name in ("sources list", "sources reload", "schedule list"):
        await discord_bot.command(name)
    text = discord_bot.transport.texts()
    assert text.count("The dossier names no source.") == 2
    assert "None yet." in text
