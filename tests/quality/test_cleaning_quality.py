"""Cleaning and folding, measured on development data. Floors are pinned: raise them when the rules get better."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.articles.clean import Cleaner, Verdict
from bot.articles.model import Article, RawDocument, Relation, Story
from bot.articles.stories import fingerprint, group_stories
from bot.language.blocks import BlockKind
from bot.language.lexicon import Lexicon


@pytest.fixture(scope="module")
def cleaner(lexicon: Lexicon) -> Cleaner:
    return Cleaner(lexicon)


@pytest.fixture(scope="module")
def articles(shared: Path, cleaner: Cleaner) -> Mapping[str, Article]:
    """The five real articles, by file name."""
    files = sorted((shared / "articles").glob("*.txt"))
    return {file.name: article_of(cleaner, file.name, file.read_bytes()) for file in files}


def article_of(cleaner: Cleaner, location: str, content: bytes) -> Article:
    article = cleaner.clean(RawDocument("s", location, content), source_name="")
    assert isinstance(article, Article), article
    return article


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def stories_of(articles: Mapping[str, Article]) -> tuple[Story, ...]:
    return group_stories(fingerprint(article) for article in articles.values())


def lead_of(articles: Mapping[str, Article]) -> dict[str, str]:
    """Location of the lead by location of each article."""
    places = {article.id: location for location, article in articles.items()}
    return {
        places[member.article_id]: places[story.lead_id] for story in stories_of(articles) for member in story.members
    }


def measure(script: Path, *arguments: Path) -> Any:
    """What a scorer of the development data prints."""
    call = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.run(call, capture_output=True, text=True, check=True, timeout=6000).stdout


def test_real_articles_are_clean(shared: Path, articles: Mapping[str, Article], tmp_path: Path) -> None:
    leads = lead_of(articles)
    output = tmp_path / "output.jsonl"
    with output.open("w", encoding="utf-8") as file:
        for location, article in articles.items():
            copy_of = leads[location] if leads[location] != location else None
            row = {"file": location, "title": article.title, "text": article.text, "outlet": article.outlet}
            file.write(json.dumps(row | {"author": article.author, "duplicate_of": copy_of}) + "\n")
    found = json.loads(measure(shared / "score.py", output))
    assert {name: found["cleaning"][name] for name in found["cleaning"]} == {
        "line_precision": 1.0,
        "line_recall": 1.0,
        "line_f1": 1.0,
        "boilerplate_removed": 1.0,
        "first_last_kept": 1.0,
    }
    assert [found["metadata"][f"{name}_accuracy"] for name in ("title", "outlet", "author")] == [1.0, 1.0, 1.0]
    assert [found["duplicates"][name] for name in ("f1", "right_copy_kept")] == [1.0, 1.0]


def test_real_headings_are_headings(shared: Path, articles: Mapping[str, Article]) -> None:
    gold = json.loads((shared / "gold" / "cleaning.json").read_text(encoding="utf-8"))
    for location, article in articles.items():
        headings = [block.span.of(article.text) for block in article.blocks if block.kind is BlockKind.HEADING]
        assert headings == gold[location].get("headings", [])


def test_the_paywalled_copy_is_a_truncated_one(articles: Mapping[str, Article]) -> None:
    members = [member for story in stories_of(articles) for member in story.members]
    assert [member.relation for member in members].count(Relation.TRUNCATED) == 1
    assert [member.relation for member in members].count(Relation.LEAD) == len(articles) - 1


def kept_lines(lines: Sequence[str], verdicts: Sequence[Verdict]) -> list[int]:
    """1 for each line that is left in the body, 0 for each that is dropped or the title."""
    body = {verdict.line.start for verdict in verdicts if verdict.rule is None and not verdict.is_title}
    starts = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))]
    return [int(start in body) for start in starts]


def score_lines(shared: Path, cleaner: Cleaner, tmp_path: Path) -> dict[str, float]:
    """Figures on every other text of the data; `learn_line_weights.py` learns from those between them."""
    data = shared / "eval" / "data" / "lines_aeb_dev"
    texts = sorted(read_jsonl(data / "input.jsonl"), key=lambda item: str(item["id"]))[1::2]
    gold = {item["id"]: item for item in read_jsonl(data / "gold.jsonl")}
    write_jsonl(tmp_path / "input.jsonl", texts)
    write_jsonl(tmp_path / "gold.jsonl", [gold[item["id"]] for item in texts])
    kept = (
        {"id": item["id"], "keep": kept_lines(item["lines"], cleaner.examine("\n".join(item["lines"])))}
        for item in texts
    )
    write_jsonl(tmp_path / "system.jsonl", list(kept))
    printed = measure(shared / "eval" / "score_lines.py", tmp_path / "gold.jsonl", tmp_path / "system.jsonl")
    figures: dict[str, float] = json.loads(printed[printed.index("{") :].replace("'", '"'))
    return figures


def write_jsonl(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_junk_lines_of_web_pages(shared: Path, cleaner: Cleaner, tmp_path: Path) -> None:
    """On the half of the texts from which no weight was learnt."""
    figures = score_lines(shared, cleaner, tmp_path)
    assert figures["keep_F"] >= 88.1
    assert figures["junk_F"] >= 91.8
    assert figures["article_words_lost%"] <= 2.7


def test_clean_news_stays_whole(shared: Path, cleaner: Cleaner) -> None:
    """Nearly all that goes there are credits, notes on the author and rules of underscores."""
    words = lost = 0
    for item in read_jsonl(shared / "eval" / "data" / "polnear_dev" / "input.jsonl"):
        for verdict in cleaner.examine(item["text"]):
            words += verdict.line.words
            lost += verdict.line.words if verdict.rule is not None else 0
    assert lost / words <= 0.003


def test_near_duplicates(shared: Path, cleaner: Cleaner, tmp_path: Path) -> None:
    data = shared / "eval" / "data" / "neardup_dev"
    texts = read_jsonl(data / "input.jsonl")
    leads = lead_of({item["id"]: article_of(cleaner, item["id"], item["text"].encode()) for item in texts})
    write_jsonl(tmp_path / "system.jsonl", [{"id": one, "cluster": lead} for one, lead in leads.items()])
    printed = measure(shared / "eval" / "score_clusters.py", data / "gold.jsonl", tmp_path / "system.jsonl")
    figures = json.loads(printed[printed.index("{") :].replace("'", '"'))
    assert figures["pair"]["F"] >= 98.7
    assert figures["b3"]["F"] >= 99.3
