"""Briefings and summaries, measured on development data. Floors are pinned: raise them when the rules get better."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument
from bot.articles.stories import fingerprint, group_stories
from bot.briefings.compose import Limits, Weighed, compose_briefing
from bot.briefings.editor import Editor
from bot.briefings.methods import ranker
from bot.briefings.model import Briefing, Scope, Window, WindowReason
from bot.briefings.passages import Vocabulary, vocabulary
from bot.briefings.summary import Document, summarize
from bot.dossier import Dossier
from bot.language.blocks import Block, BlockKind
from bot.language.lexicon import Lexicon
from bot.language.sentences import SentenceSplitter
from bot.language.spans import Span, trimmed
from bot.positions.reader import Reader

EVERYTHING = Window(None, None, WindowReason.EVERYTHING, "all")
WHOLE = "all"
COVERAGE = {WHOLE: 0.8, "security-guarantees": 0.8, "territory": 0.9, "leaders-summit": 0.8, "ceasefire": 1.0}
ITEMS = 12


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The real articles, read, and an editor of the dossier that ships."""

    editor: Editor
    stored: tuple[Weighed, ...]

    def brief(self, scope: Scope) -> Briefing:
        """A briefing of twelve items on everything stored."""
        return compose_briefing(self.editor, self.stored, scope=scope, window=EVERYTHING, limits=Limits(ITEMS))


@pytest.fixture(scope="module")
def newsroom(shared: Path, lexicon: Lexicon, dossier: Dossier) -> Newsroom:
    cleaner, reader = Cleaner(lexicon), Reader(lexicon, dossier)
    articles = []
    for file in sorted((shared / "articles").glob("*.txt")):
        article = cleaner.clean(RawDocument("s", file.name, file.read_bytes()), source_name="")
        assert isinstance(article, Article)
        articles.append(article)
    stories = group_stories(fingerprint(article) for article in articles)
    story_of = {member.article_id: story.lead_id for story in stories for member in story.members}
    stored = tuple(Weighed(article, reader.read(article), story_of[article.id]) for article in articles)
    return Newsroom(Editor(dossier, lexicon), stored)


def as_json(briefing: Briefing) -> dict[str, Any]:
    """A briefing as the scorer reads it."""
    return {
        "items": [
            {"text": item.text, "sources": [{"file": one.location} for one in item.citations]}
            for item in briefing.items
        ]
    }


def run(script: Path, *arguments: str) -> str:
    """What a scorer of the development data prints."""
    call = [sys.executable, str(script), *arguments]
    return subprocess.run(call, capture_output=True, text=True, check=True, timeout=6000).stdout


