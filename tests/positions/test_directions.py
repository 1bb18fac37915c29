"""Which side plain keywords take, read off the proposition; and stance with a dossier that marks nothing."""

import pytest

from bot.dossier import Actor, ActorKind, Dossier, Topic
from bot.language.lexicon import Lexicon
from bot.positions.annotate import TopicStance
from bot.positions.directions import Directions
from bot.positions.frames import Frames
from bot.positions.model import Mode
from bot.positions.phrases import Tokenizer
from tests.positions.conftest import read_marked

GIVES_UP = "Verinia gives up its islands"
LEVY = "Ships pay a carbon levy"
FREE = "Grain ships pass the strait without inspection"
OUT = "Verinia does not join the customs union"


@pytest.fixture(scope="module")
def directions(lexicon: Lexicon) -> Directions:
    tokenizer = Tokenizer(lexicon)
    return Directions(lexicon, tokenizer, Frames(lexicon, tokenizer))


def marked(directions: Directions, proposition: str | None, *keywords: str) -> tuple[str, ...]:
    return directions.marked(Topic("t", "T", keywords, proposition)).keywords


@pytest.mark.parametrize(
    ("proposition", "keyword", "expected"),
    [
        (LEVY, "carbon levy", "carbon levy"),
        (LEVY, "levy relief", "-levy relief"),
        (LEVY, "levy exemption", "-levy exemption"),
        (LEVY, "no levy", "-no levy"),
        (LEVY, "price cap", "price cap"),
        (GIVES_UP, "cede the islands", "cede the islands"),
        (GIVES_UP, "handover", "handover"),
        (GIVES_UP, "island swap", "island swap"),
        ("Fishing stops in winter", "moratorium", "moratorium"),
        (None, "no levy", "no levy"),
        (FREE, "inspection", "-inspection"),
        (FREE, "inspectors", "-inspectors"),
        (FREE, "without inspection", "without inspection"),
        (FREE, "grain ships", "grain ships"),
        (OUT, "customs union", "-customs union"),
    ],
)
def test_side_of_a_keyword(directions: Directions, proposition: str | None, keyword: str, expected: str) -> None:
    assert marked(directions, proposition, keyword) == (expected,)


def test_bare_thing_takes_a_side_only_with_a_word_of_giving_up(directions: Directions) -> None:
    keywords = marked(directions, GIVES_UP, "islands")
    assert keywords[0] == "~islands"
    assert {"cede .. islands", "hand over .. islands"} <= set(keywords)


def test_topic_that_marks_its_keywords_is_left_alone(directions: Directions) -> None:
    assert marked(directions, GIVES_UP, "islands", "-our islands") == ("islands", "-our islands")


PLAIN = Dossier(
    id="plain",
    title="Plain",
    language="en",
    sources=(),
    actors=(
        Actor("verinia", "Verinia", ActorKind.STATE),
        Actor("aldmark", "Aldmark", ActorKind.STATE),
        Actor("solen", "Mira Solen", ActorKind.PERSON, ("Solen",), "president of Verinia", "verinia"),
        Actor("brand", "Elke Brand", ActorKind.PERSON, ("Brand",), "prime minister of Aldmark", "aldmark"),
    ),
    topics=(
        Topic("islands", "Islands", ("islands", "cede"), GIVES_UP),
        Topic("levy", "Levy", ("carbon levy", "levy"), LEVY),
        Topic("free", "Free passage", ("inspection", "inspectors", "without inspection", "unhindered passage"), FREE),
    ),
    digest="plain",
)


@pytest.mark.parametrize(
    ("sentence", "actor", "accepted"),
    [
        ("Solen <said> [Verinia would never cede its islands]", "solen", "a"),
        ("Solen <refused> [to give up the islands]", "solen", "a"),
        ("Solen <spoke of> [the beauty of the islands]", "solen", "u"),
        ("Solen <vowed> [to defend the islands]", "solen", "ua"),
        ("Brand <demanded> [that Verinia give up the islands]", "brand", "f"),
        ("Brand <demanded> [the handover of the islands]", "brand", "f"),
        ("Brand <wants> [the islands]", "brand", "uf"),
        ("Solen <demanded> [that Aldmark withdraw from the islands]", "solen", "ua"),
        ("Solen <said> [Aldmark must leave the islands]", "solen", "ua"),
        ("Brand <wants> [levy relief]", "brand", "a"),
        ("Brand <demands> [a levy waiver]", "brand", "a"),
        ("Solen <rejected> [the levy waiver]", "solen", "f"),
        ("Solen <wants> [the levy]", "solen", "f"),
        ("Solen <said> [it would accept inspections]", "solen", "a"),
        ("Solen <rejected> [any inspection]", "solen", "f"),
        ("Solen <demanded> [passage without inspection]", "solen", "f"),
        ("Solen <said> [it would never accept inspectors]", "solen", "f"),
        ("Solen <wants> [unhindered passage]", "solen", "f"),
    ],
)
def test_stance_with_plain_keywords(lexicon: Lexicon, sentence: str, actor: str, accepted: str) -> None:
    statement = read_marked(TopicStance(lexicon, PLAIN), sentence, actor, Mode.INDIRECT)
    assert statement.stance is not None
    assert statement.stance.value[0] in accepted, statement.rules
