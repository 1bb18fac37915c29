"""/status, /help and /about."""

from dataclasses import replace

from bot import __version__
from tests.discord_offline import Offline
from tests.fake_services import STATUS, FakeServices


async def test_help_names_every_command_as_something_to_click(discord_bot: Offline) -> None:
    await discord_bot.command("help")
    text = discord_bot.transport.texts()
    for name, number in discord_bot.command_ids.items():
        if name != "help":
            assert f"</{name}:{number}>" in text or f"</{name} " in text


async def test_help_without_ids_names_commands_as_text(discord_bot: Offline) -> None:
    discord_bot.command_ids.clear()
    await discord_bot.command("help")
    assert "`/brief`" in discord_bot.transport.texts()
    assert "</" not in discord_bot.transport.texts()


async def test_about_says_version_method_privacy_and_licence(discord_bot: Offline) -> None:
    await discord_bot.command("about")
    text = discord_bot.transport.texts()
    for part in (__version__, "Method", "What I keep", "MIT", "Herring talks"):
        assert part in text


async def test_status_counts_and_keeps_the_database_address_to_itself(
    discord_bot: Offline, services: FakeServices
) -> None:
    services.status.answer = replace(STATUS, database="postgresql+asyncpg://ida@db.internal/attache", sources_failing=1)
    await discord_bot.command("status", guild=False)
    text = discord_bot.transport.texts()
    assert "**Articles:** 2 in 2 stories" in text
    assert "1 failing" in text
    assert "db.internal" not in text
