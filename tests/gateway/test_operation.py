"""The process as who runs it sees it: figures, health and logs, with nothing in them that is nobody's business."""

import asyncio
import json
import re
from pathlib import Path

import aiohttp

from tests.discord_offline import GUILD
from tests.loopback.discord import PATIENCE, TOKEN, LoopbackDiscord, text_of
from tests.loopback.process import BotProcess, prepare, running

TYPED = "a-secret-that-somebody-typed"


async def port_of(bot: BotProcess) -> int:
    """The one that it was given: one that was free before may be somebody else's by now."""
    await bot.said("/metrics")
    found = re.search(r"figures at http://127\.0\.0\.1:(\d+)/metrics", bot.log)
    assert found is not None
    return int(found[1])


async def get(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def ready(port: int, bot: BotProcess) -> None:
    async with asyncio.timeout(PATIENCE):
        while (await get(port, "/readyz"))[0] != 200:
            assert not bot.has_ended, bot.log
            await asyncio.sleep(0.05)


async def test_figures_health_and_logs_of_a_running_bot(tmp_path: Path) -> None:
    prepare(tmp_path)
    settings = {"METRICS_PORT": "0", "LOG_FORMAT": "json", "CONTACT": "desk@coast.example"}
    discord = LoopbackDiscord()
    discord.faults = {("PATCH", "@original"): [429]}
    async with discord.serving(), running(tmp_path, discord, settings=settings) as bot:
        await discord.ready()
        port = await port_of(bot)
        await ready(port, bot)
        await (await discord.command("sources reload")).shown(lambda text: "Sources read" in text)
        assert "Mara Lind" in text_of(await (await discord.command("brief", since="all")).shown())
        await (await discord.command("brief", topic=TYPED)).shown()
        await (await discord.command("sources add", url=f"https://ida:{TYPED}@coast.example/")).shown()
        await discord.gateway.drop(discord.gateway.session_of(GUILD))
        await (await discord.command("about")).shown()
        status, figures = await get(port, "/metrics")
        assert (await get(port, "/healthz"))[0] == 200
        assert await bot.terminate() == 0
    assert status == 200
    for line in (
        'attache_interactions_total{command="brief",outcome="ok"} 1.0',
        'attache_interactions_total{command="brief",outcome="refused"} 1.0',
        'attache_articles_total{change="new"} 1.0',
        'attache_gateway_events_total{event="resumed"} 1.0',
        'attache_discord_429_total{scope="',
        "attache_acknowledgement_seconds_count ",
        "attache_event_loop_lag_seconds_count ",
    ):
        assert line in figures, figures
    told = "\n".join(line.rpartition(" ")[0] for line in figures.splitlines())  # a figure may hold any digits
    assert not [secret for secret in (str(GUILD), TYPED, "Norland") if secret in told]
    _tells_nothing(bot)


def _tells_nothing(bot: BotProcess) -> None:
    """Every line is JSON; none holds a token, what was typed, or an article's words."""
    entries = [json.loads(line) for line in bot.log.splitlines()]
    assert len(entries) > 5
    assert all({"at", "level", "logger", "message"} <= entry.keys() for entry in entries)
    for secret in (TOKEN, TOKEN[:12], "token-1", TYPED, "rejected a higher", "Mara Lind"):
        assert secret not in bot.log, secret
