"""/sources: what admins add, look after and remove."""

from dataclasses import replace
from typing import Any

import pytest

from bot.errors import InvalidInputError, SourceError
from tests.commands.test_admin import POSTING, channel
from tests.discord_offline import CHANNEL, EPHEMERAL, GUILD, MANAGE_SERVER, MEMBER, VIEW, Offline, attachment_data
from tests.fake_services import SOURCE, FakeServices

NAMED = {"source": "Norland Post"}
COMMANDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("sources add", {"url": "coast.example"}),
    ("sources check", NAMED),
    ("sources pause", NAMED),
    ("sources resume", NAMED),
    ("sources remove", NAMED),
    ("sources export", {}),
    ("sources log", {}),
)


def custom_ids(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["custom_id"]] if "custom_id" in value else []
        return own + [one for part in value.values() for one in custom_ids(part)]
    return [one for part in value for one in custom_ids(part)] if isinstance(value, list) else []


@pytest.mark.parametrize(("name", "options"), COMMANDS)
async def test_only_for_who_may_manage_the_server_and_privately(
    discord_bot: Offline, services: FakeServices, name: str, options: dict[str, Any]
) -> None:
    await discord_bot.command(name, permissions=VIEW, **options)
    assert "may manage the server" in discord_bot.transport.texts()
    assert (services.registry.asked, services.sources.asked, services.source_news.channels) == ([], [], {})
    await discord_bot.command(name, **options)
    assert discord_bot.transport.bodies("POST", "/callback")[-1] == {"type": 5, "data": {"flags": EPHEMERAL}}


async def test_add_shows_what_is_there_and_save_keeps_it(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("sources add", url="coast.example")
    text = discord_bot.transport.texts()
    assert "Coast feed" in text
    assert "a feed with 9 items" in text
    assert "Port opens" in text
    assert "not posted as news" in text
    (button,) = custom_ids(discord_bot.transport.bodies("PATCH", "@original")[-1])
    assert services.registry.asked == [("propose", "coast.example", GUILD)]
    await discord_bot.press(button, permissions=MANAGE_SERVER)
    assert services.registry.asked[-1] == ("save", "0123456789abcdef", GUILD, MEMBER)
    assert services.sources.reloaded == ["Norland Post"]
    assert "2 new" in discord_bot.transport.texts()


@pytest.mark.parametrize("act", ["save", "keep", "delete"])
async def test_buttons_are_for_admins_too(discord_bot: Offline, services: FakeServices, act: str) -> None:
    await discord_bot.press(f"source:{act}:0123456789abcdef", permissions=VIEW)
    assert "may manage the server" in discord_bot.transport.texts()
    assert services.registry.asked == []


async def test_an_address_that_cant_be_read_says_why(discord_bot: Offline, services: FakeServices) -> None:
    services.registry.found = SourceError("coast.example", "is a web page, not a feed and names no feed")
    await discord_bot.command("sources add", url="coast.example")
    assert "names no feed" in discord_bot.transport.texts()


async def test_check_shows_the_numbers_of_the_last_fetch(discord_bot: Offline) -> None:
    await discord_bot.command("sources check", source="Norland Post")
    text = discord_bot.transport.texts()
    assert "1 new, 2 changed, 3 unchanged, 4 removed, 12 not read; 1.5 s" in text
    assert "3 since" in text
    assert "is not text" in text
    assert "and 2 more" in text
    assert "paused because it failed for long" in text


async def test_check_of_what_was_never_read(discord_bot: Offline, services: FakeServices) -> None:
    services.sources.views = (replace(SOURCE, state=None, checked_at=None, status="not read yet"),)
    await discord_bot.command("sources check", source="Norland Post")
    assert "It was not read yet" in discord_bot.transport.texts()


@pytest.mark.parametrize("act", ["pause", "resume"])
async def test_pause_and_resume(discord_bot: Offline, services: FakeServices, act: str) -> None:
    await discord_bot.command(f"sources {act}", source="Norland Post")
    assert services.sources.asked == [(act, "Norland Post", GUILD)]
    assert f"Source {act}d" in discord_bot.transport.texts()


@pytest.mark.parametrize(("choice", "keeps"), [(0, True), (1, False)])
async def test_remove_asks_first(discord_bot: Offline, services: FakeServices, choice: int, keeps: bool) -> None:
    await discord_bot.command("sources remove", source="Norland Post")
    assert services.registry.asked == [("find", "Norland Post", GUILD)]
    buttons = custom_ids(discord_bot.transport.bodies("PATCH", "@original")[-1])
    await discord_bot.press(buttons[choice], permissions=MANAGE_SERVER)
    assert services.registry.asked[-1] == ("remove", "s1", GUILD, keeps)
    assert "is read no more" in discord_bot.transport.texts()


async def test_an_opml_file_comes_in(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("sources import", file=attachment_data(discord_bot.transport, b"<opml/>"))
    assert services.registry.asked == [("import", b"<opml/>", GUILD, MEMBER)]
    assert "1 added, 1 known already, 1 refused" in discord_bot.transport.texts()


async def test_a_huge_file_is_not_even_fetched(discord_bot: Offline, services: FakeServices) -> None:
    file = attachment_data(discord_bot.transport, b"", size=2_000_000)
    discord_bot.transport.attachments.clear()
    await discord_bot.command("sources import", file=file)
    assert "larger than 1 MB" in discord_bot.transport.texts()
    assert services.registry.asked == []


async def test_a_file_that_is_none_says_so(discord_bot: Offline, services: FakeServices) -> None:
    services.registry.imported = InvalidInputError("file", "the file", "it is not an OPML file")
    await discord_bot.command("sources import", file=attachment_data(discord_bot.transport, b"?"))
    assert "not an OPML file" in discord_bot.transport.texts()


async def test_an_opml_file_goes_out(discord_bot: Offline) -> None:
    await discord_bot.command("sources export")
    assert discord_bot.transport.files == [("sources.opml", b"<opml/>")]


async def test_a_log_channel_is_set_and_taken_back(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("sources log", channel=channel(POSTING))
    assert services.source_news.channels == {GUILD: CHANNEL}
    await discord_bot.command("sources log", channel=channel(VIEW))
    assert "Send Messages" in discord_bot.transport.texts()
    assert services.source_news.channels == {GUILD: CHANNEL}
    await discord_bot.command("sources log")
    assert services.source_news.channels == {GUILD: None}


@pytest.mark.parametrize("name", ["check", "pause", "resume", "remove", "reload"])
async def test_sources_are_completed_for_this_server(discord_bot: Offline, services: FakeServices, name: str) -> None:
    services.names.learn_own_sources({GUILD: ["Coast feed"], GUILD + 1: ["Coast secrets"]})
    choices = await discord_bot.complete(f"sources {name}", "source", "coast")
    assert "Coast feed" in [choice["value"] for choice in choices]
    assert "Coast secrets" not in [choice["value"] for choice in choices]


async def test_with_a_log_channel_the_servers_language_is_stored(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("sources log", channel=channel(POSTING))
    assert services.source_news.channels == {GUILD: CHANNEL}
    assert services.source_news.heard == {GUILD: "en"}
