"""The real client without a network: payloads as the gateway would bring them in, requests recorded on their way out.

The only file of the tests that uses private names of discord.py (pinned to 2.7).
"""

import asyncio
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import discord
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.gateway.auditing import keep_audit
from bot.gateway.client import AttacheBot
from bot.services.app import Services
from bot.services.ports import Memory
from commands.everything import all_commands, all_forms, all_items, all_menus

APPLICATION, BOT_USER, GUILD, CHANNEL, MEMBER = 901, 902, 903, 904, 905
MANAGE_SERVER, VIEW, SEND, HISTORY = 1 << 5, 1 << 10, 1 << 11, 1 << 16
EVERYTHING = str((1 << 50) - 1)
EPHEMERAL = 64


@dataclass(frozen=True)
class Sent:
    """One request of the bot: the path as Discord's description writes it, and the body."""

    method: str
    path: str
    body: Any


@dataclass
class Fault:
    """An answer of Discord's that is no success."""

    status: int
    code: int = 0
    text: str = "no"
    reason: str = "No"
    headers: dict[str, str] = field(default_factory=dict)

    def error(self) -> discord.HTTPException:
        """As discord.py raises it."""
        kinds = {403: discord.Forbidden, 404: discord.NotFound}
        kind = kinds.get(self.status, discord.DiscordServerError if self.status >= 500 else discord.HTTPException)
        return kind(self, {"code": self.code, "message": self.text})  # type: ignore[arg-type]  # it stands for a response


