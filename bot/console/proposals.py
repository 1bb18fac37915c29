"""Where values are proposed from: all of it answers from memory."""

from collections.abc import Callable, Mapping

from bot.console.grammar import Values
from bot.services.names import Choice, Names

Proposals = Callable[[str], tuple[Choice, ...]]


def proposals(names: Names) -> Mapping[Values, Proposals]:
    """What answers for each kind of value; free text has no entry."""
    return {
        Values.ACTOR: names.actors,
        Values.OTHER_ACTOR: lambda typed: _others_first(names.actors(typed)),
        Values.EDITION: names.editions,
        Values.TOPIC: names.topics,
        Values.SOURCE: names.sources,
        Values.ZONE: names.zones,
        Values.SINCE: lambda typed: _fixed(("24h", "7d", "30d", "all"), typed),
        Values.DAYS: lambda typed: _fixed(("daily", "mon-fri", "weekends", "mon,wed,fri"), typed),
    }


def _others_first(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """The second of two is not the first: an example must not compare somebody with itself."""
    return (*choices[1:], *choices[:1])


def _fixed(values: tuple[str, ...], typed: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, value) for value in values if value.startswith(typed.strip().casefold()))
