"""What was put right once stays right: exported corrections (`corrections export`) read by the rules of today.

To add one, put the lines that `python -m bot corrections export` prints, for a dossier below `reading/`, into its file
`corrections.jsonl`: each case brings its article's text along.
"""

import json

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument
from bot.language.lexicon import Lexicon
from bot.positions.cases import Verdict, judge, read_case
from bot.positions.reader import Reader
from config.loading import load_dossier
from tests.quality.reading_gold import READING

CASES = [
    pytest.param(folder.parent.name, line, id=f"{folder.parent.name}-{number}")
    for folder in sorted(READING.glob("*/corrections.jsonl"))
    for number, line in enumerate(folder.read_text("utf-8").splitlines(), start=1)
]


@pytest.mark.parametrize(("negotiation", "line"), CASES)
def test_the_rules_read_it_as_it_was_put_right(lexicon: Lexicon, negotiation: str, line: str) -> None:
    data = json.loads(line)
    document = RawDocument(negotiation, "case.txt", data["text"].encode())
    article = Cleaner(lexicon).clean(document, source_name="")
    assert isinstance(article, Article)
    reading = Reader(lexicon, load_dossier(READING / negotiation / "dossier.toml")).read(article)
    judged = judge(read_case(data), article.text, reading)
    assert judged.verdict is Verdict.RIGHT, judged.read