class Transport(AsyncWebhookAdapter):
    """Takes the place of HTTP. `faults` maps (method, end of path) to what is answered instead of success."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library does not annotate it
        self.sent: list[Sent] = []
        self.files: list[tuple[str, bytes]] = []
        self.faults: dict[tuple[str, str], Exception] = {}
        self.history: list[dict[str, Any]] = []
        self.message: dict[str, Any] | None = None
        self.guild: dict[str, Any] = {}
        self.attachments: dict[str, bytes] = {}

    async def request(
        self, route: Route, session: Any, *, payload: Any = None, multipart: Any = None, files: Any = None, **_: Any
    ) -> Any:
        """What interactions send. With attachments the body is a part of its own, and the files are kept."""
        self.files += [(file.filename, file.fp.read()) for file in files or ()]
        for part in multipart or ():
            if part["name"] == "payload_json":
                payload = json.loads(part["value"])
        return await self._answer(route, json.loads(json.dumps(payload)))

    async def http_request(self, route: Route, **options: Any) -> Any:
        """What the client itself sends."""
        body = options.get("json")
        return await self._answer(route, json.loads(json.dumps(body)))

    async def from_cdn(self, url: str) -> bytes:
        """What somebody attached."""
        return self.attachments[url]

    async def _answer(self, route: Route, body: Any) -> Any:
        path = described(route.path)
        self.sent.append(Sent(route.method, path, body))
        for (method, end), fault in self.faults.items():
            if method == route.method and path.endswith(end):
                raise fault
        if path.endswith("/callback"):
            return {"interaction": {"id": "1", "type": 2}}
        if path == "/applications/{application_id}/commands":
            common = {"application_id": str(APPLICATION), "version": "1", "description": ""}  # of menus it is empty
            return [common | command | {"id": str(7000 + n)} for n, command in enumerate(body)]
        if route.method == "GET" and path.endswith("/messages"):
            return self.history
        if route.method == "GET" and path.endswith("/messages/{message_id}") and self.message:
            return self.message
        if path == "/channels/{channel_id}":
            return channel_data(int(route.channel_id or CHANNEL))
        return self.guild if path == "/guilds/{guild_id}" else message_data(body or {})

    def bodies(self, method: str, end: str) -> list[Any]:
        """Bodies sent to paths with this end, oldest first."""
        return [one.body for one in self.sent if one.method == method and one.path.endswith(end)]

    def texts(self) -> str:
        """Every text that was shown, as Discord markdown."""
        return "\n".join(text for one in self.sent for text in texts_of(one.body))


def described(path: str) -> str:
    """The route's path with the names of Discord's own description."""
    return path.replace("{webhook_token}/messages/{message_id}", "{webhook_token}/messages/@original").replace(
        "/interactions/{webhook_id}/{webhook_token}/callback",
        "/interactions/{interaction_id}/{interaction_token}/callback",
    )


def texts_of(body: Any) -> Iterable[str]:
    """Contents of all text displays of a body, at any depth, in order."""
    if isinstance(body, Mapping):
        if body.get("type") == 10 and isinstance(body.get("content"), str):
            yield body["content"]
        for value in body.values():
            yield from texts_of(value)
    elif isinstance(body, list):
        for value in body:
            yield from texts_of(value)


class Offline:
    """A bot that is logged in nowhere."""

    def __init__(self, services: Services, memory: Memory) -> None:
        self.services = services
        self.transport = Transport()
        self.command_ids: dict[str, int] = {}
        self.bot = AttacheBot(
            cogs=all_commands(services, self.command_ids),
            buttons=all_items(services),
            menus=all_menus(services),
            forms=all_forms(services),
            command_ids=self.command_ids,
            memory=memory,
        )
        keep_audit(self.bot, services.audit)
        self.locale = "en-GB"  # of whoever asks
        self.is_installed = True  # in the server; else by who asks alone
        self.interactions = 0

    async def start(self) -> None:
        """What login does, without it. The context variable must be set in the test's own task."""
        async_context.set(self.transport)
        await self.bot._async_setup_hook()
        self.bot.http.request = self.transport.http_request  # type: ignore[method-assign]  # the seam
        self.bot.http.get_from_cdn = self.transport.from_cdn  # type: ignore[method-assign]  # the other seam
        state = self.bot._connection
        state.application_id = APPLICATION
        state.user = discord.ClientUser(
            state=state,
            data={"id": str(BOT_USER), "username": "attache", "discriminator": "0", "avatar": None},  # type: ignore[typeddict-item]
        )
        await self.bot.setup_hook()

    async def stop(self) -> None:
        """Leave nothing behind."""
        await self.bot.close()

    async def command(self, name: str, *, permissions: int = MANAGE_SERVER, guild: bool = True, **options: Any) -> None:
        """Somebody uses a command: `"schedule add"`. Returns when everything it set off has ended."""
        await self._arrive(2, command_data(name, options), permissions, guild)

    async def complete(self, name: str, option: str, typed: str) -> list[dict[str, str]]:
        """Somebody types into an option: the choices offered."""
        data = command_data(name, {option: typed}, focused=option)
        await self._arrive(4, data, MANAGE_SERVER, True)
        choices: list[dict[str, str]] = self.transport.bodies("POST", "/callback")[-1]["data"]["choices"]
        return choices

    async def press(self, custom_id: str, *, permissions: int = 0, private: bool = False) -> None:
        """Somebody presses a button under a message of ours, a private one where so told."""
        data = {"component_type": 2, "custom_id": custom_id}
        button = {"type": 2, "style": 2, "label": "Next", "custom_id": custom_id}
        flags = 1 << 15 | EPHEMERAL * private
        body = message_data({"components": [{"type": 1, "components": [button]}], "flags": flags})
        await self._arrive(3, data, permissions, True, message=body)

    async def choose(self, custom_id: str, *values: str, permissions: int = 0) -> None:
        """Somebody chooses from a menu under a message of ours."""
        data = {"component_type": 3, "custom_id": custom_id, "values": list(values)}
        options = [{"label": value, "value": value} for value in values or ("none",)]
        await self._choose(data, {"min_values": 0, "max_values": 25, "options": options}, permissions)

    async def choose_channel(self, custom_id: str, channel: Mapping[str, Any], *, permissions: int = 0) -> None:
        """Somebody chooses a channel under a message of ours."""
        resolved = {"channels": {channel["id"]: channel}}
        data = {"component_type": 8, "custom_id": custom_id, "values": [channel["id"]], "resolved": resolved}
        await self._choose(data, {"channel_types": [0, 5]}, permissions)

    async def submit(self, custom_id: str, *, permissions: int = 0, **typed: str) -> None:
        """Somebody sends in a form that a button under a message of ours opened."""
        fields = [
            {"type": 18, "component": {"type": 4, "custom_id": name, "value": words}} for name, words in typed.items()
        ]
        button = {"type": 2, "style": 2, "label": "Other", "custom_id": "other"}
        body = message_data({"components": [{"type": 1, "components": [button]}], "flags": 1 << 15})
        await self._arrive(5, {"custom_id": custom_id, "components": fields}, permissions, True, message=body)

    async def _choose(self, data: dict[str, Any], menu: Mapping[str, Any], permissions: int) -> None:
        known = {"type": data["component_type"], "custom_id": data["custom_id"], **menu}
        body = message_data({"components": [{"type": 1, "components": [known]}], "flags": 1 << 15})
        await self._arrive(3, data, permissions, True, message=body)

    async def use_on(self, name: str, message: Mapping[str, Any]) -> None:
        """Somebody chooses one of our entries among a message's apps."""
        target = message["id"]
        data = {"id": "78", "name": name, "type": 3, "target_id": target, "resolved": {"messages": {target: message}}}
        await self._arrive(2, data, 0, True)

    async def _arrive(self, kind: int, data: Any, permissions: int, guild: bool, **more: Any) -> None:
        self.interactions += 1
        number = 1000 + self.interactions
        payload = interaction_data(number, kind, data, permissions, guild) | {"locale": self.locale} | more
        if not self.is_installed:
            payload["authorizing_integration_owners"] = {"1": str(MEMBER)}
        before = asyncio.all_tasks()
        self.bot._connection.parse_interaction_create(payload)  # type: ignore[arg-type]  # as the gateway brings it
        while after := asyncio.all_tasks() - before:
            await asyncio.wait(after)


