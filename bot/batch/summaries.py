"""Summaries of files and of JSON lines: verbatim sentences with their places."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.articles.clean import Cleaner
from bot.articles.lines import split_lines
from bot.articles.model import Article, Citation, RawDocument, Unusable, cite
from bot.articles.structure import kind_of
from bot.batch.jsonl import Json, text_field
from bot.batch.reading import GIVEN, NamedDocument, leads_of_copies, read_documents, repeated_lines
from bot.briefings.ranking import Ranker
from bot.briefings.summary import Document, SummarySentence, summarize
from bot.errors import InvalidInputError
from bot.language.blocks import Block
from bot.language.sentences import SentenceSplitter
from bot.language.spans import Span
from bot.presentation.json import VERSION
from bot.presentation.proof import prove

MOST_WORDS = 100_000


@dataclass(frozen=True, slots=True)
class Summarizer:
    """Chooses sentences by one ranking method."""

    cleaner: Cleaner
    splitter: SentenceSplitter
    ranker: Ranker

    def line(self, data: Mapping[str, Any]) -> Json:
        """The answer to one JSON line `{"docs": [{"title", "text"}], "budget"}`. Offsets count into `text` as given.

        The last sentence may go over the budget, so that who cuts at the word finds it full. Raises
        `InvalidInputError`.
        """
        budget = _budget(data.get("budget"))
        documents = [self._as_given(document) for document in _documents(data.get("docs"))]
        chosen = summarize(documents, self.ranker, words=budget, to_the_brim=True)
        return {
            "summary": " ".join(" ".join(one.text.split()) for one in chosen),
            "sentences": [_sentence(one) for one in chosen],
        }

    def articles(self, articles: Sequence[Article], *, words: int | None, sentences: int | None) -> "Summary":
        """A summary of cleaned articles."""
        documents = [
            Document(article.title, article.text, self.splitter.split(article.text, article.blocks))
            for article in articles
        ]
        chosen = summarize(documents, self.ranker, words=words, sentences=sentences)
        summary = Summary(tuple(articles), chosen)
        texts = {article.id: article.text for article in articles}
        for text, citation in summary.lines():
            prove(texts, citation, text)
        return summary

    async def files(self, paths: Sequence[Path]) -> "GivenFiles":
        """What the paths hold. Copies are set aside: their text would weigh twice."""
        documents = [document async for document in read_documents(paths)]
        cleaned = list(self._clean(documents))
        articles = [article for _, article in cleaned if isinstance(article, Article)]
        leads = leads_of_copies(articles)
        return GivenFiles(
            articles=tuple(article for article in articles if article.location not in leads),
            copies=tuple(leads.items()),
            unusable=tuple((name, reason) for name, reason in cleaned if isinstance(reason, str)),
        )

    def _clean(self, documents: Sequence[NamedDocument]) -> Iterator[tuple[str, Article | str]]:
        repeated = repeated_lines(documents)
        for document in documents:
            if not isinstance(document.content, RawDocument):
                yield document.name, document.content.reason
                continue
            cleaned = self.cleaner.clean(document.content, source_name=GIVEN, repeated=repeated)
            yield document.name, cleaned.reason if isinstance(cleaned, Unusable) else cleaned

    def _as_given(self, data: Mapping[str, Any]) -> Document:
        """Boilerplate lines are passed over where they stand; the text itself is not touched, so offsets hold."""
        title, text = text_field(data, "title"), text_field(data, "text", required=True)
        kept = [verdict.line for verdict in self.cleaner.examine(text) if verdict.rule is None]
        lines = kept or list(split_lines(text))
        blocks = []
        for line, before, after in zip(lines, [None, *lines], [*lines[1:], None], strict=False):
            kind, marker = kind_of(line, before, after)
            blocks.append(Block(kind, Span(line.start + marker, line.end)))
        return Document(title.strip() or None, text, self.splitter.split(text, tuple(blocks)))


@dataclass(frozen=True, slots=True)
class GivenFiles:
    """Articles to sum up; `copies` pairs a file with the one it is a copy of, `unusable` a file with the reason."""

    articles: tuple[Article, ...]
    copies: tuple[tuple[str, str], ...]
    unusable: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Chosen sentences and the articles they stand in."""

    articles: tuple[Article, ...]
    sentences: tuple[SummarySentence, ...]

    def lines(self) -> tuple[tuple[str, Citation], ...]:
        """Every sentence with its citation."""
        return tuple((one.text, cite(self.articles[one.document], one.span)) for one in self.sentences)

    def as_json(self) -> Json:
        """For programs; `doc` counts the files from 0, offsets count into the cleaned text."""
        return {
            "version": VERSION,
            "docs": [
                {"file": one.location, "title": one.title, "outlet": one.outlet, "text": one.text}
                for one in self.articles
            ],
            "summary": " ".join(" ".join(one.text.split()) for one in self.sentences),
            "sentences": [_sentence(one) for one in self.sentences],
        }


def _sentence(one: SummarySentence) -> Json:
    return {"text": one.text, "doc": one.document, "start": one.span.start, "end": one.span.end}


def _budget(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_WORDS:
        return value
    raise InvalidInputError("budget", json.dumps(value)[:40], f"give a number of words from 1 to {MOST_WORDS:,}")


def _documents(value: object) -> list[Mapping[str, Any]]:
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        return value
    raise InvalidInputError("docs", "", 'give a list of {"title", "text"} objects')
