"""Answers as Discord gives them, and bodies as it takes them."""

import json
from typing import Any

from aiohttp import web

from tests.loopback.limits import Refusal

BODY = web.RequestKey[Any]("body")
FILES = web.RequestKey[list[tuple[str | None, bytes]]]("files")


def answer(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON as Discord sends it: discord.py knows it by the bare media type alone."""
    body = json.dumps(data).encode()
    return web.Response(body=body, status=status, headers={"Content-Type": "application/json", **(headers or {})})


def error(status: int, code: int = 0, message: str | None = None) -> web.Response:
    """What is wrong, in Discord's numbers."""
    return answer({"message": message or str(status), "code": code}, status=status)


def refuse(refusal: Refusal, headers: dict[str, str] | None = None) -> web.Response:
    """Too many requests."""
    limited = {
        "message": "You are being rate limited.",
        "retry_after": round(refusal.seconds, 3),
        "global": refusal.is_global,
    }
    return answer(limited, status=429, headers=refusal.headers | (headers or {}))


async def read_body(request: web.Request) -> Any:
    """The JSON body; with files it is one part of a form, and the files are its others."""
    if not request.can_read_body:
        return None
    if not request.content_type.startswith("multipart/"):
        return await request.json()
    body: Any = None
    files = []
    async for part in await request.multipart():
        content = await part.read(decode=True)  # type: ignore[union-attr]  # no part holds parts
        if part.name == "payload_json":  # type: ignore[union-attr]
            body = json.loads(content)
        else:
            files.append((part.filename, bytes(content)))  # type: ignore[union-attr]
    request[FILES] = files
    return body


async def body_of(request: web.Request) -> dict[str, Any]:
    """The body that was read already."""
    body: dict[str, Any] = request[BODY]
    return body
