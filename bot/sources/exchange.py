"""One request and its answer, over connections whose far end was judged before they were opened."""

import asyncio
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from multidict import CIMultiDictProxy
from yarl import URL

from bot.sources.addresses import AddressGuard
from bot.sources.bodies import CODINGS, read_body
from bot.sources.limits import FetchLimits

_CONNECTIONS = 20  # open at once, over all hosts


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `content` is empty unless the body was wanted."""

    url: URL
    status: int
    headers: CIMultiDictProxy[str]
    content: bytes


class GuardedResolver(AbstractResolver):
    """Resolves names and refuses those that lead where we don't go.

    The connection is opened to the very addresses that were judged, so that no second question to the name server can
    change the answer. One bad address among good ones refuses the name.
    """

    def __init__(self, guard: AddressGuard, inner: AbstractResolver) -> None:
        self._guard = guard
        self._inner = inner

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of `host`. Raises `RefusedAddressError`, and `OSError` if there is no such name."""
        try:
            found = await self._inner.resolve(host, port, family)
        except UnicodeError:  # what Python calls a label that is empty or too long
            raise OSError(f"{host} can't be a name") from None
        for one in found:
            self._guard.check_connection(host, one["host"], port)
        return found

    async def close(self) -> None:
        """Release the resolver inside."""
        await self._inner.close()


class Exchange:
    """Sends single GET requests. No redirects, no cookies, no proxy, no credentials. Needs a running loop."""

    def __init__(
        self, *, guard: AddressGuard, user_agent: str, limits: FetchLimits, resolver: AbstractResolver | None
    ) -> None:
        self._guard = guard
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=GuardedResolver(guard, resolver or aiohttp.ThreadedResolver()),
                use_dns_cache=False,
                limit=_CONNECTIONS,
            ),
            headers={"User-Agent": user_agent, "Accept-Encoding": ", ".join(CODINGS)},
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=limits.connect, sock_read=limits.quiet),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
        )

    async def get(
        self,
        url: URL,
        headers: Mapping[str, str],
        *,
        is_wanted: Callable[[int, Mapping[str, str]], bool],
        max_bytes: int,
        seconds: float,
    ) -> Answer:
        """The answer, its body where status and headers make it wanted. Everything must be over in `seconds`.

        Raises `RefusedAddressError`, `TimeoutError`, `TooLargeError`, `UnreadableBodyError`, `aiohttp.ClientError` or
        `OSError`.
        """
        url = self._guard.check_url(url)
        async with asyncio.timeout(seconds):
            response = await self._session.get(url, headers=headers, allow_redirects=False)
            try:
                content = b""
                if is_wanted(response.status, response.headers):
                    coding = response.headers.get("Content-Encoding", "")
                    content = await read_body(response.content, coding=coding, max_bytes=max_bytes)
                return Answer(url, response.status, response.headers, content)
            finally:
                response.release()  # closes the connection where a body was not read to its end

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()
