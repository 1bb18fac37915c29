"""What admins see: loads, sources, schedules, the state of things, checks."""

from collections.abc import Iterator, Sequence

from babel.dates import get_day_names

from bot.catalogues import current_locale, mark, ntr, number_words, tr
from bot.dossier import Dossier
from bot.presentation import wording
from bot.presentation.page import Page, Part, Run, Tone, command, paragraph, quiet, small, strong, title
from bot.reasons import reason_words
from bot.schedules.model import DeliveryState
from bot.services.results import Check, LoadProgress, LoadReport, ScheduleView, SourceReport, SourceView, Status

_SHOWN = 10  # failures named one by one
_KINDS = {"folder": mark("folder"), "feed": mark("feed"), "page": mark("page")}
OUTCOMES = {
    DeliveryState.ASKED: mark("to be posted at once"),
    DeliveryState.CLAIMED: mark("being posted"),
    DeliveryState.SENT: mark("posted"),
    DeliveryState.NOTHING_NEW: mark("nothing new"),
    DeliveryState.MISSED: mark("missed"),
    DeliveryState.FAILED: mark("failed, to be tried again"),
    DeliveryState.UNSURE: mark("not known whether it was posted"),
    DeliveryState.REJECTED: mark("refused by Discord, so it is paused"),
}


def load_page(report: LoadReport) -> Page:
    """What a load did, source by source, with what failed and why."""
    head = title(tr("Sources read"))
    if not report.sources:
        return (head, paragraph(tr("The dossier names no source.")))
    return (head, *(part for source in report.sources for part in _loaded(source)))


def sources_page(views: Sequence[SourceView]) -> Page:
    """Every source with its state."""
    if not views:
        return (title(tr("Sources")), paragraph(tr("The dossier names no source.")))
    return (title(tr("Sources")), *(part for view in views for part in _source(view)))


def schedules_page(views: Sequence[ScheduleView], dossier: Dossier, *, adds: bool = True) -> Page:
    """Every schedule with its next run and last outcome. Where none is, how to add one, here if this place `adds`."""
    if not views and not adds:
        return (title(tr("Schedules")), paragraph(tr("None yet. In Discord, {setup} adds one.", setup="/setup")))
    if not views:
        example = command("/schedule add time: 08:00 zone: Europe/Kyiv days: mon-fri")
        return (title(tr("Schedules")), paragraph(tr("None yet. Add one:"), " ", example))
    return (title(tr("Schedules")), *(part for view in views for part in _schedule(view, dossier)))


def schedule_page(view: ScheduleView, dossier: Dossier) -> Page:
    """The schedule just saved."""
    return (title(tr("Schedule saved")), *_schedule(view, dossier))


def status_page(status: Status) -> Page:
    """What is held, and how it fares."""
    newest = tr("newest of {when}", when=wording.instant_words(status.newest)) if status.newest else tr("none dated")
    articles = f"{number_words(status.articles)} {ntr('in {n} story', 'in {n} stories', status.stories)}, "
    articles += f"{ntr('{n} undated', '{n} undated', status.undated)}; {newest}"
    failing = f", {ntr('{n} failing', '{n} failing', status.sources_failing)}" if status.sources_failing else ""
    rows = (
        (tr("Dossier"), status.dossier),
        (tr("Articles"), articles),
        (tr("Statements"), number_words(status.statements)),
        (tr("Sources"), f"{number_words(status.sources)}{failing}"),
        (tr("Schedules"), number_words(status.schedules)),
        (tr("Database"), status.database),
        (tr("Version"), status.version),
    )
    lines = (paragraph(strong(f"{name}: "), value, gap=not number) for number, (name, value) in enumerate(rows))
    return (title(tr("Status")), *lines)


def checks_page(checks: Sequence[Check]) -> Page:
    """One line a check: the word says how it went."""
    return tuple(_check(check) for check in checks)


def _check(check: Check) -> Part:
    width = max(len(tr("ok")), len(tr("FAILED")))
    outcome = Run(tr("ok").ljust(width), Tone.FOR) if check.ok else Run(tr("FAILED").ljust(width), Tone.AGAINST)
    where = (" ", Run(f"<#{check.channel_id}>", Tone.MENTION)) if check.channel_id else ()
    return paragraph(outcome, "  ", strong(check.name), *where, f": {reason_words(check.detail)}")


def _loaded(source: SourceReport) -> Iterator[Part]:
    if source.error:
        reason = f": {reason_words(source.error)}"
        yield paragraph(strong(source.source), ": ", Run(tr("failed"), Tone.AGAINST), reason, gap=True)
        return
    words = tally_words(source.new, source.changed, source.unchanged, source.removed)
    if source.folded:
        folded = ntr("{n} folded as copy", "{n} folded as copies", source.folded)
        words = f"{words}, {folded}" if words else folded
    yield paragraph(strong(source.source), f": {words or tr('nothing there')}", gap=True)
    if source.new or source.changed:
        yield small(work_words(source.statements, source.dropped_lines), indent=2)
    yield from summary_parts(source.summaries)
    yield from failed_parts(source.failed[:_SHOWN], len(source.failed))


