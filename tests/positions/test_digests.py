"""Digests: an actor over all topics, everyone on a topic, one on one, and blanks."""

from datetime import UTC, datetime

from bot.dossier import Dossier
from bot.positions.digests import compose_digest
from bot.positions.model import Cell, Digest, Evidence, Stance
from tests.positions.evidences import evidence

FOR, AGAINST, UNCLEAR = Stance.FOR, Stance.AGAINST, Stance.UNCLEAR
COURT, LEVY = "joint-court", "carbon-levy"
KNOWN = (
    evidence("solen", COURT, AGAINST, "2031-03-09"),
    evidence("petz", COURT, FOR, "2031-03-01"),
    evidence("petz", LEVY, FOR, "2031-03-01"),
    evidence("brand", LEVY, AGAINST, "2031-03-02"),
    evidence(None, LEVY, FOR, "2031-03-02", name="Ines Falk"),
    evidence(None, LEVY, FOR, "2031-03-02", name=""),
)


def compose(
    dossier: Dossier,
    actor_id: str | None = None,
    topic_id: str | None = None,
    *,
    other: str | None = None,
    as_of: datetime | None = None,
    known: tuple[Evidence, ...] = KNOWN,
) -> Digest:
    return compose_digest(
        dossier, known, actor_id=actor_id, topic_id=topic_id, other=other, as_of=as_of, articles=len(known)
    )


def stances(digest: Digest) -> dict[tuple[str, str], Stance | None]:
    return {(cell.holder.name, cell.topic_id): cell.position.stance for cell in digest.cells if cell.position}


def blanks(digest: Digest) -> list[Cell]:
    return [cell for cell in digest.cells if cell.position is None]


def test_actor_has_a_cell_for_every_topic_in_dossier_order(strait: Dossier) -> None:
    digest = compose(strait, "petz")
    assert [cell.topic_id for cell in digest.cells] == [topic.id for topic in strait.topics]
    assert stances(digest) == {("Joran Petz", COURT): FOR, ("Joran Petz", LEVY): FOR}
    assert len(blanks(digest)) == len(strait.topics) - 2
    assert digest.articles == len(KNOWN)


def test_state_is_spoken_for_by_its_officials(strait: Dossier) -> None:
    digest = compose(strait, "verinia")
    assert stances(digest) == {("Verinia", COURT): AGAINST, ("Verinia", LEVY): FOR}
    (levy,) = [cell.position for cell in digest.cells if cell.topic_id == LEVY]
    assert levy is not None
    assert levy.rule.endswith("spoken for it by Joran Petz")
    assert levy.evidence[0].statement.speaker.actor_id == "petz"


def test_topic_has_every_actor_and_then_the_others_who_spoke(strait: Dossier) -> None:
    digest = compose(strait, topic_id=LEVY)
    names = [cell.holder.name for cell in digest.cells]
    assert names == [*(actor.name for actor in strait.actors), "Ines Falk"]
    assert stances(digest)["Elke Brand", LEVY] is AGAINST
    assert stances(digest)["Ines Falk", LEVY] is FOR
    assert "Tidal League" in {cell.holder.name for cell in blanks(digest)}


def test_both_is_one_cell(strait: Dossier) -> None:
    digest = compose(strait, "brand", LEVY)
    assert [(cell.holder.actor_id, cell.topic_id) for cell in digest.cells] == [("brand", LEVY)]


def test_somebody_outside_the_dossier(strait: Dossier) -> None:
    digest = compose(strait, other="Ines Falk")
    assert stances(digest) == {("Ines Falk", LEVY): FOR}


def test_nobody_of_that_name_is_all_blank(strait: Dossier) -> None:
    digest = compose(strait, other="Nobody")
    assert {cell.holder.name for cell in digest.cells} == {"Nobody"}
    assert len(blanks(digest)) == len(strait.topics)


def test_as_of_leaves_out_what_was_said_later(strait: Dossier) -> None:
    digest = compose(strait, "verinia", COURT, as_of=datetime(2031, 3, 5, tzinfo=UTC))
    assert stances(digest) == {("Verinia", COURT): FOR}


def test_shifts_and_claims_of_those_asked_for_alone(strait: Dossier) -> None:
    known = (
        evidence("solen", COURT, FOR, "2031-03-01"),
        evidence("solen", COURT, AGAINST, "2031-03-09"),
        evidence("rehn", COURT, UNCLEAR, "2031-03-08", rules=("claim: agreed by solen",)),
    )
    solen, brand = compose(strait, "solen", known=known), compose(strait, "brand", known=known)
    assert [shift.holder.actor_id for shift in solen.shifts] == ["solen"]
    assert [one.claim for one in solen.contested] == [known[2]]
    assert compose(strait, "rehn", known=known).contested == solen.contested
    assert (brand.shifts, brand.contested) == ((), ())
    assert compose(strait, "solen", LEVY, known=known).shifts == ()


def test_as_of_leaves_the_undated_out_and_counts_what_was_asked_for(strait: Dossier) -> None:
    known = (*KNOWN, evidence("petz", LEVY, AGAINST), evidence(None, LEVY, FOR, name="Ines Falk"))
    day = datetime(1990, 1, 1, tzinfo=UTC)
    for asked, left_out in (
        ({"topic_id": LEVY}, 2),
        ({"topic_id": COURT}, 0),
        ({"actor_id": "petz"}, 1),
        ({"actor_id": "verinia"}, 1),
        ({"actor_id": "brand"}, 0),
        ({"other": "Ines Falk"}, 1),
    ):
        digest = compose(strait, **asked, as_of=day, known=known)
        assert not stances(digest), asked
        assert digest.undated_left_out == left_out, asked
    assert compose(strait, topic_id=LEVY, known=known).undated_left_out == 0
