"""Every text that a catalogue must hold: what the code says with `tr`, `ntr` and `mark`, and what Discord shows of the
commands."""

import ast
import asyncio
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.catalogues import NAME
from tests.discord_offline import Offline
from tests.fake_services import FakeMemory, FakeServices

PROJECT = Path(__file__).resolve().parents[2]
_COUNTED = ("ntr", "mark_counted")
_KEYWORDS = ("tr", "mark", *_COUNTED)
_MENUS = (2, 3)  # types of commands that are entries among a user's or a message's apps: their names may have capitals


@dataclass(frozen=True, slots=True)
class Key:
    """One text: what it is looked up by. `many` is the English plural; `context` is `NAME` for what members type."""

    one: str
    many: str | None = None
    context: str | None = None


@dataclass(frozen=True, slots=True)
class CommandText:
    """A text of the command tree. `siblings` tells names apart that must differ from each other; "" for others."""

    key: Key
    longest: int
    siblings: str = ""


def all_keys() -> list[Key]:
    """Each once, in the order in which the catalogues have them."""
    found = {*keys_of_code(), *keys_of_quality(), *(text.key for text in command_texts())}
    return sorted(found, key=lambda key: (key.context or "", key.one, key.many or ""))


def keys_of_code() -> Iterator[Key]:
    """Texts in the sources. Read from the syntax tree: Babel's own extraction does not look into f-strings."""
    for folder in ("bot", "commands"):
        for file in sorted((PROJECT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _KEYWORDS:
                    texts = [str(one.value) for one in node.args if isinstance(one, ast.Constant)]
                    if texts and node.func.id in _COUNTED:
                        yield Key(texts[0], texts[1])
                    elif texts:
                        yield Key(texts[0])


def keys_of_quality() -> Iterator[Key]:
    """What was measured, as `/about` shows it."""
    measured = tomllib.loads((PROJECT / "config" / "quality.toml").read_text(encoding="utf-8"))
    for figure in measured["figures"]:
        yield Key(figure["what"])
        yield Key(figure["figure"])


def command_texts() -> list[CommandText]:
    """Names, descriptions and choices of the whole command tree."""
    return [text for one in payload() for text in _of_command(one, "")]


def payload() -> list[dict[str, Any]]:
    """The commands as Discord is told them, without localisations."""
    return asyncio.run(_payload())


async def _payload() -> list[dict[str, Any]]:
    offline = Offline(FakeServices().as_services(), FakeMemory())
    await offline.start()
    try:
        return [dict(command.to_dict(offline.bot.tree)) for command in offline.bot.tree.get_commands()]
    finally:
        await offline.stop()


def _of_command(one: Mapping[str, Any], above: str) -> Iterator[CommandText]:
    if one.get("type", 1) in _MENUS and not above:
        yield CommandText(Key(one["name"]), 32, "menus")
        return
    yield CommandText(Key(one["name"], context=NAME), 32, f"{above} ")
    yield CommandText(Key(one["description"]), 100)
    yield from _of_options(one.get("options", ()), f"{above} {one['name']}")


def _of_options(options: Iterable[Mapping[str, Any]], above: str) -> Iterator[CommandText]:
    for one in options:
        yield from _of_command(one, above)
        for choice in one.get("choices", ()):
            yield CommandText(Key(choice["name"]), 100, f"{above} {one['name']} choices")
