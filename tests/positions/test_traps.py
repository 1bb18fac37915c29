"""What a careless reader takes for a statement, or gives to the wrong one. Each line once went wrong."""

from pathlib import Path

import pytest

from bot.articles.model import Article
from bot.dossier import Dossier
from bot.language.blocks import Block, BlockKind
from bot.language.lexicon import Lexicon
from bot.language.spans import Span
from bot.positions.model import Stance, Statement
from bot.positions.reader import Reader
from config.loading import load_dossier
from tests.quality.attribution import plain_article

READING = Path(__file__).parent.parent / "quality" / "reading"


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon) -> Reader:
    """Of a dossier with two persons of one surname."""
    return Reader(lexicon, load_dossier(READING / "oru-river" / "dossier.toml"))


@pytest.fixture(scope="module")
def strait_reader(lexicon: Lexicon, strait: Dossier) -> Reader:
    return Reader(lexicon, strait)


def statements(reader: Reader, text: str) -> tuple[Statement, ...]:
    return reader.read(plain_article(text)).statements


@pytest.mark.parametrize(
    "text",
    [
        "Imagine a prime minister who tells her voters: “The dam is good for us.”",
        "In the second, the Harbour Union accepts a levy and Brand drops its claim.",
        "In the other version, Brand wants a levy.",
        "Suppose Serrano rejects the treaty and Okat agrees with her.",
        "Okat might say, “We have a process.”",
        "She could even say that Sembar “never wanted a flow at all.”",
        "Nor has Okat said that he wants none.",
        "Never did Okat say that Dravia rejected inspectors.",
        "Serrano did not say whether she would accept inspectors.",
        "If Maas were serious about peace, he would send somebody.",
        "Lime House refused to comment.",
        "Okat declined to say whether Dravia would accept inspectors.",
        "An aide asked not to be named.",
        "Nobody in the room was against it.",
        "As Okat might have said, jaw-jaw is better than war-war.",
        "Neither will say what Dravia wants.",
        "A spokesman for Okat declined to say whether he supports the treaty.",
        "Lime House did not respond to a request for comment.",
        "Asked whether Maas planned to fill the dam, Okat laughed.",
        "Had Serrano accepted the treaty, the dam would be full.",
        "Okat showed reporters a photograph.",
        "Serrano never called for compensation.",
        "Serrano has not asked for reparations.",
    ],
)
def test_nobody_says_it(reader: Reader, text: str) -> None:
    assert [one.content for one in statements(reader, text)] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr. Maas rejected inspectors.", "Teodor Maas"),
        ("Ms. Maas rejected inspectors.", "Lena Maas"),
        ("The wells are dry. Mr. Maas, the Dravian president, rejected inspectors.", "Teodor Maas"),
        ("Serrano shrugged. Her foreign minister has been blunt. He rejected inspectors.", "Ruvim Okat"),
        (
            "Okat left. The Prime Minister told Parliament that she rejected inspectors. Serrano smiled.",
            "Nadia Serrano",
        ),
        ("“No,” said Okat. President Teodor Maas, no relation, was calm. He said inspectors may come.", "Teodor Maas"),
        ("QUORRA (Wire) - Dravia will fill the dam, its water minister said. Lena Maas laughed.", "Lena Maas"),
        ("Serrano met Okat. “One treaty, one river,” as she puts it.", "Nadia Serrano"),
        ("The Northern Farmers’ Federation met. The Federation rejected inspectors.", "Northern Farmers’ Federation"),
        ("The European Commission met. The Commission rejected inspectors.", "European Commission"),
        ("Dravia has never refused talks, Foreign Minister Ruvim Okat told a briefing on Tuesday.", "Ruvim Okat"),
        ("The commission would act, its secretary general, Pavel Adeyo, told delegates.", "Pavel Adeyo"),
        ("At the same time, Okat stressed, the release of water, however small, would be supported.", "Ruvim Okat"),
        ("In Okat’s view, the dam should be opened.", "Ruvim Okat"),
        ("Okat, according to the Sembari foreign ministry, repeated that the talks were off.", "Ruvim Okat"),
        ("Serrano met Lena Maas. Okat no longer insists on a treaty.", "Ruvim Okat"),
        (
            "Okat grinned. “No,” he said. Asked whether Mr. Maas would come, he laughed. “Ask him,” he said.",
            "Ruvim Okat",
        ),
        (
            "Serrano, speaking in Hallen beside the commission chief, Pavel Adeyo, accused Dravia of lies.",
            "Nadia Serrano",
        ),
        ("It was Okat, not Serrano, who proposed compensation.", "Ruvim Okat"),
        ("Okat smiled. In his words, the dam is a wall.", "Ruvim Okat"),
    ],
)
def test_who_says_it(reader: Reader, text: str, name: str) -> None:
    speaker = statements(reader, text)[-1].speaker
    assert speaker.name == name, speaker.why


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Dravia had until now rejected any inspection.", "had until now rejected any inspection"),
        ("Dravia had for months demanded that inspectors leave.", "that inspectors leave"),
        ("It was late. Dravia does, however, oppose a treaty.", "does, however, oppose a treaty"),
        ("Its energy minister, Farr, is against any payment.", "is against any payment"),
        ("Quorra’s refusal to drop its claim has angered Hallen.", "refusal to drop its claim"),
        ("Okat told Serrano by phone that Dravia would contribute.", "that Dravia would contribute"),
        ("Sembar is in favor of a treaty.", "is in favor of a treaty"),
        ("Sembar would like to see more inspectors.", "would like to see more inspectors"),
        ("Okat has let it be known that he would prefer a freeze.", "that he would prefer a freeze"),
        ("Sembar has resisted calls to sign.", "has resisted calls to sign"),
        ("An official who asked not to be named said the cabinet was split.", "the cabinet was split"),
    ],
)
def test_one_statement_of_it(reader: Reader, text: str, content: str) -> None:
    (found,) = statements(reader, text)
    assert found.content.of(text) == content


