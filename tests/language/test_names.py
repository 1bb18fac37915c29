"""Names split into titles, given names and surname."""

import pytest

from bot.language.lexicon import Lexicon
from bot.language.names import Gender, NameBook, compile_names


@pytest.fixture(scope="module")
def names(lexicon: Lexicon) -> NameBook:
    return compile_names(lexicon)


@pytest.mark.parametrize(
    ("text", "given", "surname", "gender"),
    [
        ("Maria Alves", "maria", "alves", Gender.FEMALE),
        ("Mr. Petz", "", "petz", Gender.MALE),
        ("Ms. Solen", "", "solen", Gender.FEMALE),
        ("President Vladimir V. Orlov", "vladimir", "orlov", Gender.MALE),
        ("Foreign Minister Anna Berg", "anna", "berg", Gender.FEMALE),
        ("Thomas Vale Jr.", "thomas", "vale", Gender.MALE),
        ("Sen. Vale", "", "vale", Gender.UNKNOWN),
        ("Congresswoman Vale", "", "vale", Gender.FEMALE),
        ("Joran Petz", "joran", "petz", Gender.UNKNOWN),
        ("Petz", "", "petz", Gender.UNKNOWN),
    ],
)
def test_read_name(names: NameBook, text: str, given: str, surname: str, gender: Gender) -> None:
    found = names.read_name(text.split())
    assert found is not None
    assert (found.given, found.surname, found.gender) == (given, surname, gender)


@pytest.mark.parametrize("text", ["President", "Prime Minister", "Mr."])
def test_a_title_alone_is_no_name(names: NameBook, text: str) -> None:
    assert names.read_name(text.split()) is None


def test_demonyms_lead_to_countries(names: NameBook) -> None:
    assert names.demonyms["norwegian"] == "Norway"
