"""A process among others: exit codes and encodings."""

import ctypes
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

_TRIM_THRESHOLD, _ARENA_MAX = -1, -8  # mallopt's parameters, of malloc.h
_LOOSE = 128 * 1024  # bytes


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


def share_one_heap() -> None:
    """Let all threads take memory from one heap and give its free end back; to be called before there are any.

    Answers are composed in a handful of threads. With a heap for each, 40 to 150 MB that nothing uses any more stay
    with the process (measured). Where the C library is not glibc, nothing is done.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_ARENA_MAX, 1)
        mallopt(_TRIM_THRESHOLD, _LOOSE)
