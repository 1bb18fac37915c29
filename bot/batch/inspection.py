"""What was understood of each file or line."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument, Unusable
from bot.batch.jsonl import dumped, text_field
from bot.batch.reading import GIVEN, NamedDocument, leads_of_copies, read_documents, repeated_lines
from bot.dossier import Dossier
from bot.errors import InvalidInputError
from bot.positions.reader import Reader
from bot.presentation.reading_json import Json, reading_json
from bot.services.ports import Unreadable


@dataclass(frozen=True, slots=True)
class Inspector:
    """Cleans and reads documents as a load does, and tells what it found."""

    cleaner: Cleaner
    reader: Reader
    dossier: Dossier

    async def files(self, paths: Sequence[Path]) -> AsyncIterator[Json]:
        """An object for every file, in order; `{"file", "error"}` for what can't be read."""
        documents = [document async for document in read_documents(paths)]
        cleaned = self._clean(documents)
        leads = leads_of_copies([article for article in cleaned if isinstance(article, Article)])
        for document, article in zip(documents, cleaned, strict=True):
            if isinstance(article, Article):
                yield {"file": document.name, **self._read(article, leads.get(document.name))}
            else:
                yield {"file": document.name, "error": article.reason}

    def line(self, data: Mapping[str, Any]) -> Json:
        """The answer to one JSON line `{"title", "text"}`. Raises `InvalidInputError`."""
        title, text = text_field(data, "title"), text_field(data, "text", required=True)
        hints = {"title": title} if title.strip() else {}
        document = RawDocument(GIVEN, "line", text.encode("utf-8", "replace"), hints=hints)
        article = self.cleaner.clean(document, source_name=GIVEN)
        if isinstance(article, Unusable):
            raise InvalidInputError("text", text[:40], article.reason)
        return self._read(article, None)

    def _clean(self, documents: Sequence[NamedDocument]) -> list[Article | Unusable | Unreadable]:
        repeated = repeated_lines(documents)
        return [
            self.cleaner.clean(document.content, source_name=GIVEN, repeated=repeated)
            if isinstance(document.content, RawDocument)
            else document.content
            for document in documents
        ]

    def _read(self, article: Article, duplicate_of: str | None) -> Json:
        return reading_json(article, self.reader.read(article), self.dossier, duplicate_of)


async def print_inspected(inspector: Inspector, paths: Sequence[Path]) -> int:
    """Print an object a line. The exit code is 1 if a file could not be read."""
    failed = False
    async for inspected in inspector.files(paths):
        failed = failed or "error" in inspected
        print(dumped(inspected), flush=True)
    return int(failed)
