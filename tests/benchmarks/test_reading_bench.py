"""Words a second of the whole reading of an article, beside plain rules for "X said (that)" in the same run.

Run with `pytest tests/benchmarks -n 0 --benchmark-only`; the ordinary suite skips them. The texts are the sample
articles that ship; one core, one thread.
"""

import re
from itertools import cycle, islice
from pathlib import Path
from time import process_time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument
from bot.dossier import Dossier
from bot.language.lexicon import Lexicon
from bot.positions.reader import Reader

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "ukraine-peace"
_ARTICLES = 60
# What a first script does: a quotation and the name beside "said", or a name and "said that".
_PLAIN = re.compile(
    r"[“\"](?P<quote>[^”\"]{3,}?)[,.?!][”\"]\s+(?P<by>(?:[A-Z][\w.’'-]+\s+){1,4})(?:said|told|wrote|added)\b"
    r"|(?P<who>(?:[A-Z][\w.’'-]+\s+){1,4})(?:said|says|added|argued|insisted)(?:\s+on\s+\w+)?\s+that\s+(?P<what>[^.]+)\."
    r"|[Aa]ccording\s+to\s+(?P<source>(?:[A-Z][\w.’'-]+\s*){1,4})"
)


@pytest.mark.benchmark(timer=process_time)  # the plain rules are timed so too; other programs do not count
def test_words_a_second(benchmark: BenchmarkFixture, lexicon: Lexicon, dossier: Dossier) -> None:
    reader = Reader(lexicon, dossier)
    articles = _articles(Cleaner(lexicon))
    words = sum(len(article.text.split()) for article in articles)
    started_at = process_time()
    plain = sum(len(_PLAIN.findall(article.text)) for article in articles)
    plain_seconds = process_time() - started_at

    statements = benchmark(lambda: sum(len(reader.read(article).statements) for article in articles))

    assert benchmark.stats is not None
    seconds = benchmark.stats.stats.min
    benchmark.extra_info.update(
        words=words,
        words_a_second=round(words / seconds),
        statements=statements,
        statements_by_plain_rules=plain,
        times_the_work_of_plain_rules=round(seconds / plain_seconds, 1),
    )
    assert statements > 2 * plain


def _articles(cleaner: Cleaner) -> list[Article]:
    files = sorted(SEEDS.glob("*.txt"))
    documents = [RawDocument("seeds", file.name, file.read_bytes()) for file in islice(cycle(files), _ARTICLES)]
    found = [cleaner.clean(document, source_name="seeds") for document in documents]
    return [article for article in found if isinstance(article, Article)]
