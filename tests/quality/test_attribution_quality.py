"""Who said what, measured on development data. Floors are pinned a little under what was measured; raise them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument
from bot.dossier import Dossier
from bot.language.blocks import Block, BlockKind
from bot.language.lexicon import Lexicon
from bot.language.sentences import SentenceSplitter
from bot.language.spans import Span
from bot.positions.reader import Reader
from bot.presentation.reading_json import reading_json
from tests.quality.attribution import score_quotes

DOSSIER = Path(__file__).resolve().parents[2] / "config" / "dossiers" / "ukraine-peace.toml"


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon, dossier: Dossier) -> Reader:
    return Reader(lexicon, dossier)


@pytest.fixture(scope="module")
def gold(
    shared: Path, lexicon: Lexicon, dossier: Dossier, reader: Reader, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What the scorer of the five articles says of the statements."""
    cleaner = Cleaner(lexicon)
    lines = []
    for file in sorted((shared / "articles").glob("*.txt")):
        article = cleaner.clean(RawDocument("s", file.name, file.read_bytes()), source_name="")
        assert isinstance(article, Article)
        lines.append({"file": file.name, **reading_json(article, reader.read(article), dossier, None)})
    output = tmp_path_factory.mktemp("gold") / "output.jsonl"
    output.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    call = [sys.executable, str(shared / "score.py"), str(output), "--dossier", str(DOSSIER)]
    result = subprocess.run(call, check=True, capture_output=True, text=True, timeout=6000).stdout
    statements: dict[str, Any] = json.loads(result)["statements"]
    return statements


@pytest.mark.parametrize(
    ("figure", "floor"),
    [
        ("statement_recall", 0.93),
        ("statement_precision", 0.9),
        ("quote_recall", 0.97),
        ("quote_precision", 0.97),
        ("actor_accuracy", 0.97),
        ("topic_accuracy", 0.95),
        ("stance_accuracy", 0.93),
        ("shift_recall", 0.8),
        ("shift_precision", 0.8),
        ("contested_recall", 0.8),
        ("contested_precision", 0.8),
    ],
)
def test_real_articles(gold: dict[str, Any], figure: str, floor: float) -> None:
    assert gold[figure] >= floor


def test_no_stance_is_turned_round(gold: dict[str, Any]) -> None:
    assert gold["stance_for_against_flips"] == 0


def test_no_negative_comes_out_as_a_statement(gold: dict[str, Any]) -> None:
    assert str(gold["negatives_extracted"]).startswith("0/")


@pytest.fixture(scope="module")
def polnear(shared: Path, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return score_quotes(shared, "polnear_dev", tmp_path_factory.mktemp("polnear") / "output.jsonl", reader)


@pytest.mark.parametrize(
    ("group", "figure", "floor"),
    [
        ("e2e", "F", 62.0),
        ("ov50", "F", 65.0),
        ("recall", "direct", 96.0),
        ("speaker", "direct", 95.0),
        ("speaker", "resolved", 74.0),
        ("speaker", "entity", 93.5),
    ],
)
def test_political_news(polnear: dict[str, Any], group: str, figure: str, floor: float) -> None:
    assert polnear[group][figure] >= floor


def test_other_genres_are_read_no_worse_than_by_plain_rules(shared: Path, reader: Reader, tmp_path: Path) -> None:
    found = score_quotes(shared, "gumquotes_other", tmp_path / "output.jsonl", reader)
    assert found["e2e"]["F"] >= 29.0  # "X said (that)", ", X said" and "according to" alone reach 25


def test_sentence_boundaries(shared: Path, lexicon: Lexicon, tmp_path: Path) -> None:
    splitter = SentenceSplitter(lexicon)
    folder = shared / "eval" / "data" / "sents_golden"
    gold_of = {one["id"]: one for one in map(json.loads, (folder / "gold.jsonl").read_text("utf-8").splitlines())}
    right = found = wanted = 0
    for one in map(json.loads, (folder / "input.jsonl").read_text("utf-8").splitlines()):
        text = one["text"]
        sentences = splitter.split(text, (Block(BlockKind.PARAGRAPH, Span(0, len(text))),))
        ends = {sentence.span.end for sentence in sentences}
        expected = {end for _, end in gold_of[one["id"]]["sents"]}
        right, found, wanted = right + len(ends & expected), found + len(ends), wanted + len(expected)
    assert 200 * right / (found + wanted) >= 97.0
