"""Who was silent: principals who spoke, but not on what others spoke about."""

from dataclasses import replace

from bot.articles.model import Citation
from bot.briefings.gaps import find_silences
from bot.briefings.model import Scope, Silence
from bot.dossier import Dossier
from bot.language.spans import Span
from bot.positions.model import Evidence
from tests.briefings.river import RIVER, statement

CITATION = Citation("a", "a.txt", None, None, None, None, None, Span(0, 1))


def dossier() -> Dossier:
    heads = ("toro", "lind")
    return replace(RIVER, actors=tuple(replace(one, principal=one.id in heads) for one in RIVER.actors))


def said(actor: str | None, topic: str) -> Evidence:
    return Evidence(statement(0, actor, topic), CITATION, "x", "s")


def test_a_principal_who_speaks_of_other_things_is_silent_on_an_issue_of_two_sides() -> None:
    spoken = [said("toro", "tolls"), said("lind", "dam"), said("marsh", "dam")]

    assert find_silences(dossier(), spoken, Scope()) == (Silence("dam", ("toro",)),)


def test_the_own_side_speaks_for_a_principal() -> None:
    spoken = [said("toro", "tolls"), said("arden", "dam"), said("lind", "dam")]

    assert find_silences(dossier(), spoken, Scope()) == ()


def test_who_says_nothing_at_all_and_what_one_side_speaks_of_are_no_gap() -> None:
    assert find_silences(dossier(), [said("lind", "dam"), said("belmar", "dam")], Scope()) == ()
    assert find_silences(dossier(), [said(None, "dam"), said("marsh", "dam"), said("lind", "dam")], Scope()) == ()


def test_a_scope_asks_for_its_own_gaps_alone() -> None:
    spoken = [said("toro", "tolls"), said("lind", "dam"), said("marsh", "dam")]

    assert find_silences(dossier(), spoken, Scope(topics=("tolls",))) == ()
    assert find_silences(dossier(), spoken, Scope(actors=("lind",))) == ()
