"""What is wrong in a file or a setting that somebody wrote, in words they can act on: where, and what it must be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import AfterValidator, ValidationError

_MOST_NAMED = 5  # of one file
_MUST_BE = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such entry, look for a typing mistake",
    "json_invalid": "it is not JSON",
    "string_too_short": "it is empty",
    "too_short": "it is empty",
    "literal_error": "it must be {expected}",
    "enum": "it must be {expected}",
    "greater_than_equal": "it must be {ge} or more",
    "less_than_equal": "it must be {le} or less",
    "string_too_long": "it is longer than {max_length} characters",
}
_KINDS = {
    "string_type": "it must be text",
    "int": "it must be a whole number",
    "bool": "it must be true or false",
    "tuple_type": "it must be a list",
    "dict_type": "it must be a group of entries",
    "model": "it must be a group of entries",
    "dataclass": "it must be a group of entries",
}


def written_as(shape: str, reason: str) -> AfterValidator:
    """Text of this shape; what is not of it is told by the reason, for nobody reads a pattern."""
    pattern = re.compile(shape)

    def check(text: str) -> str:
        if pattern.fullmatch(text) is None:
            raise ValueError(reason)
        return text

    return AfterValidator(check)


def mistakes(error: ValidationError, data: object = None, *, is_environment: bool = False) -> str:
    """The first mistakes with their places. `data` is what was checked, to name entries by their id.

    Of an environment all are named, in capitals as one writes it.
    """
    found = [
        f"{place.upper() if is_environment else place}: {reason}".removeprefix(": ")
        for place, reason in _found(error, data)
    ]
    most = len(found) if is_environment else _MOST_NAMED
    more = [f"and {len(found) - most} more"] if len(found) > most else []
    return "; ".join(found[:most] + more)


def _found(error: ValidationError, data: object) -> Iterator[tuple[str, str]]:
    for one in error.errors(include_url=False, include_input=False):
        yield _place(one["loc"], data), _reason(one)


def _place(keys: Sequence[int | str], data: object) -> str:
    """An entry of a list by its id or name where it has one, else by its number: `actors.lind.kind`, `schedules.#1`."""
    names = []
    at = data
    for key in keys:
        at = _inside(at, key)
        if not isinstance(key, int):
            names.append(key)
            continue
        named = at.get("id") or at.get("name") if isinstance(at, Mapping) else None
        names.append(str(named or f"#{key + 1}"))
    return ".".join(names)


def _inside(at: Any, key: int | str) -> Any:
    """What stands there; None for what is missing."""
    try:
        return at[key]
    except (LookupError, TypeError):
        return None


def _reason(one: Mapping[str, Any]) -> str:
    """What must be put right. What pydantic says in its own words is left where ours have nothing better."""
    kind = str(one["type"])
    if kind in _MUST_BE:
        return _MUST_BE[kind].format(**one.get("ctx", {}))
    words = next((words for name, words in _KINDS.items() if kind.startswith(name)), None)
    return words or str(one["msg"]).removeprefix("Value error, ")
