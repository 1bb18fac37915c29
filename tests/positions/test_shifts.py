"""Shifts: between days, told in so many words, and what is refused."""

import pytest

from bot.dossier import Dossier
from bot.positions.model import Evidence, Mode, Stance
from bot.positions.shifts import find_shifts
from tests.positions.conftest import ReadOne
from tests.positions.evidences import evidence

FOR, AGAINST, CONDITIONAL, UNCLEAR = Stance.FOR, Stance.AGAINST, Stance.CONDITIONAL, Stance.UNCLEAR
COURT = "joint-court"
NEWS = "Strait Evening News"


def test_change_between_days_shows_both_sides(strait: Dossier) -> None:
    before, after = evidence("solen", COURT, FOR, "2031-03-01"), evidence("solen", COURT, AGAINST, "2031-03-09")
    (shift,) = find_shifts(strait, [after, before])
    assert (shift.before, shift.after, shift.topic_id) == (before, after, COURT)
    assert "2031-03-01" in shift.rule
    assert "2031-03-09" in shift.rule


def test_each_change_counts_newest_first(strait: Dossier) -> None:
    days = [("2031-03-01", FOR), ("2031-03-04", FOR), ("2031-03-09", AGAINST), ("2031-03-20", CONDITIONAL)]
    known = [evidence("solen", COURT, stance, day) for day, stance in days]
    shifts = find_shifts(strait, known)
    assert [shift.after for shift in shifts] == [known[3], known[2]]


REFUSED = {
    "two spokesmen": [
        evidence("petz", COURT, FOR, "2031-03-01"),
        evidence("solen", COURT, AGAINST, "2031-03-09"),
    ],
    "the state and its minister": [
        evidence("verinia", COURT, FOR, "2031-03-01"),
        evidence("petz", COURT, AGAINST, "2031-03-09"),
    ],
    "two narrators of two outlets": [
        evidence("solen", COURT, FOR, "2031-03-01", mode=Mode.REPORTED),
        evidence("solen", COURT, AGAINST, "2031-03-09", mode=Mode.REPORTED, outlet=NEWS),
    ],
    "a narrator's wording of a yes": [
        evidence("solen", COURT, CONDITIONAL, "2031-03-01"),
        evidence("solen", COURT, FOR, "2031-03-09", mode=Mode.REPORTED),
    ],
    "one day": [
        evidence("solen", COURT, FOR, "2031-03-01"),
        evidence("solen", COURT, AGAINST, "2031-03-01", outlet=NEWS),
    ],
    "copies of one story": [
        evidence("solen", COURT, FOR, "2031-03-01", story="one"),
        evidence("solen", COURT, AGAINST, "2031-03-02", story="one", outlet=NEWS),
    ],
    "an unclear statement": [
        evidence("solen", COURT, FOR, "2031-03-01"),
        evidence("solen", COURT, UNCLEAR, "2031-03-09"),
    ],
    "undated evidence": [
        evidence("solen", COURT, FOR, None),
        evidence("solen", COURT, AGAINST, "2031-03-09"),
    ],
    "another topic": [
        evidence("solen", COURT, FOR, "2031-03-01"),
        evidence("solen", "carbon-levy", AGAINST, "2031-03-09"),
    ],
}


@pytest.mark.parametrize("known", REFUSED.values(), ids=REFUSED.keys())
def test_no_shift_is_made_of(strait: Dossier, known: list[Evidence]) -> None:
    assert find_shifts(strait, known) == ()


def test_reported_shift_stands_alone_and_once_a_story(strait: Dossier) -> None:
    rules = ("topic: joint-court (joint court)", "shift: row back")
    told = evidence("solen", COURT, UNCLEAR, "2031-03-09", shift=True, rules=rules, story="one")
    copy = evidence("solen", COURT, UNCLEAR, "2031-03-09", shift=True, rules=rules, story="one", outlet=NEWS)
    (shift,) = find_shifts(strait, [told, copy])
    assert shift.before is None
    assert shift.after is told
    assert shift.rule == "shift: row back"


TOLD = [
    "[Solen rowed back on the carbon levy]",
    "[Solen has changed her mind about the carbon levy]",
    "[Solen dropped her threat of a steel tariff]",
    "[Solen abandoned her demand for a carbon levy]",
    "[Solen reversed course on the joint court]",
    "[Solen softened her stance on fishing access]",
    "[Solen no longer insists on a joint court]",
    "[Solen had to back down over the carbon levy]",
    "[Solen first backed the court, only to reject the carbon levy]",
]
NOT_TOLD = [
    "[Solen has not changed her mind about the carbon levy]",
    "[Solen refused to back down over the carbon levy]",
    "[Solen would never row back on the carbon levy]",
    "[Brand changed her mind about the carbon levy]",
    "[Solen wants Brand to drop her demand for fishing access]",
    "[Solen's demands for a carbon levy are unchanged]",
    "[Solen said the carbon levy may drop next year]",
]


@pytest.mark.parametrize("sentence", TOLD)
def test_sentence_that_tells_of_a_shift(read_one: ReadOne, sentence: str) -> None:
    assert read_one(sentence, "solen", Mode.REPORTED).shift


@pytest.mark.parametrize("sentence", NOT_TOLD)
def test_sentence_that_tells_of_none(read_one: ReadOne, sentence: str) -> None:
    assert not read_one(sentence, "solen", Mode.REPORTED).shift


def test_somebody_elses_shift_in_a_quotation_is_not_the_speakers(read_one: ReadOne) -> None:
    assert not read_one("She abandons her position on the joint court", "brand", Mode.QUOTE).shift
    assert read_one("I have changed my mind about the joint court", "brand", Mode.QUOTE).shift


def test_what_stood_before_the_shift_does_not_count(read_one: ReadOne) -> None:
    statement = read_one("[Solen demanded a steel tariff, only to accept free trade in steel]", "solen", Mode.REPORTED)
    assert statement.stance is AGAINST
