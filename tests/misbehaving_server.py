"""A web server on a loopback socket that misbehaves. It writes its bytes itself, so that it can break every rule."""

import asyncio
import contextlib
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Write = Callable[[bytes], Awaitable[None]]
Script = Callable[["Request", Write], Awaitable[None]]


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    path: str
    headers: dict[str, str]


@dataclass
class MisbehavingServer:
    """`pages` maps a path to what answers it, `requests` are all that came, `written` counts bytes sent by path."""

    port: int = 0
    pages: dict[str, Script] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    written: dict[str, int] = field(default_factory=dict)
    at_once: int = 0
    most_at_once: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        """The requests for one path, in order."""
        return [request for request in self.requests if request.path == path]

    def put(self, path: str, body: str | bytes, *, status: int = 200, **headers: str) -> None:
        """Answer `path` well, with these headers (`Content_Type="text/html"`)."""
        self.pages[path] = say(body, status=status, **headers)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            request = await _read(reader)
            self.requests.append(request)

            async def write(data: bytes) -> None:
                self.written[request.path] = self.written.get(request.path, 0) + len(data)
                writer.write(data)
                await writer.drain()

            await self.pages.get(request.path, say("", status=404))(request, write)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.at_once -= 1
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()


@asynccontextmanager
async def misbehaving_server() -> AsyncIterator[MisbehavingServer]:
    """The server on a free port of 127.0.0.1. Whoever still drips at the end is cut off."""
    server = MisbehavingServer()
    tasks: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        with contextlib.suppress(asyncio.CancelledError):
            await server.serve(reader, writer)
        tasks.discard(task)

    listening = await asyncio.start_server(accept, "127.0.0.1", 0)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rest = head.split("\r\n")
    headers = {name.strip().casefold(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    return Request(first.split(" ")[1], headers)


def head(status: int = 200, **headers: str) -> bytes:
    """A status line and headers; the connection closes after the body."""
    lines = [f"HTTP/1.1 {status} Whatever", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def say(body: str | bytes, status: int = 200, **headers: str) -> Script:
    """A whole answer."""
    content = body.encode() if isinstance(body, str) else body

    async def script(_: Request, write: Write) -> None:
        await write(head(status, **{"Content_Length": str(len(content)), **headers}) + content)

    return script


def in_turn(*scripts: Script) -> Script:
    """One script a request; the last one stays."""
    left = list(scripts)

    async def script(request: Request, write: Write) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(request, write)

    return script


def redirect(location: str, status: int = 302) -> Script:
    return say("", status=status, Location=location)


def drip(opening: bytes, drop: bytes = b" ", pause: float = 0.02) -> Script:
    """Send the opening, then a little now and then, without end: never quiet, never done."""

    async def script(_: Request, write: Write) -> None:
        await write(opening)
        while True:
            await asyncio.sleep(pause)
            await write(drop)

    return script


def silence(opening: bytes = b"") -> Script:
    """Send the opening, then nothing more, and keep the line open."""

    async def script(_: Request, write: Write) -> None:
        await write(opening)
        await asyncio.sleep(3600)

    return script


def endless(opening: bytes, piece: bytes = b"x" * 65536) -> Script:
    """Send as fast as it is taken, without end."""

    async def script(_: Request, write: Write) -> None:
        await write(opening)
        while True:
            await write(piece)

    return script


def cut(opening: bytes) -> Script:
    """Send the opening and hang up."""

    async def script(_: Request, write: Write) -> None:
        await write(opening)

    return script


def not_modified(etag: str, otherwise: Script) -> Script:
    """304 to whoever names the etag."""

    async def script(request: Request, write: Write) -> None:
        known = request.headers.get("if-none-match") == etag
        await (say("", status=304, ETag=etag) if known else otherwise)(request, write)

    return script


def gzip_bomb(megabytes: int) -> bytes:
    """So many megabytes of zeros, which compress to a thousandth; twice the same member."""
    return gzip.compress(b"\0" * (megabytes * 500_000)) * 2
