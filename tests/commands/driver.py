"""Uses everything the command tree offers, whatever it is: a new command is driven as soon as it exists.

Each command is used with what it needs alone, with each option by itself, with all of them, and with hostile, the
longest and the smallest values; by an admin, by somebody without rights, and outside of servers. Then every button and
menu that was shown is pressed and every form that was opened is sent in.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from discord import AppCommandOptionType as Kind
from discord import AppCommandType
from discord.app_commands import Command, ContextMenu, Parameter

from bot.presentation.layout import measure
from commands.heavy import Pace
from tests.discord_limits import components_of
from tests.discord_offline import (
    CHANNEL,
    EVERYTHING,
    MANAGE_SERVER,
    MEMBER,
    Offline,
    Sent,
    attachment_data,
    channel_data,
    message_data,
    role_data,
)
from tests.hostile import TEXT

# What somebody would give; by the option's name, as names mean the same everywhere.
USUAL: Mapping[str, Any] = {
    "actor": "lind", "first": "lind", "second": "norland", "topic": "quota", "topics": "quota", "actors": "lind",
    "since": "all", "as_of": "2031-05-04", "time": "08:00", "zone": "Europe/Kyiv", "days": "mon-fri",
    "edition": "S-00000001", "article": "a1", "source": "Norland Post", "url": "coast.example", "number": 1,
    "link": "https://coast.example/2", "query": '"waters empty" -quota', "question": "What does Lind say?",
}  # fmt: skip
_OF_EACH = 3  # buttons of one kind that are pressed
_ROUNDS = 3  # what a pressed button shows may have buttons again
Given = dict[str, Any]


def leaves(offline: Offline) -> list[Command[Any, ..., Any]]:
    """Every command that can be used by typing."""
    return [one for one in offline.bot.tree.walk_commands() if isinstance(one, Command)]


def menus(offline: Offline) -> list[ContextMenu]:
    """Every entry among a message's apps."""
    return offline.bot.tree.get_commands(type=AppCommandType.message)


def uses_of(offline: Offline, command: Command[Any, ..., Any]) -> Iterator[Given]:
    """The classes of what can be given with a command."""
    options = command.parameters
    needed = [option for option in options if option.required]
    yield _given(offline, needed, usual)
    for option in options:
        if not option.required:
            yield _given(offline, [*needed, option], usual)
    for value in (usual, hostile, longest, smallest):
        yield _given(offline, options, value)


def usual(offline: Offline, option: Parameter) -> Any:
    """A value as somebody would give it."""
    if option.choices:
        return option.choices[-1].value
    if option.name in USUAL:
        return USUAL[option.name]
    plain: Mapping[Kind, Any] = {Kind.string: "words", Kind.boolean: True, Kind.integer: option.min_value or 1}
    return plain[option.type] if option.type in plain else _thing(offline, option)


# What a command needs to find in a file before it goes on; to others any content is a file that is wrong.
FILES = {
    "settings import": b'{"attache_settings": 1, "dossier": "herring", "sources": '
    b'[{"kind": "feed", "location": "https://coast.example/new", "name": "New"}]}',
}


def hostile(offline: Offline, option: Parameter) -> Any:
    """A value as a stranger might send it, whatever Discord's own client would let through."""
    if option.type is Kind.string:
        return TEXT
    return usual(offline, option)


