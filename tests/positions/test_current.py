"""The current position: which evidence decides, and what is made of the rest."""

from datetime import UTC, datetime

import pytest

from bot.dossier import Dossier
from bot.positions.current import current_position, holder_of
from bot.positions.model import Evidence, Holder, Mode, Position, Stance
from tests.positions.evidences import evidence

FOR, AGAINST, CONDITIONAL, UNCLEAR = Stance.FOR, Stance.AGAINST, Stance.CONDITIONAL, Stance.UNCLEAR
COURT = "joint-court"


def position_of(dossier: Dossier, actor: str, *known: Evidence, as_of: datetime | None = None) -> Position:
    found = dossier.actor(actor)
    assert found is not None
    holder = Holder(found.id, found.name, found.role)
    position = current_position(dossier, known, holder=holder, topic_id=COURT, as_of=as_of)
    assert position is not None
    return position


def test_nothing_known_is_no_position(strait: Dossier) -> None:
    known = (evidence("brand", COURT, FOR, "2031-03-01"), evidence("solen", "carbon-levy", FOR, "2031-03-01"))
    assert current_position(strait, known, holder=Holder("solen", "Mira Solen"), topic_id=COURT) is None


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([("solen", FOR, "2031-03-01"), ("solen", AGAINST, "2031-03-09")], AGAINST),
        ([("solen", AGAINST, "2031-03-09"), ("solen", FOR, "2031-03-01")], AGAINST),
        ([("solen", FOR, "2031-03-01"), ("solen", UNCLEAR, "2031-03-09")], FOR),
        ([("solen", UNCLEAR, "2031-03-01")], UNCLEAR),
        ([("solen", AGAINST, None), ("solen", CONDITIONAL, "2031-03-01")], CONDITIONAL),
        ([("solen", AGAINST, None)], AGAINST),
    ],
)
def test_latest_clear_and_dated_statement_decides(
    strait: Dossier, known: list[tuple[str, Stance, str | None]], expected: Stance
) -> None:
    position = position_of(strait, "solen", *(evidence(actor, COURT, stance, day) for actor, stance, day in known))
    assert position.stance is expected


def test_own_words_come_before_the_narrators_of_one_day(strait: Dossier) -> None:
    quoted = evidence("solen", COURT, AGAINST, "2031-03-01", mode=Mode.QUOTE)
    told = evidence("solen", COURT, FOR, "2031-03-01", mode=Mode.REPORTED, outlet="Strait Evening News", start=90)
    position = position_of(strait, "solen", told, quoted)
    assert position.stance is AGAINST
    assert position.kind is Mode.QUOTE
    assert position.evidence == (quoted, told)


def test_yes_and_no_of_one_day_and_kind_leave_it_unclear(strait: Dossier) -> None:
    known = (
        evidence("solen", COURT, FOR, "2031-03-01"),
        evidence("solen", COURT, AGAINST, "2031-03-01", outlet="Strait Evening News"),
    )
    position = position_of(strait, "solen", *known)
    assert position.stance is UNCLEAR
    assert "yes and a no" in position.rule


def test_minister_speaks_for_the_state_and_is_named(strait: Dossier) -> None:
    position = position_of(strait, "verinia", evidence("petz", COURT, FOR, "2031-03-01"))
    assert position.stance is FOR
    assert position.holder.actor_id == "verinia"
    assert "Joran Petz" in position.rule


@pytest.mark.parametrize(
    ("minister_on", "expected"),
    [("2031-03-01", AGAINST), ("2031-03-05", AGAINST), ("2031-04-01", FOR)],
)
def test_principal_overrules_a_minister_for_a_week(strait: Dossier, minister_on: str, expected: Stance) -> None:
    known = (evidence("solen", COURT, AGAINST, "2031-03-01"), evidence("petz", COURT, FOR, minister_on))
    assert position_of(strait, "verinia", *known).stance is expected


def test_state_does_not_speak_for_its_minister(strait: Dossier) -> None:
    known = (evidence("verinia", COURT, FOR, "2031-03-01"),)
    assert current_position(strait, known, holder=Holder("petz", "Joran Petz"), topic_id=COURT) is None


