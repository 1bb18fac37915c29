"""Whom a speaker's words mean: dossier actors, outsiders, the unnamed; pronouns and descriptions."""

import pytest

from bot.dossier import Dossier
from bot.language.lexicon import Lexicon
from bot.positions.model import Speaker
from bot.positions.reader import Reader
from tests.quality.attribution import plain_article


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon, strait: Dossier) -> Reader:
    return Reader(lexicon, strait)


def last_speaker(reader: Reader, text: str) -> Speaker:
    return reader.read(plain_article(text)).statements[-1].speaker


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Mira Solen said it was over.", "solen"),
        ("Solen said it was over.", "solen"),
        ("President Solen said it was over.", "solen"),
        ("Verinia’s president, Mira Solen, said it was over.", "solen"),
        ("Solen, the president of Verinia, said it was over.", "solen"),
        ("Joran Petz, the trade minister, said it was over.", "petz"),
        ("Petz spoke first. The trade minister said it was over.", "petz"),
        ("Solen spoke first. The president said it was over.", "solen"),
        ("The president of Verinia said it was over.", "solen"),
        ("The prime minister of Aldmark said it was over.", "brand"),
        ("Port Sel said it was over.", "verinia"),
        ("Prime Minister Elke Brand of Aldmark said it was over.", "brand"),
        ("Vice-President Mira Solen said it was over.", "solen"),
        ("The Aldmark government said it was over.", "aldmark"),
        ("The League said it was over.", "tidal-league"),
        ("Verinia’s peace plan said it was over.", "verinia"),
        ("Brand, in a post that hinted at a deal, wavered.", "brand"),
    ],
)
def test_dossier_actors(reader: Reader, text: str, actor: str) -> None:
    assert last_speaker(reader, text).actor_id == actor


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ms. Solen met Mr. Rehn. She said it was over.", "Mira Solen"),
        ("Ms. Solen met Mr. Rehn. He said it was over.", "Tomas Rehn"),
        ("Elke Brand met Thomas Vale. He said it was over.", "Thomas Vale"),
        ("Thomas Vale met the press. Brand was absent. “It is over,” he said.", "Thomas Vale"),
        ("Thomas Vale met the press. It was late. He said it was over. He added that he was tired.", "Thomas Vale"),
        ("Thomas Vale spoke. Peter Vale listened. Peter Vale said it was over.", "Peter Vale"),
        ("Thomas Vale rejected Peter Dorn’s talk of fees. “Never,” he said.", "Thomas Vale"),
        ("Thomas Vale’s faith in Peter Dorn was plain. “He is fine,” he said.", "Thomas Vale"),
        ("Sorrel Vale lost her seat. Peter Dorn came. She said it was over.", "Sorrel Vale"),
        ("Sorrel Vale lost her seat. Anna Dorn left. He said it was over.", None),
        ("Anna Vale, a former judge, spoke. Ms. Vale said it was over.", "Anna Vale"),
        ("Thomas Solen, a fisher, spoke. Thomas Solen said it was over.", "Thomas Solen"),
    ],
)
def test_persons_and_pronouns(reader: Reader, text: str, name: str | None) -> None:
    assert last_speaker(reader, text).name == name


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("A diplomat on the call said it was over.", "A diplomat on the call"),
        ("Two officials said it was over.", "Two officials"),
        ("Critics say it is over.", "Critics"),
        ("She said it was over.", "She"),
        ("The mayor said it was over.", "The mayor"),
    ],
)
def test_shown_under_no_one(reader: Reader, text: str, surface: str) -> None:
    speaker = last_speaker(reader, text)
    assert (speaker.text, speaker.actor_id, speaker.name) == (surface, None, None)


def test_an_outsider_keeps_name_and_description(reader: Reader) -> None:
    speaker = last_speaker(
        reader, "“No,” said Anna Vale, a former ambassador to Verinia under the old treaty. It rained."
    )
    assert (speaker.actor_id, speaker.name) == (None, "Anna Vale")
    assert speaker.description is not None
    assert speaker.description.startswith("a former ambassador to Verinia")


def test_a_shared_surname_is_not_taken_for_the_dossiers_person(reader: Reader) -> None:
    speaker = last_speaker(reader, "Thomas Brand runs a boatyard. Mr. Brand said it was over.")
    assert speaker.actor_id is None
    assert speaker.name == "Thomas Brand"


def test_the_addressee_does_not_speak(reader: Reader) -> None:
    assert last_speaker(reader, "“I want a deal,” Petz told Elke Brand.").actor_id == "petz"


def test_the_person_spoken_of_does_not_speak(reader: Reader) -> None:
    assert last_speaker(reader, "Of Brand, Petz said she was stubborn.").actor_id == "petz"


def test_who_is_named_in_what_was_said_is_not_its_speaker(reader: Reader) -> None:
    text = "Thomas Vale arrived late. Peter Dorn would lose the vote, he said."
    assert last_speaker(reader, text).name == "Thomas Vale"


def test_certainty_and_reason_are_always_given(reader: Reader) -> None:
    speaker = last_speaker(reader, "Solen met Brand. She said it was over.")
    assert 0 <= speaker.certainty <= 1
    assert speaker.why
