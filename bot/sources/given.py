"""Files and folders named on the command line, read as one source."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.articles.model import RawDocument
from bot.dossier import Source
from bot.services.ports import Unreadable
from bot.sources.folder import FolderReader


class GivenReader:
    """A source made of the given paths, in their order; files keep their names, files in folders their relative paths."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)
        self._folders = FolderReader()

    async def count(self, source: Source) -> int | None:
        """How many documents all paths hold together."""
        counts = [await self._folders.count(replace(source, location=str(path))) for path in self._paths]
        return sum(count or 0 for count in counts)

    async def documents(self, source: Source) -> AsyncIterator[RawDocument | Unreadable]:
        """All documents, each location once: a file given twice, or also through its folder, is read once."""
        seen: set[str] = set()
        for path in self._paths:
            async for document in self._folders.documents(replace(source, location=str(path))):
                if document.location not in seen:
                    seen.add(document.location)
                    yield document
