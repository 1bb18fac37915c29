"""What the bot asks of Discord over HTTP, beside interactions: posts in step, and broken connections tried again.

discord.py heeds the limits of each route but not the global one, and gives up where a connection breaks. Interactions
are answered through another door, which the global limit does not count: nobody who waits for an answer queues here.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
from discord.http import Route

from bot.gateway.doubts import watch

_log = logging.getLogger(__name__)
RATE = 46.0  # of the 50 requests a second that a bot has, those for posts; the rest is for whoever waits for an answer
_SLOWEST = 5.0
_REGAINED = 1.0  # requests a second, for each second without a refusal
_CAUGHT_UP = 2  # turns that may be made up for where the event loop was late: more would overrun a second's quota
PAUSES = (0.2, 0.8, 2.0)  # seconds before a request is repeated whose connection broke
_REPEATABLE = frozenset({"GET", "PUT", "DELETE", "PATCH"})
# The second time they are refused with a code of their own, and nothing comes twice; a direct channel stays the same.
_REPEATABLE_POSTS = ("/messages/{message_id}/crosspost", "/messages/{message_id}/threads", "/users/@me/channels")
_UNAUTHORIZED = 401
_is_background: ContextVar[bool] = ContextVar("is_background", default=False)


@contextmanager
def in_background() -> Iterator[None]:
    """What is asked of Discord inside, and in every task begun there, waits for its turn."""
    token = _is_background.set(True)
    try:
        yield
    finally:
        _is_background.reset(token)


class Pacer:
    """Gives out turns, evenly, `rate` a second. Where Discord refuses, fewer for a while."""

    def __init__(self, rate: float = RATE) -> None:
        self.rate = rate
        self._most = rate
        self._next_at = 0.0
        self._asked_at = 0.0
        self._held_until = 0.0
        self._queue = asyncio.Lock()  # first come, first served

    async def turn(self) -> None:
        """Wait for a turn."""
        loop = asyncio.get_running_loop()
        async with self._queue:
            while (at := max(self._next_at, self._held_until)) > loop.time():  # noqa: ASYNC110  # it may be put off
                await asyncio.sleep(at - loop.time())
            now = loop.time()
            self.rate = min(self._most, self.rate + max(now - self._asked_at, 0.0) * _REGAINED)
            self._asked_at = now
            self._next_at = max(self._next_at, now - _CAUGHT_UP / self.rate) + 1 / self.rate

    def hold(self, seconds: float) -> None:
        """Discord refused for the global limit: no turn for so long, then at a slower rate that is slowly regained."""
        now = asyncio.get_running_loop().time()
        if now >= self._held_until:  # the others that were under way are refused for the same reason
            self.rate = max(self.rate * 0.9, _SLOWEST)
            _log.warning("Discord's global limit was hit; posts go on in %.1f s, %.0f a second", seconds, self.rate)
        self._held_until = self._asked_at = max(self._held_until, now + seconds)

    def trace(self) -> aiohttp.TraceConfig:
        """What tells the pacer of refusals; to be given to the client."""
        config = aiohttp.TraceConfig()
        config.on_request_end.append(self._look_at)
        watch(config)
        return config

    async def _look_at(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams
    ) -> None:
        headers = ended.response.headers
        if ended.response.status == 429 and headers.get("X-RateLimit-Global", "").lower() == "true":
            self.hold(_seconds(headers.get("Retry-After")))


def direct(client: discord.Client, pacer: Pacer, token_refused: Callable[[], None] = lambda: None) -> None:
    """Lead the client's requests through the pacer. The one seam: discord.py sends everything by `http.request`.

    `token_refused` is called when Discord does not accept the token any more, which no other try will change.
    """
    send = client.http.request

    async def request(route: Route, **options: Any) -> Any:
        for pause in (*PAUSES, None):
            if _is_background.get():
                await pacer.turn()
            try:
                return await send(route, **options)
            except (aiohttp.ClientConnectionError, ConnectionError) as fault:
                if pause is None or not (
                    isinstance(fault, aiohttp.ClientConnectorError) or _may_repeat(route, options)
                ):
                    raise
                _log.info("%s %s: %s; again in %s s", route.method, route.path, type(fault).__name__, pause)
            except discord.HTTPException as fault:
                if fault.status == _UNAUTHORIZED and await _knows_us_no_more(send):
                    token_refused()
                raise
            await asyncio.sleep(pause)
            for file in options.get("files") or ():
                file.reset(seek=True)
        raise AssertionError  # the last round returns or raises

    client.http.request = request  # type: ignore[method-assign]  # see above


async def _knows_us_no_more(send: Callable[..., Any]) -> bool:
    """Whether it is the token that was refused, not one request alone."""
    try:
        await send(Route("GET", "/users/@me"))
    except discord.HTTPException as fault:
        return fault.status == _UNAUTHORIZED
    except (aiohttp.ClientError, OSError):
        pass
    return False


def _may_repeat(route: Route, options: Mapping[str, Any]) -> bool:
    """Whether doing it twice does it once. Of a broken connection nobody knows if the request had arrived."""
    is_known = route.method in _REPEATABLE or (route.method == "POST" and route.path.endswith(_REPEATABLE_POSTS))
    return is_known or bool(_body(options).get("enforce_nonce"))


def _body(options: Mapping[str, Any]) -> Mapping[str, Any]:
    """The JSON body; with files it is a part of the form."""
    for part in options.get("form") or ():
        if part["name"] == "payload_json":
            found: Mapping[str, Any] = json.loads(part["value"])
            return found
    body = options.get("json")
    return body if isinstance(body, Mapping) else {}


def _seconds(words: str | None) -> float:
    try:
        return max(float(words or 1), 0.0)
    except ValueError:
        return 1.0
