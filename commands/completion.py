"""Completion while somebody types: from memory, at most 25 answers, and silent where it fails."""

import logging
from collections.abc import Callable, Sequence

from discord.app_commands import Choice

from bot.services import names

_log = logging.getLogger(__name__)
_MOST = 25
_LONGEST = 100


def complete(find: Callable[[str], Sequence[names.Choice]], typed: str) -> list[Choice[str]]:
    """The choices for what is typed. An error reaches no handler of Discord's, so it is logged and answered by none."""
    try:
        found = find(typed)
    except Exception:
        _log.exception("completion failed")
        return []
    fitting = [one for one in found if 0 < len(one.value) <= _LONGEST and one.label]
    return [Choice(name=one.label[:_LONGEST], value=one.value) for one in fitting[:_MOST]]
