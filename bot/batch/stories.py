"""Stories of files and of JSON lines: which texts are copies of one another, and which tell of the same event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.articles.clean import Cleaner
from bot.articles.grouping import Grouped, group_articles
from bot.articles.identity import article_id
from bot.articles.model import Article, RawDocument, Unusable
from bot.batch.jsonl import Json, text_field
from bot.batch.reading import GIVEN, NamedDocument, read_documents, repeated_lines
from bot.console.screen import Screen
from bot.errors import AttacheError
from bot.language.blocks import Block, BlockKind
from bot.language.spans import Span
from bot.presentation.stories_page import FoundStories, Told, stories_json, stories_page


@dataclass(frozen=True, slots=True)
class StoryFinder:
    """Cleans documents as a load does, and groups them. A batch has to be there whole before anything is known."""

    cleaner: Cleaner
    stop_words: frozenset[str]

    def lines(self, batch: Sequence[Json]) -> list[Json | AttacheError]:
        """For each of a batch of JSON lines `{"id", "title", "text", "published"}` its answer, or what is wrong.

        `story` is the id of the event's central report; `copy_of` the id of the fuller text that a copy belongs to.
        """
        taken = [self._taken(number, data) for number, data in enumerate(batch)]
        articles = [one for one in taken if isinstance(one, Article)]
        grouped = {one.article_id: one for one in group_articles(articles, self.stop_words)}
        names = {one.id: data.get("id") for one, data in zip(taken, batch, strict=True) if isinstance(one, Article)}
        return [_line(grouped[one.id], names) if isinstance(one, Article) else one for one in taken]

    async def files(self, paths: Sequence[Path]) -> FoundStories:
        """The stories of what the paths hold."""
        documents = [document async for document in read_documents(paths)]
        repeated = repeated_lines(documents)
        cleaned = [(document.name, self._cleaned(document, repeated)) for document in documents]
        articles = [article for _, article in cleaned if isinstance(article, Article)]
        names = {article.id: article.location for article in articles}
        told = tuple(
            Told(
                article.location,
                article.title,
                names[one.copy_of] if one.copy_of else None,
                names[one.event_id],
                one.reason,
            )
            for article, one in zip(articles, group_articles(articles, self.stop_words), strict=True)
        )
        unusable = tuple((name, reason) for name, reason in cleaned if isinstance(reason, str))
        return FoundStories(told, unusable)

    def _taken(self, number: int, data: Mapping[str, Any]) -> Article | AttacheError:
        try:
            title, published = text_field(data, "title"), text_field(data, "published")
            text = text_field(data, "text", required=True)
        except AttacheError as error:
            return error
        given = (("title", title), ("published", published))
        hints = {name: value for name, value in given if value.strip()}
        document = RawDocument(GIVEN, str(number), text.encode("utf-8", "replace"), hints=hints)
        article = self.cleaner.clean(document, source_name=GIVEN)
        return article if isinstance(article, Article) else _as_it_is(document, title, text)

    def _cleaned(self, document: NamedDocument, repeated: frozenset[str]) -> Article | str:
        if not isinstance(document.content, RawDocument):
            return document.content.reason
        article = self.cleaner.clean(document.content, source_name=GIVEN, repeated=repeated)
        return article.reason if isinstance(article, Unusable) else article


async def print_stories(finder: StoryFinder, paths: Sequence[Path], style: str) -> int:
    """Print the stories of files. The exit code is 1 if one could not be read."""
    screen = Screen()
    found = await finder.files(paths)
    for name, reason in found.unusable:
        screen.note(f"Not read: {name}: {reason}.")
    screen.answer(stories_page(found), lambda: stories_json(found), style)
    return int(bool(found.unusable))


def _line(grouped: Grouped, names: Mapping[str, Any]) -> Json:
    copy_of = names[grouped.copy_of] if grouped.copy_of else None
    return {"copy_of": copy_of, "story": names[grouped.event_id], "reason": grouped.reason}


def _as_it_is(document: RawDocument, title: str, text: str) -> Article:
    """A text in which cleaning finds no article is grouped by what it says all the same: it was given as one."""
    return Article(
        id=article_id(document.source_id, document.location),
        source_id=document.source_id,
        location=document.location,
        content_hash="",
        title=title or None,
        outlet=None,
        author=None,
        url=None,
        published=None,
        text=text,
        blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),),
    )
