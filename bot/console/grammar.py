"""What can be typed, and how a line is read: `/command option: value option: value`, as in Discord."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.catalogues import mark
from bot.console.elsewhere import INSTEAD
from bot.errors import ElsewhereError, InvalidInputError, NotFoundError


class Values(StrEnum):
    """Where an option's values are proposed from."""

    FREE = "free"
    ACTOR = "actor"
    OTHER_ACTOR = "another actor"
    TOPIC = "topic"
    SOURCE = "source"
    ZONE = "zone"
    SINCE = "since"
    DAYS = "days"
    EDITION = "edition"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a command. `example` is a value that works, where that does not depend on the dossier."""

    name: str
    about: str
    example: str = ""
    values: Values = Values.FREE
    required: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One command; its first option may be given without its name."""

    name: str
    about: str
    options: tuple[Option, ...] = ()

    def option(self, name: str) -> Option | None:
        """The option called `name`, if any."""
        return next((option for option in self.options if option.name == name), None)


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that was understood: the command, and the values by option name."""

    command: Command
    values: Mapping[str, str]


_TOPIC = Option("topic", mark("only this topic"), values=Values.TOPIC)
_ACTOR = Option("actor", mark("a person, state or organisation"), values=Values.ACTOR)
_WORDS = Option("words", mark("at most this many words"), "200")
_ARTICLE = Option("article", mark("its title, its file or address, or its id"), "talks", required=True)
_ID = Option("id", mark("the schedule's number"), "1", required=True)

COMMANDS = (
    Command(
        "/brief",
        mark("the news in sentences that a source wrote, each with its citation"),
        (_TOPIC, Option("since", mark("how far back: 24h, 7d, a date, or all"), "7d", Values.SINCE), _WORDS),
    ),
    Command(
        "/positions",
        mark("where an actor stands, or who stands where on a topic"),
        (_ACTOR, _TOPIC, Option("as_of", mark("what was known on this date"), "2025-08-20")),
    ),
    Command(
        "/grid",
        mark("everyone on every topic, in words; Discord shows the picture"),
        (Option("as_of", mark("what was known on this date"), "2025-08-20"),),
    ),
    Command(
        "/compare",
        mark("two side by side: where they agree, where they differ"),
        (
            Option("first", mark("a person, state or organisation"), values=Values.ACTOR, required=True),
            Option("second", mark("another one"), values=Values.OTHER_ACTOR, required=True),
            _TOPIC,
        ),
    ),
    Command(
        "/quotes",
        mark("what stands in quotation marks: somebody's, or with certain words"),
        (_ACTOR, Option("text", mark("words that stand in the quote"), "ceasefire"), _TOPIC),
    ),
    Command("/timeline", mark("who said what, day by day"), (_ACTOR, _TOPIC)),
    Command(
        "/shifts",
        mark("who moved, and what is not counted as a move"),
        (Option("since", mark("how far back: 30d, a date, or all"), "all", Values.SINCE),),
    ),
    Command(
        "/search",
        mark("sentences that hold certain words, best first"),
        (
            Option("query", mark('words, "phrases", -without, one OR other, begin*'), "ceasefire", required=True),
            _ACTOR,
            _TOPIC,
            Option("since", mark("how far back: 30d, a date, or all"), "all", Values.SINCE),
        ),
    ),
    Command(
        "/ask",
        mark("a question, answered by sentences of the sources or not at all"),
        (Option("question", mark("in plain words"), "who said what about the talks", required=True),),
    ),
    Command(
        "/prove",
        mark("where a line stands, what stands around it, and why it was read so"),
        (
            Option("edition", mark("the id beneath an answer"), values=Values.EDITION, required=True),
            Option("line", mark("the line's number"), "1"),
        ),
    ),
    Command(
        "/explain",
        mark("an article: what was dropped, what it was folded with and why, what was told of it and by which number"),
        (_ARTICLE,),
    ),
    Command("/corrections list", mark("posts that were corrected")),
    Command("/sources list", mark("every source with its state")),
    Command(
        "/sources reload",
        mark("read what changed in all sources, or in one"),
        (Option("source", mark("only this source"), values=Values.SOURCE),),
    ),
    Command("/sources split", mark("take an article out of its story, or out of its event"), (_ARTICLE,)),
    Command("/sources join", mark("undo a split: the numbers decide again"), (_ARTICLE,)),
    Command(
        "/schedule add",
        mark("a briefing at a local time on chosen days"),
        (
            Option("time", mark("local time"), "08:00", required=True),
            Option("zone", mark("time zone"), "Europe/Kyiv", Values.ZONE, required=True),
            Option("days", mark("daily, mon-fri, or days such as mon,wed"), "mon-fri", Values.DAYS),
            Option(
                "channel", mark("the id of the Discord channel to post to; without it, only for previews here"), "1234"
            ),
            _TOPIC,
            _ACTOR,
            _WORDS,
        ),
    ),
    Command("/schedule list", mark("the schedules, with next run and last outcome")),
    Command("/schedule remove", mark("delete a schedule"), (_ID,)),
    Command("/schedule preview", mark("a schedule's briefing as it would be posted now"), (_ID,)),
    Command("/status", mark("what is loaded, and how it fares")),
    Command("/help", mark("what can be asked"), (Option("command", mark("only this command"), "brief"),)),
    Command("/about", mark("method, privacy and licence")),
    Command("/quit", mark("leave")),
)

_SYNONYMS = {"/exit": "/quit", "/q": "/quit", "/?": "/help"}
_OPTION = re.compile(r"(?:^|(?<=\s))(?P<name>[A-Za-z][\w-]*)\s*[:=](?!//)\s*")
_MARKS = {'"': '"', "'": "'", "“": "”", "‘": "’"}


def parse(line: str) -> Typed:
    """Read a line. Raises `NotFoundError` for an unknown command, `InvalidInputError` for options that don't fit."""
    command, rest = find_command(line)
    values = _read_values(command, rest)
    for option in command.options:
        if option.required and option.name not in values:
            raise InvalidInputError(option.name, "", _needed(command, option))
    return Typed(command, values)


