"""Commands are registered when they changed, and only then."""

import asyncio
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands

from bot.gateway import commands_sync
from bot.gateway.commands_sync import Registration, digest_of, register_commands
from tests.discord_offline import Fault, Offline
from tests.fake_services import FakeMemory, FakeServices

COMMANDS = ("PUT", "/commands")


async def restarted(memory: FakeMemory, fault: Exception | None = None) -> Offline:
    """A bot that starts with this memory; it is closed when it returns."""
    offline = Offline(FakeServices().as_services(), memory)
    if fault:
        offline.transport.faults[COMMANDS] = fault
    await offline.start()
    await offline.stop()
    return offline


async def test_a_second_start_asks_nothing_and_knows_the_ids() -> None:
    memory = FakeMemory()
    first, second = await restarted(memory), await restarted(memory)
    assert len(first.transport.bodies(*COMMANDS)) == 1
    assert second.transport.bodies(*COMMANDS) == []
    assert second.command_ids == first.command_ids
    assert set(first.command_ids) >= {"brief", "positions", "sources", "schedule", "status", "help", "about"}


async def test_a_changed_command_is_registered_again() -> None:
    memory = FakeMemory()
    offline = await restarted(memory)
    before = await digest_of(offline.bot.tree)

    @app_commands.command(description="New")
    async def new(_: object) -> None: ...

    offline.bot.tree.add_command(new)
    assert await digest_of(offline.bot.tree) != before
    assert await register_commands(offline.bot.tree, memory, {}) is Registration.DONE
    assert await register_commands(offline.bot.tree, memory, {}) is Registration.KNOWN
    assert len(offline.transport.bodies(*COMMANDS)) == 2


@pytest.mark.parametrize(
    ("fault", "advice"),
    [
        (Fault(403, 50001).error(), "applications.commands"),
        (Fault(400, 50035, "Invalid Form Body").error(), "report this"),
        (Fault(500).error(), "by and by"),
        (aiohttp.ClientConnectionError("down"), "by and by"),
    ],
)
async def test_a_failure_is_logged_with_what_to_do_and_tried_at_the_next_start(
    fault: Exception, advice: str, caplog: pytest.LogCaptureFixture
) -> None:
    memory = FakeMemory()
    await restarted(memory, fault)
    assert advice in caplog.text
    assert memory.facts == {}
    assert len((await restarted(memory)).transport.bodies(*COMMANDS)) == 1


async def test_what_failed_at_the_start_is_tried_until_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands_sync, "PAUSES", (0.0, 0.01))
    offline = Offline(FakeServices().as_services(), memory := FakeMemory())
    offline.transport.faults[COMMANDS] = Fault(503).error()
    await offline.start()
    async with asyncio.timeout(60):
        while len(offline.transport.bodies(*COMMANDS)) < 4:  # noqa: ASYNC110  # the transport has no event
            await asyncio.sleep(0.01)
        assert offline.command_ids == {}
        offline.transport.faults.clear()
        while not offline.command_ids:  # noqa: ASYNC110  # see above
            await asyncio.sleep(0.01)
        tried = len(offline.transport.bodies(*COMMANDS))
        await asyncio.sleep(0.05)
    assert len(offline.transport.bodies(*COMMANDS)) == tried
    assert memory.facts
    await offline.stop()


async def test_contexts_installs_and_permissions_are_explicit() -> None:
    offline = await restarted(FakeMemory())
    for command in offline.transport.bodies(*COMMANDS)[0]:
        is_admin = command["name"] in ("sources", "schedule", "explain", "setup", "doctor", "audit", "settings")
        assert command["contexts"] == ([0] if is_admin else [0, 1, 2])
        assert command["integration_types"] == ([0] if is_admin else [0, 1])
        assert command["default_member_permissions"] == (1 << 5 if is_admin else None)


async def test_commands_fit_what_discord_takes() -> None:
    offline = await restarted(FakeMemory())
    commands = offline.transport.bodies(*COMMANDS)[0]
    names = [command["name"] for command in commands]
    assert len(set(names)) == len(names) <= 100
    for command in commands:
        assert counted(command) < 8000
        if command["type"] == discord.AppCommandType.message.value:  # has a name alone
            continue
        assert len(command["options"]) <= 25
        assert 1 <= len(command["description"]) <= 100


def counted(one: dict[str, Any]) -> int:
    """Characters as Discord counts them: of a localised field the longest form alone."""
    longest = sum(
        max(map(len, (str(one.get(field) or ""), *(one.get(f"{field}_localizations") or {}).values())))
        for field in ("name", "description")
    )
    inner = (*one.get("options", ()), *one.get("choices", ()))
    return longest + len(str(one.get("value", ""))) + sum(map(counted, inner))


async def test_commands_are_told_in_six_locales_and_anew_when_a_translation_changes() -> None:
    offline = await restarted(FakeMemory())
    (brief,) = (one for one in offline.transport.bodies(*COMMANDS)[0] if one["name"] == "brief")
    assert brief["name_localizations"] == {
        "uk": "огляд", "ru": "обзор", "de": "briefing", "fr": "synthèse", "es-ES": "informe", "es-419": "informe"
    }  # fmt: skip
    topic = next(one for one in brief["options"] if one["name"] == "topic")
    assert topic["name_localizations"]["de"] == "thema"
    assert topic["description_localizations"]["uk"] == "Лише ця тема"
    before = await digest_of(offline.bot.tree)
    await offline.bot.tree.set_translator(None)
    assert await digest_of(offline.bot.tree) != before
