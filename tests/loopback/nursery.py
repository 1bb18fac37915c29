"""Processes of the bot that start at once, for tests that start many: forked from one that has imported everything.

Run as a program it is that one process. It takes one order a line, the settings as JSON, and answers with the id of the
process it began, then with its exit code.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.loopback.discord import LoopbackDiscord
from tests.loopback.process import PROJECT, environment

PATIENCE = 120.0


class Forked:
    """A running bot; one at a time."""

    def __init__(self, pid: int, answers: asyncio.StreamReader) -> None:
        self._pid = pid
        self._answers = answers
        self._ending: asyncio.Task[int] = asyncio.create_task(self._read())

    def kill(self) -> None:
        """SIGKILL: nothing is tidied up."""
        self._send(signal.SIGKILL)

    async def terminate(self) -> int:
        """SIGTERM; the exit code."""
        self._send(signal.SIGTERM)
        return await self.ended()

    async def ended(self) -> int:
        """The exit code, or minus the signal's number."""
        async with asyncio.timeout(PATIENCE):
            return await asyncio.shield(self._ending)

    def _send(self, number: int) -> None:
        if not self._ending.done():
            with suppress(ProcessLookupError):
                os.kill(self._pid, number)

    async def _read(self) -> int:
        return int(await self._answers.readline())


class Nursery:
    """Where they come from."""

    def __init__(self, process: asyncio.subprocess.Process, folder: Path, discord: LoopbackDiscord) -> None:
        self._process = process
        self._folder = folder
        self._discord = discord

    async def start(self, settings: Mapping[str, str]) -> Forked:
        """`bot run` in the test's folder against its Discord."""
        self._discord.gateway.forget()
        order = {"folder": str(self._folder), "settings": environment(self._folder, self._discord) | dict(settings)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        async with asyncio.timeout(PATIENCE):
            return Forked(int(await self._process.stdout.readline()), self._process.stdout)


@asynccontextmanager
async def nursery(folder: Path, discord: LoopbackDiscord) -> AsyncIterator[Nursery]:
    """Open one; whatever it started ends with it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.loopback.nursery", cwd=PROJECT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    try:
        yield Nursery(process, folder, discord)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


def _serve() -> None:
    import bot.gateway.run  # noqa: F401
    from bot.wiring import open_app
    from config.settings import load_settings

    async def warm_up() -> None:
        """Patterns that were compiled once stay with `re`."""
        await (await open_app(load_settings(database_url="sqlite://"))).close()

    asyncio.run(warm_up())
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _be_a_bot(Path(order["folder"]), order["settings"])
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _be_a_bot(folder: Path, settings: Mapping[str, str]) -> None:
    os.chdir(folder)
    os.environ.update(settings)
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.argv = ["attache", "run"]
    from bot.cli.main import main

    try:
        main()
    except SystemExit as end:
        sys.stdout.flush()
        os._exit(end.code if isinstance(end.code, int) else 1)
    finally:
        os._exit(1)


if __name__ == "__main__":
    _serve()