def _needed(command: Command, option: Option) -> str:
    if not option.example:  # a name, which the dossier has and the grammar does not
        return f"it is needed; /help {command.name.removeprefix('/')} shows an example"
    return f"it is needed, for example {option.name}: {option.example}"


def find_command(line: str) -> tuple[Command, str]:
    """The command a line begins with, and what follows.

    Raises `ElsewhereError` for one that only Discord has, and `NotFoundError` with near names.
    """
    words = line.strip().split(maxsplit=2)
    typed = [_with_slash(words[0]), *map(str.casefold, words[1:2])] if words else [""]
    for length in (2, 1):
        name = _SYNONYMS.get(" ".join(typed[:length]), " ".join(typed[:length]))
        for command in COMMANDS:
            if command.name == name and len(typed) >= length:
                return command, " ".join(line.split(maxsplit=length)[length:])
    for length in (2, 1):
        instead = INSTEAD.get(" ".join(typed[:length]))
        if instead is not None:
            raise ElsewhereError(" ".join(typed[:length]), instead or None)
    raise NotFoundError("command", " ".join(typed), _near(typed))


def _with_slash(word: str) -> str:
    return "/" + word.casefold().lstrip("/")


def _near(typed: list[str]) -> list[str]:
    """Subcommands of a group that was typed right, else the commands spelt most alike."""
    group = [command.name for command in COMMANDS if command.name.startswith(f"{typed[0]} ")]
    names = group or [command.name for command in COMMANDS]
    near = difflib.get_close_matches(" ".join(typed), names, n=3, cutoff=0.6)
    first_words = {name.split()[0]: name for name in reversed(names)}
    nearest = difflib.get_close_matches(typed[0], first_words, n=1, cutoff=0.6)
    return near or group or [first_words[word] for word in nearest] or ["/help"]


def _read_values(command: Command, rest: str) -> dict[str, str]:
    found = [match for match in _OPTION.finditer(rest) if _is_meant_as_option(command, match)]
    values: dict[str, str] = {}
    bare = rest[: found[0].start()] if found else rest
    if bare.strip():
        name, value = _read_bare(command, bare.strip())
        values[name] = _unquoted(value)
    ends = [match.start() for match in found[1:]] + [len(rest)]
    for match, end in zip(found, ends, strict=False):
        name = _checked_name(command, match["name"].casefold())
        value = _unquoted(rest[match.end() : end])
        if name in values:
            raise InvalidInputError(name, value, "it was given twice")
        if not value:
            raise InvalidInputError(name, "", f"write a value after {name}:")
        values[name] = value
    return values


def _is_meant_as_option(command: Command, match: re.Match[str]) -> bool:
    """`name:` is an option, known or misspelt; `name=` only if it is known."""
    return ":" in match.group() or command.option(match["name"].casefold()) is not None


def _read_bare(command: Command, bare: str) -> tuple[str, str]:
    """A value without a name is the first option's; `topic ceasefire` is a colon forgotten."""
    if not command.options:
        raise InvalidInputError(f"an option of {command.name}", bare, "it takes none")
    name, _, value = bare.partition(" ")
    if value.strip() and command.option(name.casefold()):
        return name.casefold(), value
    return command.options[0].name, bare


def _checked_name(command: Command, name: str) -> str:
    name = name.replace("-", "_")
    names = [option.name for option in command.options]
    if name in names:
        return name
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    known = f"{command.name} knows {', '.join(names)}" if names else f"{command.name} takes none"
    reason = f"did you mean {near[0]}:? {known}" if near else known
    raise InvalidInputError(f"an option of {command.name}", name, reason)


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and _MARKS.get(value[0]) == value[-1]:
        return value[1:-1].strip()
    return value
