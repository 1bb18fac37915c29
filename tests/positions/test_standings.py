"""What a window's statements rest on."""

from bot.briefings.model import Scope
from bot.dossier import Dossier
from bot.positions.model import Stance
from bot.positions.standings import find_standings
from tests.positions.evidences import evidence

FOR, AGAINST, UNCLEAR = Stance.FOR, Stance.AGAINST, Stance.UNCLEAR
COURT, LEVY = "joint-court", "carbon-levy"
OLD = (evidence("solen", COURT, FOR, "2031-03-01"), evidence("brand", LEVY, AGAINST, "2031-03-01"))
NEW = (
    evidence("solen", COURT, AGAINST, "2031-03-09"),
    evidence("petz", LEVY, FOR, "2031-03-09"),
    evidence("petz", COURT, UNCLEAR, "2031-03-09"),
    evidence("petz", "trade-talks", None, "2031-03-09"),
    evidence(None, LEVY, FOR, "2031-03-09", name=""),
)


def test_positions_of_those_who_speak_in_the_window(strait: Dossier) -> None:
    positions, _, _ = find_standings(strait, NEW, OLD, Scope())
    assert {(one.holder.actor_id, one.topic_id, one.stance) for one in positions} == {
        ("solen", COURT, AGAINST),
        ("petz", LEVY, FOR),
    }


def test_shift_needs_what_was_said_before(strait: Dossier) -> None:
    (shift,) = find_standings(strait, NEW, OLD, Scope())[1]
    assert (shift.before, shift.after) == (OLD[0], NEW[0])
    assert find_standings(strait, NEW, (), Scope())[1] == ()


def test_shift_of_an_earlier_window_is_not_told_again(strait: Dossier) -> None:
    assert find_standings(strait, NEW[1:], (*OLD, NEW[0]), Scope())[1] == ()


def test_history_may_hold_the_window_again(strait: Dossier) -> None:
    assert find_standings(strait, NEW, (*OLD, *NEW), Scope()) == find_standings(strait, NEW, OLD, Scope())


def test_scope_leaves_out_other_topics_and_actors(strait: Dossier) -> None:
    by_topic, _, _ = find_standings(strait, NEW, OLD, Scope(topics=(LEVY,)))
    by_actor, _, _ = find_standings(strait, NEW, OLD, Scope(actors=("solen",)))
    assert {one.topic_id for one in by_topic} == {LEVY}
    assert {one.holder.actor_id for one in by_actor} == {"solen"}


def test_claim_answered_in_the_window(strait: Dossier) -> None:
    claim = evidence("rehn", COURT, UNCLEAR, "2031-03-08", rules=("claim: agreed by solen",))
    (found,) = find_standings(strait, NEW, (claim,), Scope())[2]
    assert (found.claim, found.answer) == (claim, NEW[0])
