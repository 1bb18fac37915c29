"""The console's life: load, brief, then answer line by line until somebody leaves."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.catalogues import tr
from bot.console.commands import answer
from bot.console.grammar import parse
from bot.console.lines import piped_lines
from bot.console.screen import Screen
from bot.errors import AttacheError
from bot.presentation.page import command, small
from bot.services.app import Services


class Console:
    """One session over the services of one dossier."""

    def __init__(self, services: Services, screen: Screen, history: Path | None) -> None:
        self._services = services
        self._screen = screen
        self._history = history

    async def run(self) -> int:
        """Talk until the input ends. The exit code is 0, or 1 if a piped command failed."""
        await load(self._services, self._screen)
        if sys.stdin.isatty() and self._screen.is_terminal:
            await self._talk()
            return 0
        return await self._read_through()

    async def _talk(self) -> None:
        await self.do("/brief", paged=False)
        asked, left = tr("What can be asked:"), tr("To leave:")
        self._screen.show((small(f"{asked} ", command("/help"), f" · {left} ", command("/quit"), gap=True),))
        from bot.console.prompt import open_prompt  # noqa: PLC0415  # a pipe needs no line editor, and it is slow to load

        prompt = open_prompt(self._services, self._history)
        while True:
            try:
                line = await prompt.prompt_async("attaché> ")
            except EOFError:
                return
            except KeyboardInterrupt:  # what was typed is thrown away; with nothing typed, it means leaving
                if prompt.default_buffer.text:
                    continue
                return
            if not await self.do(line, paged=True):
                return

    async def _read_through(self) -> int:
        failed = False
        if sys.stdin.isatty():
            self._screen.note(tr("Answers go to a file or a program. Type commands here; Ctrl-D ends."))
        async for line in piped_lines():
            try:
                if not await self._answer(line, paged=False):
                    break
            except AttacheError as error:
                failed = True
                self._screen.fail(error)
        return int(failed)

    async def do(self, line: str, *, paged: bool) -> bool:
        """Answer one line, whatever becomes of it. False means: leave."""
        task = asyncio.ensure_future(self._answer(line, paged=paged))
        with _interrupting(task):
            try:
                return await task
            except AttacheError as error:
                self._screen.fail(error)
            except asyncio.CancelledError:
                current = asyncio.current_task()
                if current is not None and current.cancelling():
                    raise
                self._screen.note(tr("Stopped."))
        return True

    async def _answer(self, line: str, *, paged: bool) -> bool:
        if not line.strip() or line.lstrip().startswith("#"):
            return True
        typed = parse(line)
        if typed.command.name == "/quit":
            return False
        self._screen.show(await answer(self._services, typed, self._screen.progress), paged=paged)
        return True


async def load(services: Services, screen: Screen) -> None:
    """Read what changed in the sources, with progress."""
    with screen.progress() as on_progress:
        report = await services.sources.reload(None, on_progress)
    screen.summarize_load(report)


@contextlib.contextmanager
def _interrupting(task: "asyncio.Future[Any]") -> Iterator[None]:
    """While the block runs, Ctrl-C stops `task` and nothing else."""
    loop = asyncio.get_running_loop()
    try:
        loop.add_signal_handler(signal.SIGINT, task.cancel)
    except (NotImplementedError, RuntimeError, ValueError):
        yield
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
