"""Everything that was decided about one article, gathered so that a person can check it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.articles.events import Event
from bot.articles.model import Article, Story
from bot.articles.splits import Split
from bot.briefings.model import Window
from bot.briefings.trace import Fate
from bot.positions.model import Reading


@dataclass(frozen=True, slots=True)
class Explanation:
    """One article: where it comes from, what it was folded with and why, and what became of its sentences.

    `others` are the other articles of `story` and `event`, by id, as far as they are stored. `fates` are those of its
    sentences in the briefing over everything in `window`, with at most `items` lines.
    """

    article: Article
    reading: Reading
    source: str
    first_seen_at: datetime
    story: Story
    event: Event
    others: Mapping[str, Article]
    split: Split | None
    window: Window
    items: int
    fates: tuple[Fate, ...]
