"""Channels of a Discord of our own: messages, threads, forum posts, direct messages, and what each refuses."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import count
from time import monotonic
from typing import Any

from aiohttp import web

from tests.discord_offline import CHANNEL, GUILD, HISTORY, MEMBER, channel_data, message_data
from tests.loopback.answers import FILES, answer, body_of, error, refuse
from tests.loopback.limits import Bucket

EPOCH = 1_420_070_400_000
FORUM, ANNOUNCEMENT, DIRECT = 15, 5, 1
NONCE_SECONDS = 180.0


class Channels:
    """Every channel of every server. One that was never named is a text channel of the first server."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.crossposted: list[str] = []
        self.repeated = 0  # posts that were answered with an earlier message
        self.arrived = asyncio.Event()
        self.known: dict[str, dict[str, Any]] = {str(CHANNEL): channel_data(CHANNEL)}
        self.when_posted: Callable[[dict[str, Any]], None] = lambda _: None
        self.nonce_seconds = NONCE_SECONDS
        self.is_limited = True
        self.guild_of: Callable[[int], int] = lambda _: GUILD  # of a channel that was never named
        self.unreadable: set[str] = set()  # channels whose history the bot may not read
        self.refuses: dict[str, tuple[int, int, str]] = {}  # what posts to a channel are answered: status, code, words
        self.stale: dict[str, dict[str, Any]] = {}  # what a channel is shown as once, though it changed since
        self.files: list[tuple[str | None, bytes]] = []  # sent with posts
        self._numbers = count()
        self._nonces: dict[str, tuple[dict[str, Any], float]] = {}
        self._buckets: defaultdict[str, Bucket] = defaultdict(Bucket)
        self._here: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)

    def routes(self, base: str) -> list[web.RouteDef]:
        """What is served."""
        channel = f"{base}/channels/{{channel_id}}"
        return [
            web.get(channel, self._channel),
            web.get(f"{channel}/messages", self._history),
            web.post(f"{channel}/messages", self._post),
            web.get(f"{channel}/messages/{{message_id}}", self._message),
            web.patch(f"{channel}/messages/{{message_id}}", self._edit),
            web.post(f"{channel}/messages/{{message_id}}/crosspost", self._crosspost),
            web.post(f"{channel}/messages/{{message_id}}/threads", self._thread),
            web.post(f"{channel}/threads", self._thread),
            web.get(f"{channel}/threads/archived/public", self._archived),
            web.get(f"{base}/guilds/{{guild_id}}/threads/active", self._active),
            web.post(f"{base}/users/@me/channels", self._direct),
        ]

    def of(self, channel_id: str) -> list[dict[str, Any]]:
        """A channel's messages, oldest first."""
        return self._here[channel_id]

    def data(self, channel_id: str) -> dict[str, Any]:
        """The channel."""
        number = int(channel_id)
        known = self.known.get(channel_id) or channel_data(number, guild_id=str(self.guild_of(number)))
        if channel_id not in self.unreadable:
            return known
        nothing = {"id": str(known["guild_id"]), "type": 0, "allow": "0", "deny": str(HISTORY)}
        return {**known, "permission_overwrites": [nothing]}

    async def _channel(self, request: web.Request) -> web.Response:
        channel_id = request.match_info["channel_id"]
        return answer(self.stale.pop(channel_id, None) or self.data(channel_id))

    async def _post(self, request: web.Request) -> web.Response:
        """A repeated nonce is answered with the earlier message, if the sender asks for that and it is not long ago."""
        body, channel_id = await body_of(request), request.match_info["channel_id"]
        if channel_id in self.refuses:
            return error(*self.refuses[channel_id])
        bucket = self._buckets[channel_id]
        refusal = bucket.take() if self.is_limited else None
        if refusal is not None:
            return refuse(refusal, bucket.headers("post-message"))
        if self.data(channel_id)["type"] == FORUM:
            return error(400, 50024, "Cannot execute action on this channel type")
        self.files += request.get(FILES, [])
        message = self._earlier(body)
        if message is None:
            message = self._keep(channel_id, body)
        else:
            self.repeated += 1
        return answer(message, headers=bucket.headers("post-message") if self.is_limited else None)

    def _earlier(self, body: dict[str, Any]) -> dict[str, Any] | None:
        if not body.get("enforce_nonce"):
            return None
        message, at = self._nonces.get(body["nonce"], (None, 0.0))
        return message if monotonic() - at < self.nonce_seconds else None

    def _keep(self, channel_id: str, body: dict[str, Any], number: int | None = None) -> dict[str, Any]:
        message = message_data(body, number=number or self._snowflake()) | {
            "channel_id": channel_id,
            "timestamp": datetime.now(UTC).isoformat(),
        }
        self.messages.append(message)
        self._here[channel_id].append(message)
        if "nonce" in body:
            self._nonces[body["nonce"]] = message, monotonic()
        self.arrived.set()
        self.when_posted(message)
        return message

    def _snowflake(self) -> int:
        """An id that holds its time, as all of Discord's do."""
        return (int(datetime.now(UTC).timestamp() * 1000) - EPOCH) << 22 | next(self._numbers) & 0x3FFFFF

    async def _history(self, request: web.Request) -> web.Response:
        """The messages next to what is asked for, newest first; a nonce is not remembered with them."""
        after, before = int(request.query.get("after", 0)), int(request.query.get("before", 1 << 63))
        limit = int(request.query.get("limit", 50))
        if request.match_info["channel_id"] in self.unreadable:
            return answer([])  # who may not read a history is shown an empty one
        here = [one for one in self.of(request.match_info["channel_id"]) if after < int(one["id"]) < before]
        found = here[:limit] if "after" in request.query else here[-limit:]
        return answer([{**one, "nonce": None} for one in reversed(found)])

    def _find(self, request: web.Request) -> dict[str, Any] | None:
        here: Sequence[dict[str, Any]] = self.of(request.match_info["channel_id"])
        return next((one for one in here if one["id"] == request.match_info["message_id"]), None)

    async def _message(self, request: web.Request) -> web.Response:
        message = self._find(request)
        return answer(message) if message is not None else error(404, 10008, "Unknown Message")

    async def _edit(self, request: web.Request) -> web.Response:
        message = self._find(request)
        if message is None:
            return error(404, 10008, "Unknown Message")
        changed = message_data(await body_of(request), number=int(message["id"]))
        message.update({key: changed[key] for key in ("content", "components", "flags")})
        return answer(message)

    async def _crosspost(self, request: web.Request) -> web.Response:
        message = self._find(request)
        if message is None:
            return error(404, 10008, "Unknown Message")
        if self.data(request.match_info["channel_id"])["type"] != ANNOUNCEMENT:
            return error(400, 50068, "Invalid message type")
        if message["id"] in self.crossposted:
            return error(400, 40033, "This message has already been crossposted.")
        self.crossposted.append(message["id"])
        return answer({**message, "flags": message["flags"] | 1})

    async def _thread(self, request: web.Request) -> web.Response:
        """A thread on a message (it has the message's id), or one of its own, in a forum with its first message."""
        body, parent = await body_of(request), request.match_info["channel_id"]
        number = int(request.match_info.get("message_id") or self._snowflake())
        if str(number) in self.known:
            return error(400, 160004, "A thread has already been created for this message")
        is_forum = self.data(parent)["type"] == FORUM
        tags = {one["id"] for one in self.data(parent).get("available_tags") or ()}
        if not tags.issuperset(body.get("applied_tags") or ()):
            return error(400, 10087, "Unknown tag")
        if is_forum and "message" not in body:
            return error(400, 50035, "Invalid Form Body")
        state = {"archived": False, "auto_archive_duration": 1440, "archive_timestamp": datetime.now(UTC).isoformat(),
                 "locked": False, "create_timestamp": datetime.now(UTC).isoformat()}  # fmt: skip
        thread = channel_data(number, type=10 if self.data(parent)["type"] == ANNOUNCEMENT else 11, name=body["name"],
                              parent_id=parent, owner_id="902", message_count=0, member_count=1,
                              thread_metadata=state, applied_tags=body.get("applied_tags") or [],
                              guild_id=self.data(parent).get("guild_id", str(GUILD)))  # fmt: skip
        self.known[str(number)] = thread
        if is_forum:
            return answer({**thread, "message": self._keep(str(number), body["message"], number)})
        return answer(thread)

    def fill(self, channel_id: str, number: int, at: datetime) -> None:
        """So many messages of somebody else's, a millisecond apart from `at` on."""
        for one in range(number):
            snowflake = (int(at.timestamp() * 1000) - EPOCH + one) << 22
            self._here[channel_id].append(
                message_data({}, number=snowflake, author=MEMBER) | {"channel_id": channel_id}
            )
        self._here[channel_id].sort(key=lambda message: int(message["id"]))

    async def _active(self, request: web.Request) -> web.Response:
        """Threads of a server that are open."""
        threads = [one for one in self._threads() if not one["thread_metadata"]["archived"]]
        here = [one for one in threads if one["guild_id"] == request.match_info["guild_id"]]
        return answer({"threads": here, "members": []})

    async def _archived(self, request: web.Request) -> web.Response:
        """A page of a channel's archived threads, the last one archived first."""
        before, limit = request.query.get("before", "9"), int(request.query.get("limit", 50))
        parent = request.match_info["channel_id"]
        threads = [one for one in self._threads() if one["parent_id"] == parent and one["thread_metadata"]["archived"]]
        threads.sort(key=_archived_at, reverse=True)
        left = [one for one in threads if _archived_at(one) < before]
        return answer({"threads": left[:limit], "members": [], "has_more": len(left) > limit})

    def _threads(self) -> list[dict[str, Any]]:
        return [one for one in self.known.values() if "thread_metadata" in one]

    async def _direct(self, request: web.Request) -> web.Response:
        """The channel for a member's direct messages: always the same one."""
        member = str((await body_of(request))["recipient_id"])
        number = f"8{member}"
        user = {"id": member, "username": "ida", "discriminator": "0", "avatar": None}
        self.known[number] = {"id": number, "type": DIRECT, "recipients": [user], "last_message_id": None, "flags": 0}
        return answer(self.known[number])


def _archived_at(thread: dict[str, Any]) -> str:
    at: str = thread["thread_metadata"]["archive_timestamp"]
    return at
