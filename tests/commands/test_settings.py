"""/settings: a server's settings as a file, and what a file would change before it changes anything."""

import json
from typing import Any

import pytest

from bot.dossier import Source, SourceKind
from bot.services.registry import MOST_OWN
from tests.discord_offline import CHANNEL, GUILD, MANAGE_SERVER, VIEW, Fault, Offline, attachment_data, channel_data
from tests.fake_services import FakeServices

FEED = Source("g0", SourceKind.FEED, "https://coast.example/feed", "Coast feed")
RULE = {"channel": str(CHANNEL), "time": "08:30", "zone": "Europe/Kyiv", "days": "mon,fri", "topics": ["quota"]}


def settings_file(**changes: Any) -> bytes:
    return json.dumps({"attache_settings": 1, "dossier": "herring", "schedules": [RULE], **changes}).encode()


async def add_schedule(services: FakeServices) -> None:
    await services.schedules.add(
        guild_id=GUILD, channel_id=CHANNEL, user_id=1, time="8:30", zone="Europe/Kyiv", days="mon,fri",
        topics=("quota",), words=100,
    )  # fmt: skip


async def bring(bot: Offline, content: bytes) -> None:
    await bot.command("settings import", file=attachment_data(bot.transport, content, size=len(content)))


async def press(bot: Offline, act: str, permissions: int = MANAGE_SERVER) -> None:
    shown = str(bot.transport.bodies("PATCH", "@original"))
    key = shown.rsplit(f"settings:{act}:", 1)[1][:16]
    await bot.press(f"settings:{act}:{key}", permissions=permissions)


async def exported(bot: Offline) -> bytes:
    await bot.command("settings export")
    name, content = bot.transport.files[-1]
    assert name == "attache-settings.json"
    return content


async def test_what_is_exported_changes_nothing_here_and_all_on_an_empty_server(
    discord_bot: Offline, services: FakeServices
) -> None:
    await add_schedule(services)
    services.registry.own.append(FEED)
    await services.source_news.set_log_channel(GUILD, CHANNEL)
    content = await exported(discord_bot)
    await bring(discord_bot, content)
    assert "Already so: 2. Nothing is removed." in discord_bot.transport.texts()
    assert '"disabled": true' in json.dumps(discord_bot.transport.bodies("PATCH", "@original")[-1])
    before = (await services.schedules.list(GUILD))[0].schedule
    await services.schedules.remove(GUILD, 1)
    services.registry.own.clear()
    await services.source_news.set_log_channel(GUILD, None)
    await bring(discord_bot, content)
    assert await services.schedules.list(GUILD) == ()  # a dry run
    await press(discord_bot, "apply")
    after = (await services.schedules.list(GUILD))[0].schedule
    assert (after.local_time, after.zone, after.days, after.scope, after.words, after.posting) == (
        before.local_time, before.zone, before.days, before.scope, before.words, before.posting
    )  # fmt: skip
    assert [one.location for one in services.registry.own] == [FEED.location]
    assert services.source_news.channels[GUILD] == CHANNEL
    assert [one.action for one in await services.audit.newest(GUILD)] == ["settings apply"]
    assert await exported(discord_bot) == content


