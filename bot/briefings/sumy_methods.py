"""The border to sumy: its methods as rankers of ours, and our ranker as a summarizer of sumy's.

Importing this module imports sumy and NLTK; nothing imports it before a method of sumy is asked for. sumy's own
tokenizer needs NLTK data that is not shipped, so words and sentences always come from us.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol

import numpy as np
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer, null_stemmer
from sumy.summarizers._summarizer import AbstractSummarizer, SentenceInfo
from sumy.summarizers.edmundson import EdmundsonSummarizer
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.reduction import ReductionSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import ItemsCount

from bot.briefings.centrality import lexrank, scaled
from bot.briefings.passages import Material, Passage, Vocabulary
from bot.briefings.ranking import AttacheRanker, Centrality, Ranker, central
from bot.briefings.tfidf import Vector

_SUMMARIZERS = {
    "lex-rank": LexRankSummarizer,
    "text-rank": TextRankSummarizer,
    "lsa": LsaSummarizer,
    "luhn": LuhnSummarizer,
    "kl": KLSummarizer,
    "sum-basic": SumBasicSummarizer,
    "reduction": ReductionSummarizer,
    "edmundson": EdmundsonSummarizer,
}


class IndexedSentence(Sentence):  # type: ignore[misc]  # sumy ships no types
    """A sentence that is equal to itself alone: sumy keys its ratings by text, so that twins would share one."""

    __slots__ = ("known_words",)

    def __init__(self, words: Sequence[str], is_heading: bool = False) -> None:
        super().__init__(" ".join(words), self, is_heading)
        self.known_words = tuple(words)

    @property
    def words(self) -> tuple[str, ...]:
        """Our words, not those of a tokenizer."""
        return self.known_words

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:
        return id(self)


class StockRanker:
    """One of sumy's methods, with a stemmer and stop words as its documentation advises."""

    def __init__(self, method: str, vocabulary: Vocabulary, language: str) -> None:
        self._method = method
        self._vocabulary = vocabulary
        self._language = language

    def relevance(self, material: Material) -> Vector:
        """sumy's ratings moved and scaled into [0, 1]; methods that only rank have their rank as rating."""
        ratings = np.zeros(len(material.passages))
        for info in self._rated(material):
            ratings[info.order] = info.rating
        return scaled(ratings - ratings.min(initial=0.0))

    def order(self, material: Material) -> Iterator[int]:
        """sumy's order, each passage once, verbatim repetitions left out."""
        told: set[tuple[str, ...]] = set()
        for info in self._rated(material):
            words = material.passages[info.order].words
            if words not in told:
                told.add(words)
                yield info.order

    def _rated(self, material: Material) -> list[Any]:
        if not material.passages:
            return []
        seen: list[Any] = []

        def keep(infos: list[Any]) -> list[Any]:
            seen.extend(infos)
            return infos

        self._summarizer(material)(_document(material), keep)
        return seen

    def _summarizer(self, material: Material) -> Callable[[ObjectDocumentModel, object], object]:
        summarizer = _SUMMARIZERS[self._method](Stemmer(self._language))
        if isinstance(summarizer, EdmundsonSummarizer):
            # Bonus words are the headlines' own, or else every word; Edmundson had lists of his corpus.
            terms = {term for words in material.headlines for term in self._vocabulary.terms(words)}
            summarizer.bonus_words = terms or {word for passage in material.passages for word in passage.words}
            summarizer.stigma_words = self._vocabulary.stop_words
            summarizer.null_words = self._vocabulary.stop_words
        else:
            summarizer.stop_words = self._vocabulary.stop_words
        return summarizer  # type: ignore[no-any-return]  # sumy ships no types


def _document(material: Material) -> ObjectDocumentModel:
    """A sumy document with one paragraph a document, its headline as heading. Sentences keep the passages' order."""
    paragraphs: list[list[Sentence]] = [
        [IndexedSentence(words, is_heading=True)] if words else [] for words in material.headlines
    ]
    for passage in material.passages:
        paragraphs[passage.document].append(IndexedSentence(passage.words))
    return ObjectDocumentModel([Paragraph(sentences) for sentences in paragraphs])


class _Document(Protocol):
    """What our summarizers ask of a sumy document."""

    sentences: Sequence[Sentence]
    headings: Sequence[Sentence]


class AttacheSummarizer(AbstractSummarizer):  # type: ignore[misc]  # sumy ships no types
    """Our ranking for any user of sumy: `AttacheSummarizer()(parser.document, 5)`.

    Sentences come back in the order of the document, as sumy's own methods give them. Two identical sentences never
    both come back; a count beyond what is left gives fewer.
    """

    centrality: Centrality = staticmethod(lexrank)

    def __init__(self, stemmer: Callable[[str], str] = null_stemmer) -> None:
        super().__init__(stemmer)
        self.stop_words: frozenset[str] = frozenset()

    def __call__(self, document: _Document, sentences_count: int | str | Callable[..., Any]) -> tuple[Sentence, ...]:
        """The best sentences; `sentences_count` is a number, a share ("20%") or a callable, as in all of sumy."""
        material = self._material(document)
        order = self._ranker().order(material)
        if isinstance(sentences_count, int):
            chosen = list(islice(order, sentences_count))
        else:
            count = sentences_count if callable(sentences_count) else ItemsCount(sentences_count)
            ranked = [SentenceInfo(document.sentences[i], i, -rank) for rank, i in enumerate(order)]
            chosen = [info.order for info in count(ranked)]
        return tuple(document.sentences[index] for index in sorted(chosen))

    def _ranker(self) -> Ranker:
        return AttacheRanker(
            Vocabulary(frozenset(self.stem_word(word) for word in self.stop_words)), centrality=self.centrality
        )

    def _material(self, document: _Document) -> Material:
        passages = tuple(
            Passage(tuple(self.stem_word(word) for word in sentence.words), 0, place)
            for place, sentence in enumerate(document.sentences)
        )
        heading = tuple(self.stem_word(word) for sentence in document.headings for word in sentence.words)
        return Material(passages, (heading,))


class CentroidSummarizer(AttacheSummarizer):
    """The same, with nearness to the centroid of all sentences (Radev et al. 2004) in place of LexRank."""

    centrality: Centrality = staticmethod(central)
