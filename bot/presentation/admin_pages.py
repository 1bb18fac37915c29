"""What admins see: loads, sources, schedules, the state of things, checks."""

from collections.abc import Iterator, Sequence

from bot.dossier import Dossier
from bot.presentation import wording
from bot.presentation.page import Page, Part, Run, Tone, command, paragraph, quiet, small, strong, title
from bot.services.results import Check, LoadReport, ScheduleView, SourceReport, SourceView, Status

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHOWN = 10  # failures named one by one


def load_page(report: LoadReport) -> Page:
    """What a load did, source by source, with what failed and why."""
    parts = [title("Sources read")]
    for source in report.sources:
        parts += _loaded(source)
    return tuple(parts) if report.sources else (title("Sources read"), paragraph("The dossier names no source."))


def sources_page(views: Sequence[SourceView]) -> Page:
    """Every source with its state."""
    if not views:
        return (title("Sources"), paragraph("The dossier names no source."))
    return (title("Sources"), *(part for view in views for part in _source(view)))


def schedules_page(views: Sequence[ScheduleView], dossier: Dossier) -> Page:
    """Every schedule with its next run and last outcome."""
    if not views:
        hint = paragraph("None yet. Add one: ", command("/schedule add time: 08:00 zone: Europe/Kyiv days: mon-fri"))
        return (title("Schedules"), hint)
    return (title("Schedules"), *(part for view in views for part in _schedule(view, dossier)))


def schedule_page(view: ScheduleView, dossier: Dossier) -> Page:
    """The schedule just saved."""
    return (title("Schedule saved"), *_schedule(view, dossier))


def status_page(status: Status) -> Page:
    """What is held, and how it fares."""
    newest = f"newest of {wording.instant_words(status.newest)}" if status.newest else "none dated"
    failing = f", {status.sources_failing} failing" if status.sources_failing else ""
    rows = (
        ("Dossier", status.dossier),
        ("Articles", f"{status.articles:,} in {status.stories:,} stories, {status.undated:,} undated; {newest}"),
        ("Statements", f"{status.statements:,}"),
        ("Sources", f"{status.sources:,}{failing}"),
        ("Schedules", f"{status.schedules:,}"),
        ("Database", status.database),
        ("Version", status.version),
    )
    lines = (paragraph(strong(f"{name}: "), value, gap=not number) for number, (name, value) in enumerate(rows))
    return (title("Status"), *lines)


def checks_page(checks: Sequence[Check]) -> Page:
    """One line a check: the word says how it went."""
    return tuple(_check(check) for check in checks)


def _check(check: Check) -> Part:
    outcome = Run("ok    ", Tone.FOR) if check.ok else Run("FAILED", Tone.AGAINST)
    return paragraph(outcome, "  ", strong(check.name), f": {check.detail}")


def _loaded(source: SourceReport) -> Iterator[Part]:
    if source.error:
        yield paragraph(strong(source.source), ": ", Run("failed", Tone.AGAINST), f": {source.error}", gap=True)
        return
    facts = (
        (source.new, "new"),
        (source.changed, "changed"),
        (source.unchanged, "unchanged"),
        (source.removed, "removed"),
        (source.folded, "folded as copies"),
    )
    words = ", ".join(f"{number:,} {word}" for number, word in facts if number) or "nothing there"
    yield paragraph(strong(source.source), f": {words}", gap=True)
    if source.new or source.changed:
        statements = wording.counted(source.statements, "statement")
        lines = wording.counted(source.dropped_lines, "line")
        yield small(f"{statements} read; {lines} dropped as boilerplate", indent=2)
    for location, reason in source.failed[:_SHOWN]:
        yield paragraph("Not read: ", strong(location), f": {reason}", indent=2)
    if len(source.failed) > _SHOWN:
        yield small(f"and {len(source.failed) - _SHOWN} more not read", indent=2)


def _source(view: SourceView) -> Iterator[Part]:
    reason = f": {view.reason}" if view.reason else ""
    checked = f"checked {wording.instant_words(view.checked_at)}" if view.checked_at else "not read yet"
    tone = Tone.AGAINST if view.is_failing else Tone.PLAIN
    yield paragraph(strong(view.name), ": ", Run(view.status, tone), reason, gap=True)
    own = ", this server's own" if view.is_own else ""
    yield small(f"{view.kind}, {wording.counted(view.articles, 'article')}, {checked}{own}", indent=2)
    yield small(view.location, indent=2)


def _schedule(view: ScheduleView, dossier: Dossier) -> Iterator[Part]:
    rule = view.schedule
    paused = " (paused)" if rule.paused else ""
    when = f"{rule.local_time:%H:%M} {rule.zone}, {days_words(rule.days)}"
    yield paragraph(strong(f"No. {rule.id}"), f": {when}{paused}", gap=True)
    names = [wording.topic_words(dossier, topic) for topic in rule.scope.topics]
    names += [wording.actor_words(dossier, actor) for actor in rule.scope.actors]
    about = ", ".join(names) or "everything"
    words = f", at most {rule.words} words" if rule.words else ""
    yield small(f"About {about}{words}", indent=2)
    next_at = f"Next: {wording.instant_words(view.next_at)}" if view.next_at else "No next run"
    last = f"; last: {view.last.state.value}" if view.last else ""
    yield paragraph(quiet(next_at + last), indent=2)


def days_words(days: Sequence[int]) -> str:
    """Weekdays in short: daily, Mon to Fri, or their names."""
    if len(set(days)) == 7:
        return "daily"
    if tuple(sorted(days)) == (0, 1, 2, 3, 4):
        return "Mon to Fri"
    return ", ".join(_DAYS[day] for day in sorted(days))
