"""Events that the library can't read cost themselves, not the connection.

discord.py ends the whole client when one of its parsers raises: an interaction of a kind that comes next year would
stop the bot everywhere.
"""

import logging
import traceback
from collections.abc import Callable
from typing import Any

import discord

_log = logging.getLogger(__name__)
_NEEDED = ("READY", "RESUMED")  # without these nothing goes on: there the end, and a new start, is right


def outlive_events(client: discord.Client) -> None:
    """Let go, with one line in the log, what can't be read. The one seam: every event is parsed out of this mapping."""
    parsers: dict[str, Callable[[Any], None]] = client._connection.parsers
    for event, parse in parsers.items():
        if event not in _NEEDED:
            parsers[event] = _guarded(event, parse)


def _guarded(event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    def parse_or_let_go(data: Any) -> None:
        try:
            parse(data)
        except Exception as fault:
            # Neither its words nor the event are logged: they may hold what people wrote.
            place = traceback.extract_tb(fault.__traceback__)[-1]
            _log.error("an event can't be read, and is let go: %s (%s in %s)", event, type(fault).__name__, place.name)

    return parse_or_let_go
