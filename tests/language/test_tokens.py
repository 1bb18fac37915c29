"""Tokens and their classes."""

import pytest

from bot.language.lexicon import Lexicon
from bot.language.spans import Span
from bot.language.tokens import SPEECH, Tagger, Tokens


@pytest.fixture(scope="module")
def tagger(lexicon: Lexicon) -> Tagger:
    return Tagger(lexicon, {"said": "V", "says": "Z", "claims": "Z"})


def tag(tagger: Tagger, text: str, *speech: Span) -> Tokens:
    return tagger.tag(text, [Span(0, len(text))], list(speech))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mr. Petz isn’t in the U.S. now.", ["Mr.", "Petz", "isn’t", "in", "the", "U.S.", "now", "."]),
        ("Brand’s plan", ["Brand", "’s", "plan"]),
        ("the states’ plan", ["the", "states", "’", "plan"]),
        ("J. Rehn paid $4.50 (5%).", ["J.", "Rehn", "paid", "$4.50", "(", "5%", ")", "."]),
        ("O’Neill said “no” — twice", ["O’Neill", "said", "no", "—", "twice"]),
        ("cease-fire", ["cease-fire"]),
    ],
)
def test_words(tagger: Tagger, text: str, words: list[str]) -> None:
    assert list(tag(tagger, text).words) == words


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("She said that", "SVq"),
        ("he’s late", "Sen"),
        ("Brand’s late", "Nsn"),
        ("The Minister said", "DNV"),
        ("Critics won’t sign quickly.", "nXna."),
        ("Lawyers for Brand won’t sign.", "npNXn."),
        ("to modernize a steadying rule", "trDln"),
        ("Rosa March met Kim in March.", "NNvNpY."),
        ("Mrs. May came. She may go in May.", "NNv.SmrpY."),
        ("She may come on March 4.", "SmvpYM."),
    ],
)
def test_classes(tagger: Tagger, text: str, tags: str) -> None:
    assert tag(tagger, text).tags == tags


def test_direct_speech_is_one_token(tagger: Tagger) -> None:
    text = "“We will not sign,” she said."
    tokens = tag(tagger, text, Span(0, 19))
    assert tokens.tags == SPEECH + "SV."
    assert tokens.span(0, 1).of(text) == "“We will not sign,”"


def test_index_at_finds_the_token_that_begins_at_an_offset(tagger: Tagger) -> None:
    tokens = tag(tagger, "One two three")
    assert [tokens.index_at(offset) for offset in (0, 4, 5, 8, 99)] == [0, 1, 2, 2, 3]


def test_spans_are_those_of_the_text(tagger: Tagger) -> None:
    text = "Mira Solen, who leads Verinia, said no."
    tokens = tag(tagger, text)
    assert all(
        text[start:end] == word for start, end, word in zip(tokens.starts, tokens.ends, tokens.words, strict=True)
    )
