"""Who speaks, and what is none's: forms of attribution met in other genres. Each line once went wrong or was missed."""

from pathlib import Path

import pytest

from bot.language.lexicon import Lexicon
from bot.positions.model import Stance, Statement
from bot.positions.reader import Reader
from config.loading import load_dossier
from tests.quality.attribution import plain_article

READING = Path(__file__).parent.parent / "quality" / "reading"


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon) -> Reader:
    """Of a dossier with two ministry people of one surname."""
    return Reader(lexicon, load_dossier(READING / "halm-strait" / "dossier.toml"))


def statements(reader: Reader, text: str) -> tuple[Statement, ...]:
    return reader.read(plain_article(text)).statements


def told(reader: Reader, text: str) -> list[tuple[str | None, str]]:
    return [(one.speaker.name, one.content.of(text)) for one in statements(reader, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It went on. Said Brandt: “We never asked.”", [("Tomas Brandt", "We never asked.")]),
        (
            "“You know, I like him,” Brandt said, but “when it comes to tolls, he is a pirate.”",
            [("Tomas Brandt", "You know, I like him,"), ("Tomas Brandt", "when it comes to tolls, he is a pirate.")],
        ),
        (
            '"Voss walked onto the stage.\n"“We will never pay,” Voss said to the crowd.',
            [("Ingrid Voss", "We will never pay,")],
        ),
        (
            '“We will never pay a coin,” Voss said, and the band played on for an hour and more."',
            [("Ingrid Voss", "We will never pay a coin,")],
        ),
        ("The leak led Voss to fear a defeat.", [("Ingrid Voss", "fear a defeat")]),
        ("The leak forced Voss to concede that she had paid.", [("Ingrid Voss", "that she had paid")]),
        ("Voss was forced to concede that she had paid.", [("Ingrid Voss", "that she had paid")]),
        (
            "Voss went on about “broken promises” and “stolen ships,” and the band played.",
            [("Ingrid Voss", "went on about “broken promises” and “stolen ships,”")],
        ),
        ("The fleet will leave, Brandt said last week.", [("Tomas Brandt", "The fleet will leave")]),
        (
            "Brandt last week sent mixed signals, asserting on Monday that a truce was near.",
            [("Tomas Brandt", "that a truce was near")],
        ),
        ("Halm's Ingrid Voss last month said she would pay.", [("Ingrid Voss", "she would pay")]),
        ("Brandt said Monday (May 4, 2031) that tolls would rise.", [("Tomas Brandt", "that tolls would rise")]),
        ("Brandt said on Monday, May 4, that tolls would rise.", [("Tomas Brandt", "that tolls would rise")]),
        (
            "Brandt said, citing a report by the port, that tolls would rise.",
            [("Tomas Brandt", "that tolls would rise")],
        ),
        ("Brandt said Monday 12 ships had paid.", [("Tomas Brandt", "12 ships had paid")]),
        ("Tolls will rise, the Courier reported May 4, citing unnamed diplomats.", [("Courier", "Tolls will rise")]),
        (
            "Voss refused to pay, citing concerns over the fleet.",
            [
                ("Ingrid Voss", "Voss refused to pay"),
                ("Ingrid Voss", "concerns over the fleet"),
            ],
        ),
        (
            "“It is over,” Brandt told the port, as he insisted the fleet had to leave the strait.",
            [("Tomas Brandt", "It is over,"), ("Tomas Brandt", "the fleet had to leave the strait")],
        ),
        ("The truce is dead, as Brandt said on Monday.", [("Tomas Brandt", "The truce is dead")]),
        ("The fleet left the strait, as Voss said it would.", [("Ingrid Voss", "The fleet left the strait")]),
        ("The port's head of customs Ann Lee said tolls would rise.", [("Ann Lee", "tolls would rise")]),
        ("The port's envoy for Luria Ann Lee said tolls would rise.", [("Ann Lee", "tolls would rise")]),
        ("The lawyer for Mr. Tom Reed said tolls would rise.", [(None, "tolls would rise")]),
        ("The mother of German Ann Lee said tolls would rise.", [(None, "tolls would rise")]),
        (
            "Asked about the toll last Friday, Brandt told the port that it would rise.",
            [("Tomas Brandt", "that it would rise")],
        ),
        (
            "Voss agreed to a U.S.-proposed truce, saying that Keld was ready.",
            [("Ingrid Voss", "agreed to a U.S.-proposed truce"), ("Ingrid Voss", "that Keld was ready")],
        ),
        (
            "Brandt said that Osmara, though willing to talk, would never pay.",
            [("Tomas Brandt", "that Osmara, though willing to talk, would never pay")],
        ),
        ("Brandt's terms included Osmara recognizing the toll.", []),
        (
            "When asked if the toll was dead, Brandt told the Courier: “I would call it asleep.”",
            [("Tomas Brandt", "I would call it asleep.")],
        ),
        ("The talks ended, Osmara rejecting any toll.", [("Osmara", "Osmara rejecting any toll")]),
        ("German plans to host a summit were dropped.", [("German", "plans to host a summit")]),
        ("Ann Lee of the Harbour think tank warned that tolls would rise.", [("Ann Lee", "that tolls would rise")]),
        (
            "Brandt told the port, including Ingrid Voss, that tolls would rise.",
            [("Tomas Brandt", "that tolls would rise")],
        ),
        ("Voss has raised reservations about any toll.", [("Ingrid Voss", "has raised reservations about any toll")]),
        ("The wife of the councillor Ann Lee said tolls would rise.", [(None, "tolls would rise")]),
        (
            "Voss is prepared to leave the strait, allies of the prime minister said last night.",
            [(None, "Voss is prepared to leave the strait")],
        ),
        ("Supporters of the fleet argue that it helps.", [(None, "that it helps")]),
        (
            "In the words of a retired admiral, Henrik Dahl, “you do not send a postcard to a customs officer.”",
            [("Henrik Dahl", "you do not send a postcard to a customs officer.")],
        ),
        ("Kanaan spoke. The president himself said it was over.", [("Idris Kanaan", "it was over")]),
        ("Mr Kanaan's brother, the businessman Faris Kanaan, said it was over.", [("Faris Kanaan", "it was over")]),
        ("Voss came home. Her government has demanded an apology.", [("Keld", "has demanded an apology")]),
        ("Voss told him she would sign.", [("Ingrid Voss", "she would sign")]),
        ("Kanaan told her he would sign.", [("Idris Kanaan", "he would sign")]),
        ("The lawyer Per Brandt said the toll was dead.", [("Per Brandt", "the toll was dead")]),
        (
            "Haddin, the foreign minister, said it was a joke. She added that nobody laughed.",
            [("Leyla Haddin", "it was a joke"), ("Leyla Haddin", "that nobody laughed")],
        ),
        (
            "Leyla Haddin spoke first. Mr. Haddin was blunter. “She lies,” he said.",
            [("Omar Haddin", "She lies,")],
        ),
        ("TARN: Keld hit out at the toll, Brandt said.", [("Tomas Brandt", "Keld hit out at the toll")]),
        (
            "Leyla Haddin said Voss “wants a fight and calls it peace.”",
            [("Leyla Haddin", "Voss “wants a fight and calls it peace.”")],
        ),
    ],
)
def test_the_speaker_is_found(reader: Reader, text: str, expected: list[tuple[str | None, str]]) -> None:
    assert told(reader, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A story was going around that Osmara had agreed to let inspectors in.",
        "There is talk that Kanaan will accept inspectors.",
        "It is not true that Voss supports the toll.",
        "It is unclear whether Voss wants inspectors.",
        "Assertions that Keld “wants the toll” sound hollow.",
        "Voss used to oppose the toll.",
        "Voss refrained from criticising the toll.",
        "She is a lawyer who teaches maritime law and once advised the Council.",
        "The treaty is one that neither side likes.",
    ],
)
def test_what_is_only_passed_on_or_past_is_nobodys(reader: Reader, text: str) -> None:
    assert told(reader, text) == []


