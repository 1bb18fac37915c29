"""Evidence by voice and topic: the same as looking through everything."""

from itertools import product

from bot.articles.model import Citation
from bot.dossier import Actor, ActorKind, Dossier
from bot.language.spans import Span
from bot.positions.model import Evidence, Holder, Mode, Speaker, Statement
from bot.positions.spoken import Spoken, is_said_by, voices

STATE = Actor("norland", "Norland", ActorKind.STATE)
MINISTER = Actor("lind", "Mara Lind", ActorKind.PERSON, side="norland")
DOSSIER = Dossier("d", "D", "en", (), (STATE, MINISTER), (), "digest")


def said(number: int, actor_id: str | None, name: str | None, *topics: str) -> Evidence:
    speaker = Speaker(name or "she", None, actor_id, name, None, 1.0, "test")
    statement = Statement(0, Mode.INDIRECT, speaker, "said", None, Span(0, 1), None, topics)
    citation = Citation(f"a{number}", f"a{number}.txt", None, None, None, None, None, Span(0, 1))
    return Evidence(statement, citation, "x", f"a{number}")


EVIDENCE = [
    said(0, "lind", "Mara Lind", "quota", "ports"),
    said(1, None, "Ida Berg", "quota"),
    said(2, "norland", "Norland", "quota"),
    said(3, None, None, "quota"),
    said(4, "lind", "Mara Lind", "quota", "quota"),
    said(5, None, "Ida Berg", "ports"),
]


def test_a_state_is_spoken_for_and_order_is_kept() -> None:
    spoken = Spoken(DOSSIER, EVIDENCE)
    norland = Holder("norland", "Norland", None)
    found = {
        (holder.name, topic): [one.citation.article_id for one in spoken.on(holder, topic)]
        for holder, topic in product(
            (norland, Holder("lind", "Mara Lind"), Holder(None, "Ida Berg")), ("quota", "ports")
        )
    }
    assert found == {
        ("Norland", "quota"): ["a0", "a2", "a4"],
        ("Norland", "ports"): ["a0"],
        ("Mara Lind", "quota"): ["a0", "a4"],
        ("Mara Lind", "ports"): ["a0"],
        ("Ida Berg", "quota"): ["a1"],
        ("Ida Berg", "ports"): ["a5"],
    }


def test_who_is_not_named_is_nobodys_voice() -> None:
    heard = voices(DOSSIER, Holder(None, "Ida Berg")) | voices(DOSSIER, Holder("lind", "Mara Lind"))
    assert [one.citation.article_id for one in EVIDENCE if is_said_by(heard, one)] == ["a0", "a1", "a4", "a5"]
