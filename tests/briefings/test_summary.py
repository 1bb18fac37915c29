"""Summaries of any texts."""

from collections.abc import Iterator

import numpy as np
import pytest

from bot.briefings.passages import Material
from bot.briefings.summary import Document, SummarySentence, summarize
from bot.briefings.tfidf import Vector
from bot.errors import InvalidInputError
from bot.language.sentences import Sentence
from bot.language.spans import Span


class GivenOrder:
    """A ranker that knows the answer."""

    def __init__(self, *order: int) -> None:
        self.given = order
        self.seen: Material | None = None

    def relevance(self, material: Material) -> Vector:
        return np.zeros(len(material.passages))

    def order(self, material: Material) -> Iterator[int]:
        self.seen = material
        return iter(self.given)


def document(*sentences: str, title: str | None = None) -> Document:
    text = " ".join(sentences)
    starts = [text.index(sentence) for sentence in sentences]
    spans = [Span(start, start + len(sentence)) for start, sentence in zip(starts, sentences, strict=True)]
    return Document(title, text, tuple(Sentence(n, span, 0) for n, span in enumerate(spans)))


ONE = document("One two three.", "Four five.", "Six.", title="A Title")
TWO = document("Seven eight nine ten.", "Eleven.")


def texts(found: tuple[SummarySentence, ...]) -> list[str]:
    return [one.text for one in found]


def test_every_sentence_is_the_documents_text_at_its_span() -> None:
    documents = [ONE, TWO]
    found = summarize(documents, GivenOrder(3, 0, 4, 2, 1), sentences=5)

    assert len(found) == 5
    assert all(one.text == one.span.of(documents[one.document].text) for one in found)


def test_several_documents_give_the_best_first() -> None:
    assert texts(summarize([ONE, TWO], GivenOrder(3, 0, 4), sentences=2)) == ["Seven eight nine ten.", "One two three."]


def test_one_document_gives_the_order_of_its_text() -> None:
    assert texts(summarize([ONE], GivenOrder(2, 0, 1), sentences=2)) == ["One two three.", "Six."]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (1, ["Six."]),
        (2, ["Four five."]),
        (3, ["One two three."]),
        (4, ["One two three.", "Six."]),
        (6, ["One two three.", "Four five.", "Six."]),
        (99, ["One two three.", "Four five.", "Six."]),
    ],
)
def test_words_are_never_exceeded_and_no_sentence_is_broken(words: int, expected: list[str]) -> None:
    assert texts(summarize([ONE], GivenOrder(0, 1, 2), words=words)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [(1, ["One two three."]), (3, ["One two three."]), (4, ["One two three.", "Four five."])],
)
def test_to_the_brim_the_last_sentence_may_go_over(words: int, expected: list[str]) -> None:
    assert texts(summarize([ONE], GivenOrder(0, 1, 2), words=words, to_the_brim=True)) == expected


def test_to_the_brim_the_best_come_first_even_of_one_document() -> None:
    assert texts(summarize([ONE], GivenOrder(2, 0), words=4, to_the_brim=True)) == ["Six.", "One two three."]


@pytest.mark.parametrize("limit", [0, -3])
def test_a_limit_below_one_is_refused(limit: int) -> None:
    with pytest.raises(InvalidInputError, match="sentences"):
        summarize([ONE], GivenOrder(), sentences=limit)
    with pytest.raises(InvalidInputError, match="words"):
        summarize([ONE], GivenOrder(), words=limit)


def test_rankers_see_words_places_and_headlines() -> None:
    ranker = GivenOrder()
    summarize([ONE, TWO], ranker, sentences=1)

    assert ranker.seen is not None
    assert ranker.seen.headlines == (("a", "title"), ())
    assert [(p.document, p.place) for p in ranker.seen.passages] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)]
    assert ranker.seen.passages[1].words == ("four", "five")


def test_no_documents_no_sentences() -> None:
    assert summarize([], GivenOrder(), sentences=3) == ()
