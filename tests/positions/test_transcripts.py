"""Turns of interviews and press conferences, and what only looks like one."""

from pathlib import Path

import pytest

from bot.language.lexicon import Lexicon
from bot.positions.reader import Reader
from config.loading import load_dossier
from tests.quality.attribution import plain_article

READING = Path(__file__).parent.parent / "quality" / "reading"


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon) -> Reader:
    return Reader(lexicon, load_dossier(READING / "halm-strait" / "dossier.toml"))


def told(reader: Reader, text: str) -> list[tuple[str | None, str]]:
    found = reader.read(plain_article(text)).statements
    return [(one.speaker.name, one.content.of(text)) for one in found]


def test_names_in_mixed_case_take_turns(reader: Reader) -> None:
    text = (
        "Mariam Sall: Would you pay the toll?\n"
        "Jonas Okoye: We would not. The president read the cover only.\n"
        "Sall: Why not?\n"
        "Okoye: I told you."
    )

    assert told(reader, text) == [
        ("Mariam Sall", "Would you pay the toll?"),
        ("Jonas Okoye", "We would not. The president read the cover only."),
        ("Mariam Sall", "Why not?"),
        ("Jonas Okoye", "I told you."),
    ]


def test_an_official_record_goes_on_over_paragraphs(reader: Reader) -> None:
    text = (
        "President of Osmara Idris Kanaan: Ms Marchetti, colleagues,\n"
        "We value your efforts.\n"
        "Sofia Marchetti: Mr President, thank you.\n"
        "The meeting went on behind closed doors."
    )

    assert told(reader, text) == [
        ("Idris Kanaan", "Ms Marchetti, colleagues,"),
        ("Idris Kanaan", "We value your efforts."),
        ("Sofia Marchetti", "Mr President, thank you."),
    ]


def test_whoever_only_asks_without_a_name_says_nothing(reader: Reader) -> None:
    text = "QUESTION: Did Ms Voss say she pays?\nMS VOSS: I never said so.\nQ: Minister Haddin says you did."

    assert told(reader, text) == [("Ingrid Voss", "I never said so.")]


@pytest.mark.parametrize(
    "text",
    [
        "Osmara: wants a toll.\nKeld: no fee at all.\nLuria: a truce first.",  # labels
        "Voss: a deal by May.\nKanaan: the toll stays.\nBrandt: the ships stay.",
        "TARN: The harbour was quiet on Sunday.",  # a dateline
        "NEW HOLM: The harbour was quiet on Sunday.\nIt rained.",
    ],
)
def test_labels_and_datelines_are_no_names(reader: Reader, text: str) -> None:
    assert not any(content.startswith(("wants", "no ", "a ", "the ", "The ")) for _, content in told(reader, text))


def test_whoever_alone_answers_questions_is_not_the_asker(reader: Reader) -> None:
    text = (
        "Ingrid Voss spoke to us in her office.\n"
        "Will you pay the toll?\n"
        "Voss: No. We never will.\n"
        "Some say that it is cheap. Are they wrong?\n"
        "Voss: They do not pay it.\n"
        "Would a lower one help?\n"
        "Voss: I have said no."
    )

    assert told(reader, text) == [
        ("Ingrid Voss", "No. We never will."),
        ("Ingrid Voss", "They do not pay it."),
        ("Ingrid Voss", "I have said no."),
    ]


def test_a_name_before_colons_without_questions_is_no_interview(reader: Reader) -> None:
    text = "Voss: a deal by May.\nVoss: no toll.\nVoss: the ships stay."

    assert told(reader, text) == []
