"""Lines from standard input when nobody sits there: a pipe, or a file."""

import asyncio
import sys
from collections.abc import AsyncIterator

_LONGEST = 1 << 20  # bytes of one line


async def piped_lines() -> AsyncIterator[str]:
    """The lines of standard input, decoded, without line ends. A line that is too long is given as an empty one."""
    stream = sys.stdin.buffer
    reader = asyncio.StreamReader(limit=_LONGEST)
    try:
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), stream)
    except (ValueError, NotImplementedError, OSError):
        # A file, or a platform without pipes in the loop: reading a file never waits.
        for line in stream:
            yield _decoded(line)
        return
    while line := await _read_line(reader):
        yield _decoded(line)


async def _read_line(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readline()
    except ValueError:  # longer than the limit; what was read of it is gone
        return b"\n"


def _decoded(line: bytes) -> str:
    return line.decode("utf-8", "replace").lstrip("\ufeff").rstrip("\r\n")
