"""Folders of saved articles."""

import asyncio
import stat
from collections.abc import AsyncIterator, Iterator
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


@dataclass(frozen=True, slots=True)
class FolderReader:
    """Reads text, Markdown and HTML files below a folder, by path; or one file alone, whatever it is called.

    Hidden files and folders are left out, links that lead out of the folder are refused. A document's location is its
    path below the folder with `/`. Files larger than `max_bytes` are refused.
    """

    max_bytes: int = _MAX_BYTES

    async def count(self, source: Source) -> int | None:
        """How many files there are to read."""
        return len(await asyncio.to_thread(_list_files, source))

    async def documents(self, source: Source) -> AsyncIterator[RawDocument | Unreadable]:
        """Every file as a document or the reason why not, by path. Raises `SourceError` if the folder can't be read."""
        for batch in _in_batches(await asyncio.to_thread(_list_files, source)):
            for document in await asyncio.to_thread(self._read_all, source, batch):
                yield document

    def _read_all(self, source: Source, paths: tuple[Path, ...]) -> list[RawDocument | Unreadable]:
        root = Path(source.location)
        folder = root if root.is_dir() else root.parent
        return [self._read(source.id, folder, path) for path in paths]

    def _read(self, source_id: str, folder: Path, path: Path) -> RawDocument | Unreadable:
        location = path.relative_to(folder).as_posix()
        try:
            if reason := _refusal(folder, path):
                return Unreadable(location, reason)
            with path.open("rb") as file:
                content = file.read(self.max_bytes + 1)
        except OSError as error:
            return Unreadable(location, f"can't be read: {error.strerror or error}")
        if len(content) > self.max_bytes:
            return Unreadable(location, f"is larger than {self.max_bytes:,} bytes")
        if reason := _fault(content):
            return Unreadable(location, reason)
        return RawDocument(source_id, location, content, MEDIA_TYPES.get(path.suffix.lower(), "text/plain"))


def _in_batches(paths: list[Path]) -> Iterator[tuple[Path, ...]]:
    return (tuple(paths[at : at + _BATCH]) for at in range(0, len(paths), _BATCH))


def _list_files(source: Source) -> list[Path]:
    root = Path(source.location)
    if root.is_file():
        return [root]
    if not root.is_dir():
        raise SourceError(source.name, f"there is no folder {source.location}")
    try:
        return sorted(_walk(root), key=lambda path: path.relative_to(root).as_posix())
    except OSError as error:
        raise SourceError(source.name, f"{source.location} can't be read: {error.strerror}") from None


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif path.suffix.lower() in MEDIA_TYPES or path.is_dir():
            yield path


def _refusal(folder: Path, path: Path) -> str | None:
    """Why a path may not be opened: it leads out of the folder, or waits for somebody at the other end."""
    if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
        return "is a link that leads out of the folder"
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return "is a link to a folder; such links are not followed"
    return None if stat.S_ISREG(mode) else "is not a regular file"


def _fault(content: bytes) -> str | None:
    if not content.strip():
        return "is empty"
    return "is not text" if b"\0" in content[:8192] and not content.startswith(_TEXT_WITH_NULS) else None
