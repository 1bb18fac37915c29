"""Our LexRank beside sumy's, on the same sumy document, in one run.

Run with `pytest tests/benchmarks -n 0 --benchmark-only`; the ordinary suite skips them. Sentences are made by a
generator with the word frequencies of news (Zipf) and one sentence in fifty repeated.
"""

import random
import tracemalloc
from itertools import islice
from time import perf_counter

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from sumy.models.dom import ObjectDocumentModel, Paragraph
from sumy.summarizers.lex_rank import LexRankSummarizer

from bot.briefings.passages import Material, Passage, Vocabulary
from bot.briefings.ranking import AttacheRanker
from bot.briefings.sumy_methods import AttacheSummarizer, IndexedSentence

_WORDS = 12_000
_LENGTHS = (8, 32)
_SEED = 20250822


def make_sentences(count: int) -> list[list[str]]:
    """`count` sentences of 8 to 32 words."""
    chance = random.Random(_SEED)
    words = [f"word{rank}" for rank in range(_WORDS)]
    weights = [1 / (rank + 5) for rank in range(_WORDS)]
    sentences: list[list[str]] = []
    for number in range(count):
        if number % 50 == 49:
            sentences.append(sentences[number // 2])
        else:
            sentences.append(chance.choices(words, weights, k=chance.randint(*_LENGTHS)))
    return sentences


def make_document(count: int) -> ObjectDocumentModel:
    """A sumy document of `count` sentences."""
    return ObjectDocumentModel([Paragraph([IndexedSentence(words) for words in make_sentences(count)])])


@pytest.mark.parametrize(("count", "times"), [(1000, 60), (3000, 75)])
@pytest.mark.timeout(600)
def test_so_many_times_faster_than_sumy(benchmark: BenchmarkFixture, count: int, times: int) -> None:
    document = make_document(count)
    started_at = perf_counter()
    LexRankSummarizer()(document, 10)
    stock = perf_counter() - started_at

    found = benchmark(AttacheSummarizer(), document, 10)

    assert benchmark.stats is not None
    ours = benchmark.stats.stats.median
    benchmark.extra_info.update(sentences=count, sumy_seconds=round(stock, 2), times_faster=round(stock / ours, 1))
    assert len(found) == 10
    assert stock / ours >= times


@pytest.mark.timeout(600)
def test_thirty_thousand_sentences_without_a_wall(benchmark: BenchmarkFixture) -> None:
    passages = tuple(Passage(tuple(words), n // 30, n % 30) for n, words in enumerate(make_sentences(30_000)))
    material = Material(passages, ((),) * 1000)
    ranker = AttacheRanker(Vocabulary(frozenset()))

    tracemalloc.start()
    list(islice(ranker.order(material), 12))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    found = benchmark(lambda: list(islice(ranker.order(material), 12)))

    benchmark.extra_info.update(peak_megabytes=round(peak / 1e6))
    assert len(found) == 12
    assert peak < 1e9