@pytest.fixture(scope="module")
def scores(shared: Path, newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """The scorer's figures by scope."""
    folder = tmp_path_factory.mktemp("briefs")
    arguments: list[str] = []
    for name in COVERAGE:
        file = folder / f"{name}.json"
        scope = Scope() if name == WHOLE else Scope(topics=(name,))
        file.write_text(json.dumps(as_json(newsroom.brief(scope))), encoding="utf-8")
        arguments += ["--brief", str(file)] if name == WHOLE else ["--topic-brief", f"{name}={file}"]
    found: Mapping[str, Any] = json.loads(run(shared / "score.py", *arguments))["briefs"]
    return found


@pytest.mark.parametrize(("scope", "floor"), COVERAGE.items())
def test_a_briefing_tells_what_matters(scores: Mapping[str, Any], scope: str, floor: float) -> None:
    assert scores[scope]["fact_coverage"] >= floor, f"missing: {scores[scope]['facts_missing']}"


@pytest.mark.parametrize("scope", COVERAGE)
def test_every_item_is_verbatim_in_its_source_and_told_once(scores: Mapping[str, Any], scope: str) -> None:
    found = scores[scope]

    assert (found["verbatim"], found["verbatim_in_named_source"]) == (1.0, 1.0)
    assert (found["redundant_pairs"], found["redundancy"]) == (0, 0.0)


def test_many_actors_and_topics_are_heard(newsroom: Newsroom) -> None:
    items = newsroom.brief(Scope()).items

    assert len(items) == ITEMS
    assert len({item.actors[0] for item in items if item.actors}) >= 5
    assert len({topic for item in items for topic in item.topics[:1]}) >= 5
    assert len({item.citations[0].article_id for item in items}) == 4


def test_no_boilerplate_and_no_heading_is_an_item(shared: Path, newsroom: Newsroom) -> None:
    gold = json.loads((shared / "gold" / "cleaning.json").read_text(encoding="utf-8"))
    unwanted = {line for article in gold.values() for key in ("drop", "headings") for line in article.get(key, [])}
    told = [item.text for scope in COVERAGE for item in newsroom.brief(_scope(scope)).items]

    assert not unwanted & set(told)
    assert not any(line in text for line in unwanted if len(line) > 30 for text in told)


@pytest.mark.parametrize("topic", ["sanctions", "western-troops", "negotiation-process", "strikes", "nato-membership"])
def test_other_topics_have_something_to_tell(newsroom: Newsroom, topic: str) -> None:
    items = newsroom.brief(Scope(topics=(topic,))).items

    assert items
    assert all(topic in item.topics for item in items)


@pytest.mark.parametrize("actor", ["trump", "putin", "zelensky", "lavrov", "rubio", "kupchan"])
def test_a_briefing_on_an_actor_speaks_of_that_actor(newsroom: Newsroom, actor: str) -> None:
    items = newsroom.brief(Scope(actors=(actor,))).items

    assert items
    assert all(actor in item.actors for item in items)


def _scope(name: str) -> Scope:
    return Scope() if name == WHOLE else Scope(topics=(name,))


# ---- Summaries without a dossier -------------------------------------------------------------------------------------


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def document_of(splitter: SentenceSplitter, title: str | None, text: str) -> Document:
    """A document whose lines are its paragraphs."""
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        span = trimmed(text, Span(start, start + len(line)))
        if len(span):
            blocks.append(Block(BlockKind.PARAGRAPH, span))
        start += len(line) + 1
    return Document(title, text, splitter.split(text, tuple(blocks)))


def round_up(documents: Sequence[Document], method: str, words: Vocabulary, budget: int) -> str:
    chosen = summarize(documents, ranker(method, words, "en"), words=budget, to_the_brim=True)
    return " ".join(one.text for one in chosen)


def test_round_ups_beat_stock_lexrank_by_the_bar(shared: Path, lexicon: Lexicon, tmp_path: Path) -> None:
    data = shared / "eval" / "data" / "neus_val"
    splitter, words = SentenceSplitter(lexicon), vocabulary(lexicon)
    files = {method: tmp_path / f"{method}.jsonl" for method in ("attache", "lex-rank")}
    for method, file in files.items():
        with file.open("w", encoding="utf-8") as out:
            for item in read_jsonl(data / "input.jsonl"):
                documents = [document_of(splitter, one["title"], one["text"]) for one in item["docs"]]
                summary = round_up(documents, method, words, item["budget"])
                out.write(json.dumps({"id": item["id"], "summary": summary}) + "\n")
    printed = run(shared / "eval" / "score_summaries.py", str(data / "gold.jsonl"), *map(str, files.values()), "--json")
    ours, stock = map(json.loads, printed.strip().splitlines())

    assert ours["missing"] == stock["missing"] == 0
    assert ours["r1"] - stock["r1"] >= 1.9, (ours, stock)
    assert ours["r2"] - stock["r2"] >= 1.8, (ours, stock)
    assert ours["r1"] >= 40.0
    assert ours["r2"] >= 18.6


def test_single_articles_are_not_below_their_lead(shared: Path, lexicon: Lexicon) -> None:
    """Each excerpt alone, 25 words, against the editors' round-up of its story."""
    rouge_scorer = pytest.importorskip("rouge_score.rouge_scorer")
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2"], use_stemmer=True)
    data = shared / "eval" / "data" / "neus_val"
    gold = {item["id"]: item["refs"][0] for item in read_jsonl(data / "gold.jsonl")}
    splitter, words = SentenceSplitter(lexicon), vocabulary(lexicon)
    totals = {"ours": [0.0, 0.0], "lead": [0.0, 0.0]}
    for item in read_jsonl(data / "input.jsonl"):
        documents = [document_of(splitter, one["title"], one["text"]) for one in item["docs"]]
        for document in (one for one in documents if len(one.sentences) >= 3):
            texts = {"ours": round_up([document], "attache", words, 25), "lead": document.text}
            for name, text in texts.items():
                found = scorer.score(gold[item["id"]], " ".join(text.split()[:25]))
                totals[name] = [sum(pair) for pair in zip(totals[name], _f1(found), strict=True)]

    assert all(ours >= lead for ours, lead in zip(totals["ours"], totals["lead"], strict=True)), totals


def _f1(found: Mapping[str, Any]) -> list[float]:
    return [found["rouge1"].fmeasure, found["rouge2"].fmeasure]
