"""Options that many commands share, and the command line before it is parsed."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How an answer is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


Articles = Annotated[
    list[Path] | None,
    typer.Option(
        "--articles",
        metavar="PATH…",
        exists=True,
        help="Read these files and folders instead of the dossier's sources; nothing is kept.",
    ),
]
DossierFile = Annotated[
    Path | None, typer.Option("--dossier", metavar="FILE", help="Another dossier than the one in the settings.")
]
Formats = Annotated[Format, typer.Option("--format", help="json is for programs: its keys stay.")]
Words = Annotated[int | None, typer.Option(min=1, help="At most this many words.")]

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
