"""The line editor of a terminal: completion, and history in a file that only its owner reads."""

import contextlib
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from bot.console.completion import CommandCompleter
from bot.services.app import Services


def open_prompt(services: Services, history: Path | None) -> PromptSession[str]:
    """A prompt over the services' names. Where the history can't be kept, it lasts as long as the session."""
    return PromptSession(
        history=_open_history(history), completer=CommandCompleter(services.names), complete_while_typing=True
    )


def _open_history(file: Path | None) -> History:
    if file is not None:
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            return FileHistory(str(file))
    return InMemoryHistory()
