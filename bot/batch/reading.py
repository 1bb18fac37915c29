"""Documents named on the command line, each under the name it was asked for by."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.articles.model import Article, RawDocument
from bot.articles.repetition import find_repeated_lines
from bot.articles.stories import fingerprint, group_stories
from bot.dossier import Source, SourceKind
from bot.errors import SourceError
from bot.services.ports import Unreadable
from bot.sources.folder import FolderReader

GIVEN = "given"  # the source that all of them are said to come from


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A document under the name it was asked for by, or why it could not be read."""

    name: str
    content: RawDocument | Unreadable


async def read_documents(paths: Iterable[Path]) -> AsyncIterator[NamedDocument]:
    """Every file of the paths, in order. Files of one name in two folders are two documents."""
    folders = FolderReader()
    for path in paths:
        try:
            async for document in folders.documents(Source(GIVEN, SourceKind.FOLDER, str(path), str(path))):
                name = str(path / document.location) if path.is_dir() else str(path)
                yield NamedDocument(name, replace(document, location=name))
        except SourceError as error:
            yield NamedDocument(str(path), Unreadable(str(path), error.reason))


def repeated_lines(documents: Iterable[NamedDocument]) -> frozenset[str]:
    """Lines that repeat over these documents, as a load would learn them from a source."""
    return find_repeated_lines(_decoded(documents))


def leads_of_copies(articles: Sequence[Article]) -> dict[str, str]:
    """By file name, the name of the fullest text, for every copy among these articles."""
    names = {article.id: article.location for article in articles}
    return {
        names[member.article_id]: names[story.lead_id]
        for story in group_stories([fingerprint(article) for article in articles])
        for member in story.members
        if member.article_id != story.lead_id
    }


def _decoded(documents: Iterable[NamedDocument]) -> Iterator[str]:
    for document in documents:
        if isinstance(document.content, RawDocument):
            yield document.content.content.decode("utf-8", "replace")
