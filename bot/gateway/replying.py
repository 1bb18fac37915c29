"""Answers to interactions, given again where the connection broke. They go by another door than all else."""

import asyncio
import logging
from typing import Any

import aiohttp
import discord
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.gateway.doubts import doubting

_log = logging.getLogger(__name__)
_PAUSES = (0.1, 0.4, 1.0)  # seconds before an answer is given again
_PATIENCE = 3.0  # seconds for an acknowledgement: after that Discord takes none, but may have taken this one
_REPEATABLE = frozenset({"GET", "PATCH", "DELETE"})
ALREADY = 40060  # acknowledged before


class RepeatingAdapter(AsyncWebhookAdapter):
    """The library's, which gives up where a connection breaks, and takes an answer that got lost for a refusal.

    That an interaction is acknowledged already is what we want to hear after a try of which nobody knows whether it
    arrived. Without such a try somebody else has answered (another process, or an event that came twice).
    """

    async def request(self, route: Route, session: aiohttp.ClientSession, **options: Any) -> Any:
        """Ask until there is an answer, as far as asking twice does it once."""
        is_first_answer = route.path.endswith("/callback")
        with doubting() as doubt:
            for pause in (*_PAUSES, None):
                try:
                    async with asyncio.timeout(_PATIENCE if is_first_answer else None):
                        return await super().request(route, session, **options)
                except discord.HTTPException as fault:
                    if doubt.is_there and is_first_answer and fault.code == ALREADY:
                        return {"interaction": {"id": str(route.webhook_id), "type": 2}}
                    if doubt.is_there and route.method == "DELETE" and fault.status == 404:
                        return None
                    raise
                except (aiohttp.ClientConnectionError, ConnectionError, TimeoutError) as fault:
                    never_was = isinstance(fault, aiohttp.ClientConnectorError)
                    if pause is None or not (is_first_answer or never_was or route.method in _REPEATABLE):
                        raise
                    _log.info("an answer got lost (%s); again in %s s", type(fault).__name__, pause)
                await asyncio.sleep(pause)
                for file in options.get("files") or ():
                    file.reset(seek=True)
        raise AssertionError  # the last round returns or raises


def answer_again() -> None:
    """For this task and all that are begun in it."""
    async_context.set(RepeatingAdapter())  # type: ignore[no-untyped-call]  # the library does not annotate it
