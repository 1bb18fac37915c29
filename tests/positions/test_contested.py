"""Contested claims: A says that B agreed, B says otherwise."""

import pytest

from bot.dossier import Dossier
from bot.language.blocks import Block, BlockKind
from bot.language.sentences import Sentence
from bot.language.spans import Span
from bot.positions.annotate import TopicStance
from bot.positions.contested import find_contested
from bot.positions.model import Evidence, Mode, Speaker, Stance, Statement
from tests.positions.evidences import evidence

AGREED = ("claim: agreed by solen",)
MEETING = "leaders-meeting"


def annotate(rules: TopicStance, *said: tuple[str, str | None]) -> tuple[Statement, ...]:
    """Statements of sentences in one paragraph; a sentence without an actor is the narrator's."""
    text = " ".join(sentence for sentence, _ in said)
    sentences, statements, start = [], [], 0
    for index, (sentence, actor) in enumerate(said):
        span = Span(start, start + len(sentence))
        sentences.append(Sentence(index, span, 0))
        start = span.end + 1
        if actor is not None:
            speaker = Speaker(actor, None, actor, actor, None, 1.0, "given")
            statements.append(Statement(index, Mode.INDIRECT, speaker, "", None, span, None))
    return rules.annotate(text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),), tuple(sentences), statements)


CLAIMS = [
    "Rehn said Solen had agreed to meet Brand face to face.",
    "Rehn said that Solen had promised to meet Brand in April.",
    "Rehn insisted that Solen would accept a meeting with Brand.",
    "Rehn said Solen has signed off on a meeting with Brand.",
]


@pytest.mark.parametrize("claim", CLAIMS)
def test_claim_that_the_other_side_plays_down(topic_stance: TopicStance, claim: str) -> None:
    said = annotate(
        topic_stance, (claim, "rehn"), ("But Petz played down the prospect of a meeting with Brand.", "petz")
    )
    assert [one.contested for one in said] == [True, False]


@pytest.mark.parametrize("claim", CLAIMS)
def test_claim_that_nobody_disputes(topic_stance: TopicStance, claim: str) -> None:
    said = annotate(topic_stance, (claim, "rehn"), ("Petz said he was ready to meet Brand.", "petz"))
    assert not any(one.contested for one in said)


def test_claim_that_the_narrator_disputes(topic_stance: TopicStance) -> None:
    said = annotate(topic_stance, (CLAIMS[0], "rehn"), ("Port Sel has made no such promise and denied it.", None))
    assert said[0].contested


def test_doubt_about_something_else_disputes_no_claim(topic_stance: TopicStance) -> None:
    doubts = ("Brand denied that the blockade would end.", None), ("Solen was in the north.", None)
    assert not annotate(topic_stance, (CLAIMS[0], "rehn"), *doubts)[0].contested


@pytest.mark.parametrize(
    "sentence",
    [
        "Rehn said Solen must agree to meet Brand face to face.",
        "Rehn urged Solen to agree to a meeting with Brand.",
        "Rehn said Solen had refused to meet Brand face to face.",
        "Rehn said Aldmark had agreed to a meeting with Solen.",
        "Rehn asked whether Solen would accept a meeting with Brand.",
    ],
)
def test_no_claim_of_agreement(topic_stance: TopicStance, sentence: str) -> None:
    said = annotate(topic_stance, (sentence, "rehn"), ("Petz rejected a meeting with Brand.", "petz"))
    assert not said[0].contested


def pair(claim_on: str | None, answer: Evidence) -> list[Evidence]:
    return [evidence("rehn", MEETING, Stance.UNCLEAR, claim_on, rules=AGREED), answer]


def test_answer_of_a_later_article(strait: Dossier) -> None:
    answer = evidence("petz", MEETING, Stance.AGAINST, "2031-03-21")
    (found,) = find_contested(strait, pair("2031-03-20", answer))
    assert found.answer is answer
    assert found.topic_id == MEETING


@pytest.mark.parametrize(
    ("claim_on", "answer"),
    [
        ("2031-03-20", evidence("petz", MEETING, Stance.AGAINST, "2031-03-01")),
        ("2031-03-20", evidence("petz", MEETING, Stance.FOR, "2031-03-21")),
        ("2031-03-20", evidence("petz", MEETING, Stance.UNCLEAR, "2031-03-21")),
        ("2031-03-20", evidence("petz", "carbon-levy", Stance.AGAINST, "2031-03-21")),
        ("2031-03-20", evidence("quill", MEETING, Stance.AGAINST, "2031-03-21")),
        (None, evidence("petz", MEETING, Stance.AGAINST, "2031-03-21")),
    ],
    ids=["earlier", "agrees", "unclear", "other topic", "other side", "undated claim"],
)
def test_no_answer(strait: Dossier, claim_on: str | None, answer: Evidence) -> None:
    assert find_contested(strait, pair(claim_on, answer)) == ()


def test_claim_disputed_in_its_article_needs_no_answer(strait: Dossier) -> None:
    claim = evidence("rehn", MEETING, Stance.UNCLEAR, None, rules=AGREED, contested=True)
    (found,) = find_contested(strait, [claim])
    assert found.answer is None
    assert "article" in found.rule


def test_copies_of_a_claim_count_once(strait: Dossier) -> None:
    claims = [
        evidence("rehn", MEETING, Stance.UNCLEAR, "2031-03-20", rules=AGREED, story="one", outlet=outlet)
        for outlet in ("The Harbour Courier", "Strait Evening News")
    ]
    assert len(find_contested(strait, [*claims, evidence("solen", MEETING, Stance.AGAINST, "2031-03-22")])) == 1
