"""A name that two actors share: nobody is shown with a position and with none on one page, and the page says why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.dossier import Actor, ActorKind, Dossier, Topic
from bot.positions.digests import compose_digest
from bot.positions.model import Digest, Evidence, Stance
from bot.presentation.digest_page import digest_page
from bot.presentation.grid import grid_lines, plan_grid, rests_on
from bot.presentation.sheets import digest_sheet
from bot.presentation.text import page_lines
from tests.positions.evidences import evidence

ACTORS = (
    Actor("head", "Jan Sel", ActorKind.PERSON, (), "head of the union"),
    Actor("envoy", "Jan Sel", ActorKind.PERSON, (), "ambassador of Norland"),
    Actor("brek", "Adan Brek", ActorKind.PERSON, ("Brek",)),
)
DOSSIER = Dossier("fish", "Fish talks", "en", (), ACTORS, (Topic("quota", "Quota", ("quota",), "Quotas fall"),), "d")
UNTOLD = evidence(None, "quota", Stance.FOR, "2025-08-20", name="Jan Sel")
TOLD = evidence("envoy", "quota", Stance.AGAINST, "2025-08-20")
NOTE = "“Jan Sel” is a name of Jan Sel (head of the union), Jan Sel (ambassador of Norland): "


def digest(*known: Evidence, actor: str | None = None) -> Digest:
    return compose_digest(DOSSIER, known, actor_id=actor, topic_id="quota", articles=1)


def console(one: Digest) -> str:
    return "\n".join(line.plain for line in page_lines(digest_page(one, DOSSIER), 500))


def discord(one: Digest) -> str:
    sheet = digest_sheet(one, DOSSIER)
    return "\n".join((sheet.lead, *(entry.text for section in sheet.sections for entry in section.entries)))


@pytest.mark.parametrize("shown", [console, discord])
def test_a_shared_name_with_a_statement_is_not_among_the_silent(shown: Callable[[Digest], str]) -> None:
    text = shown(digest(UNTOLD))
    assert NOTE + "who of them speaks is not decided" in text
    (silent,) = (line for line in text.splitlines() if "No statement found" in line)
    assert "Jan Sel" not in silent
    assert "Adan Brek" in silent


@pytest.mark.parametrize("shown", [console, discord])
def test_of_two_told_apart_one_speaks_and_the_other_is_silent(shown: Callable[[Digest], str]) -> None:
    text = shown(digest(TOLD))
    (silent,) = (line for line in text.splitlines() if "No statement found" in line)
    assert "Jan Sel (head of the union)" in silent
    assert "ambassador" not in silent
    assert "not decided" not in text


@pytest.mark.parametrize("shown", [console, discord])
def test_an_actors_own_page_says_that_the_name_is_shared(shown: Callable[[Digest], str]) -> None:
    assert NOTE + "what is said under it counts only" in shown(digest(UNTOLD, actor="head"))
    assert "is a name of" not in shown(digest(UNTOLD, actor="brek"))


def test_each_has_a_row_of_the_grid() -> None:
    head = evidence("head", "quota", Stance.FOR, "2025-08-20")
    everyone = replace(digest(head, TOLD, UNTOLD), topic_id=None)
    grid = plan_grid(everyone, DOSSIER)
    assert grid.actors == ("Jan Sel (head of the union)", "Jan Sel (ambassador of Norland)", "Jan Sel")
    assert [fields[0].stance for fields in grid.fields] == [Stance.FOR, Stance.AGAINST, Stance.FOR]
    assert "not decided" in rests_on(grid)
    assert len(grid_lines(grid)) == 3


def test_what_is_undated_is_said_to_be_left_out() -> None:
    undated = evidence("brek", "quota", Stance.FOR)
    asked = compose_digest(
        DOSSIER, (undated,), actor_id=None, topic_id="quota", as_of=datetime(1990, 1, 2, tzinfo=UTC), articles=1
    )
    for text in (console(asked), discord(asked), rests_on(plan_grid(asked, DOSSIER))):
        assert "1 undated statement is left out" in text
    assert not plan_grid(asked, DOSSIER).actors
    assert "Only what was published before 2 Jan 1990." in rests_on(plan_grid(asked, DOSSIER))