def test_other_side_does_not_speak_for_it(strait: Dossier) -> None:
    known = (evidence("rehn", COURT, FOR, "2031-03-01"),)
    assert current_position(strait, known, holder=Holder("verinia", "Verinia"), topic_id=COURT) is None


def test_copies_of_one_story_count_once(strait: Dossier) -> None:
    known = [
        evidence("solen", COURT, FOR, "2031-03-01", story="one", outlet="The Harbour Courier"),
        evidence("solen", COURT, FOR, "2031-03-01", story="one", outlet="Strait Evening News"),
        evidence("solen", COURT, FOR, "2031-03-01", story="two", outlet="The Ledger"),
    ]
    position = position_of(strait, "solen", *known)
    assert position.independent == 2
    assert len(position.evidence) == 2


def test_as_of_hides_what_came_later_and_what_may_have(strait: Dossier) -> None:
    known = (
        evidence("solen", COURT, FOR, "2031-03-01"),
        evidence("solen", COURT, AGAINST, "2031-03-09"),
        evidence("solen", COURT, UNCLEAR, None),
    )
    position = position_of(strait, "solen", *known, as_of=datetime(2031, 3, 5, tzinfo=UTC))
    assert position.stance is FOR
    assert position.as_of == datetime(2031, 3, 1, tzinfo=UTC)
    assert position.evidence == known[:1]


def test_reported_change_overrides_what_the_same_article_said_before(strait: Dossier) -> None:
    known = (
        evidence("solen", COURT, FOR, "2031-03-01", article="a", start=0),
        evidence("solen", COURT, UNCLEAR, "2031-03-01", article="a", start=80, shift=True),
    )
    assert position_of(strait, "solen", *known).stance is UNCLEAR


def test_clear_statement_elsewhere_stands_beside_an_undated_change(strait: Dossier) -> None:
    known = (
        evidence("solen", COURT, CONDITIONAL, None, article="b"),
        evidence("solen", COURT, UNCLEAR, None, article="a", shift=True),
    )
    assert position_of(strait, "solen", *known).stance is CONDITIONAL


def test_later_change_to_an_unclear_side_makes_it_unclear(strait: Dossier) -> None:
    known = (
        evidence("solen", COURT, FOR, "2031-03-01"),
        evidence("solen", COURT, UNCLEAR, "2031-03-05", shift=True),
    )
    assert position_of(strait, "solen", *known).stance is UNCLEAR


def test_topic_touched_in_passing_is_shown_but_takes_no_stance(strait: Dossier) -> None:
    known = (evidence("solen", "carbon-levy", FOR, "2031-03-01", more_topics=(COURT,)),)
    assert position_of(strait, "solen", *known).stance is UNCLEAR


def test_theme_has_statements_and_no_stance(strait: Dossier) -> None:
    known = (evidence("solen", "trade-talks", None, "2031-03-01"),)
    position = current_position(strait, known, holder=Holder("solen", "Mira Solen"), topic_id="trade-talks")
    assert position is not None
    assert position.stance is None


def test_what_names_a_theme_comes_before_what_stands_beside_it(strait: Dossier) -> None:
    beside = evidence("solen", "trade-talks", None, mode=Mode.QUOTE, start=900, rules=("topic: theme of the article",))
    named = evidence("solen", "trade-talks", None, start=100, rules=("topic: trade-talks (talks)",), article="named")
    for known in ((beside, named), (named, beside)):
        position = current_position(strait, known, holder=Holder("solen", "Mira Solen"), topic_id="trade-talks")
        assert position is not None
        assert position.evidence[0] is named


def test_holder_of_an_unknown_speaker_is_nobody(strait: Dossier) -> None:
    nobody = evidence(None, COURT, FOR, name="")
    assert holder_of(strait, evidence(None, COURT, FOR, name="Ines Falk")) == Holder(None, "Ines Falk")
    assert holder_of(strait, nobody) is None
