"""The gateway half of a Discord of our own: sessions over real web sockets, compressed as Discord's are."""

import asyncio
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.discord_offline import APPLICATION, BOT_USER, CHANNEL, GUILD, channel_data, role_data

HEARTBEAT = 400  # milliseconds: often enough to be seen in a test
DISPATCH, BEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
USER = {"id": str(BOT_USER), "username": "attache", "discriminator": "0", "avatar": None, "bot": True}


@dataclass
class Session:
    """What outlives a connection: the events sent, so that a resume can replay them."""

    id: str
    shard: tuple[int, int]
    intents: int
    events: list[dict[str, Any]] = field(default_factory=list)
    socket: "Socket | None" = None
    resumed: int = 0

    async def dispatch(self, event: str, data: Any) -> None:
        """Send an event, or keep it for the resume."""
        self.events.append({"op": DISPATCH, "t": event, "s": len(self.events) + 1, "d": data})
        if self.socket is not None:
            await self.socket.send(self.events[-1])


class Socket:
    """One connection."""

    def __init__(self, socket: web.WebSocketResponse, compressed: bool) -> None:
        self._socket = socket
        self._deflate = zlib.compressobj() if compressed else None
        self.beats = 0

    async def send(self, payload: dict[str, Any]) -> None:
        """One payload, in the connection's one compressed stream."""
        text = json.dumps(payload)
        if self._deflate is None:
            await self._socket.send_str(text)
        else:
            data = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
            await self._socket.send_bytes(data)

    async def close(self, code: int) -> None:
        """Close from Discord's side."""
        await self._socket.close(code=code)


class Gateway:
    """Identifies, beats, dispatches, resumes."""

    def __init__(self, token: str, shards: int = 1) -> None:
        self.token = token
        self.shards = shards
        self.sessions: list[Session] = []
        self.beats = 0
        self.complete = asyncio.Event()  # every shard has identified
        self.guilds: list[int] = [GUILD]
        self.announced = 100  # servers told of at the start; the others stay unavailable, as in an outage
        self.channel_of: Callable[[int], int] = channel_in
        self.refuses: int | None = None  # the code that whoever identifies or resumes is sent away with
        self.is_deaf = False  # heartbeats are not answered
        self._sockets: set[Socket] = set()
        self.url = ""

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """A client connects."""
        response = web.WebSocketResponse()
        await response.prepare(request)
        assert request.query["v"] == "10"
        assert request.query["encoding"] == "json"
        socket = Socket(response, request.query.get("compress") == "zlib-stream")
        self._sockets.add(socket)
        session: Session | None = None
        await socket.send({"op": HELLO, "d": {"heartbeat_interval": HEARTBEAT}})
        async for message in response:
            if message.type is WSMsgType.TEXT:
                session = await self._receive(socket, session, json.loads(message.data))
        self._sockets.discard(socket)
        if session is not None and session.socket is socket:
            session.socket = None
        return response

    def forget(self) -> None:
        """Another process is about to start: its sessions are new ones."""
        self.sessions.clear()
        self.complete.clear()

    async def shut(self) -> None:
        """End every connection."""
        for socket in tuple(self._sockets):
            await socket.close(WSCloseCode.GOING_AWAY)

    def session_of(self, guild_id: int) -> Session:
        """The newest session of the shard that has this guild."""
        shard = (guild_id >> 22) % self.shards
        return next(one for one in reversed(self.sessions) if one.shard[0] == shard)

    async def drop(self, session: Session, code: int = 4000) -> None:
        """Break a session's connection; the client may resume."""
        assert session.socket is not None
        socket, session.socket = session.socket, None
        await socket.close(code)

    async def say(self, session: Session, op: int, data: Any = None) -> None:
        """Send what is no event: that the client should connect anew, or that its session is not valid."""
        assert session.socket is not None
        socket, session.socket = session.socket, None
        await socket.send({"op": op, "d": data})

    async def _receive(self, socket: Socket, session: Session | None, payload: dict[str, Any]) -> Session | None:
        if self.refuses is not None and payload["op"] in (IDENTIFY, RESUME):
            await socket.close(self.refuses)
            return session
        match payload["op"]:
            case 1:
                self.beats += 1
                if not self.is_deaf:
                    await socket.send({"op": ACK})
            case 2:
                return await self._identify(socket, payload["d"])
            case 6:
                return await self._resume(socket, payload["d"])
        return session

    async def _identify(self, socket: Socket, data: dict[str, Any]) -> Session | None:
        if data["token"] != self.token:
            await socket.close(4004)
            return None
        shard = tuple(data.get("shard") or (0, 1))
        session = Session(f"session-{len(self.sessions)}", (shard[0], shard[1]), data["intents"], socket=socket)
        self.sessions.append(session)
        await session.dispatch("READY", self._ready(session))
        for guild in self._guilds_of(session)[: self.announced]:
            await session.dispatch("GUILD_CREATE", guild_data(guild, self.channel_of(guild)))
        if len(self.sessions) >= self.shards:
            self.complete.set()
        return session

    async def _resume(self, socket: Socket, data: dict[str, Any]) -> Session | None:
        found = next((one for one in self.sessions if one.id == data["session_id"]), None)
        if found is None or data["token"] != self.token:
            await socket.send({"op": INVALID, "d": False})
            return None
        for event in found.events[data["seq"] :]:
            await socket.send(event)
        found.socket = socket
        found.resumed += 1
        await found.dispatch("RESUMED", {})
        return found

    def _ready(self, session: Session) -> dict[str, Any]:
        return {
            "v": 10,
            "user": USER,
            "guilds": [{"id": str(guild), "unavailable": True} for guild in self._guilds_of(session)],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": str(APPLICATION), "flags": 0},
        }

    def _guilds_of(self, session: Session) -> list[int]:
        return [guild for guild in self.guilds if (guild >> 22) % self.shards == session.shard[0]]


def channel_in(guild: int) -> int:
    """The one channel of a server."""
    return CHANNEL if guild == GUILD else guild + 1


def guild_data(guild: int = GUILD, number: int | None = None) -> dict[str, Any]:
    """A server with one text channel, in which the bot is a member."""
    everyone = {"id": str(guild), "name": "@everyone", "color": 0, "hoist": False, "position": 0, "flags": 0,
                "permissions": str(1 << 10 | 1 << 11 | 1 << 16), "managed": False, "mentionable": False}  # fmt: skip
    channel = channel_data(number or channel_in(guild), guild_id=str(guild))
    return {
        "id": str(guild), "name": "Newsroom", "owner_id": "1", "unavailable": False, "member_count": 2,
        "roles": [everyone, role_data()], "members": [member_data()], "channels": [channel], "threads": [],
        "emojis": [], "stickers": [], "presences": [], "voice_states": [], "features": [], "large": False,
    }  # fmt: skip


def member_data() -> dict[str, Any]:
    """The bot as a member of a server."""
    return {"user": USER, "roles": [], "joined_at": "2021-01-01T00:00:00+00:00", "deaf": False, "mute": False,
            "flags": 0}  # fmt: skip
