"""Sides taken in whole sentences, read from end to end on the dossier that ships; written to trip the rules up.

The last column holds every answer a careful reader would sign, the best one first: f(or), a(gainst), c(onditional),
u(nclear).
"""

import pytest

from bot.dossier import Dossier
from bot.language.lexicon import Lexicon
from bot.positions.model import Stance
from bot.positions.reader import Reader
from tests.quality.attribution import plain_article

LETTERS = {"f": Stance.FOR, "a": Stance.AGAINST, "c": Stance.CONDITIONAL, "u": Stance.UNCLEAR}
SIDES = [
    ("Trump ruled out sanctions. “I will see whose fault it is,” he said.", "trump", "sanctions", "au"),
    ("“We will not give our land to the occupier,” Zelensky has said.", "zelensky", "territory", "a"),
    ("“We will give our land to nobody,” Zelensky said.", "zelensky", "territory", "a"),
    ("Putin wrecked what Trump, after insisting on a ceasefire, gave up.", "putin", "ceasefire", "u"),
    ("Russia has not dropped its demand for a NATO ban.", "russia", "nato-membership", "a"),
    ("Zelensky has not given up on NATO membership.", "zelensky", "nato-membership", "f"),
    ("Lavrov considers the lifting of sanctions unacceptable.", "lavrov", "sanctions", "f"),
    ("Lavrov considers sanctions unacceptable.", "lavrov", "sanctions", "a"),
    ("“I don't need him to agree to a truce,” Zelensky said.", "zelensky", "ceasefire", "u"),
    ("Lavrov said a truce would be a gift to Kyiv.", "lavrov", "ceasefire", "a"),
    ("Lavrov said a truce before a peace deal was signed would be a gift to Kyiv.", "lavrov", "ceasefire", "a"),
    ("Lifting the sanctions now would be pouring petrol on the fire, Kallas said.", "kallas", "sanctions", "f"),
    ("Kallas said there was no alternative to sanctions.", "kallas", "sanctions", "f"),
    ("Trump said sanctions would go on even if no treaty was signed.", "trump", "sanctions", "fu"),
    ("A truce might be possible once Zelensky called off the elections, Lavrov said.", "lavrov", "ceasefire", "cu"),
    ("Macron favors a truce over new sanctions.", "macron", "ceasefire", "f"),
    ("Moscow wants the terms first and a ceasefire later.", "russia", "ceasefire", "cau"),
    ("Merz has made clear that Ukraine cannot be forced to cede land.", "merz", "territory", "a"),
    ("Peskov denied that Russia was against a ceasefire.", "peskov", "ceasefire", "ufc"),
    ("Peskov denied that Russia had agreed to a ceasefire.", "peskov", "ceasefire", "ua"),
    ("Starmer did not rule out sending British troops.", "starmer", "western-troops", "cfu"),
    ("Starmer would not rule out sending British troops.", "starmer", "western-troops", "cfu"),
    ("Vance has never said that American troops would be sent.", "vance", "western-troops", "u"),
    ("Rutte said nobody was talking about NATO membership for Ukraine now.", "rutte", "nato-membership", "ua"),
    ("Macron criticized Moscow's refusal to agree to a truce.", "macron", "ceasefire", "fcu"),
    ("Macron condemned Putin for rejecting a ceasefire.", "macron", "ceasefire", "fcu"),
    ("Zelensky thanked Trump for his support for security guarantees.", "zelensky", "security-guarantees", "fu"),
    ("Zelensky rejected Putin's claim that Kyiv opposes a ceasefire.", "zelensky", "ceasefire", "ufc"),
    ("Kallas warned that easing sanctions would reward aggression.", "kallas", "sanctions", "fu"),
    ("Merz said it would be wrong to lift the sanctions.", "merz", "sanctions", "f"),
    ("Merz said it would be wrong not to impose sanctions.", "merz", "sanctions", "fu"),
    ("Trump said he saw no point in sanctions.", "trump", "sanctions", "a"),
    ("Trump said he was not a fan of sanctions.", "trump", "sanctions", "au"),
    ("Putin said he had nothing against a truce.", "putin", "ceasefire", "cfu"),
    ("Putin said a truce was not on the agenda.", "putin", "ceasefire", "a"),
    ("Medvedev said Moscow would sooner fight on than accept a truce.", "medvedev", "ceasefire", "au"),
    ("Stubb said security guarantees had to come before any talk of territory.", "stubb", "security-guarantees", "f"),
    ("Ushakov said Moscow could not agree to Western troops.", "ushakov", "western-troops", "a"),
    ("Lavrov said troops from NATO states were out of the question.", "lavrov", "western-troops", "a"),
    ("Lavrov said Moscow did not object to security guarantees as such.", "lavrov", "security-guarantees", "cfu"),
    ("Rubio said no one was asking Ukraine to disarm.", "rubio", "demilitarization", "ua"),
    ("Putin insists that Ukraine disarm.", "putin", "demilitarization", "fu"),
    ("Zelensky said he would meet Putin anywhere.", "zelensky", "leaders-summit", "f"),
    ("Peskov said a meeting between Putin and Zelensky made no sense now.", "peskov", "leaders-summit", "a"),
    ("Peskov said Putin was ready to meet Zelensky, but not before a deal was done.", "peskov", "leaders-summit", "c"),
    ("Zelensky said he would rather lose a province than sign away Crimea.", "zelensky", "territory", "ua"),
    ("Trump said he would never recognize Crimea as Russian.", "trump", "territory", "au"),
    (
        "The Kremlin said it welcomed the fact that NATO membership was off the table.",
        "russia",
        "nato-membership",
        "au",
    ),
    ("Hegseth said it was unrealistic to expect Ukraine to join NATO.", "hegseth", "nato-membership", "a"),
    ("Kallas said the door to NATO membership must stay open.", "kallas", "nato-membership", "fu"),
    ("Yermak said Kyiv would not trade NATO membership for a truce.", "yermak", "nato-membership", "fu"),
    (
        "Bessent said Washington was prepared to increase sanctions, if the Europeans followed.",
        "bessent",
        "sanctions",
        "c",
    ),
]


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon, dossier: Dossier) -> Reader:
    return Reader(lexicon, dossier)


@pytest.mark.parametrize(("text", "actor", "topic", "letters"), SIDES)
def test_side(reader: Reader, text: str, actor: str, topic: str, letters: str) -> None:
    found = [one for one in reader.read(plain_article(text)).statements if one.speaker.actor_id == actor]
    stances = {one.stance for one in found if one.topics[:1] == (topic,)} - {None}
    assert stances <= {LETTERS[letter] for letter in letters}, [one.rules for one in found]
