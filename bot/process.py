"""A process among others: exit codes and encodings."""

import io
import sys

from bot.errors import (
    AttacheError,
    ConfigurationError,
    ElsewhereError,
    InvalidInputError,
    NotFoundError,
    UnusableFileError,
)

FAILED, USAGE, MISCONFIGURED = 1, 2, 78  # 78 is EX_CONFIG of sysexits.h
STOPPED = 128  # plus the signal's number, as shells have it


def exit_code(error: AttacheError) -> int:
    """2 for what was typed wrong, 78 for a configuration that can't be used, 1 for everything else."""
    if isinstance(error, InvalidInputError | NotFoundError | UnusableFileError | ElsewhereError):
        return USAGE
    return MISCONFIGURED if isinstance(error, ConfigurationError) else FAILED


def speak_utf8() -> None:
    """Print UTF-8 into pipes and files; never fail for a sign that a terminal does not have."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
