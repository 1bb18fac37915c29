"""One source at a time: what is at an address, what happened at the last fetch, what a list of feeds brought."""

from collections.abc import Iterator
from datetime import datetime

from babel.numbers import format_decimal

from bot.catalogues import current_locale, ntr, number_words, tr
from bot.presentation import wording
from bot.presentation.admin_pages import failed_parts, kind_words, summary_parts, tally_words, work_words
from bot.presentation.page import Page, Part, Run, Tone, command, paragraph, small, strong, title
from bot.reasons import reason_words
from bot.services.results import Imported, Proposal, SourceView

_SHOWN = 10  # names or failures one by one


def proposal_page(proposal: Proposal) -> Page:
    """What was found, its newest items, and what would be loaded."""
    found = proposal.found
    items = [
        paragraph(strong(item.title), f", {_dated(item.published)}", gap=not n) for n, item in enumerate(found.items)
    ]
    what = (
        tr("This is one page.")
        if found.kind.value == "page"
        else ntr("This is a feed with {n} item.", "This is a feed with {n} items.", found.total)
    )
    loaded = [
        ntr(
            "Would be loaded: {n} article now, then what is new.",
            "Would be loaded: {n} articles now, then what is new.",
            found.total,
        )
    ]
    loaded.append(tr("The first load is stored, and not posted as news."))
    if not any(item.published for item in found.items):
        loaded.append(tr("It does not say when its items were published."))
    return (
        title(found.name),
        paragraph(what),
        *items,
        paragraph(" ".join(loaded), gap=True),
        small(found.location),
    )


def check_page(view: SourceView) -> Page:
    """How a source fares, with the numbers of its last round."""
    state = view.state
    reason = f": {reason_words(view.reason)}" if view.reason else ""
    tone = Tone.AGAINST if view.is_failing else Tone.PLAIN
    whose = tr("this server's own") if view.is_own else tr("the operator's")
    parts = [title(view.name), paragraph(f"{tr('State:')} ", Run(reason_words(view.status), tone), reason)]
    if state is not None and state.checked_at is not None:
        parts += _history(view)
        parts += _numbers(view)
    else:
        hint = tr("It was not read yet. It is read in the next round, or now:")
        parts.append(paragraph(f"{hint} ", command("/sources reload")))
    return (
        *parts,
        small(f"{kind_words(view.kind)}, {wording.articles_words(view.articles)}, {whose}", gap=True),
        small(view.location),
    )


def imported_page(done: Imported) -> Page:
    """What became of a list of feeds."""
    counts = [ntr("{n} added", "{n} added", len(done.added))]
    counts += [ntr("{n} known already", "{n} known already", len(done.known))] if done.known else []
    counts += [ntr("{n} refused", "{n} refused", len(done.refused))] if done.refused else []
    parts = [title(tr("Feeds imported")), paragraph(f"{', '.join(counts)}.")]
    parts += [paragraph(strong(name), indent=2) for name in done.added[:_SHOWN]]
    parts += _more(len(done.added))
    parts += [
        paragraph(f"{tr('Refused:')} ", strong(name), f": {reason_words(reason)}", indent=2)
        for name, reason in done.refused[:_SHOWN]
    ]
    parts += _more(len(done.refused))
    if done.added:
        hint = tr("They are read in the next round, or now:")
        parts.append(paragraph(f"{hint} ", command("/sources reload"), gap=True))
    return tuple(parts)


def _history(view: SourceView) -> Iterator[Part]:
    state = view.state
    assert state is not None
    failing = wording.instant_words(state.failing_since) if state.failing_since else ""
    since = tr("{number} since {when}", number=number_words(state.failures), when=failing)
    facts = (
        (tr("Last fetch"), _dated(state.checked_at)),
        (tr("Last success"), wording.instant_words(state.succeeded_at) if state.succeeded_at else tr("never")),
        (tr("Last new article"), wording.instant_words(state.news_at) if state.news_at else tr("none so far")),
        (tr("Failures in a row"), since if state.failures else ""),
        (tr("Not tried again before"), wording.instant_words(state.due_at) if state.due_at else ""),
    )
    for name, value in facts:
        if value:
            yield paragraph(strong(f"{name}: "), value)
    if state.pause is not None:
        asked = state.pause.value == "asked"
        yield paragraph(
            tr("It is paused by somebody; it stays so until resumed.")
            if asked
            else tr("It is paused because it failed for long.")
        )


def _numbers(view: SourceView) -> Iterator[Part]:
    state = view.state
    assert state is not None
    tally = state.tally
    words = tally_words(tally.new, tally.changed, tally.unchanged, tally.removed, tally.unread) or tr("nothing")
    seconds = format_decimal(tally.seconds, "0.0", locale=current_locale())
    yield paragraph(tr("At the last fetch: {counts}; {seconds} s.", counts=words, seconds=seconds), gap=True)
    if tally.new or tally.changed:
        yield small(work_words(tally.statements, tally.dropped_lines), indent=2)
    yield from summary_parts(tally.summaries)
    yield from failed_parts(tally.failed, tally.unread)


def _more(number: int) -> Iterator[Part]:
    if number > _SHOWN:
        yield small(ntr("and {n} more", "and {n} more", number - _SHOWN), indent=2)


def _dated(at: datetime | None) -> str:
    return wording.instant_words(at) if at else tr("undated")
