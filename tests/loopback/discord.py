"""A Discord of our own on loopback sockets: as much of its HTTP interface and gateway as the bot uses.

It holds every body to Discord's limits, remembers what it was sent, and fails where it is told to.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.discord_limits import check_limits
from tests.discord_offline import (
    APPLICATION,
    CHANNEL,
    MANAGE_SERVER,
    Sent,
    channel_data,
    command_data,
    interaction_data,
    message_data,
    texts_of,
)
from tests.loopback.gateway import USER, Gateway, guild_data

TOKEN = "OTAx.loopback.token-of-the-tests"
PATIENCE = 20.0


@dataclass
class Answer:
    """What came of one interaction: its callback, and what the reply shows now."""

    callback: asyncio.Future[dict[str, Any]]
    edits: list[dict[str, Any]] = field(default_factory=list)
    followups: list[dict[str, Any]] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def shown(self, is_done: Callable[[str], bool] = lambda _: True) -> dict[str, Any]:
        """The reply once its text is as wanted."""
        async with asyncio.timeout(PATIENCE):
            await self.callback
            while not self.edits or not is_done(text_of(self.edits[-1])):
                self.changed.clear()
                await self.changed.wait()
        return self.edits[-1]


class LoopbackDiscord:
    """The server. `faults` maps (method, end of path) to statuses that the next such requests are answered with,
    `delays` to seconds that every such request waits."""

    def __init__(self, shards: int = 1) -> None:
        self.gateway = Gateway(TOKEN, shards)
        self.sent: list[Sent] = []
        self.unknown: list[str] = []
        self.faults: dict[tuple[str, str], list[int]] = {}
        self.delays: dict[tuple[str, str], float] = {}
        self.commands: list[dict[str, Any]] = []
        self.registrations = 0
        self.messages: list[dict[str, Any]] = []
        self.channels: dict[str, dict[str, Any]] = {str(CHANNEL): channel_data(CHANNEL)}
        self.arrived = asyncio.Event()
        self.url = ""
        self._answers: dict[str, Answer] = {}
        self._interactions = 10_000

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

    async def command(self, name: str, *, permissions: int = MANAGE_SERVER, **options: Any) -> Answer:
        """Somebody uses a command; the answer comes in time."""
        return await self.interact(2, command_data(name, options), permissions)

    async def press(self, custom_id: str) -> Answer:
        """Somebody presses a button."""
        button = {"type": 2, "style": 2, "label": "Next", "custom_id": custom_id}
        message = message_data({"components": [{"type": 1, "components": [button]}], "flags": 1 << 15})
        return await self.interact(3, {"component_type": 2, "custom_id": custom_id}, 0, message=message)

    async def complete(self, name: str, option: str, typed: str) -> list[dict[str, str]]:
        """Somebody types."""
        answer = await self.interact(4, command_data(name, {option: typed}, focused=option), MANAGE_SERVER)
        async with asyncio.timeout(PATIENCE):
            choices: list[dict[str, str]] = (await answer.callback)["data"]["choices"]
        return choices

    async def interact(self, kind: int, data: dict[str, Any], permissions: int, **more: Any) -> Answer:
        """Dispatch an interaction to the shard that has the server."""
        self._interactions += 1
        payload = interaction_data(self._interactions, kind, data, permissions, True) | more
        answer = self._answers[payload["token"]] = Answer(asyncio.get_running_loop().create_future())
        await self.gateway.session_of(int(payload["guild_id"])).dispatch("INTERACTION_CREATE", payload)
        return answer

    async def posted(self, number: int) -> list[dict[str, Any]]:
        """The first messages posted to channels, once there are so many."""
        async with asyncio.timeout(PATIENCE):
            while len(self.messages) < number:
                self.arrived.clear()
                await self.arrived.wait()
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
            web.post(webhook, self._follow_up),
            web.get(f"{base}/guilds/{{guild_id}}", self._guild),
            web.get(f"{base}/guilds/{{guild_id}}/members/{{user_id}}", self._member),
            web.get(f"{base}/channels/{{channel_id}}", self._channel),
            web.get(f"{base}/channels/{{channel_id}}/messages", self._history),
            web.post(f"{base}/channels/{{channel_id}}/messages", self._post),
            web.get("/gateway/", self.gateway.connect),
        ]

    @web.middleware
    async def _watch(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """Token, faults and limits, before anything is answered."""
        if request.path == "/gateway/":
            return await self.gateway.connect(request)
        resource = request.match_info.route.resource
        if resource is None:
            self.unknown.append(f"{request.method} {request.path}")
            return _json({"message": "404: Not Found", "code": 0}, status=404)
        body = await request.json() if request.can_read_body else None
        path = resource.canonical.removeprefix("/api/v10")
        self.sent.append(Sent(request.method, path, body))
        check_limits(self.sent[-1])
        is_own = {"interaction_token", "webhook_token"} & request.match_info.keys()  # these bring their own token
        if not is_own and request.headers.get("Authorization") != f"Bot {TOKEN}":
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        for (method, end), seconds in self.delays.items():
            if method == request.method and path.endswith(end):
                await asyncio.sleep(seconds)
        for (method, end), statuses in self.faults.items():
            if method == request.method and path.endswith(end) and statuses:
                return _fault(statuses.pop(0))
        response: web.StreamResponse = await handler(request)
        return response

    async def _gateway_bot(self, _: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 1}
        return _json({"url": self.gateway.url, "shards": self.gateway.shards, "session_start_limit": limit})

    async def _me(self, _: web.Request) -> web.Response:
        return _json(USER)

    async def _application(self, _: web.Request) -> web.Response:
        return _json(
            {"id": str(APPLICATION), "name": "Attaché", "description": "", "icon": None, "bot_public": False,
             "bot_require_code_grant": False, "owner": USER, "verify_key": "00", "flags": 0, "summary": ""}
        )  # fmt: skip

    async def _guild(self, _: web.Request) -> web.Response:
        return _json(guild_data())

    async def _member(self, _: web.Request) -> web.Response:
        return _json(guild_data()["members"][0])

    async def _channel(self, request: web.Request) -> web.Response:
        return _json(self.channels[request.match_info["channel_id"]])

    async def _register(self, request: web.Request) -> web.Response:
        self.registrations += 1
        self.commands = [
            {"description": "", **command, "id": str(7000 + n), "application_id": str(APPLICATION), "version": "1"}
            for n, command in enumerate(await request.json())
        ]
        return _json(self.commands)

    async def _callback(self, request: web.Request) -> web.Response:
        answer, body = self._answers[request.match_info["interaction_token"]], await request.json()
        if answer.callback.done():
            return _json({"message": "Already acknowledged", "code": 40060}, status=400)
        answer.callback.set_result(body)
        if body["type"] == 4:
            self._note(answer.edits, answer, body["data"])
        return _json({"interaction": {"id": request.match_info["interaction_id"], "type": 2}})

    async def _edit(self, request: web.Request) -> web.Response:
        answer = self._answers[request.match_info["webhook_token"]]
        return _json(message_data(self._note(answer.edits, answer, await request.json())))

    async def _follow_up(self, request: web.Request) -> web.Response:
        answer = self._answers[request.match_info["webhook_token"]]
        return _json(message_data(self._note(answer.followups, answer, await request.json())))

    def _note(self, shown: list[dict[str, Any]], answer: Answer, body: dict[str, Any]) -> dict[str, Any]:
        shown.append(body)
        answer.changed.set()
        return body

    async def _post(self, request: web.Request) -> web.Response:
        """A repeated nonce is answered with the earlier message, if the sender asks for that."""
        body = await request.json()
        if body.get("enforce_nonce"):
            for message in self.messages:
                if message.get("nonce") == body["nonce"]:
                    return _json(message)
        message = message_data(body, number=50_000 + len(self.messages))
        message["channel_id"] = request.match_info["channel_id"]
        self.messages.append(message)
        self.arrived.set()
        return _json(message)

    async def _history(self, request: web.Request) -> web.Response:
        here = [one for one in self.messages if one["channel_id"] == request.match_info["channel_id"]]
        return _json([{**one, "nonce": None} for one in here])


def _json(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON as Discord sends it: discord.py knows it by the bare media type alone."""
    body = json.dumps(data).encode()
    return web.Response(body=body, status=status, headers={"Content-Type": "application/json", **(headers or {})})


def _fault(status: int) -> web.Response:
    """An error as Discord answers it."""
    if status == 429:
        limited = {"message": "You are being rate limited.", "retry_after": 0.05, "global": False}
        headers = {"Via": "1.1 google", "X-RateLimit-Remaining": "0", "X-RateLimit-Limit": "1",
                   "X-RateLimit-Reset-After": "0.05", "X-RateLimit-Reset": "0"}  # fmt: skip
        return _json(limited, status=429, headers=headers)
    return _json({"message": f"{status}", "code": 0}, status=status)


def text_of(body: dict[str, Any]) -> str:
    """Everything a message shows."""
    return "\n".join(texts_of(body))
