"""/audit: changes are recorded, and nothing but changes."""

from typing import Any

import pytest

from bot.errors import InvalidInputError
from commands.setup_draft import Draft, encode_draft
from tests.discord_offline import (
    CHANNEL,
    EPHEMERAL,
    GUILD,
    HISTORY,
    MANAGE_SERVER,
    MEMBER,
    SEND,
    VIEW,
    Offline,
    attachment_data,
    channel_data,
)
from tests.fake_services import FakeServices

WRITABLE = channel_data(CHANNEL, app_permissions=str(VIEW | SEND | HISTORY))
ADD: dict[str, Any] = {"channel": WRITABLE, "time": "8:30", "zone": "Europe/Kyiv"}


async def recorded(services: FakeServices) -> list[tuple[str, str]]:
    return [(one.action, one.detail) for one in await services.audit.newest(GUILD)]


async def test_a_change_is_recorded_with_who_and_what(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("schedule add", **ADD)
    (entry,) = await services.audit.newest(GUILD)
    assert (entry.member_id, entry.action) == (MEMBER, "schedule add")
    assert f"channel: {CHANNEL}, time: 8:30, zone: Europe/Kyiv" in entry.detail
    await discord_bot.command("audit")
    assert f"<@{MEMBER}>: /schedule add" in discord_bot.transport.texts()
    assert f"channel: <#{CHANNEL}>, time: 8:30" in discord_bot.transport.texts()
    assert discord_bot.transport.bodies("POST", "/callback")[-1] == {"type": 5, "data": {"flags": EPHEMERAL}}


@pytest.mark.parametrize(
    ("name", "options"),
    [("sources pause", {"source": "Norland Post"}), ("sources log", {"channel": WRITABLE}),
     ("sources split", {"article": "a1"}), ("sources join", {"article": "a1"}), ("sources reload", {})],
)  # fmt: skip
async def test_changes_of_every_kind(
    discord_bot: Offline, services: FakeServices, name: str, options: dict[str, Any]
) -> None:
    await discord_bot.command(name, **options)
    assert [action for action, _ in await recorded(services)] == [name]


@pytest.mark.parametrize(
    ("name", "options"),
    [("brief", {}), ("schedule list", {}), ("sources list", {}), ("sources check", {"source": "x"}), ("audit", {}),
     ("setup", {}), ("doctor", {}), ("explain", {"article": "a1"}), ("sources add", {"url": "coast.example"})],
)  # fmt: skip
async def test_who_only_looks_is_not_recorded(
    discord_bot: Offline, services: FakeServices, name: str, options: dict[str, Any]
) -> None:
    await discord_bot.command(name, **options)
    assert await recorded(services) == []


async def test_what_failed_or_was_refused_changed_nothing(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("schedule add", **ADD, permissions=0)
    await discord_bot.command("schedule add", **(ADD | {"time": "25:00"}))
    services.registry.view = InvalidInputError("source", "x", "no")
    await discord_bot.press("source:save:0123456789abcdef", permissions=MANAGE_SERVER)
    assert await recorded(services) == []


async def test_presses_that_decide_are_recorded(discord_bot: Offline, services: FakeServices) -> None:
    topics = [topic.id for topic in services.dossier.topics]
    draft = encode_draft(Draft(CHANNEL, "08:30", "UTC"), topics)
    await discord_bot.press(f"setup:check:{draft}", permissions=MANAGE_SERVER)
    await discord_bot.press(f"setup:save:{draft}", permissions=MANAGE_SERVER)
    await discord_bot.press("source:save:0123456789abcdef", permissions=MANAGE_SERVER)
    assert await recorded(services) == [("source save", "0123456789abcdef"), ("setup save", "")]
    await discord_bot.command("audit")
    assert "saved by /setup" in discord_bot.transport.texts()


async def test_a_file_is_recorded_by_its_name(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("sources import", file=attachment_data(discord_bot.transport, b"<opml/>"))
    assert await recorded(services) == [("sources import", "file: feeds.opml")]


async def test_who_asked_to_be_forgotten_is_not_named(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("schedule add", **ADD)
    await services.audit.forget_member(MEMBER)
    await discord_bot.command("audit")
    assert "somebody who asked to be forgotten: /schedule add" in discord_bot.transport.texts()
    assert f"<@{MEMBER}>" not in discord_bot.transport.texts()


async def test_an_audit_is_for_admins(discord_bot: Offline) -> None:
    await discord_bot.command("audit", permissions=VIEW)
    assert "may manage the server" in discord_bot.transport.texts()
