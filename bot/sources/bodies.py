"""Bodies, read piece by piece within a limit that counts what comes out of decompression."""

import zlib
from collections.abc import AsyncIterator
from typing import Protocol

CODINGS = ("gzip", "deflate")  # what we ask for: brotli and zstd would need further libraries
_GZIP = "gzip", "x-gzip"
_AUTO = zlib.MAX_WBITS | 32  # gzip or zlib, by their first bytes
_CHUNK = 65536


class TooLargeError(Exception):
    """A body exceeds the limit, as sent or decompressed."""


class UnreadableBodyError(Exception):
    """A body can't be decompressed: the message says why."""


class Stream(Protocol):
    """What is needed of a response's content."""

    def iter_chunked(self, n: int) -> AsyncIterator[bytes]: ...


async def read_body(stream: Stream, *, coding: str, max_bytes: int) -> bytes:
    """The body, decompressed. Never holds more than `max_bytes` and one piece.

    Raises `TooLargeError`, `UnreadableBodyError`, and what the stream raises.
    """
    inflate = _inflater(coding)
    body = bytearray()
    sent = 0
    async for chunk in stream.iter_chunked(_CHUNK):
        sent += len(chunk)
        body += inflate.feed(chunk, max_bytes - len(body) + 1) if inflate else chunk
        if max(sent, len(body)) > max_bytes:
            raise TooLargeError
    if inflate is not None and body and not inflate.is_done:
        raise UnreadableBodyError("ends in the middle of its compressed text")
    return bytes(body)


class _Inflater:
    """Decompresses gzip (also several members), zlib, and deflate without a head, which some servers mean."""

    def __init__(self) -> None:
        self._engine = zlib.decompressobj(_AUTO)
        self._is_fresh = True

    @property
    def is_done(self) -> bool:
        return self._engine.eof

    def feed(self, data: bytes, most: int) -> bytes:
        """What comes out of `data`, at most `most` bytes (positive)."""
        out = bytearray()
        while data and len(out) < most:
            if self._engine.eof:
                if not data.startswith(b"\x1f\x8b"):
                    return bytes(out)  # padding after the end
                self._engine = zlib.decompressobj(_AUTO)
            out += self._inflate(data, most - len(out))
            data = self._engine.unused_data if self._engine.eof else b""
        return bytes(out)

    def _inflate(self, data: bytes, most: int) -> bytes:
        try:
            return self._engine.decompress(data, most)
        except zlib.error:
            if not self._is_fresh:
                raise UnreadableBodyError("can't be decompressed") from None
        finally:
            was_fresh, self._is_fresh = self._is_fresh, False
        assert was_fresh
        self._engine = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._inflate(data, most)


def _inflater(coding: str) -> _Inflater | None:
    coding = coding.strip().casefold()
    if coding in ("", "identity"):
        return None
    if coding in (*_GZIP, "deflate"):
        return _Inflater()
    raise UnreadableBodyError(f"is compressed in a way that was not asked for ({coding[:40]!a})")
