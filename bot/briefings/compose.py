"""The briefing: from the articles of a window to verbatim items, best first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.briefings.candidates import Weighed
from bot.briefings.desk import Desk, Limits
from bot.briefings.editor import Editor
from bot.briefings.heard import Heard
from bot.briefings.model import Briefing, Counts, Scope, Silence, Window
from bot.briefings.trace import Fate, trace_article
from bot.positions.model import Contested, Position, Shift

__all__ = ["Editor", "Limits", "Standings", "Weighed", "compose_briefing", "trace_briefing"]


@dataclass(frozen=True, slots=True)
class Standings:
    """Positions, shifts, disputes and silences of the window, found in its statements."""

    positions: tuple[Position, ...] = ()
    shifts: tuple[Shift, ...] = ()
    contested: tuple[Contested, ...] = ()
    silences: tuple[Silence, ...] = ()


def compose_briefing(
    editor: Editor,
    stored: Sequence[Weighed],
    *,
    scope: Scope,
    window: Window,
    limits: Limits,
    standings: Standings | None = None,
    sources: int = 0,
    sources_failing: int = 0,
    apart: Collection[str] = (),
    heard: Heard | None = None,
) -> Briefing:
    """One edition of `stored`, the articles of `window`. Every item is the text of whole sentences of one article.

    Only the fullest text of each story provides sentences; every article that has the same words is cited with them.
    `sources` and `sources_failing` go into the counts as they are; articles in `apart` share their event with no other.
    What was `heard` is not there: neither a sentence, nor a shift to it, nor a dispute that holds nothing else.
    Deterministic: order of `stored` breaks ties.
    """
    leads = leads_of(stored)
    desk = Desk(editor, leads, scope, apart, heard)
    found = _unheard(standings or Standings(), heard)
    items = desk.items(limits, stored)
    covered_until = window.end or desk.newest()
    return Briefing(
        dossier_id=editor.dossier.id,
        dossier_title=editor.dossier.title,
        scope=scope,
        window=window,
        items=items,
        positions=found.positions,
        shifts=found.shifts,
        contested=found.contested,
        counts=Counts(
            articles=len(stored),
            stories=len(leads),
            undated=sum(one.article.published is None for one in stored),
            sentences=desk.sentences,
            sources=sources,
            sources_failing=sources_failing,
            repeats=desk.repeats,
            outlets=len({one.article.outlet.casefold() for one in stored if one.article.outlet}),
            nameless=sum(not one.article.outlet for one in stored),
        ),
        watch=desk.watch(covered_until.date()) if covered_until else (),
        silences=found.silences,
    )


def _unheard(found: Standings, heard: Heard | None) -> Standings:
    if heard is None:
        return found
    return replace(
        found,
        shifts=tuple(one for one in found.shifts if not heard.knows(one.after.text, one.after.story_id)),
        contested=tuple(
            one
            for one in found.contested
            if not all(heard.knows(side.text, side.story_id) for side in (one.claim, one.answer) if side is not None)
        ),
    )


def trace_briefing(
    editor: Editor,
    stored: Sequence[Weighed],
    article_id: str,
    *,
    scope: Scope,
    limits: Limits,
    apart: Collection[str] = (),
) -> tuple[Fate, ...]:
    """What became of each sentence of an article in the briefing of `stored`, in their order, and by which number."""
    leads = leads_of(stored)
    own = next(one for one in stored if one.article.id == article_id)
    lead = next(one for one in leads if one.story_id == own.story_id)
    desk = Desk(editor, leads, scope, apart)
    desk.items(limits, stored)
    return trace_article(desk.record, own, lead)


def leads_of(stored: Sequence[Weighed]) -> tuple[Weighed, ...]:
    """One article a story: its lead, or where that lies outside the window the fullest of those within."""
    by_story: dict[str, Weighed] = {}
    for one in stored:
        known = by_story.setdefault(one.story_id, one)
        if known is not one and _fullness(one) > _fullness(known):
            by_story[one.story_id] = one
    return tuple(by_story.values())


def _fullness(one: Weighed) -> tuple[bool, int]:
    return one.article.id == one.story_id, len(one.article.text)