def test_a_pronoun_that_fits_two_alike_is_nobodys(reader: Reader) -> None:
    found = statements(reader, "Kanaan and Tell met in Saam. He opposes inspectors.")

    assert [one.speaker.name for one in found] == [None]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Voss dismissed the toll as illegal.", Stance.AGAINST),
        ("Voss condemned the toll as blackmail.", Stance.AGAINST),
        ("Kanaan said the toll was not negotiable.", Stance.FOR),
        ("Kanaan said the toll was not up for discussion.", Stance.UNCLEAR),
        ("Kanaan rejected insinuations about the illegal nature of the toll.", Stance.UNCLEAR),
        ("Voss said she would consider withdrawing the fleet if the toll were dropped.", Stance.CONDITIONAL),
        ("Kanaan said he will accept inspectors, but only from Luria.", Stance.CONDITIONAL),
        ("Voss initially opposed the toll.", Stance.UNCLEAR),
        ("Voss previously rejected the toll.", Stance.UNCLEAR),
        ("Kanaan said his defence minister opposed inspectors.", Stance.UNCLEAR),
        ("Kanaan said his country opposed inspectors.", Stance.AGAINST),
        ("Leyla Haddin said Voss called the toll necessary.", Stance.UNCLEAR),
        ("Leyla Haddin said Voss had said the toll was necessary.", Stance.UNCLEAR),
        ("Leyla Haddin said the toll was necessary.", Stance.FOR),
    ],
)
def test_a_stance_is_the_speakers_own_and_of_today(reader: Reader, text: str, stance: Stance) -> None:
    assert [one.stance for one in statements(reader, text)] == [stance]


@pytest.mark.parametrize(
    ("text", "has_shifted"),
    [
        ("Brandt backtracked on the toll.", True),
        ("Brandt said he had backed down on the toll.", True),
        ("Brandt denied a rift and said he had backed down on the toll.", True),
        ("Brandt said of the toll that “there is no question of backtracking on that”.", False),
        ("Brandt said there was no intention of backing down on the toll.", False),
        ("Brandt denied that he had backed down on the toll.", False),
        ("Brandt denied that the government had backed down on the toll.", False),
        ("Brandt denied backing down on the toll.", False),
        ("Brandt accused Osmara of backtracking on the toll.", False),
    ],
)
def test_a_shift_that_is_denied_is_none(reader: Reader, text: str, has_shifted: bool) -> None:
    assert any(one.shift for one in statements(reader, text)) == has_shifted