def test_a_surname_of_two_without_more_is_nobodys(reader: Reader) -> None:
    (found,) = statements(reader, "Maas rejected inspectors.")
    assert found.speaker.actor_id is None


def test_a_quote_behind_somebody_elses_name_is_not_the_last_speakers(reader: Reader) -> None:
    text = "Okat rejected the treaty.\nLena Maas and Nadia Serrano were seen on the dam. “What a view.”"
    assert [one.speaker.name for one in statements(reader, text)] == ["Ruvim Okat"]


def listing(*lines: tuple[BlockKind, str]) -> Article:
    text = "\n".join(line for _, line in lines)
    blocks: list[Block] = []
    start = 0
    for kind, line in lines:
        blocks.append(Block(kind, Span(start, start + len(line))))
        start += len(line) + 1
    return Article("a", "s", "l", "h", None, None, None, None, None, text, tuple(blocks))


def test_bullets_under_another_heading_are_not_the_first_holders(reader: Reader) -> None:
    article = listing(
        (BlockKind.PARAGRAPH, "Strip away the speeches and Dravia’s demands have not changed:"),
        (BlockKind.BULLET, "Inspectors: none in the valley"),
        (BlockKind.HEADING, "What others want"),
        (BlockKind.BULLET, "a minimum flow of 400"),
    )
    (found,) = reader.read(article).statements
    assert found.speaker.actor_id == "dravia"
    assert found.stance is Stance.AGAINST


def test_bullets_under_a_verb_of_wanting(reader: Reader) -> None:
    article = listing(
        (BlockKind.PARAGRAPH, "Serrano wants three things:"),
        (BlockKind.BULLET, "a minimum flow of 400"),
        (BlockKind.BULLET, "inspectors at the dam"),
        (BlockKind.BULLET, "filling of the reservoir only before any treaty"),
    )
    *_, flow, inspectors, _ = reader.read(article).statements
    assert (flow.speaker.actor_id, inspectors.speaker.actor_id) == ("serrano", "serrano")
    assert (flow.stance, inspectors.stance) == (Stance.FOR, Stance.FOR)


def test_what_is_demanded_before_something_is_no_demand_for_that(strait_reader: Reader) -> None:
    article = listing(
        (BlockKind.PARAGRAPH, "Verinia’s demands are unchanged:"),
        (BlockKind.BULLET, "Fish: fair shares before any joint court"),
    )
    (found,) = strait_reader.read(article).statements
    assert found.stance is Stance.CONDITIONAL


def test_no_is_an_abbreviation_before_a_number_only(reader: Reader) -> None:
    text = "Okat named the side that says no. He should. It is No. 4 on his list."
    assert [one.span.of(text) for one in reader.read(plain_article(text)).sentences] == [
        "Okat named the side that says no.",
        "He should.",
        "It is No. 4 on his list.",
    ]


@pytest.mark.parametrize(
    ("second", "points_back"),
    [
        ("Brand praised the talks, saying it was long overdue to find a way out.", False),
        ("Brand said it was wrong that nobody had asked the fishermen.", False),
        ("Brand said it was unacceptable to Verinia.", True),
        ("Brand said it was unacceptable.", True),
    ],
)
def test_an_empty_subject_stands_for_its_clause_and_for_nothing_named_before(
    strait_reader: Reader, second: str, points_back: bool
) -> None:
    found = strait_reader.read(plain_article(f"Last week a levy on ships was imposed. {second}")).statements

    assert found
    assert any("carbon-levy" in one.topics for one in found) is points_back
