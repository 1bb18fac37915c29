"""A title that opens a block is followed by its name."""

import pytest

from bot.language.blocks import Block, BlockKind
from bot.language.lexicon import Lexicon
from bot.language.sentences import SentenceSplitter
from bot.language.spans import Span


@pytest.mark.parametrize(
    "sentences",
    [
        ("Mr. Vesterby stayed at home.",),
        ("Mr. Vesterby stayed at home.", "Mrs. Lind did not."),
        ("Dr. Berg wrote it down.", "The U.S. Navy read it."),
    ],
)
def test_an_abbreviation_opens_a_later_paragraph(lexicon: Lexicon, sentences: tuple[str, ...]) -> None:
    first, second = "The talks are over.", " ".join(sentences)
    text = f"{first}\n{second}"
    blocks = (
        Block(BlockKind.PARAGRAPH, Span(0, len(first))),
        Block(BlockKind.PARAGRAPH, Span(len(first) + 1, len(text))),
    )
    found = [one.span.of(text) for one in SentenceSplitter(lexicon).split(text, blocks)]
    assert found == [first, *sentences]