def summary_parts(summaries: Sequence[tuple[str, int]]) -> Iterator[Part]:
    """Of how many articles the feed's summary alone is stored, and why."""
    if not summaries:
        return
    number = sum(count for _, count in summaries)
    words = ntr(
        "Of {n} article the feed's summary alone is stored, because its page could not be had:",
        "Of {n} articles the feed's summary alone is stored, because their pages could not be had:",
        number,
    )
    yield paragraph(words, indent=2)
    for reason, count in summaries:
        yield small(f"{number_words(count)} × {reason_words(reason)}", indent=4)


def tally_words(new: int, changed: int, unchanged: int, removed: int, unread: int = 0) -> str:
    """What became of articles, in numbers; "" if there were none."""
    facts = (
        (new, ntr("{n} new", "{n} new", new)),
        (changed, ntr("{n} changed", "{n} changed", changed)),
        (unchanged, ntr("{n} unchanged", "{n} unchanged", unchanged)),
        (removed, ntr("{n} removed", "{n} removed", removed)),
        (unread, ntr("{n} not read", "{n} not read", unread)),
    )
    return ", ".join(words for number, words in facts if number)


def read_so_far(progress: LoadProgress) -> str:
    """How far a load is, in numbers."""
    if progress.total is None:
        return ntr("{n} read", "{n} read", progress.read)
    return tr("{n} of {total} read", n=number_words(progress.read), total=number_words(progress.total))


def work_words(statements: int, dropped_lines: int) -> str:
    """What reading them brought."""
    read = ntr("{n} statement read", "{n} statements read", statements)
    return f"{read}; {ntr('{n} line dropped as boilerplate', '{n} lines dropped as boilerplate', dropped_lines)}"


def failed_parts(failed: Sequence[tuple[str, str]], number: int) -> Iterator[Part]:
    """What could not be read, one by one, and how many more there are of `number`."""
    for location, reason in failed:
        yield paragraph(f"{tr('Not read:')} ", strong(location), f": {reason_words(reason)}", indent=2)
    left = number - _SHOWN
    if left > 0:
        yield small(ntr("and {n} more not read", "and {n} more not read", left), indent=2)


def kind_words(kind: str) -> str:
    """A kind of source: folder, feed or page."""
    return tr(_KINDS[kind]) if kind in _KINDS else kind


def _source(view: SourceView) -> Iterator[Part]:
    reason = f": {reason_words(view.reason)}" if view.reason else ""
    when = wording.instant_words(view.checked_at) if view.checked_at else None
    checked = tr("checked {when}", when=when) if when else tr("not read yet")
    tone = Tone.AGAINST if view.is_failing else Tone.PLAIN
    yield paragraph(strong(view.name), ": ", Run(reason_words(view.status), tone), reason, gap=True)
    own = ", " + tr("this server's own") if view.is_own else ""
    yield small(f"{kind_words(view.kind)}, {wording.articles_words(view.articles)}, {checked}{own}", indent=2)
    yield small(view.location, indent=2)


def _schedule(view: ScheduleView, dossier: Dossier) -> Iterator[Part]:
    rule = view.schedule
    paused = f" ({tr('paused')})" if rule.paused else ""
    when = f"{rule.local_time:%H:%M} {rule.zone}, {days_words(rule.days)}"
    yield paragraph(strong(tr("No. {number}", number=rule.id)), f": {when}{paused}", gap=True)
    names = [wording.topic_words(dossier, topic) for topic in rule.scope.topics]
    names += [wording.actor_words(dossier, actor) for actor in rule.scope.actors]
    yield small(about_words(", ".join(names), rule.words), indent=2)
    next_at = tr("Next: {when}", when=wording.instant_words(view.next_at)) if view.next_at else tr("No next run")
    last = f"; {tr('last: {outcome}', outcome=tr(OUTCOMES[view.last.state]))}" if view.last else ""
    yield paragraph(quiet(next_at + last), indent=2)


def about_words(names: str, words: int | None) -> str:
    """What a schedule is about, and its length."""
    about = tr("About {names}", names=names) if names else tr("About everything")
    return f"{about}, {ntr('at most {n} word', 'at most {n} words', words)}" if words else about


def days_words(days: Sequence[int]) -> str:
    """Weekdays in short: daily, Mon to Fri, or their names."""
    if len(set(days)) == 7:
        return tr("daily")
    names = get_day_names("abbreviated", locale=current_locale())
    if tuple(sorted(days)) == (0, 1, 2, 3, 4):
        return tr("{first} to {last}", first=names[0], last=names[4])
    return ", ".join(names[day] for day in sorted(days))
