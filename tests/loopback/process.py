"""The bot as a process of its own, told by environment where its Discord is."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.loopback.discord import PATIENCE, TOKEN, LoopbackDiscord

PROJECT = Path(__file__).resolve().parents[2]

DOSSIER = """
id = "herring"
title = "Herring talks"
language = "en"

[[sources]]
kind = "folder"
location = "articles"
name = "Norland Post"

[[actors]]
id = "lind"
name = "Mara Lind"
kind = "person"
aliases = ["Lind"]
role = "fisheries minister of Norland"

[[actors]]
id = "aske"
name = "Tor Aske"
kind = "person"
role = "fisheries minister of Suderland"

[[topics]]
id = "quota"
name = "Quota"
keywords = ["quota", "herring quota"]
proposition = "The herring quota is raised."
"""

ARTICLE = """Norland rejects a higher herring quota

Norland Post

May 3, 2025

Fisheries minister Mara Lind rejected a higher herring quota on Saturday after talks in the harbour town of Vik.

“We will not accept a higher quota this year,” Lind said. Her ministry plans another round of talks in June.

The herring quota has divided the coastal states since the spring, when the stock was counted anew.
"""


class BotProcess:
    """A running bot. Its output is what an operator would see."""

    def __init__(self, process: asyncio.subprocess.Process, output: Path) -> None:
        self._process = process
        self._output = output

    @property
    def log(self) -> str:
        """What it has written so far."""
        return self._output.read_text(encoding="utf-8")

    @property
    def pid(self) -> int:
        """Its id, which workers are named by."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether it runs no more."""
        return self._process.returncode is not None

    async def said(self, words: str, times: int = 1) -> None:
        """Wait until the log has these words so many times."""
        async with asyncio.timeout(PATIENCE):
            while self.log.count(words) < times:
                assert self._process.returncode is None, self.log
                await asyncio.sleep(0.02)

    async def terminate(self) -> int:
        """SIGTERM; the exit code."""
        self._process.terminate()
        return await self.ended()

    async def ended(self) -> int:
        """The exit code, once it has ended by itself."""
        async with asyncio.timeout(PATIENCE):
            return await self._process.wait()

    def kill(self) -> None:
        """SIGKILL: nothing is tidied up."""
        if self._process.returncode is None:
            self._process.kill()

    async def end(self) -> None:
        """Leave nothing running, however the test went."""
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


def prepare(folder: Path) -> None:
    """A dossier with one article."""
    (folder / "dossier.toml").write_text(DOSSIER, encoding="utf-8")
    (folder / "articles").mkdir()
    (folder / "articles" / "quota.txt").write_text(ARTICLE, encoding="utf-8")


def database_url(folder: Path) -> str:
    """The process's own embedded database."""
    return f"sqlite+aiosqlite:///{folder / 'attache.db'}"


def environment(folder: Path, discord: LoopbackDiscord, token: str = TOKEN) -> dict[str, str]:
    """Where its Discord, its dossier and its database are."""
    wanted = {
        "DISCORD_TOKEN": token,
        "DISCORD_API_URL": discord.url,
        "DATABASE_URL": database_url(folder),
        "DOSSIER": str(folder / "dossier.toml"),
        "LOG_LEVEL": "DEBUG",
        "PYTHONPATH": str(PROJECT),
    }
    inherited = ("PATH", "HOME", "LANG", "COVERAGE_PROCESS_START")
    return {name: os.environ[name] for name in inherited if name in os.environ} | wanted


@asynccontextmanager
async def running(
    folder: Path,
    discord: LoopbackDiscord,
    *,
    token: str = TOKEN,
    command: str = "run",
    program: str = "bot",
    settings: Mapping[str, str] | None = None,
    beside: str = "",
) -> AsyncIterator[BotProcess]:
    """`python -m bot run` (or another command) against this Discord; with a name, `beside` others that run."""
    if not beside:
        discord.gateway.forget()
    told = environment(folder, discord, token) | dict(settings or {})
    output = folder / f"{beside}log"
    with output.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", program, command, cwd=folder, env=told, stdout=log, stderr=log
        )
    bot = BotProcess(process, output)
    try:
        yield bot
    finally:
        await bot.end()
