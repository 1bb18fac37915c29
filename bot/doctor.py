"""Checks of everything a run needs, each answered in one line."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from bot.dossier import Dossier, Source, SourceKind
from bot.errors import AttacheError, ConfigurationError, SourceError, StorageError
from bot.language.lexicon import Lexicon
from bot.presentation.errors import explain
from bot.presentation.wording import counted
from bot.services.results import Check, Status
from bot.sources.folder import FolderReader

Found = TypeVar("Found")


class Doctor:
    """Collects checks. An examination gives what it found, or None if it failed, so that the next can build on it."""

    def __init__(self) -> None:
        self.checks: list[Check] = []

    def examine(self, name: str, find: Callable[[], Found], words: Callable[[Found], str]) -> Found | None:
        """Check what `find` finds."""
        try:
            found = find()
        except AttacheError as error:
            self.checks.append(Check(name, ok=False, detail=_fault_words(name, error)))
            return None
        self.checks.append(Check(name, ok=True, detail=words(found)))
        return found

    async def wait_for(self, name: str, find: Awaitable[Found], words: Callable[[Found], str]) -> Found | None:
        """Check what must be waited for."""
        try:
            found = await find
        except AttacheError as error:
            self.checks.append(Check(name, ok=False, detail=_fault_words(name, error)))
            return None
        self.checks.append(Check(name, ok=True, detail=words(found)))
        return found


def _fault_words(name: str, error: AttacheError) -> str:
    """What is wrong, without the check's own name and without the advice that stands beside a failed command."""
    if isinstance(error, SourceError | StorageError):
        return error.reason
    if isinstance(error, ConfigurationError):
        return error.reason if error.where == name else str(error)
    return explain(error)


def with_shared_names(words: Callable[[Dossier], str]) -> Callable[[Dossier], str]:
    """`words`, and which names nobody is heard by because two actors have them: no fault, but rarely meant."""

    def say(dossier: Dossier) -> str:
        holders: dict[str, dict[str, str]] = {}
        for actor in dossier.actors:
            for name in (actor.name, *actor.aliases):
                holders.setdefault(name.casefold(), {})[actor.id] = name
        shared = [
            f"“{next(iter(names.values()))}” is a name of {' and '.join(names)}, so nobody is heard by it"
            for names in holders.values()
            if len(names) > 1
        ]
        return "; ".join([words(dossier), *shared])

    return say


def folders_of(dossier: Dossier, articles: Sequence[Path]) -> tuple[Source, ...]:
    """The folders that would be read: the paths given, or else the dossier's. Nobody else's server is asked here."""
    given = tuple(Source(str(path), SourceKind.FOLDER, str(path), str(path)) for path in articles)
    return given or tuple(one for one in dossier.sources if one.kind is SourceKind.FOLDER)


async def count_documents(source: Source) -> int:
    """How many documents a folder holds. Raises `SourceError` if there are none or it can't be read."""
    count = await FolderReader().count(source)
    if not count:
        raise SourceError(source.name, f"there is nothing to read in {source.location}")
    return count


def lexicon_words(lexicon: Lexicon) -> str:
    """A lexicon in a line."""
    return f"{lexicon.language}, {counted(len(lexicon.sections), 'section')}"


def status_words(status: Status) -> str:
    """A database in a line."""
    articles, statements = counted(status.articles, "article"), counted(status.statements, "statement")
    return f"{status.database}: {articles}, {statements}"


def count_words(count: int) -> str:
    """A source in a line."""
    return counted(count, "document")
