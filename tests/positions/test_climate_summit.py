"""Stance on a dossier whose author marked no keyword: a climate summit of our own invention.

The last column holds the answers a careful reader would sign: f(or), a(gainst), c(onditional), u(nclear).
"""

import pytest

from bot.language.lexicon import Lexicon
from bot.positions.annotate import TopicStance
from bot.positions.model import Mode
from config.loading import load_dossier
from tests.positions.conftest import STRAIT, read_marked

SAID = [
    ("Vale <said> [Orania would phase out coal by 2030]", "vale", "coal", "f"),
    ("Vale <wants> [to end coal power]", "vale", "coal", "f"),
    ("Moro <refused> [to close coal plants]", "moro", "coal", "a"),
    ("Moro <defended> [coal]", "moro", "coal", "au"),
    ("Moro <ruled out> [a coal exit before 2050]", "moro", "coal", "a"),
    ("Moro <said> [coal would remain essential for decades]", "moro", "coal", "au"),
    ("Moro <demanded> [that coal be allowed]", "moro", "coal", "au"),
    ("Vale <called for> [a global coal phase-out]", "vale", "coal", "f"),
    ("Vale <opposes> [new coal plants]", "vale", "coal", "fu"),
    ("Moro <opposes> [the coal phase-out]", "moro", "coal", "a"),
    ("Moro <said> [he would back a coal phase-out only if Tessia is paid]", "moro", "coal", "c"),
    ("Vale <pledged> [to pay into the fund]", "vale", "fund", "f"),
    ("Moro <demanded> [a compensation fund]", "moro", "fund", "f"),
    ("Vale <rejected> [the idea of a climate fund]", "vale", "fund", "a"),
    ("Vale <said> [there will be no new fund]", "vale", "fund", "a"),
    ("Vale <said> [the fund must be limited to the poorest states]", "vale", "fund", "cuf"),
    ("Moro <said> [without a fund there is no deal]", "moro", "fund", "f"),
    ("Orania <agreed to> [cap methane]", "orania", "methane", "f"),
    ("Tessia <rejects> [methane limits]", "tessia", "methane", "a"),
    ("Tessia <called> [a methane cap unworkable]", "tessia", "methane", "a"),
    ("Vale <urged> [Tessia to cut methane]", "vale", "methane", "f"),
    ("Moro <said> [Tessia would not cut methane emissions]", "moro", "methane", "a"),
    ("Moro <denounced> [the border tax as protectionism]", "moro", "border", "a"),
    ("Vale <said> [the border tax would come into force]", "vale", "border", "uf"),
    ("Moro <wants> [an exemption from the border tax]", "moro", "border", "a"),
    ("Moro <wants> [the border tax scrapped]", "moro", "border", "a"),
    ("Vale <refused to drop> [the border tax]", "vale", "border", "f"),
    ("Vale <hinted at> [a delay of the border tax]", "vale", "border", "uac"),
    ("[Orania's openness to delaying the border tax]", "orania", "border", "cau"),
    ("Moro <said> [Orania had promised to scrap the border tax]", "moro", "border", "u"),
]


@pytest.fixture(scope="module")
def summit(lexicon: Lexicon) -> TopicStance:
    return TopicStance(lexicon, load_dossier(STRAIT.parent / "climate-summit" / "climate-summit.toml"))


@pytest.mark.parametrize(("sentence", "actor", "topic", "accepted"), SAID)
def test_stance(summit: TopicStance, sentence: str, actor: str, topic: str, accepted: str) -> None:
    statement = read_marked(summit, sentence, actor, Mode.INDIRECT)
    assert statement.topics[0] == topic
    assert statement.stance is not None
    assert statement.stance.value[0] in accepted, statement.rules
