"""What a briefing is made of: the articles of its window, listed before any of them is read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.briefings.candidates import Weighed
from bot.briefings.model import Window
from bot.services.ports import Corpus, Listed, StoredArticle

MOST_READ = 300  # articles of one window, the newest; of more only some sentences of each could be weighed


@dataclass(frozen=True, slots=True)
class Material:
    """The articles of a window by id, newest first; `left_out` older ones of it are not read."""

    window: Window
    ids: tuple[str, ...]
    left_out: int = 0


async def find_material(corpus: Corpus, window: Window) -> Material:
    """The newest `MOST_READ` articles of the window."""
    bounds, undated = (window.start, window.end), window.includes_undated
    listed = await corpus.listed_between(*bounds, undated=undated, most=MOST_READ + 1)
    if len(listed) <= MOST_READ:
        return Material(window, _ids(listed))
    there = await corpus.number_between(*bounds, undated=undated)
    return Material(window, _ids(listed[:MOST_READ]), there - MOST_READ)


async def find_news(corpus: Corpus, window: Window, is_news: Callable[[Listed], bool]) -> Material | None:
    """Those of the newest `MOST_READ` that are news; None where there is nothing in the window at all."""
    listed = await corpus.listed_between(window.start, window.end, undated=window.includes_undated)
    if not listed:
        return None
    news = [one for one in listed if is_news(one)]
    return Material(window, _ids(news[:MOST_READ]), max(0, len(news) - MOST_READ))


async def read_material(corpus: Corpus, material: Material) -> Sequence[StoredArticle]:
    """Its articles in their order, those that are still there."""
    found = {one.article.id: one for one in await corpus.stored(material.ids)}
    return [found[article_id] for article_id in material.ids if article_id in found]


def weighed(stored: Iterable[StoredArticle]) -> list[Weighed]:
    """What composing needs of them."""
    return [Weighed(one.article, one.reading, one.story_id) for one in stored]


def _ids(listed: Iterable[Listed]) -> tuple[str, ...]:
    return tuple(one.article_id for one in listed)
