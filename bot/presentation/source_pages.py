"""One source at a time: what is at an address, what happened at the last fetch, what a list of feeds brought."""

from collections.abc import Iterator
from datetime import datetime

from bot.presentation import wording
from bot.presentation.page import Page, Part, Run, Tone, command, paragraph, small, strong, title
from bot.services.results import Imported, Proposal, SourceView

_SHOWN = 10  # names or failures one by one


def proposal_page(proposal: Proposal) -> Page:
    """What was found, its newest items, and what would be loaded."""
    found = proposal.found
    items = [
        paragraph(strong(item.title), f", {_dated(item.published)}", gap=not n) for n, item in enumerate(found.items)
    ]
    what = "one page" if found.kind.value == "page" else f"a feed with {wording.counted(found.total, 'item')}"
    undated = "" if any(item.published for item in found.items) else " It does not say when its items were published."
    loaded = (
        f"Would be loaded: {wording.counted(found.total, 'article')} now, then what is new. The first load is stored, "
        f"and not posted as news.{undated}"
    )
    return (
        title(found.name),
        paragraph(f"This is {what}."),
        *items,
        paragraph(loaded, gap=True),
        small(found.location),
    )


def check_page(view: SourceView) -> Page:
    """How a source fares, with the numbers of its last round."""
    state = view.state
    reason = f": {view.reason}" if view.reason else ""
    tone = Tone.AGAINST if view.is_failing else Tone.PLAIN
    whose = "this server's own" if view.is_own else "the operator's"
    parts = [title(view.name), paragraph("State: ", Run(view.status, tone), reason)]
    if state is not None and state.checked_at is not None:
        parts += _history(view)
        parts += _numbers(view)
    else:
        parts.append(
            paragraph("It was not read yet. It is read in the next round, or now: ", command("/sources reload"))
        )
    return (
        *parts,
        small(f"{view.kind}, {wording.counted(view.articles, 'article')}, {whose}", gap=True),
        small(view.location),
    )


def imported_page(done: Imported) -> Page:
    """What became of a list of feeds."""
    known = f", {len(done.known):,} known already" if done.known else ""
    refused = f", {len(done.refused):,} refused" if done.refused else ""
    parts = [title("Feeds imported"), paragraph(f"{len(done.added):,} added{known}{refused}.")]
    parts += [paragraph(strong(name), indent=2) for name in done.added[:_SHOWN]]
    parts += _more(len(done.added))
    parts += [paragraph("Refused: ", strong(name), f": {reason}", indent=2) for name, reason in done.refused[:_SHOWN]]
    parts += _more(len(done.refused))
    if done.added:
        parts.append(paragraph("They are read in the next round, or now: ", command("/sources reload"), gap=True))
    return tuple(parts)


def _history(view: SourceView) -> Iterator[Part]:
    state = view.state
    assert state is not None
    failing = wording.instant_words(state.failing_since) if state.failing_since else ""
    facts = (
        ("Last fetch", _dated(state.checked_at)),
        ("Last success", wording.instant_words(state.succeeded_at) if state.succeeded_at else "never"),
        ("Last new article", wording.instant_words(state.news_at) if state.news_at else "none so far"),
        ("Failures in a row", f"{state.failures:,} since {failing}" if state.failures else ""),
        ("Not tried again before", wording.instant_words(state.due_at) if state.due_at else ""),
    )
    for name, value in facts:
        if value:
            yield paragraph(strong(f"{name}: "), value)
    if state.pause is not None:
        why = "by somebody; it stays so until resumed" if state.pause.value == "asked" else "because it failed for long"
        yield paragraph(f"It is paused {why}.")


def _numbers(view: SourceView) -> Iterator[Part]:
    state = view.state
    assert state is not None
    tally = state.tally
    counts = (
        (tally.new, "new"),
        (tally.changed, "changed"),
        (tally.unchanged, "unchanged"),
        (tally.removed, "removed"),
        (tally.unread, "not read"),
    )
    words = ", ".join(f"{number:,} {word}" for number, word in counts if number) or "nothing"
    yield paragraph(f"At the last fetch: {words}; {tally.seconds:.1f} s.", gap=True)
    if tally.new or tally.changed:
        statements, lines = wording.counted(tally.statements, "statement"), wording.counted(tally.dropped_lines, "line")
        yield small(f"{statements} read; {lines} dropped as boilerplate", indent=2)
    for location, reason in tally.failed:
        yield paragraph("Not read: ", strong(location), f": {reason}", indent=2)
    yield from _more(tally.unread)


def _more(number: int) -> Iterator[Part]:
    if number > _SHOWN:
        yield small(f"and {number - _SHOWN:,} more", indent=2)


def _dated(at: datetime | None) -> str:
    return wording.instant_words(at) if at else "undated"
