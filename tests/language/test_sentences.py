"""Where sentences end, and where they only seem to."""

import pytest

from bot.language.blocks import Block, BlockKind
from bot.language.lexicon import Lexicon
from bot.language.sentences import SentenceSplitter
from bot.language.spans import Span


@pytest.fixture(scope="module")
def splitter(lexicon: Lexicon) -> SentenceSplitter:
    return SentenceSplitter(lexicon)


def split(splitter: SentenceSplitter, text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    block = Block(kind, Span(0, len(text)))
    return [sentence.span.of(text) for sentence in splitter.split(text, (block,))]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The talks failed.", "Nobody was surprised."],
        ["Will they meet?", "She shrugged."],
        ["Enough!!", "They left."],
        ["“It is over.”", "She left the room."],
        ["‘It is over.’", "She left the room."],
        ["The ships come from the U.S.", "They carry steel."],
        ["He met Pitt, Briggs & Co.", "They signed."],
        ["She works with you and I.", "Did you know?"],
        ["I never meant that....", "She left the hall."],
        ["1. The levy stays.", "2. The quota goes."],
        ["The vote (it was close) failed.", "They adjourned."],
        ["The ban ends in Aug.", "The fleet sails then."],
    ],
)
def test_ends(splitter: SentenceSplitter, sentences: list[str]) -> None:
    assert split(splitter, " ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "Mr. Petz met Dr. Solen at St. Mark’s.",
        "The U.S. Government in Tarn objects.",
        "J. R. Rehn spoke for the League.",
        "Sen. Vale (D-Pa.) said so on Friday.",
        "“Why now?” Solen asked.",
        "“Why now?” the minister asked reporters.",
        "“What a day!” she exclaimed.",
        "“It is dead.” said Brand.",
        "She paid $4.50 for No. 7 at 5 p.m. on Monday.",
        "The talks ... well, they go on.",
        "He works at Yahoo! in the accounting department.",
        "See www.example.org/a.html for more.",
        "“It is a farce.” ― Tomas Rehn",
        "She left science (he had left before.) for politics.",
    ],
)
def test_is_one_sentence(splitter: SentenceSplitter, sentence: str) -> None:
    assert split(splitter, sentence) == [sentence]


def test_headings_hold_no_sentences(splitter: SentenceSplitter) -> None:
    assert split(splitter, "A heading. With a stop.", BlockKind.HEADING) == []


def test_spans_index_and_block_are_the_texts_own(splitter: SentenceSplitter) -> None:
    text = "One. Two.\nThree."
    blocks = (Block(BlockKind.PARAGRAPH, Span(0, 9)), Block(BlockKind.BULLET, Span(10, 16)))
    found = splitter.split(text, blocks)
    assert [(s.index, s.block, s.span.of(text)) for s in found] == [(0, 0, "One."), (1, 0, "Two."), (2, 1, "Three.")]


def test_bullets_split_off_numbered_items(splitter: SentenceSplitter) -> None:
    assert split(splitter, "1) The levy stays 2) The quota goes") == ["1) The levy stays", "2) The quota goes"]
