"""Checks of everything a run needs, each answered in one line."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from bot.catalogues import ntr, quoted, tr
from bot.dossier import Dossier, Source, SourceKind
from bot.errors import AttacheError, ConfigurationError, SourceError, StorageError
from bot.language.lexicon import Lexicon
from bot.presentation.errors import explain
from bot.presentation.wording import articles_words, statements_words
from bot.services.results import Check, Status
from bot.sources.folder import FolderReader

Found = TypeVar("Found")


class Doctor:
    """Collects checks. An examination gives what it found, or None if it failed, so that the next can build on it.

    Names are translated once they are examined: the first of them, the settings, says into which language.
    """

    def __init__(self) -> None:
        self.checks: list[Check] = []

    def examine(self, name: str, find: Callable[[], Found], words: Callable[[Found], str]) -> Found | None:
        """Check what `find` finds."""
        try:
            found = find()
        except AttacheError as error:
            self.checks.append(Check(tr(name), ok=False, detail=_fault_words(error)))
            return None
        self.checks.append(Check(tr(name), ok=True, detail=words(found)))
        return found

    async def wait_for(self, name: str, find: Awaitable[Found], words: Callable[[Found], str]) -> Found | None:
        """Check what must be waited for."""
        try:
            found = await find
        except AttacheError as error:
            self.checks.append(Check(tr(name), ok=False, detail=_fault_words(error)))
            return None
        self.checks.append(Check(tr(name), ok=True, detail=words(found)))
        return found


def _fault_words(error: AttacheError) -> str:
    """What is wrong, without the advice that stands beside a failed command."""
    if isinstance(error, SourceError | StorageError):
        return error.reason
    if isinstance(error, ConfigurationError):
        return str(error)
    return explain(error)


def with_shared_names(words: Callable[[Dossier], str]) -> Callable[[Dossier], str]:
    """`words`, and which names nobody is heard by because two actors have them: no fault, but rarely meant."""

    def say(dossier: Dossier) -> str:
        holders: dict[str, dict[str, str]] = {}
        for actor in dossier.actors:
            for name in (actor.name, *actor.aliases):
                holders.setdefault(name.casefold(), {})[actor.id] = name
        shared = [
            tr(
                "{name} is a name of {first} and {second}, so nobody is heard by it",
                name=quoted(next(iter(names.values()))),
                first=", ".join(list(names)[:-1]),
                second=list(names)[-1],
            )
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
    try:
        count = await FolderReader().count(source)
    except SourceError as error:
        raise SourceError(error.source, f"{error.reason} ({source.location})") from error
    if not count:
        raise SourceError(source.name, f"there is nothing to read in {source.location}")
    return count


def lexicon_words(lexicon: Lexicon) -> str:
    """A lexicon in a line."""
    return f"{lexicon.language}, {ntr('{n} section', '{n} sections', len(lexicon.sections))}"


def status_words(status: Status) -> str:
    """A database in a line."""
    return f"{status.database}: {articles_words(status.articles)}, {statements_words(status.statements)}"


def count_words(count: int) -> str:
    """A source in a line."""
    return ntr("{n} document", "{n} documents", count)
