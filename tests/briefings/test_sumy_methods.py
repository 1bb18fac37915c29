"""The border to sumy: our ranking as one of its summarizers, its methods with our words."""

from collections.abc import Sequence

import pytest
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.utils import ItemsCount

from bot.briefings.sumy_methods import AttacheSummarizer, CentroidSummarizer, IndexedSentence


class Words:
    """A tokenizer as any user of sumy may bring."""

    def to_words(self, text: str) -> tuple[str, ...]:
        return tuple(text.strip(".").split())


TEXTS = [
    "The grain corridor reopens after talks in the capital.",
    "Ships left the harbour on Monday.",
    "The mayor opened a new bridge in the rain.",
    "Insurers want a guarantee before more ships sail.",
    "The grain corridor reopens after talks in the capital.",
]


def document(texts: Sequence[str], heading: str | None = None) -> ObjectDocumentModel:
    headings = [Sentence(heading, Words(), is_heading=True)] if heading else []
    return ObjectDocumentModel([Paragraph([*headings, *(Sentence(text, Words()) for text in texts)])])


def told(sentences: Sequence[Sentence]) -> list[str]:
    return [str(sentence) for sentence in sentences]


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (1, 1), (2, 2), (3, 3), (50, 4)])
def test_as_many_as_asked_for_but_no_twins(count: int, expected: int) -> None:
    found = told(AttacheSummarizer()(document(TEXTS), count))

    assert len(found) == len(set(found)) == expected


def test_sentences_come_in_the_order_of_the_document() -> None:
    found = told(AttacheSummarizer()(document(TEXTS), 3))

    assert found == [text for text in TEXTS[:4] if text in found]


@pytest.mark.parametrize("count", ["50%", ItemsCount("50%"), lambda infos: infos[:2]])
def test_shares_and_callables_count_as_in_all_of_sumy(count: object) -> None:
    assert len(AttacheSummarizer()(document(TEXTS), count)) == 2  # type: ignore[arg-type]  # sumy's own untyped count


def test_a_heading_is_a_headline() -> None:
    summarizer = AttacheSummarizer()
    summarizer.stop_words = frozenset({"the", "a"})
    rain = [*TEXTS[1:4], "Football fans went home early today."]

    assert told(summarizer(document(rain, "A new bridge in the rain"), 2)).count(rain[1]) == 1


def test_an_empty_document_gives_nothing() -> None:
    assert AttacheSummarizer()(document([]), 3) == ()


def test_the_stemmer_is_used() -> None:
    seen: list[str] = []

    def stem(word: str) -> str:
        seen.append(word)
        return word[:4]

    AttacheSummarizer(stem)(document(TEXTS), 1)

    assert "corridor" in seen


def test_a_sentence_equals_itself_alone() -> None:
    one, twin = IndexedSentence(["peace"]), IndexedSentence(["peace"])

    assert one == one  # noqa: PLR0124  (identity is what is tested)
    assert one != twin
    assert len({one, twin}) == 2
    assert one.words == ("peace",)


def test_the_centroid_is_another_choice() -> None:
    """LexRank gives a sentence that is like no other its own weight; the centroid passes it over."""
    texts = [
        "Grain ships sail today.",
        "Grain ships wait today.",
        "A bridge opened in the rain.",
        "Ministers and insurers talk again.",
        "Grain insurers talk, and ministers talk.",
    ]
    assert told(AttacheSummarizer()(document(texts), 1)) == ["A bridge opened in the rain."]
    assert told(CentroidSummarizer()(document(texts), 1)) == ["Ministers and insurers talk again."]
