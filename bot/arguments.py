"""Command line arguments before they are parsed."""

from collections.abc import Sequence
from pathlib import Path

_MANY = "--articles"


def spread_paths(arguments: Sequence[str]) -> list[str]:
    """`--articles a b c` as `--articles a --articles b --articles c`, so that a shell's `*.txt` works.

    The first value always belongs to the option; further ones as long as they name a file or folder that exists.
    """
    spread: list[str] = []
    at = 0
    while at < len(arguments):
        spread.append(arguments[at])
        at += 1
        if spread[-1] == "--":
            return [*spread, *arguments[at:]]
        if spread[-1] == _MANY and at < len(arguments):
            spread.append(arguments[at])
            at += 1
            while at < len(arguments) and not arguments[at].startswith("-") and Path(arguments[at]).exists():
                spread += [_MANY, arguments[at]]
                at += 1
    return spread
