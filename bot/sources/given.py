"""Files and folders named on the command line, read as one source."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

from bot.articles.model import RawDocument
from bot.dossier import Source
from bot.services.ports import Unreadable
from bot.sources.folder import FolderReader


class GivenReader:
    """A source made of the given paths, in their order. Files keep their names, files in folders their relative paths.

    A file that comes twice (by itself and through its folder, say) is read once; where two different files have one
    name, the later ones carry their folder's name in front, so that none is lost.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)
        self._folders = FolderReader()

    async def count(self, source: Source) -> int | None:
        """How many documents all paths hold together."""
        counts = [await self._folders.count(replace(source, location=str(path))) for path in self._paths]
        return sum(count or 0 for count in counts)

    async def documents(self, source: Source) -> AsyncIterator[RawDocument | Unreadable]:
        """All documents under locations that differ."""
        files: set[Path] = set()
        taken: set[str] = set()
        for path in self._paths:
            folder = path if path.is_dir() else path.parent
            async for document in self._folders.documents(replace(source, location=str(path))):
                file = (folder / document.location).resolve()
                if file in files:
                    continue
                files.add(file)
                location = _free_name(document.location, file, taken)
                taken.add(location)
                yield replace(document, location=location)


def _free_name(location: str, file: Path, taken: set[str]) -> str:
    """`location`, or with as many of the file's folders in front as it takes to be new."""
    parts = file.parts
    for depth in range(len(Path(location).parts), len(parts)):
        if location not in taken:
            return location
        location = "/".join(parts[-depth - 1 :])
    return location
