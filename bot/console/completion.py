"""Completion while typing: commands, then option names, then values from memory."""

import re
from collections.abc import Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.catalogues import tr
from bot.console.grammar import COMMANDS, Command, find_command
from bot.console.proposals import proposals
from bot.errors import ElsewhereError, NotFoundError
from bot.presentation.visible import visible
from bot.services.names import Names

_LAST_OPTION = re.compile(r"(?:^|(?<=\s))(?P<name>[A-Za-z]\w*):\s*(?P<value>(?:(?!\s\w+:).)*)$")


class CommandCompleter(Completer):
    """Proposes what may stand at the cursor."""

    def __init__(self, names: Names) -> None:
        self._proposals = proposals(names)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002  # the interface's
        """Commands until one is complete; then values of the option at the cursor, or option names."""
        text = document.text_before_cursor.lstrip()
        yield from _commands(text)
        try:
            command, rest = find_command(text)
        except (ElsewhereError, NotFoundError):
            return
        if rest or text.endswith(" "):
            yield from self._of_command(command, text)

    def _of_command(self, command: Command, text: str) -> Iterator[Completion]:
        rest = text.split(maxsplit=len(command.name.split()))[len(command.name.split()) :]
        typed = rest[0] if rest else ""
        match = _LAST_OPTION.search(typed)
        option = command.option(match["name"].casefold()) if match else None
        if match and option:
            yield from self._values(option.values, match["value"])
            if match["value"] and typed.endswith(" "):
                yield from _options(command, typed, "")
            elif " " in match["value"]:
                yield from _options(command, typed, match["value"].rsplit(" ", 1)[-1])
        else:
            yield from _options(command, typed, typed.rsplit(" ", 1)[-1])
            if command.options and typed:
                yield from self._values(command.options[0].values, typed)

    def _values(self, kind: str, typed: str) -> Iterator[Completion]:
        propose = next((propose for values, propose in self._proposals.items() if values == kind), None)
        for choice in propose(typed.strip()) if propose else ():
            label = visible(choice.label)
            yield Completion(label, start_position=-len(typed))


def _commands(text: str) -> Iterator[Completion]:
    typed = "/" + text.removeprefix("/")
    for command in COMMANDS:
        if command.name.startswith(typed.casefold()) and command.name != typed:
            yield Completion(command.name + " " * bool(command.options), -len(text), command.name, tr(command.about))


def _options(command: Command, text: str, typed: str) -> Iterator[Completion]:
    used = {match["name"].casefold() for match in re.finditer(r"(?:^|(?<=\s))(?P<name>\w+):", text)}
    for option in command.options:
        if option.name not in used and option.name.startswith(typed.casefold()):
            yield Completion(f"{option.name}: ", -len(typed), f"{option.name}:", tr(option.about))
