"""Whether Discord may have done what it was asked, though it was never said so.

An answer of 429 or another 4xx says that nothing was done, and so does a connection that could not be opened. One that
breaks, or an answer of 5xx, leaves it open, and the library repeats some of these requests by itself: what it raises in
the end tells of the last try alone. So all tries are watched.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp
import discord

_TOO_MANY = 429


class Doubt:
    """The tries of what was asked for in one place."""

    def __init__(self) -> None:
        self.is_there = False
        self.refused = 0  # tries that were one too many: surely not done

    def leaves_open(self, fault: BaseException) -> bool:
        """Whether it may have been done, all tries considered, of which `fault` is the last one's end."""
        return self.is_there or not _rules_out(fault)


_watching: ContextVar[Doubt | None] = ContextVar("watching", default=None)


@contextmanager
def doubting() -> Iterator[Doubt]:
    """Watch every try of what is asked of Discord inside."""
    doubt = Doubt()
    token = _watching.set(doubt)
    try:
        yield doubt
    finally:
        _watching.reset(token)


def watch(config: aiohttp.TraceConfig) -> None:
    """Have the session that is made with `config` tell of its tries."""
    config.on_request_end.append(_answered)
    config.on_request_exception.append(_failed)


def _rules_out(fault: BaseException) -> bool:
    """Whether this end of a try says that nothing was done."""
    match fault:
        case discord.HTTPException():
            return 400 <= fault.status < 500
        case discord.RateLimited() | aiohttp.ClientConnectorError():
            return True
    return False


async def _answered(_: aiohttp.ClientSession, __: SimpleNamespace, ended: aiohttp.TraceRequestEndParams) -> None:
    doubt = _watching.get()
    if doubt is not None:
        doubt.is_there |= ended.response.status >= 500
        doubt.refused += ended.response.status == _TOO_MANY


async def _failed(_: aiohttp.ClientSession, __: SimpleNamespace, ended: aiohttp.TraceRequestExceptionParams) -> None:
    doubt = _watching.get()
    if doubt is not None and not _rules_out(ended.exception):
        doubt.is_there = True
