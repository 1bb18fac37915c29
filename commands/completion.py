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


def complete_last(find: Callable[[str], Sequence[names.Choice]], typed: str) -> list[Choice[str]]:
    """Choices for the last of several names with commas between, each with the names before it."""
    before, comma, last = typed.rpartition(",")
    known = [part.strip() for part in before.split(",") if part.strip()]
    lead = ", ".join(known) + ", " if comma and known else ""

    def all_of_them(part: str) -> Sequence[names.Choice]:
        fresh = (one for one in find(part) if not {one.value.casefold(), one.label.casefold()} & set(folded))
        return [names.Choice(lead + one.label, lead + one.value) for one in fresh]

    folded = [part.casefold() for part in known]
    return complete(all_of_them, last.strip())
