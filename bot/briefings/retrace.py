"""A briefing explained: what it was made of, and which number told or left each sentence."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.articles.model import Article, Story
from bot.briefings.candidates import Weighed
from bot.briefings.compose import leads_of
from bot.briefings.desk import Desk, Limits
from bot.briefings.editions import Edition
from bot.briefings.editor import Editor
from bot.briefings.heard import Heard
from bot.briefings.model import Scope, Window
from bot.briefings.trace import Fate, trace_article

LEFT = 15  # of the sentences that were not told, the most promising ones


@dataclass(frozen=True, slots=True)
class Traced:
    """What became of one sentence of an article."""

    article: Article
    fate: Fate


@dataclass(frozen=True, slots=True)
class BriefingTrace:
    """A briefing composed again over what is stored now.

    `dropped` counts the lines that cleaning left out, by rule; `stories` are those of several articles, by size; `told`
    are sentences by their line, `left` the most promising of the others. `is_same`: whether the same lines come out.
    """

    window: Window
    items: int
    articles: tuple[Article, ...]
    sentences: int
    dropped: tuple[tuple[str, int], ...]
    told: tuple[Traced, ...]
    left: tuple[Traced, ...]
    stories: tuple[Story, ...] = ()
    edition: Edition | None = None
    is_same: bool = True


def trace_whole(
    editor: Editor,
    stored: Sequence[Weighed],
    *,
    scope: Scope,
    window: Window,
    limits: Limits,
    apart: Collection[str] = (),
    heard: Heard | None = None,
) -> tuple[BriefingTrace, tuple[str, ...]]:
    """The trace of the briefing of `stored`, and the texts of its items in order."""
    leads = leads_of(stored)
    desk = Desk(editor, leads, scope, apart, heard)
    items = desk.items(limits, stored)
    traced = [Traced(lead.article, fate) for lead in leads for fate in trace_article(desk.record, lead, lead)]
    told = sorted((one for one in traced if one.fate.line is not None), key=lambda one: one.fate.line or 0)
    rest = [one for one in traced if one.fate.line is None]
    left = sorted(rest, key=lambda one: desk.record.rank_of(one.article.id, one.fate))
    articles = tuple(one.article for one in stored)
    dropped = Counter(line.rule for article in articles for line in article.dropped)
    trace = BriefingTrace(
        window=window,
        items=limits.items,
        articles=articles,
        sentences=desk.sentences,
        dropped=tuple(dropped.most_common()),
        told=tuple(told),
        left=tuple(left[:LEFT]),
    )
    return trace, tuple(item.text for item in items)
