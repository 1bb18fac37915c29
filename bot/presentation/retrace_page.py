"""A briefing explained, as a page and for programs: what it was made of, what it told and what it left, by number."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.articles.model import Article, Story
from bot.briefings.retrace import BriefingTrace, Traced
from bot.catalogues import ntr, number_words, quoted, tr
from bot.presentation import wording
from bot.presentation.explanation_page import excerpt
from bot.presentation.json import VERSION, window_json
from bot.presentation.page import Page, Part, heading, paragraph, quiet, small, strong, title
from bot.reasons import reason_words

_STORIES = 10


def retrace_page(found: BriefingTrace) -> Page:
    """Loaded, cleaned, folded, told and left."""
    name = found.edition.id if found.edition else ""
    same = tr("Composed again over what is stored now, it is the same.")
    other = tr("The store has changed since: composed again it differs, and the numbers are those of now.")
    return (
        title(tr("Why: {article}", article=name)),
        paragraph(same if found.is_same else other),
        *_made_of(found),
        *_folded(found),
        heading(tr("Told")),
        *(part for one in found.told for part in _told(one)),
        heading(tr("Left, the most promising first")),
        *(part for one in found.left for part in _told(one)),
    )


def retrace_json(found: BriefingTrace) -> dict[str, Any]:
    """The same for programs."""
    edition = found.edition
    return {
        "version": VERSION,
        "edition": edition.id if edition else None,
        "same": found.is_same,
        "window": window_json(found.window),
        "items": found.items,
        "articles": [one.id for one in found.articles],
        "sentences": found.sentences,
        "dropped": dict(found.dropped),
        "stories": [
            {"lead": one.lead_id, "members": [{"id": m.article_id, "reason": m.reason} for m in one.members]}
            for one in found.stories
        ],
        "told": [_traced(one) for one in found.told],
        "left": [_traced(one) for one in found.left],
    }


def _traced(one: Traced) -> dict[str, Any]:
    span = one.fate.span
    return {"id": one.article.id, "start": span.start, "end": span.end, "line": one.fate.line, "why": one.fate.why}


def _made_of(found: BriefingTrace) -> Iterator[Part]:
    yield heading(tr("Made of"))
    articles = ntr("{n} article", "{n} articles", len(found.articles))
    sentences = ntr("{n} sentence weighed", "{n} sentences weighed", found.sentences)
    yield paragraph(f"{articles}, {sentences}. {wording.window_words(found.window)}")
    if found.dropped:
        rules = ", ".join(f"{reason_words(rule)} {number_words(number)}" for rule, number in found.dropped)
        number = sum(count for _, count in found.dropped)
        yield small(ntr("{n} line dropped: {rules}.", "{n} lines dropped: {rules}.", number, rules=rules), indent=2)


def _folded(found: BriefingTrace) -> Iterator[Part]:
    yield heading(tr("Copies"))
    if not found.stories:
        yield paragraph(tr("No article is a copy of another."))
    known = {one.id: one for one in found.articles}
    for story in found.stories[:_STORIES]:
        yield paragraph(strong(_name(story.lead_id, known)), indent=2)
        yield from (small(_copy(story, number, known), indent=4) for number in range(1, len(story.members)))
    if len(found.stories) > _STORIES:
        yield small(ntr("and {n} more", "and {n} more", len(found.stories) - _STORIES), indent=2)


def _copy(story: Story, number: int, known: Mapping[str, Article]) -> str:
    member = story.members[number]
    return f"{_name(member.article_id, known)}: {reason_words(member.reason)}"


def _name(article_id: str, known: Mapping[str, Article]) -> str:
    article = known.get(article_id)
    if article is None:
        return tr("Article {id}", id=article_id)
    return f"{article.outlet or article.location}: {article.title}" if article.title else article.location


def _told(one: Traced) -> Iterator[Part]:
    line = tr("line {number}", number=one.fate.line) if one.fate.line is not None else tr("left")
    said, name = excerpt(one.fate.span.of(one.article.text)), _name(one.article.id, {one.article.id: one.article})
    yield paragraph(strong(line), f" · {quoted(said)}", quiet(f" · {name}"))
    yield small(reason_words(one.fate.why), indent=2)
