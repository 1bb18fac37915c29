"""A Discord of our own on loopback sockets: as much of its HTTP interface and gateway as the bot uses.

It holds every body to Discord's limits, remembers what it was sent, and fails where it is told to.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from aiohttp import web

from tests.discord_limits import check_limits
from tests.discord_offline import (
    APPLICATION,
    GUILD,
    MANAGE_SERVER,
    Sent,
    command_data,
    interaction_data,
    message_data,
    texts_of,
)
from tests.loopback.answers import BODY, FILES, answer, body_of, error, read_body, refuse
from tests.loopback.channels import Channels
from tests.loopback.gateway import USER, Gateway, guild_data, member_data
from tests.loopback.limits import GlobalLimit, Mishap, Refusal, Weather

TOKEN = "OTAx.loopback.token-of-the-tests"
PATIENCE = 120.0
FINE = 200  # among faults: this request goes through


@dataclass
class Answer:
    """What came of one interaction: its callback, and what the reply shows now."""

    callback: asyncio.Future[dict[str, Any]]
    edits: list[dict[str, Any]] = field(default_factory=list)
    followups: list[dict[str, Any]] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    asked_at: float = field(default_factory=monotonic)
    seconds: float | None = None  # until it was acknowledged

    async def acknowledged(self) -> dict[str, Any]:
        """The callback: the answer, or that one follows."""
        async with asyncio.timeout(PATIENCE):
            return await self.callback

    async def shown_somewhere(self) -> dict[str, Any]:
        """What came first after the acknowledgement, in the reply or behind it; the last state of a reply."""
        async with asyncio.timeout(PATIENCE):
            while not self.edits and not self.followups:
                self.changed.clear()
                await self.changed.wait()
        return (self.edits or self.followups)[-1]

    async def shown(self, is_done: Callable[[str], bool] = lambda _: True) -> dict[str, Any]:
        """The reply once its text is as wanted."""
        async with asyncio.timeout(PATIENCE):
            await self.callback
            while not self.edits or not is_done(text_of(self.edits[-1])):
                self.changed.clear()
                await self.changed.wait()
        return self.edits[-1]

    async def followed(self) -> dict[str, Any]:
        """The first message behind the reply: where it went wrong, the reply is withdrawn and this tells why."""
        async with asyncio.timeout(PATIENCE):
            while not self.followups:
                self.changed.clear()
                await self.changed.wait()
        return self.followups[0]


class LoopbackDiscord:
    """The server. `faults` maps (method, end of path) to statuses that the next such requests are answered with,
    `delays` to seconds that every such request waits; `weather` decides what befalls any other."""

    def __init__(self, shards: int = 1) -> None:
        self.gateway = Gateway(TOKEN, shards)
        self.sent: list[Sent] = []
        self.unknown: list[str] = []
        self.faults: dict[tuple[str, str], list[int]] = {}
        self.delays: dict[tuple[str, str], float] = {}
        self.commands: list[dict[str, Any]] = []
        self.registrations = 0
        self.channels = Channels()
        self.limit = GlobalLimit()
        self.weather: Weather | None = None
        self.unreachable: str | None = None  # what has this in its path is cut off
        self.files: dict[str, bytes] = {}  # what people attached, by name
        self.url = ""
        self._answers: dict[str, Answer] = {}
        self._interactions = 10_000

    @property
    def messages(self) -> list[dict[str, Any]]:
        """Everything posted to channels, oldest first."""
        return self.channels.messages

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["LoopbackDiscord"]:
        """Serve on a free port."""
        app = web.Application(middlewares=[self._watch])
        app.add_routes(self._routes())
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        self.url, self.gateway.url = f"http://{host}:{port}/api/v10", f"ws://{host}:{port}/gateway/"
        try:
            yield self
        finally:
            await self.gateway.shut()
            await runner.cleanup()

    async def ready(self) -> None:
        """Wait until every shard has identified."""
        async with asyncio.timeout(PATIENCE):
            await self.gateway.complete.wait()

    async def command(
        self, name: str, *, permissions: int = MANAGE_SERVER, guild: int = GUILD, **options: Any
    ) -> Answer:
        """Somebody uses a command; the answer comes in time."""
        return await self.interact(2, command_data(name, options), permissions, guild)

    async def press(self, custom_id: str, permissions: int = 0) -> Answer:
        """Somebody presses a button."""
        button = {"type": 2, "style": 2, "label": "Next", "custom_id": custom_id}
        data = {"component_type": 2, "custom_id": custom_id}
        return await self.interact(3, data, permissions, message=_message_with(button))

    async def choose(
        self, custom_id: str, values: Sequence[str], kind: int = 3, resolved: Any = None, permissions: int = 0
    ) -> Answer:
        """Somebody chooses from a menu: of words (3), members (5), roles (6) or channels (8)."""
        menu = {"type": kind, "custom_id": custom_id, "options": [{"label": one, "value": one} for one in values]}
        data: dict[str, Any] = {"component_type": kind, "custom_id": custom_id, "values": list(values)}
        if resolved:  # of members, roles and channels only
            data["resolved"] = resolved
        return await self.interact(3, data, permissions, message=_message_with(menu))

    async def submit(self, custom_id: str, components: list[dict[str, Any]], permissions: int = 0) -> Answer:
        """Somebody sends a form off, its components filled in."""
        return await self.interact(5, {"custom_id": custom_id, "components": components}, permissions)

    async def use_on(self, name: str, message: dict[str, Any], permissions: int = 0) -> Answer:
        """Somebody chooses one of our entries among a message's apps."""
        target = message["id"]
        data = {"id": "78", "name": name, "type": 3, "target_id": target, "resolved": {"messages": {target: message}}}
        return await self.interact(2, data, permissions)

    async def complete(self, name: str, option: str, typed: str) -> list[dict[str, str]]:
        """Somebody types."""
        answered = await self.interact(4, command_data(name, {option: typed}, focused=option), MANAGE_SERVER)
        async with asyncio.timeout(PATIENCE):
            choices: list[dict[str, str]] = (await answered.callback)["data"]["choices"]
        return choices

    async def interact(
        self, kind: int, data: dict[str, Any], permissions: int, guild: int = GUILD, **more: Any
    ) -> Answer:
        """Dispatch an interaction to the shard that has the server."""
        self._interactions += 1
        payload = interaction_data(self._interactions, kind, data, permissions, True) | more
        payload |= {"guild_id": str(guild), "guild": payload["guild"] | {"id": str(guild)}}
        answered = self._answers[payload["token"]] = Answer(asyncio.get_running_loop().create_future())
        await self.gateway.session_of(int(payload["guild_id"])).dispatch("INTERACTION_CREATE", payload)
        return answered

    async def posted(self, number: int) -> list[dict[str, Any]]:
        """The first messages posted to channels, once there are so many."""
        async with asyncio.timeout(PATIENCE):
            while len(self.messages) < number:
                self.channels.arrived.clear()
                await self.channels.arrived.wait()
        return self.messages[:number]

    def _routes(self) -> list[web.RouteDef]:
        base, webhook = "/api/v10", "/api/v10/webhooks/{webhook_id}/{webhook_token}"
        return [
            web.get(f"{base}/gateway/bot", self._gateway_bot),
            web.get(f"{base}/users/@me", self._me),
            web.get(f"{base}/oauth2/applications/@me", self._application),
            web.get(f"{base}/applications/@me", self._application),
            web.put(f"{base}/applications/{{application_id}}/commands", self._register),
            web.post(f"{base}/interactions/{{interaction_id}}/{{interaction_token}}/callback", self._callback),
            web.patch(f"{webhook}/messages/@original", self._edit),
            web.get(f"{webhook}/messages/@original", self._original),
            web.delete(f"{webhook}/messages/@original", self._forget),
            web.patch(f"{webhook}/messages/{{message_id}}", self._edit),
            web.post(webhook, self._follow_up),
            web.get(f"{base}/guilds/{{guild_id}}", self._guild),
            web.get(f"{base}/guilds/{{guild_id}}/channels", self._guild_channels),
            web.get(f"{base}/guilds/{{guild_id}}/roles", self._roles),
            web.get(f"{base}/guilds/{{guild_id}}/members/{{user_id}}", self._member),
            *self.channels.routes(base),
            web.get("/attachments/{name}", self._attachment),
            web.get("/gateway/", self.gateway.connect),
        ]

    @web.middleware
    async def _watch(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Mishaps, token, limits and faults, before and after anything is answered."""
        if request.path == "/gateway/":
            return await self.gateway.connect(request)
        resource = request.match_info.route.resource
        if resource is None:
            self.unknown.append(f"{request.method} {request.path}")
            return error(404)
        mishap = self.weather.mishap(request.method, request.path) if self.weather is not None else None
        is_down = self.unreachable is not None and self.unreachable in request.path
        if is_down or mishap is Mishap.CUT_BEFORE:
            return _cut(request)
        if mishap is Mishap.ERROR_BEFORE:
            return error(500)
        request[BODY] = await read_body(request)
        response = await self._judge(request, resource.canonical.removeprefix("/api/v10"))
        if response is None:
            response = await handler(request)
        if mishap is Mishap.CUT_AFTER:
            return _cut(request)
        return error(502) if mishap is Mishap.ERROR_AFTER else response

    async def _judge(self, request: web.Request, path: str) -> web.StreamResponse | None:
        """What a request is answered with instead of success, if anything."""
        self.sent.append(Sent(request.method, path, request[BODY]))
        check_limits(self.sent[-1])
        is_own = {"interaction_token", "webhook_token"} & request.match_info.keys()  # these bring their own token
        if not is_own and path.startswith("/attachments"):
            return None
        if not is_own and request.headers.get("Authorization") != f"Bot {TOKEN}":
            return error(401, 0, "401: Unauthorized")
        refusal = self.limit.take() if not is_own else None
        if refusal is not None:
            return refuse(refusal)
        for (method, end), seconds in self.delays.items():
            if method == request.method and path.endswith(end):
                await asyncio.sleep(seconds)
        for (method, end), statuses in self.faults.items():
            if method == request.method and path.endswith(end) and statuses and (status := statuses.pop(0)) != FINE:
                return _fault(status)
        return None

    async def _gateway_bot(self, _: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 1}
        return answer({"url": self.gateway.url, "shards": self.gateway.shards, "session_start_limit": limit})

    async def _me(self, _: web.Request) -> web.Response:
        return answer(USER)

    async def _application(self, _: web.Request) -> web.Response:
        return answer(
            {"id": str(APPLICATION), "name": "Attaché", "description": "", "icon": None, "bot_public": False,
             "bot_require_code_grant": False, "owner": USER, "verify_key": "00", "flags": 0, "summary": ""}
        )  # fmt: skip

    async def _guild(self, request: web.Request) -> web.Response:
        return answer(guild_data(int(request.match_info["guild_id"])))

    async def _guild_channels(self, request: web.Request) -> web.Response:
        return answer(guild_data(int(request.match_info["guild_id"]))["channels"])

    async def _roles(self, request: web.Request) -> web.Response:
        return answer(guild_data(int(request.match_info["guild_id"]))["roles"])

    async def _member(self, request: web.Request) -> web.Response:
        return answer(member_data())

    async def _attachment(self, request: web.Request) -> web.Response:
        return web.Response(body=self.files[request.match_info["name"]])

    async def _register(self, request: web.Request) -> web.Response:
        self.registrations += 1
        self.commands = [
            {"description": "", **command, "id": str(7000 + n), "application_id": str(APPLICATION), "version": "1"}
            for n, command in enumerate(request[BODY])
        ]
        return answer(self.commands)

    async def _callback(self, request: web.Request) -> web.Response:
        answered, body = self._answers[request.match_info["interaction_token"]], await body_of(request)
        if answered.callback.done():
            return error(400, 40060, "Interaction has already been acknowledged.")
        answered.seconds = monotonic() - answered.asked_at
        answered.callback.set_result(body)
        if body["type"] in (4, 7):
            self._note(answered.edits, answered, body["data"])
        return answer({"interaction": {"id": request.match_info["interaction_id"], "type": 2}})

    async def _original(self, request: web.Request) -> web.Response:
        shown = self._answers[request.match_info["webhook_token"]].edits
        return answer(message_data(shown[-1])) if shown else error(404, 10008, "Unknown Message")

    async def _forget(self, request: web.Request) -> web.Response:
        answered = self._answers[request.match_info["webhook_token"]]
        self._note(answered.edits, answered, {"components": [], "deleted": True})
        return web.Response(status=204)

    async def _edit(self, request: web.Request) -> web.Response:
        self.channels.files += request.get(FILES, [])
        answered = self._answers[request.match_info["webhook_token"]]
        return answer(message_data(self._note(answered.edits, answered, await body_of(request))))

    async def _follow_up(self, request: web.Request) -> web.Response:
        answered = self._answers[request.match_info["webhook_token"]]
        return answer(message_data(self._note(answered.followups, answered, await body_of(request))))

    def _note(self, shown: list[dict[str, Any]], answered: Answer, body: dict[str, Any]) -> dict[str, Any]:
        shown.append(body)
        answered.changed.set()
        return body


@contextmanager
def nobody_at(discord: LoopbackDiscord) -> Iterator[None]:
    """Its address leads to a port that is ours and where nobody listens: no other process can come to be there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        discord.url = f"http://127.0.0.1:{taken.getsockname()[1]}/api/v10"
        yield


def _cut(request: web.Request) -> web.Response:
    """The connection breaks; nobody will read this answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _fault(status: int) -> web.Response:
    """An error as Discord answers it."""
    if status == 429:
        bucket = {"X-RateLimit-Remaining": "0", "X-RateLimit-Limit": "1", "X-RateLimit-Reset-After": "0.05",
                  "X-RateLimit-Reset": "0"}  # fmt: skip
        return refuse(Refusal(0.05, is_global=False), bucket)
    return error(status, 10003) if status == 404 else error(status)  # Discord's own says what is not there


def _message_with(component: dict[str, Any]) -> dict[str, Any]:
    return message_data({"components": [{"type": 1, "components": [component]}], "flags": 1 << 15})


def text_of(body: dict[str, Any]) -> str:
    """Everything a message shows."""
    return "\n".join(texts_of(body))