async def test_what_would_change_is_named_and_cancel_changes_nothing(
    discord_bot: Offline, services: FakeServices
) -> None:
    await bring(discord_bot, settings_file())
    assert f"Add a schedule: 08:30 Europe/Kyiv, mon,fri, <#{CHANNEL}>" in discord_bot.transport.texts()
    await press(discord_bot, "cancel")
    assert "Nothing was changed." in discord_bot.transport.texts()
    assert await services.schedules.list(GUILD) == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not json", "JSON"),
        (b"[]", "group of entries"),
        (settings_file(extra=1), "extra"),
        (settings_file(attache_settings=2), "attache"),
        (settings_file(dossier="other"), "another dossier"),
        (settings_file(schedules=[RULE | {"zone": "Mars/Olympus"}]), "not a time zone"),
        (settings_file(schedules=[RULE | {"time": "25:00"}]), "no such time"),
        (settings_file(schedules=[RULE | {"topics": ["nothing"]}]), "no such topic"),
        (settings_file(schedules=[RULE | {"actors": ["nobody"]}]), "no actor of the dossier called"),
        (settings_file(schedules=[RULE | {"channel": "news"}]), "channel"),
        (settings_file(schedules=[RULE | {"words": 1}]), "words"),
        (settings_file(sources=[{"kind": "folder", "location": "/etc", "name": "x"}]), "sources"),
        (settings_file(sources=[{"kind": "feed", "location": "file:///etc/passwd", "name": "x"}]), "location"),
    ],
)
async def test_a_file_that_cant_be_used_is_explained(
    discord_bot: Offline, services: FakeServices, content: bytes, said: str
) -> None:
    await bring(discord_bot, content)
    assert said in discord_bot.transport.texts()
    assert "settings:apply" not in str(discord_bot.transport.sent)
    assert await services.schedules.list(GUILD) == ()


async def test_a_channel_that_cant_be_posted_in_is_left_out(discord_bot: Offline, services: FakeServices) -> None:
    discord_bot.transport.faults[("GET", "/channels/{channel_id}")] = Fault(403, 50001).error()
    await bring(discord_bot, settings_file())
    assert "Left out: 08:30 Europe/Kyiv" in discord_bot.transport.texts()
    await press(discord_bot, "apply")
    assert await services.schedules.list(GUILD) == ()


async def test_an_address_is_read_once_and_what_is_too_much_is_left_out(
    discord_bot: Offline, services: FakeServices
) -> None:
    there = [Source(f"g{n}", SourceKind.FEED, f"https://old.example/{n}", f"Old {n}") for n in range(MOST_OWN - 2)]
    services.registry.own.extend(there)
    new = [{"kind": "feed", "location": f"https://new.example/{n}", "name": f"New {n}"} for n in range(3)]
    twice = new[0] | {"name": "Again"}
    await bring(discord_bot, settings_file(sources=[new[0], twice, *new[1:]]))
    said = discord_bot.transport.texts()
    assert "Left out: New 2. a server has at most 100 sources; remove one first" in said
    assert "Already so: 1." in said
    await press(discord_bot, "apply")
    assert [one.name for one in services.registry.own[len(there) :]] == ["New 0", "New 1"]
    assert len(await services.schedules.list(GUILD)) == 1


async def test_a_channel_of_another_server_is_left_out(discord_bot: Offline, monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(number: int, **changes: Any) -> dict[str, Any]:
        return channel_data(number, **changes) | {"guild_id": str(GUILD + 1)}

    monkeypatch.setattr("tests.discord_offline.channel_data", elsewhere)
    await bring(discord_bot, settings_file())
    assert "none of this server's" in discord_bot.transport.texts()


async def test_only_the_file_that_was_looked_at_last_is_applied(discord_bot: Offline, services: FakeServices) -> None:
    await bring(discord_bot, settings_file())
    old = str(discord_bot.transport.bodies("PATCH", "@original")).rsplit("settings:apply:", 1)[1][:16]
    await bring(discord_bot, settings_file(schedules=[RULE | {"time": "09:00"}]))
    await discord_bot.press(f"settings:apply:{old}", permissions=MANAGE_SERVER)
    assert "There is no file to apply any more" in discord_bot.transport.texts()
    assert await services.schedules.list(GUILD) == ()


async def test_who_may_not_manage_the_server_can_neither_read_nor_write(
    discord_bot: Offline, services: FakeServices
) -> None:
    await discord_bot.command("settings export", permissions=VIEW)
    assert discord_bot.transport.files == []
    await bring(discord_bot, settings_file())
    await press(discord_bot, "apply", VIEW)
    assert await services.schedules.list(GUILD) == ()
