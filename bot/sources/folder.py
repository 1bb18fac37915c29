"""Folders of saved articles."""

import asyncio
import os
import stat
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.articles.model import RawDocument
from bot.dossier import Source
from bot.errors import SourceError
from bot.services.ports import Unreadable

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
}
_MAX_BYTES = 5_000_000
_BATCH = 32  # files read in one visit to a worker thread
_TEXT_WITH_NULS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # byte order marks of UTF-16 and UTF-32
_STAMPED = 1  # another number after every change of what a file is read to
_AT_REST = 3_000_000_000  # nanoseconds; more than any file system's clock is coarse (two seconds on FAT)
_KEEPS_CHANGES = os.name != "nt"  # there, nothing tells of a change whose author put the old time back


@dataclass(frozen=True, slots=True)
class FolderReader:
    """Reads text, Markdown and HTML files below a folder, by path; or one file alone, whatever it is called.

    Hidden files and folders are left out, links that lead out of the folder are refused. A document's location is its
    path below the folder with `/`. Files larger than `max_bytes` are refused. `clock` is the one that dates files, in
    nanoseconds.
    """

    max_bytes: int = _MAX_BYTES
    clock: Callable[[], int] = time.time_ns

    async def count(self, source: Source) -> int | None:
        """How many files there are to read."""
        return len(await self.locations(source))

    async def locations(self, source: Source) -> Sequence[str]:
        """Where all files are, sorted. Raises `SourceError` if the folder can't be read."""
        return await asyncio.to_thread(_list_files, source)

    async def documents(self, source: Source) -> AsyncIterator[RawDocument | Unreadable]:
        """Every file as a document or the reason why not, by path. Raises `SourceError` if the folder can't be read."""
        files = await self.locations(source)
        for start in range(0, len(files), _BATCH):
            for document in await self.again(source, files[start : start + _BATCH]):
                yield document

    async def again(self, source: Source, locations: Sequence[str]) -> Sequence[RawDocument | Unreadable]:
        """The files at these locations, in this order."""
        return [found for found, _ in await self.stamped(source, locations)]

    async def stamped(
        self, source: Source, locations: Sequence[str]
    ) -> Sequence[tuple[RawDocument | Unreadable, str | None]]:
        """The same, each with the stamp that the very file bore before it was read."""
        return await asyncio.to_thread(self._read_all, source, locations)

    async def stamps(self, source: Source, locations: Sequence[str]) -> Sequence[str | None]:
        """What a file's entry in the file system says of it, as far as that can be relied upon.

        Whoever writes to a file, or puts another in its place, changes one of these numbers, times set back or not: the
        time of the last change is the system's own. But within one tick of the clock two changes look like one. So what
        changed just now, or is yet to change by the clock of today, has no stamp; nor has a link, whose end is not
        looked at.
        """
        return await asyncio.to_thread(self._stamps, source, locations)

    def _stamps(self, source: Source, locations: Sequence[str]) -> list[str | None]:
        folder, before = _folder(source), self.clock() - _AT_REST
        return [self._stamp_at(f"{folder}/{location}", before) for location in locations]

    def _stamp_at(self, path: str, before: int) -> str | None:
        try:
            return self._stamp(os.lstat(path), before)
        except OSError:
            return None

    def _stamp(self, found: os.stat_result, before: int) -> str | None:
        is_at_rest = found.st_ctime_ns < before and found.st_mtime_ns < before
        if not (_KEEPS_CHANGES and is_at_rest and stat.S_ISREG(found.st_mode) and found.st_size <= self.max_bytes):
            return None
        numbers = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)
        return f"{_STAMPED} {' '.join(map(str, numbers))}"

    def _read_all(self, source: Source, locations: Sequence[str]) -> list[tuple[RawDocument | Unreadable, str | None]]:
        folder, before = _folder(source), self.clock() - _AT_REST
        return [self._read(source.id, folder, location, before) for location in locations]

    def _read(
        self, source_id: str, folder: str, location: str, before: int
    ) -> tuple[RawDocument | Unreadable, str | None]:
        path = os.path.join(folder, location)
        try:
            if reason := _refusal(folder, path):
                return Unreadable(location, reason), None
            with open(path, "rb", buffering=0) as file:
                stamp = None if os.path.islink(path) else self._stamp(os.fstat(file.fileno()), before)
                content = file.read(self.max_bytes + 1)
        except OSError as error:
            return Unreadable(location, f"can't be read: {error.strerror or error}"), None
        if len(content) > self.max_bytes:
            return Unreadable(location, f"is larger than {self.max_bytes:,} bytes"), None
        if reason := _fault(content):
            return Unreadable(location, reason), None
        return RawDocument(source_id, location, content, MEDIA_TYPES.get(_suffix(location), "text/plain")), stamp


def _folder(source: Source) -> str:
    root = Path(source.location)
    return str(root if root.is_dir() else root.parent)


def _list_files(source: Source) -> list[str]:
    """Locations of all files to read, sorted. Reasons name the folder, not its path: every server may be shown them."""
    root = Path(source.location)
    if root.is_file():
        return [root.name]
    if not root.is_dir():
        raise SourceError(source.name, f"there is no folder {root.name}")
    try:
        return sorted(_walk(str(root), ""))
    except OSError as error:
        raise SourceError(source.name, f"{root.name} can't be read: {error.strerror}") from None


def _walk(folder: str, below: str) -> Iterator[str]:
    """Locations of the files in a folder, each beginning with `below`. Links to folders count as files: see there."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{below}{entry.name}/")
            elif _suffix(entry.name) in MEDIA_TYPES or entry.is_dir():
                yield f"{below}{entry.name}"


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _refusal(folder: str, path: str) -> str | None:
    """Why a path may not be opened: it leads out of the folder, or waits for somebody at the other end."""
    mode = os.lstat(path).st_mode
    if stat.S_ISLNK(mode):
        if not Path(path).resolve().is_relative_to(Path(folder).resolve()):
            return "is a link that leads out of the folder"
        mode = os.stat(path).st_mode
    if stat.S_ISDIR(mode):
        return "is a link to a folder; such links are not followed"
    return None if stat.S_ISREG(mode) else "is not a regular file"


def _fault(content: bytes) -> str | None:
    if not content.strip():
        return "is empty"
    return "is not text" if b"\0" in content[:8192] and not content.startswith(_TEXT_WITH_NULS) else None
