"""A report from the press of a button to the note beneath the post, over sockets, and the export replayed."""

import asyncio
import json
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.briefings.model import Scope
from bot.schedules.model import NewSchedule, Posting
from bot.storage.database import open_database
from tests.discord_limits import components_of
from tests.discord_offline import CHANNEL, GUILD, MANAGE_SERVER, MEMBER
from tests.loopback.discord import LoopbackDiscord, text_of
from tests.loopback.process import database_url, environment, prepare, running

NOTE = "-# ✎ Рядок 1 відкликано: повідомлення № 1 прийнято."


async def test_from_a_report_to_the_note_beneath_a_post_whose_schedule_is_gone(tmp_path: Path) -> None:
    prepare(tmp_path)
    await _schedule(tmp_path, "uk")
    async with LoopbackDiscord().serving() as discord, running(tmp_path, discord) as bot:
        (message,) = await discord.posted(1)
        await discord.ready()
        await bot.said("sent")
        removed = await discord.press("schedule:remove:1", MANAGE_SERVER)
        await removed.shown()
        buttons = [part.get("custom_id", "") for part in components_of(message["components"])]
        report = next(one for one in buttons if one.startswith("report:"))
        edition = report.removeprefix("report:")
        form = (await (await discord.press(report)).acknowledged())["data"]
        line = next(one for one in components_of(form["components"]) if one.get("custom_id") == "line")
        assert [option["value"] for option in line["options"]][:1] == ["1"]
        sent = await discord.submit(form["custom_id"], [_chosen("line", "1"), _chosen("reason", "text")])
        assert "Reported as No. 1" in text_of(await sent.shown())
        accepted = await discord.command("corrections accept", number=1, withdraw=True)
        assert "Accepted: No. 1" in text_of(await accepted.shown())
        assert NOTE in text_of(message)
        proved = await discord.command("prove", edition=edition, line=1)
        assert "Withdrawn on this server: an admin accepted report No. 1 on" in text_of(await proved.shown())
        listed = await discord.command("corrections list", permissions=0)
        assert "withdrawn" in text_of(await listed.shown())
        await (await discord.command("corrections export")).shown()
        assert await bot.terminate() == 0
        settings = environment(tmp_path, discord)
    assert "Traceback" not in bot.log
    ((name, content),) = discord.channels.files
    assert name == "corrections.jsonl"
    cases = [json.loads(one) for one in content.splitlines()]
    assert all(case["expected"] == {"withdrawn": True} for case in cases)
    (tmp_path / "cases.jsonl").write_bytes(content)
    code, lines = await _replayed(tmp_path, settings)
    assert (code, len(lines)) == (1, len(cases))  # the rules read it as they did
    assert all(line.startswith("wrong\t") for line in lines)


async def _replayed(folder: Path, settings: dict[str, str]) -> tuple[int | None, list[str]]:
    """What the command line says of the exported cases."""
    command = ("-m", "bot", "corrections", "replay", str(folder / "cases.jsonl"))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, env=settings, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    out, _ = await process.communicate()
    return process.returncode, out.decode().splitlines()


def _chosen(name: str, value: str) -> dict[str, Any]:
    return {"type": 18, "id": 1, "component": {"type": 3, "id": 2, "custom_id": name, "values": [value]}}


async def _schedule(folder: Path, language: str) -> None:
    """One from an hour ago that is due now."""
    now = datetime.now(UTC)
    database = await open_database(database_url(folder))
    at, days = time(now.hour, now.minute), (0, 1, 2, 3, 4, 5, 6)
    due = NewSchedule(GUILD, CHANNEL, at, "UTC", days, Scope(), None, MEMBER, Posting(language=language))
    await database.schedules.add(due, now - timedelta(hours=1))
    await database.close()
