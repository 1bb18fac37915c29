"""What looks like a shift and is none, with its reason; and two holders side by side."""

import pytest

from bot.dossier import Dossier
from bot.positions.answers import Refusal, Verdict
from bot.positions.comparison import compare_holders
from bot.positions.model import Evidence, Holder, Mode, Stance
from bot.positions.refusals import find_refusals
from bot.positions.shifts import find_shifts
from tests.positions.evidences import evidence

FOR, AGAINST, CONDITIONAL, UNCLEAR = Stance.FOR, Stance.AGAINST, Stance.CONDITIONAL, Stance.UNCLEAR
COURT = "joint-court"
FIRST, LATER = "2031-03-01", "2031-03-09"


def refused(dossier: Dossier, known: list[Evidence]) -> list[tuple[str, Refusal]]:
    return [(one.holder.name, one.refusal) for one in find_refusals(dossier, known, find_shifts(dossier, known))]


def test_two_who_speak_for_one_side(strait: Dossier) -> None:
    side = strait.actor(next(actor.side for actor in strait.actors if actor.id == "petz" and actor.side) or "")
    assert side is not None
    known = [evidence(side.id, COURT, FOR, FIRST), evidence("petz", COURT, AGAINST, LATER)]
    assert refused(strait, known) == [(side.name, Refusal.SPEAKER)]


def test_a_reporters_wording(strait: Dossier) -> None:
    known = [
        evidence("solen", COURT, CONDITIONAL, FIRST, mode=Mode.REPORTED),
        evidence("solen", COURT, FOR, LATER),
    ]
    assert [refusal for _, refusal in refused(strait, known)] == [Refusal.WORDING]


@pytest.mark.parametrize(
    "known",
    [
        [],
        [evidence("solen", COURT, FOR, FIRST), evidence("solen", COURT, AGAINST, LATER)],  # a shift
        [evidence("solen", COURT, FOR, FIRST), evidence("solen", COURT, FOR, LATER)],
        [evidence("solen", COURT, FOR, FIRST), evidence("petz", COURT, UNCLEAR, LATER)],
        [evidence("solen", COURT, FOR, FIRST), evidence("solen", COURT, AGAINST)],  # undated
        [evidence("solen", COURT, FOR, FIRST), evidence("solen", COURT, AGAINST, FIRST, outlet="Another")],
        [evidence("solen", COURT, FOR, FIRST, story="s"), evidence("solen", COURT, AGAINST, LATER, story="s")],
        [evidence("solen", COURT, FOR, FIRST), evidence(None, COURT, AGAINST, LATER, name="Ida Holm")],
    ],
    ids=["nothing", "shift", "same", "unclear", "undated", "one day", "one story", "strangers"],
)
def test_nothing_to_refuse(strait: Dossier, known: list[Evidence]) -> None:
    assert refused(strait, known) == []


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        (FOR, FOR, Verdict.SAME),
        (AGAINST, AGAINST, Verdict.SAME),
        (FOR, AGAINST, Verdict.OPPOSITE),
        (FOR, CONDITIONAL, Verdict.PARTLY),
        (CONDITIONAL, CONDITIONAL, Verdict.PARTLY),  # theirs may exclude each other
        (FOR, UNCLEAR, Verdict.OPEN),
        (None, None, Verdict.OPEN),
    ],
)
def test_how_two_stand_to_each_other(
    strait: Dossier, first: Stance | None, second: Stance | None, verdict: Verdict
) -> None:
    holders = Holder(None, "Ida Holm"), Holder(None, "Per Vik")
    known = [
        evidence(None, COURT, first, FIRST, name="Ida Holm"),
        evidence(None, COURT, second, LATER, name="Per Vik"),
    ]
    answer = compare_holders(strait, known, *holders, articles=2)
    (row,) = answer.rows
    assert (row.topic_id, row.verdict) == (COURT, verdict)
    assert set(answer.silent) == {topic.id for topic in strait.topics} - {COURT}


def test_one_who_is_silent_takes_no_side(strait: Dossier) -> None:
    holders = Holder(None, "Ida Holm"), Holder(None, "Per Vik")
    (row,) = compare_holders(
        strait, [evidence(None, COURT, FOR, name="Ida Holm")], *holders, topic_id=COURT, articles=1
    ).rows
    assert (row.second, row.verdict) == (None, Verdict.ONE_SILENT)
