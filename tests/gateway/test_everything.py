"""All of it at once: every command, option, button, menu and form, over sockets, on a network that fails."""

from pathlib import Path

from tests.discord_offline import GUILD
from tests.loopback.discord import TOKEN, LoopbackDiscord, text_of
from tests.loopback.limits import Mishap, Weather
from tests.loopback.process import prepare, running
from tests.loopback.visitor import Visitor, leaves

SETTINGS = {"LOG_LEVEL": "INFO"}
LINE = "rejected a higher herring quota"


async def test_everything_can_be_used_and_what_was_shown_works_after_a_restart(tmp_path: Path) -> None:
    prepare(tmp_path)
    async with LoopbackDiscord().serving() as discord:
        visitor = Visitor(discord)
        async with running(tmp_path, discord, settings=SETTINGS) as bot:
            await discord.ready()
            await visitor.use_every_command()
            assert await bot.terminate() == 0
        first = bot.log
        async with running(tmp_path, discord, settings=SETTINGS) as bot:
            await discord.ready()
            await discord.gateway.drop(discord.gateway.session_of(GUILD))
            await visitor.press_every_control()
            assert await bot.terminate() == 0
    every = {name for command in discord.commands for name, _ in leaves(command)}
    assert visitor.used == every
    assert visitor.pressed
    assert discord.unknown == []
    assert discord.registrations == 1
    for log in (first, bot.log):
        assert "Traceback" not in log
        assert "ERROR" not in log
        assert TOKEN not in log


async def test_commands_are_answered_while_discord_has_a_bad_day(tmp_path: Path) -> None:
    """Discord errs on one request in five; each command gets its answer all the same."""
    prepare(tmp_path)
    discord = LoopbackDiscord()
    async with discord.serving(), running(tmp_path, discord, settings=SETTINGS) as bot:
        await discord.ready()
        await (await discord.command("sources reload")).shown(lambda text: "Sources read" in text)
        discord.weather = Weather(seed=7, share=0.2, weights={Mishap.ERROR_BEFORE: 1}, most_each=3)
        answers = [await discord.command("brief", since="all") for _ in range(8)]
        for answer in answers:
            assert LINE in text_of(await answer.shown())
        discord.weather = None
        assert await bot.terminate() == 0
    assert "Traceback" not in bot.log
