"""Lines from standard input when nobody sits there: a pipe, or a file."""

import asyncio
import os
import stat
import sys
from collections.abc import AsyncIterator

_LONGEST = 1 << 20  # bytes of one line


async def piped_lines() -> AsyncIterator[str]:
    """The lines of standard input, decoded, without line ends. A line that is too long is given as an empty one."""
    stream = sys.stdin.buffer
    if not _must_be_waited_for(stream.fileno()):
        for line in stream:
            yield _decoded(line)
        return
    reader = asyncio.StreamReader(limit=_LONGEST)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), stream)
    while line := await _read_line(reader):
        yield _decoded(line)


def _must_be_waited_for(descriptor: int) -> bool:
    """A pipe, a socket or a terminal; a file or the null device answers at once, and the event loop refuses them."""
    mode = os.fstat(descriptor).st_mode
    return sys.platform != "win32" and (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode) or os.isatty(descriptor))


async def _read_line(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readline()
    except ValueError:  # longer than the limit; what was read of it is gone
        return b"\n"


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", "replace").lstrip("\ufeff").rstrip("\r\n")
