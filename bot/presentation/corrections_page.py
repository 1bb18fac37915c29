"""Reports that wait, and what was put right, as pages."""

from collections.abc import Iterator, Sequence

from bot.catalogues import mark, quoted, tr
from bot.dossier import Dossier
from bot.presentation import wording
from bot.presentation.correction_words import change_words
from bot.presentation.page import Page, Part, command, paragraph, quiet, small, strong, title
from bot.services.correction_ports import Correction, CorrectionState, Reason

_LONGEST = 300  # characters of a line that is only pointed at
REASONS = {
    Reason.SPEAKER: mark("wrong speaker"),
    Reason.STANCE: mark("wrong stance"),
    Reason.TEXT: mark("not verbatim, or outdated"),
    Reason.OTHER: mark("something else"),
    Reason.REVISION: mark("the publisher changed the text"),
}


def queue_page(waiting: Sequence[Correction]) -> Page:
    """What was reported and waits for a decision."""
    if not waiting:
        return (title(tr("Reports")), paragraph(tr("No report waits.")))
    hint = small(tr("Decide: "), command("/corrections accept number:"), " ", command("/corrections reject number:"))
    return (title(tr("Reports")), *(part for one in waiting for part in _reported(one)), hint)


def corrections_page(held: Sequence[Correction], dossier: Dossier) -> Page:
    """What was put right: when, which line, what changed, and why."""
    if not held:
        return (title(tr("Corrections")), paragraph(tr("Nothing was corrected so far.")))
    return (title(tr("Corrections")), *(part for one in held for part in _held(one, dossier)))


def decided_page(one: Correction, dossier: Dossier) -> Page:
    """What an admin has just decided."""
    if one.state is CorrectionState.ACCEPTED:
        return (title(tr("Accepted: No. {number}", number=one.number)), *_held(one, dossier))
    left = paragraph(tr("The line stays as it is."))
    return (title(tr("Rejected: No. {number}", number=one.number)), left, *_line(one))


def _reported(one: Correction) -> Iterator[Part]:
    reason = tr(REASONS[one.reason])
    yield paragraph(strong(tr("No. {number}", number=one.number)), f": {reason}", gap=True)
    yield from _line(one)
    if one.note:
        yield paragraph(quiet(f"{tr('Note:')} "), one.note, indent=2)
    by = tr("reported by {who}", who=f"<@{one.reported_by}>") if one.reported_by else tr("reported where the bot runs")
    yield small(f"{wording.instant_words(one.reported_at)}, {by}", indent=2)


def _held(one: Correction, dossier: Dossier) -> Iterator[Part]:
    at = one.decided_at or one.reported_at
    number = strong(tr("No. {number}", number=one.number))
    yield paragraph(number, f" · {wording.instant_words(at)}: {change_words(one, dossier)}", gap=True)
    yield from _line(one)
    why = f"{tr(REASONS[one.reason])}: {one.note}" if one.note else tr(REASONS[one.reason])
    whose = tr("for everybody") if one.guild_id == 0 else tr("on this server")
    yield small(f"{why}; {whose}", indent=2)


def _line(one: Correction) -> Iterator[Part]:
    text = " ".join(one.text.split())
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    yield paragraph(quoted(shown), indent=2)
    yield small(
        tr("{source} · line {line} of {edition}", source=one.source, line=one.line, edition=one.edition_id), indent=2
    )
