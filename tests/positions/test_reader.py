"""The reader as a whole: structure, bullets, determinism, hostile text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.model import Article
from bot.dossier import Dossier
from bot.language.blocks import Block, BlockKind
from bot.language.lexicon import Lexicon
from bot.language.spans import Span
from bot.positions.model import Mode
from bot.positions.reader import Reader
from tests.quality.attribution import plain_article


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon, strait: Dossier) -> Reader:
    return Reader(lexicon, strait)


def article_of(*lines: tuple[BlockKind, str]) -> Article:
    text = "\n".join(line for _, line in lines)
    blocks: list[Block] = []
    start = 0
    for kind, line in lines:
        blocks.append(Block(kind, Span(start, start + len(line))))
        start += len(line) + 1
    return Article("a", "s", "l", "h", None, None, None, None, None, text, tuple(blocks))


def test_bullets_under_a_lead_in_belong_to_its_holder(reader: Reader) -> None:
    article = article_of(
        (BlockKind.PARAGRAPH, "Strip away the noise and Verinia’s demands are unchanged:"),
        (BlockKind.BULLET, "Fish: an end to the quota; no foreign trawlers."),
        (BlockKind.BULLET, "Steel: duties on all imports."),
        (BlockKind.PARAGRAPH, "Nothing moves."),
    )
    found = [one for one in reader.read(article).statements if one.speaker.actor_id == "verinia"]
    assert [one.content.of(article.text) for one in found] == [
        "Fish: an end to the quota",
        "no foreign trawlers",
        "Steel: duties on all imports",
    ]
    assert {one.mode for one in found} == {Mode.REPORTED}


def test_bullets_without_a_holder_are_the_writers(reader: Reader) -> None:
    article = article_of(
        (BlockKind.PARAGRAPH, "A lasting truce needs three things:"),
        (BlockKind.BULLET, "Fish: a fair quota."),
    )
    assert reader.read(article).statements == ()


def test_titles_and_headings_say_nothing(reader: Reader) -> None:
    article = article_of(
        (BlockKind.TITLE, "Solen rejects the levy"),
        (BlockKind.HEADING, "Brand says no"),
        (BlockKind.PARAGRAPH, "It rained."),
    )
    assert reader.read(article).statements == ()


def test_statements_come_in_reading_order(reader: Reader) -> None:
    text = "Solen said the ban stays. “It works,” she said. “The first.\n“The second,” Brand said. Rehn rejected it."
    starts = [one.content.start for one in reader.read(plain_article(text)).statements]
    assert starts == sorted(starts)


def test_one_text_one_reading(reader: Reader) -> None:
    article = plain_article("Solen said the ban stays. She rejected the levy, and Brand’s plan too.")
    assert reader.read(article) == reader.read(article)


def test_version_changes_with_lexicon_and_dossier(lexicon: Lexicon, strait: Dossier, dossier: Dossier) -> None:
    other = Lexicon(lexicon.language, lexicon.sections, "another digest")
    versions = {Reader(lexicon, strait).version, Reader(lexicon, dossier).version, Reader(other, strait).version}
    assert len(versions) == 3


WORDS = [
    "Solen",
    "said",
    "that",
    "and",
    "he",
    "of",
    "to",
    "the",
    "rejected",
    "Brand’s",
    "refusal",
    "who",
    "according",
    "if",
]
MARKS = ["“", "”", '"', "‘", "’", ",", ".", ":", "—", "(", ")", "\n", "A:", "ALVES:", "?", "1)", "’s", "é"]
PIECES = st.sampled_from([*WORDS, *MARKS, "as", "put", "it", "wants", "plan"])


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=40))
def test_any_jumble_is_read_without_harm(reader: Reader, pieces: list[str]) -> None:
    article = plain_article(" ".join(pieces))
    reading = reader.read(article)
    for one in reading.statements:
        assert 0 <= one.content.start <= one.content.end <= len(article.text)
        assert one.quote is None or one.content.contains(one.quote)
        assert 0 <= one.sentence < len(reading.sentences)
        assert one.rules
