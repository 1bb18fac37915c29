"""/status, /help and /about."""

import re
import tomllib
from dataclasses import replace

import pytest

from bot import __version__
from bot.catalogues import speaking
from bot.presentation.quality_lines import quality_lines
from commands.help_tasks import GROUPS, find_command
from config.loading import load_quality
from config.settings import PROJECT
from tests.discord_offline import MANAGE_SERVER, SEND, VIEW, Offline
from tests.fake_services import STATUS, FakeServices

_LINES_OF_A_PHONE = 60
ADMIN_ONLY = ("setup", "schedule add", "sources add", "explain", "doctor")


async def test_help_names_every_command_as_something_to_click(discord_bot: Offline) -> None:
    await discord_bot.command("help", permissions=MANAGE_SERVER)
    text = discord_bot.transport.texts()
    for name, number in discord_bot.command_ids.items():
        if name != "help":
            assert f"</{name}:{number}>" in text or f"</{name} " in text


async def test_what_can_be_clicked_in_help_is_a_command_and_no_group(discord_bot: Offline) -> None:
    await discord_bot.command("help", permissions=MANAGE_SERVER)
    clickable = re.findall(r"</([^:>]+):(\d+)>", discord_bot.transport.texts())
    assert len(clickable) > 12
    for name, number in clickable:
        command = find_command(discord_bot.bot.tree, name)
        assert command is not None, name
        assert not hasattr(command, "commands"), name
        assert int(number) == discord_bot.command_ids[name.partition(" ")[0]]


async def test_help_fits_into_one_message_of_short_lines(discord_bot: Offline) -> None:
    await discord_bot.command("help", permissions=MANAGE_SERVER)
    text = discord_bot.transport.texts()
    assert "Page" not in text
    assert len(text.splitlines()) <= _LINES_OF_A_PHONE
    for group in GROUPS:
        for task in group.tasks:
            assert len(task.words) <= 60, task.words


@pytest.mark.parametrize(("guild", "permissions"), [(True, VIEW | SEND), (False, 0)])
async def test_help_shows_admins_their_part_and_nobody_else(
    discord_bot: Offline, guild: bool, permissions: int
) -> None:
    await discord_bot.command("help", permissions=permissions, guild=guild)
    text = discord_bot.transport.texts()
    assert "</brief:" in text
    assert not [name for name in ADMIN_ONLY if f"</{name}:" in text]


async def test_help_without_ids_names_commands_as_text(discord_bot: Offline) -> None:
    discord_bot.command_ids.clear()
    await discord_bot.command("help")
    assert "`/brief`" in discord_bot.transport.texts()
    assert "</" not in discord_bot.transport.texts()


async def test_about_says_version_method_privacy_and_licence(discord_bot: Offline) -> None:
    await discord_bot.command("about")
    text = discord_bot.transport.texts()
    for part in (__version__, "Method", "What I keep", "MIT", "Herring talks", "Quotes, 12 articles: .99 recall"):
        assert part in text


async def test_everything_that_was_measured_can_be_asked_for(discord_bot: Offline) -> None:
    await discord_bot.command("about", section="quality")
    text = discord_bot.transport.texts()
    for part in (".99 recall", "F1 98", "Measured on 2031-05-03"):
        assert part in text


async def test_what_was_measured_is_said_in_the_readers_language() -> None:
    quality = load_quality(PROJECT / "config" / "quality.toml")
    with speaking("de"):
        text = "\n".join(quality_lines(quality))
    assert "Wer was sagte, 5 echte Artikel" in text
    assert not [one.what for one in quality.figures if one.what in text]


def test_measured_figures_are_those_of_the_readme() -> None:
    figures = tomllib.loads((PROJECT / "config" / "quality.toml").read_text(encoding="utf-8"))["figures"]
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert figures
    for one in figures:
        assert f"| {one['readme']} |" in readme, one["what"]
    assert load_quality(PROJECT / "config" / "quality.toml").figures


async def test_status_counts_and_keeps_the_database_address_to_itself(
    discord_bot: Offline, services: FakeServices
) -> None:
    services.status.answer = replace(STATUS, database="postgresql+asyncpg://ida@db.internal/attache", sources_failing=1)
    await discord_bot.command("status", guild=False)
    text = discord_bot.transport.texts()
    assert "**Articles:** 2 in 2 stories" in text
    assert "1 failing" in text
    assert "db.internal" not in text
