"""What an editor sees in a sentence."""

import pytest

from bot.briefings.editor import Editor
from bot.briefings.passages import vocabulary
from bot.dossier import Dossier
from bot.language.lexicon import Lexicon


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Arden sent 574 boats and 40 ships.", ("574", "40")),
        ("The dam costs 1,200 million.", ("1,200",)),
        ("Prices rose by 3.5 percent in 2025.", ("3.5",)),
        ("Since 2022 nothing has moved.", ()),
        ("Article 5 was signed on August 15.", ()),
        ("The B-2 flew over the G7 at 2) noon.", ()),
        ("No number at all.", ()),
    ],
)
def test_figures_are_numbers_that_tell_something(editor: Editor, text: str, figures: tuple[str, ...]) -> None:
    assert editor.figures(text) == figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine people were killed in Arden.", True),
        ("Two sailors died and three were injured.", True),
        ("The plan is dead simple, said Lind.", True),  # words are all we have
        ("The deadline passed in Arden.", False),
        ("Skilled workers left.", False),
    ],
)
def test_grave_news(editor: Editor, text: str, expected: bool) -> None:
    assert editor.is_grave(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("If Arden pays, the talks go on.", True),
        ("Arden might pay.", True),
        ("Arden should pay.", True),
        ("A flood would end the talks.", True),
        ("Lind hinted that Belmar would pay.", False),
        ("Arden paid the tolls.", False),
        ("The mighty river rose.", False),
    ],
)
def test_surmise(editor: Editor, text: str, expected: bool) -> None:
    assert editor.is_surmise(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Toro and Bo Lind met in Belmar City.", ("toro", "lind", "belmar")),
        ("Toro’s plan; Toro’s tolls.", ("toro",)),
        ("Ardenians and toros.", ()),
        ("Mr. Lind-Berg is somebody else.", ()),
        ("Nobody came.", ()),
    ],
)
def test_mentions_are_whole_names(editor: Editor, text: str, expected: tuple[str, ...]) -> None:
    assert editor.mentioned(text) == expected


@pytest.mark.parametrize(("actor", "expected"), [("arden", True), ("toro", True), ("marsh", False), (None, False)])
def test_parties_are_states_and_those_who_speak_for_them(editor: Editor, actor: str | None, expected: bool) -> None:
    assert editor.is_party(actor) is expected


def test_topics_come_from_the_dossiers_keywords(editor: Editor) -> None:
    assert set(editor.topics_of("The dam and the tolls were not part of the talks.")) == {"dam", "tolls", "talks"}
    assert editor.topics_of("It rained.") == ()


def test_a_dossier_without_actors_or_topics_is_no_fault(lexicon: Lexicon) -> None:
    bare = Editor(Dossier("bare", "Bare", "en", (), (), (), "test"), lexicon)

    assert bare.mentioned("Toro met Lind.") == ()
    assert bare.topics_of("The dam is dry.") == ()


def test_the_vocabulary_is_the_lexicons(editor: Editor, lexicon: Lexicon) -> None:
    assert editor.vocabulary == vocabulary(lexicon)
