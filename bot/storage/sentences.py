"""Rows of the table that sentences are found by."""

from collections.abc import Iterable
from itertools import count
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.language.seeking import tokens_of
from bot.language.spans import Span
from bot.storage.engine import Engine
from bot.storage.tables import sentences

_MOST_POSITIONS = 16_383  # PostgreSQL knows no later ones


async def index_sentences(
    connection: AsyncConnection, engine: Engine, texts: Iterable[tuple[str, str, Iterable[Span]]]
) -> None:
    """Make these (article id, text, sentences) findable; the caller has seen to it that they are not, and commits."""
    rows = [
        row for article_id, text, spans in texts for row in sentence_rows(article_id, text, spans, engine.is_sqlite)
    ]
    if rows:
        await connection.execute(sentences.insert(), rows)


def sentence_rows(article_id: str, text: str, spans: Iterable[Span], is_sqlite: bool) -> list[dict[str, Any]]:
    """A row for each sentence that holds a word."""
    found = []
    for span in spans:
        tokens = tokens_of(span.of(text))
        if tokens:
            terms = " ".join(tokens) if is_sqlite else vector_of(tokens)
            found.append({"article_id": article_id, "start": span.start, "end": span.end, "terms": terms})
    return found


def vector_of(tokens: Iterable[str]) -> str:
    """Tokens as the text of a PostgreSQL vector. They are letters and digits alone: there is nothing to escape."""
    return " ".join(f"'{token}':{min(place, _MOST_POSITIONS)}" for place, token in zip(count(1), tokens, strict=False))
