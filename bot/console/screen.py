"""Where answers go: a terminal with colour and paging, or a pipe as plain text."""

import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.text import Text

from bot.catalogues import ntr, tr
from bot.errors import AttacheError
from bot.presentation.admin_pages import read_so_far
from bot.presentation.errors import explain
from bot.presentation.markdown import page_markdown
from bot.presentation.page import Page
from bot.presentation.text import WIDTH, page_lines
from bot.presentation.visible import visible
from bot.reasons import reason_words
from bot.services.results import LoadProgress, LoadReport, OnProgress

_PROMPT_SIGNS = re.compile(r"[?:.%\\]")  # which less would read as its own in a prompt
_WIDEST = 100  # longer lines are hard to read, however wide the window is


class Screen:
    """Standard output and standard error. What is asked for goes to the first, everything else to the second."""

    def __init__(self) -> None:
        self._out = Console(file=sys.stdout, highlight=False, emoji=False)
        self._err = Console(file=sys.stderr, highlight=False, emoji=False)
        self._has_shown = False  # a blank line stands between two pages
        self.is_terminal = sys.stdout.isatty()

    @property
    def width(self) -> int:
        """Columns a page may use."""
        return min(self._out.width, _WIDEST) if self.is_terminal else WIDTH

    def answer(self, page: Page, data: Callable[[], dict[str, Any]], style: str) -> None:
        """Print a page as text or as Markdown, or the same as JSON."""
        if style == "json":
            self.write(json.dumps(data(), ensure_ascii=False, indent=2) + "\n")
        elif style == "markdown":
            self.write(page_markdown(page))
        else:
            self.show(page, paged=True)

    def show(self, page: Page, *, paged: bool = False, wrapped: bool = True) -> None:
        """Print a page; a pager opens if it is `paged` and taller than the terminal."""
        lines = page_lines(page, self.width if wrapped else sys.maxsize)
        is_paged = paged and self.is_terminal and not self._out.is_dumb_terminal
        if is_paged and len(lines) >= self._out.height and self._open_pager(lines):
            return
        for line in ([Text()] if self._has_shown else []) + lines:
            self._out.print(line, soft_wrap=True)
        self._has_shown = True

    def write(self, text: str) -> None:
        """Print text as it is."""
        sys.stdout.write(text)
        sys.stdout.flush()

    def note(self, text: str) -> None:
        """A line beside the answer, on standard error."""
        self._err.print(Text(visible(text), style="dim"), soft_wrap=True)

    def fail(self, error: AttacheError) -> None:
        """What went wrong, on standard error."""
        self._err.print(Text(visible(explain(error)), style="red"), soft_wrap=True)

    @contextmanager
    def progress(self) -> Iterator[OnProgress]:
        """Follow a load: a moving line in a terminal; silent in a pipe, where `summary` says it at the end."""
        if not self._err.is_terminal:
            yield lambda _: None
            return
        with self._err.status(tr("Reading the sources…")) as status:
            yield lambda progress: status.update(Text(visible(progress_line(progress))))

    def summarize_load(self, report: LoadReport) -> None:
        """One line for what was read, one for each thing that could not be; nothing if nothing changed."""
        for source in report.sources:
            if source.error:
                reason = reason_words(source.error)
                self.note(tr("The source “{source}” can't be read: {reason}.", source=source.source, reason=reason))
            for location, reason in source.failed:
                self.note(f"{tr('Not read:')} {location}: {reason_words(reason)}.")
        read = sum(source.new + source.changed for source in report.sources)
        if read:
            statements = sum(source.statements for source in report.sources)
            found = ntr("{n} statement found.", "{n} statements found.", statements)
            self.note(f"{ntr('Read {n} article,', 'Read {n} articles,', read)} {found}")

    def _open_pager(self, lines: list[Text]) -> bool:
        """Whether a `less` that knows these options was there; without it the terminal's own scrolling must do."""
        less = shutil.which("less")
        if less is None:
            return False
        with self._out.capture() as captured:
            for line in lines:
                self._out.print(line, soft_wrap=True)
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the pager then
        try:
            # R: colours; F: no pager if it fits after all; X: leave the text on the screen; P: what stands below it.
            hint = _PROMPT_SIGNS.sub(r"\\\g<0>", tr("Space: on · b: back · q: leave"))
            asked = [less, "-RFX", *(f"-P{kind}{hint}" for kind in "smM")]
            text = captured.get().encode(self._out.encoding, "replace")
            shown = subprocess.run(asked, input=text, check=False)  # noqa: S603
            return shown.returncode == 0
        finally:
            signal.signal(signal.SIGINT, before)


def progress_line(progress: LoadProgress) -> str:
    """How far a load is, in a line."""
    found = ntr("{n} statement found.", "{n} statements found.", progress.statements)
    return f"{progress.source}: {read_so_far(progress)}, {found}"