def longest(offline: Offline, option: Parameter) -> Any:
    """The largest value Discord lets through."""
    if option.type is Kind.string:
        return "é𝄞 x" * (int(option.max_value or 6000) // 5) or "x"
    if option.type is Kind.integer:
        return int(option.max_value or 2**53)
    return usual(offline, option)


def smallest(offline: Offline, option: Parameter) -> Any:
    """The smallest value Discord lets through."""
    if option.type is Kind.string:
        return " " * int(option.min_value or 1)
    if option.type is Kind.boolean:
        return False
    return int(option.min_value or 0) if option.type is Kind.integer else usual(offline, option)


def _thing(offline: Offline, option: Parameter) -> dict[str, Any]:
    match option.type:
        case Kind.channel:
            return channel_data(CHANNEL, app_permissions=EVERYTHING, type=option.channel_types[0].value)
        case Kind.role:
            return role_data(906)
        case Kind.attachment:
            content = FILES.get(option.command.qualified_name, b"<opml/>")
            return attachment_data(offline.transport, content, filename="words.txt")
    raise NotImplementedError(f"{option.name}: teach the driver options of this type: {option.type}")


def _given(offline: Offline, options: list[Parameter], value: Any) -> Given:
    return {option.name: value(offline, option) for option in options}


async def drive_commands(offline: Offline) -> None:
    """Every command in every class and place, every autocomplete, every entry among a message's apps."""
    for command in leaves(offline):
        name = command.qualified_name
        for options in uses_of(offline, command):
            await _use(offline, name, options)
        needed = _given(offline, [option for option in command.parameters if option.required], usual)
        await _use(offline, name, needed, permissions=0)
        await _use(offline, name, needed, guild=False)
        for option in command.parameters:
            if option.autocomplete:
                for typed in ("", "q", TEXT[:100]):
                    await offline.complete(name, option.name, typed)
    for menu in menus(offline):
        for message in _messages(offline):
            offline.bot.pace = Pace()
            await offline.use_on(menu.name, message)
    await _use(offline, "no such command", {})


async def _use(offline: Offline, name: str, options: Given, **how: Any) -> None:
    offline.bot.pace = Pace()  # no person is that quick
    await offline.command(name, **(how | options))


def _messages(offline: Offline) -> Iterator[dict[str, Any]]:
    """Messages that somebody may ask us about: ours, strangers', empty ones, long ones, with a file."""
    button = {"type": 2, "style": 2, "label": "Prove", "custom_id": "lines:S-00000001"}
    yield message_data({"components": [{"type": 1, "components": [button]}], "flags": 1 << 15})
    for content in ("", TEXT, "word " * 800, "see https://coast.example/2"):
        yield message_data({}, author=MEMBER) | {"content": content}
    file = attachment_data(offline.transport, b"words", filename="a.txt")
    yield message_data({}, author=MEMBER) | {"attachments": [file]}


async def press_everything(offline: Offline) -> set[str]:
    """Press what was shown, choose from it, send in what opened; the custom_ids used. What these show is used too."""
    done: dict[str, list[str]] = {}
    for _ in range(_ROUNDS):
        for control in list(_controls(offline.transport.sent)):
            family, custom_id = _family(control), str(control["custom_id"])
            if custom_id in done.setdefault(family, []) or len(done[family]) >= _OF_EACH:
                continue
            done[family].append(custom_id)
            await _operate(offline, control)
    return {one for used in done.values() for one in used}


def _controls(sent: list[Sent]) -> Iterator[Mapping[str, Any]]:
    """Buttons and menus of all messages, and forms."""
    for one in sent:
        body: Mapping[str, Any] = one.body if isinstance(one.body, dict) else {}
        inner = body.get("data")
        data: Mapping[str, Any] = inner if isinstance(inner, dict) else body
        if body.get("type") == 9:
            yield data
        else:
            yield from (part for part in components_of(data.get("components") or ()) if "custom_id" in part)


def _family(control: Mapping[str, Any]) -> str:
    """Controls that do the same: what the custom_id begins with, and the kind of answer."""
    act, _, rest = str(control["custom_id"]).partition(":")
    kind = rest.split(":")
    return ":".join([act, kind[1] if len(kind) > 2 else kind[0][:12]])


async def _operate(offline: Offline, control: Mapping[str, Any]) -> None:
    custom_id = str(control["custom_id"])
    if "type" not in control:  # a form
        fields = [part for part in components_of(control["components"]) if "custom_id" in part]
        for typed in ("1", "8 pm", TEXT, "x" * 4000):
            given = {part["custom_id"]: part["options"][0]["value"] if "options" in part else typed for part in fields}
            await offline.submit(custom_id, permissions=MANAGE_SERVER, **given)
    elif control["type"] == 2:
        await offline.press(custom_id, permissions=int(EVERYTHING))
        await offline.press(custom_id, permissions=0, private=True)
    elif control["type"] == 3:
        await offline.choose(custom_id, control["options"][-1]["value"], permissions=MANAGE_SERVER)
    else:
        sent = channel_data(CHANNEL, app_permissions=EVERYTHING)
        await offline.choose_channel(custom_id, sent, permissions=MANAGE_SERVER)


def check_registration(body: Any) -> None:
    """What is registered with Discord, held to the limits that stand in words only."""
    assert len(body) <= 100
    for command in body:
        assert _size_of(command) <= 8000
        assert command["contexts"]
        assert command["integration_types"]
        _check_options(command)


def _size_of(node: Mapping[str, Any]) -> int:
    """Names, descriptions and values as Discord counts them: of each the longest of all languages."""
    own = 0
    for field in ("name", "description", "value"):
        languages = (node.get(f"{field}_localizations") or {}).values()
        own += max(measure(str(words)) for words in (node.get(field) or "", *languages))
    return own + sum(map(_size_of, [*(node.get("options") or ()), *(node.get("choices") or ())]))


def _check_options(node: Mapping[str, Any]) -> None:
    options = node.get("options") or []
    assert len(options) <= 25
    if node.get("type", 1) in (1, 2):
        assert 1 <= len(node["description"]) <= 100
    required = [bool(option.get("required")) for option in options]
    assert required == sorted(required, reverse=True)
    for option in options:
        assert len(option.get("choices") or []) <= 25
        _check_options(option)
