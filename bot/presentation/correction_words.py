"""What was put right, in words: for lists, proofs, and the notes beneath posts that are out."""

from collections.abc import Sequence

from bot.briefings.proofs import Ruling
from bot.catalogues import mark, ntr, tr
from bot.dossier import Dossier
from bot.positions.overrides import NOBODY, Override
from bot.presentation import wording
from bot.reasons import reason_words
from bot.services.correction_ports import Correction, Note, Reason

_WITHDRAWN = {  # by the operator, or by a server
    True: mark("Withdrawn for everybody: the operator accepted report No. {number} on {when}."),
    False: mark("Withdrawn on this server: an admin accepted report No. {number} on {when}."),
}
_CORRECTED = {
    True: mark("Corrected for everybody: the operator accepted report No. {number} on {when}; {change}."),
    False: mark("Corrected on this server: an admin accepted report No. {number} on {when}; {change}."),
}


def change_words(one: Correction, dossier: Dossier) -> str:
    """What an accepted correction changed; in words that were kept, where nothing else is known of it."""
    return right_words(one.overrides, dossier) if one.overrides else reason_words(one.change)


def right_words(overrides: Sequence[Override], dossier: Dossier) -> str:
    """What overrides of one correction say is right: they all say the same of their statements."""
    first = overrides[0]
    if first.withdrawn:
        return tr("withdrawn")
    said = []
    if first.speaker is not None:
        name = tr("nobody") if first.speaker == NOBODY else wording.actor_words(dossier, first.speaker)
        said.append(tr("speaker: {name}", name=name))
    if first.stance is not None:
        said.append(tr("stance: {stance}", stance=wording.stance_words(first.stance)))
    return "; ".join(said)


def ruling_words(one: Ruling, dossier: Dossier) -> str:
    """What was decided about a line: by whom, after which report, when."""
    facts = {"number": one.number, "when": wording.instant_words(one.decided_at)}
    if one.withdraws:
        return tr(_WITHDRAWN[one.by_operator], **facts)
    return tr(_CORRECTED[one.by_operator], **facts, change=right_words(one.overrides, dossier))


def note_lines(notes: Sequence[Note], dossier: Dossier) -> list[str]:
    """What stands beneath a post, a line each: what was put right, then what publishers have taken out."""
    told = [_note(one, dossier) for one in notes if one.correction.reason is not Reason.REVISION]
    gone = sorted(line for one in notes if one.correction.reason is Reason.REVISION for line in one.lines)
    if gone:
        told.append(
            ntr(
                "Line {lines} is withdrawn: its publisher has taken the sentence out since.",
                "Lines {lines} are withdrawn: their publishers have taken the sentences out since.",
                len(gone),
                lines=_listed(gone),
            )
        )
    return told


def _note(note: Note, dossier: Dossier) -> str:
    one, lines = note.correction, note.lines
    facts = {"lines": _listed(lines), "number": one.number}
    if any(override.withdrawn for override in one.overrides):
        return ntr(
            "Line {lines} is withdrawn: report No. {number} was accepted.",
            "Lines {lines} are withdrawn: report No. {number} was accepted.",
            len(lines),
            **facts,
        )
    return ntr(
        "Line {lines} is corrected (report No. {number}): {change}.",
        "Lines {lines} are corrected (report No. {number}): {change}.",
        len(lines),
        **facts,
        change=change_words(one, dossier),
    )


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