def command_data(name: str, options: Mapping[str, Any], *, focused: str | None = None) -> dict[str, Any]:
    """A command's data, its subcommand nested, a channel resolved."""
    given = [_option(key, value, key == focused) for key, value in options.items()]
    root, *path = name.split()
    for part in reversed(path):
        given = [{"name": part, "type": 1, "options": given}]
    sent = [value for value in options.values() if isinstance(value, dict)]
    files = {str(value["id"]): value for value in sent if "filename" in value}
    roles = {str(value["id"]): value for value in sent if "mentionable" in value}
    channels = {str(value["id"]): value for value in sent if not {"filename", "mentionable"} & value.keys()}
    resolved = {"channels": channels, "attachments": files, "roles": roles}
    return {"id": "77", "name": root, "type": 1, "options": given, "resolved": resolved}


def _option(name: str, value: Any, focused: bool) -> dict[str, Any]:
    kinds: Mapping[type, int] = {str: 3, int: 4, bool: 5, dict: 7}
    shown = value["id"] if isinstance(value, dict) else value
    special = {"filename": 11, "mentionable": 8}
    signs = special.keys() & value.keys() if isinstance(value, dict) else ()
    kind = special[next(iter(signs))] if signs else kinds[type(value)]
    return {"name": name, "type": kind, "value": shown} | ({"focused": True} if focused else {})


def interaction_data(number: int, kind: int, data: Any, permissions: int, guild: bool) -> dict[str, Any]:
    """An interaction as Discord sends it."""
    user = {"id": str(MEMBER), "username": "ida", "discriminator": "0", "avatar": None, "global_name": "Ida"}
    common = {
        "id": str(number),
        "application_id": str(APPLICATION),
        "type": kind,
        "data": data,
        "token": f"token-{number}",
        "version": 1,
        "locale": "en-GB",
        "app_permissions": EVERYTHING,
        "attachment_size_limit": 1 << 20,
        "entitlements": [],
        "authorizing_integration_owners": {"0": str(GUILD)} if guild else {},
        "context": 0 if guild else 1,
    }
    if not guild:
        return common | {"user": user, "channel": {"id": str(CHANNEL), "type": 1}, "channel_id": str(CHANNEL)}
    member = {"user": user, "roles": [], "joined_at": "2030-01-01T00:00:00+00:00", "deaf": False, "mute": False,
              "flags": 0, "permissions": str(permissions)}  # fmt: skip
    place = {"guild_id": str(GUILD), "guild": {"id": str(GUILD), "features": [], "locale": "en-US"}}
    return common | place | {"member": member, "channel": channel_data(CHANNEL), "channel_id": str(CHANNEL)}


def channel_data(number: int, **changes: Any) -> dict[str, Any]:
    """A text channel."""
    known = {"id": str(number), "type": 0, "name": "news", "position": 0, "guild_id": str(GUILD), "nsfw": False,
             "permission_overwrites": [], "permissions": EVERYTHING, "parent_id": None, "topic": None,
             "rate_limit_per_user": 0, "last_message_id": None, "flags": 0}  # fmt: skip
    return known | changes


def role_data(number: int = 906) -> dict[str, Any]:
    """A role that may be mentioned."""
    return {"id": str(number), "name": "Desk", "color": 0, "hoist": False, "position": 1, "flags": 0,
            "permissions": "0", "managed": False, "mentionable": True}  # fmt: skip


def attachment_data(transport: Transport, content: bytes, **changes: Any) -> dict[str, Any]:
    """A file that somebody attached to a command."""
    url = "https://cdn.discordapp.com/attachments/1/2/feeds.opml"
    transport.attachments[url] = content
    return {"id": "4001", "filename": "feeds.opml", "size": len(content), "url": url, "proxy_url": url} | changes


def message_data(body: Mapping[str, Any], *, number: int = 5000, author: int = BOT_USER) -> dict[str, Any]:
    """A message as Discord answers a request that made it."""
    return {
        "id": str(number), "channel_id": str(CHANNEL), "content": "", "timestamp": "2031-05-03T00:00:00+00:00",
        "author": {"id": str(author), "username": "attache", "discriminator": "0", "avatar": None}, "type": 0,
        "edited_timestamp": None, "tts": False, "mention_everyone": False, "mentions": [], "mention_roles": [],
        "attachments": [], "embeds": [], "pinned": False, "components": numbered(body.get("components") or []),
        "flags": body.get("flags") or 0,
    } | ({"nonce": body["nonce"]} if "nonce" in body else {})  # fmt: skip


def numbered(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Components with the ids that Discord gives to those without."""
    return [{"id": 1 + n} | component | _children(component) for n, component in enumerate(components)]


def _children(component: Mapping[str, Any]) -> dict[str, Any]:
    return {"components": numbered(component["components"])} if "components" in component else {}
