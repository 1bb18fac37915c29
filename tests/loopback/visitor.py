"""Somebody who tries everything: every command with every option, every button, menu and form that is shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.discord_limits import components_of
from tests.discord_offline import CHANNEL, EVERYTHING, HISTORY, SEND, VIEW, channel_data, message_data, role_data
from tests.loopback.discord import Answer, LoopbackDiscord, text_of
from tests.loopback.process import ARTICLE

ALL = int(EVERYTHING)  # rights
NUMBER, FLAG, CHANNELS, ROLE, FILE = 4, 5, 7, 8, 11  # kinds of options
BUTTON, MENU, ROLE_MENU, CHANNEL_MENU = 2, 3, 6, 8  # kinds of components
FIELD, FORM_SHOWN = 4, 9
WRITABLE = channel_data(CHANNEL, app_permissions=str(VIEW | SEND | HISTORY))
RESOLVED = {
    ROLE_MENU: ("roles", role_data()["id"], role_data()),
    CHANNEL_MENU: ("channels", WRITABLE["id"], WRITABLE),
}
# What somebody would type where nothing is offered, by the option's name.
TYPED: Mapping[str, object] = {
    "since": "all", "as_of": "2025-06-01", "query": "quota", "question": "Who rejected the quota?", "text": "quota",
    "time": "08:00", "days": "daily",
    "words": 200, "number": 1, "line": 1, "title": "Word", "tag": "news", "tags": "news", "name": "Norland Post",
}  # fmt: skip
OPML = '<opml version="2.0"><body><outline type="rss" text="Vik" xmlUrl="{address}"/></body></opml>'
_FIRST = ("reload", "add", "follow", "schedule preview", "list", "run")
_LAST = ("log", "import", "pause", "resume", "split", "join", "unfollow", "remove", "delete")


@dataclass
class Visitor:
    """Uses everything, and keeps what it was shown."""

    discord: LoopbackDiscord
    used: set[str] = field(default_factory=set)
    shown: list[dict[str, Any]] = field(default_factory=list)
    controls: dict[str, dict[str, Any]] = field(default_factory=dict)  # by custom_id
    pressed: set[str] = field(default_factory=set)

    async def use_every_command(self) -> None:
        """Each with what it needs alone, and with everything it takes; then each entry of a message's apps."""
        commands = [leaf for command in self.discord.commands if command["type"] == 1 for leaf in leaves(command)]
        for name, options in sorted(commands, key=lambda one: _order(one[0])):
            for given in ([one for one in options if one.get("required")], options):
                values: dict[str, Any] = {one["name"]: await self._value(name, one) for one in given}
                answer = await self.discord.command(name, permissions=ALL, **values)
                await self._look_at(answer)
                if given == options:
                    break
            self.used.add(name)
        for command in self.discord.commands:
            if command["type"] == 3:
                await self._look_at(await self.discord.use_on(command["name"], message_data(self.shown[0])))
                self.used.add(command["name"])

    async def press_every_control(self, most: int = 2) -> None:
        """Of each kind of control that was shown, the first few; what they show has controls again."""
        seen: dict[str, int] = {}
        while left := [one for one in self.controls if one not in self.pressed]:
            for custom_id in left:
                self.pressed.add(custom_id)
                kind = ":".join(custom_id.split(":")[:2])
                seen[kind] = seen.get(kind, 0) + 1
                if seen[kind] <= most:
                    await self._look_at(await self._press(self.controls[custom_id]))

    async def _value(self, command: str, option: Mapping[str, Any]) -> object:
        """What somebody would plausibly give. Fails for an option that nobody has thought of here."""
        if option.get("choices"):
            return option["choices"][0]["value"]
        if option.get("autocomplete"):
            offered = await self.discord.complete(command, option["name"], "")
            return offered[-1]["value"] if offered else TYPED.get(option["name"], "quota")
        given: Mapping[int, object] = {FLAG: True, CHANNELS: WRITABLE, ROLE: role_data(), FILE: self._file(command)}
        if option["type"] in given:
            return given[option["type"]]
        if option["type"] == NUMBER and "min_value" in option:
            return option["min_value"]
        if option["name"] in ("url", "link"):
            return self._address(f"{option['name']}.html")
        assert option["name"] in TYPED, f"what would somebody give /{command} as {option['name']}?"
        return TYPED[option["name"]]

    def _file(self, command: str) -> dict[str, Any]:
        name, content = "story.txt", ARTICLE.encode()
        if command == "sources import":
            name, content = "feeds.opml", OPML.format(address=self._address("feed.html")).encode()
        self.discord.files[name] = content
        url = self._address(name)
        return {"id": "4001", "filename": name, "size": len(content), "url": url, "proxy_url": url}

    def _address(self, name: str) -> str:
        """Where it would be found: on this machine, for what the world outside answers, and when, decides no test."""
        return self.discord.url.removesuffix("/api/v10") + f"/attachments/{name}"

    async def _press(self, control: Mapping[str, Any]) -> Answer:
        custom_id = control["custom_id"]
        if control["type"] == BUTTON:
            return await self.discord.press(custom_id, ALL)
        if control["type"] == MENU:
            value = control["options"][-1]["value"]
            return await self.discord.choose(custom_id, [value], permissions=ALL)
        assert control["type"] in RESOLVED, f"what would somebody choose in {custom_id}?"
        what, value, chosen = RESOLVED[control["type"]]
        return await self.discord.choose(custom_id, [value], control["type"], {what: {value: chosen}}, ALL)

    async def _look_at(self, answer: Answer) -> None:
        """Wait for what is shown in the end; a form is filled in and sent."""
        callback = await answer.acknowledged()
        if callback["type"] == FORM_SHOWN:
            form = callback["data"]
            await self._look_at(await self.discord.submit(form["custom_id"], list(_filled(form["components"])), ALL))
            return
        body = await answer.shown_somewhere()
        assert text_of(body) or body.get("deleted") or body.get("attachments"), body
        self.shown.append(body)
        for part in components_of(body.get("components") or ()):
            if "custom_id" in part and not part.get("disabled"):
                self.controls.setdefault(part["custom_id"], dict(part))


def leaves(command: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every command that can be used, with its options; groups have none of their own."""
    name = f"{path} {command['name']}".strip()
    options = command.get("options") or []
    inner = [one for one in options if one["type"] in (1, 2)]
    if not inner:
        yield name, options
    for one in inner:
        yield from leaves(one, name)


def _order(name: str) -> tuple[int, str]:
    last = name.rsplit(maxsplit=1)[-1]
    return (0 if last in _FIRST else 2 + _LAST.index(last) if last in _LAST else 1), name


def _filled(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A form as it is sent in: what stands there already, or what somebody would write."""
    for one in components:
        if one["type"] == FIELD:
            yield {"type": FIELD, "id": 1, "custom_id": one["custom_id"], "value": one.get("value") or "08:00"}
        elif one["type"] == MENU:
            yield {"type": MENU, "id": 1, "custom_id": one["custom_id"], "values": [one["options"][0]["value"]]}
        elif "component" in one:
            yield {"type": one["type"], "id": 1, "component": next(_filled([one["component"]]))}
        elif "components" in one:
            yield {"type": one["type"], "id": 1, "components": list(_filled(one["components"]))}
