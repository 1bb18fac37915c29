"""Texts that nobody writes but somebody sends: cleaning ends, soon, and loses or invents nothing."""

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument
from bot.articles.stories import fingerprint, group_stories

PROSE = "The two delegations met for the third time on Tuesday and agreed on nothing but the next date.\n" * 4
HOSTILE = {
    "underscores": "_" * 200_000 + "x",
    "stars in words": "**" * 50_000 + " By Jane",
    "capitals": "Reporting from " + "A" * 5_000 + "!",
    "initials": "Reporting by " + "A. " * 40 + "x!",
    "ands": "Edited by " + "And " * 40 + "!",
    "commas": "Reporting from " + ", " * 5_000 + "!",
    "dots": "The post x appeared first on " + "." * 100_000 + "x",
    "share": "share and " * 13 + "!",
    "brackets": "[" * 50_000 + "](" * 1_000,
    "parentheses": "(" * 20_000 + "photo" + ")" * 20_000,
    "one long word": "x" * 500_000,
    "a sentence of ten thousand words": "word " * 10_000 + ".",
    "many short lines": "ab\n" * 5_000,
    "quotes": '."' * 30_000,
    "spaces": "a" + " " * 200_000 + "b",
    "hashes": "#a " * 20_000,
    "controls": "\u202eleft\u202c \u200bzero\u200b \ufeff\u00ad",
    "digits": "12/12/" * 20_000,
    "colons": "title:" * 20_000,
}


@pytest.mark.timeout(300)  # what is quadratic takes hours
@pytest.mark.parametrize("name", HOSTILE)
def test_cleaning_ends_and_keeps_every_line_somewhere(cleaner: Cleaner, name: str) -> None:
    text = f"{HOSTILE[name]}\n{PROSE}{HOSTILE[name]}"
    article = cleaner.clean(RawDocument("s", "a", text.encode()), source_name="")
    assert isinstance(article, Article)
    lines = [*article.text.split("\n"), *(one.text for one in article.dropped)]
    assert sorted(filter(None, map(str.strip, lines))) == sorted(filter(None, map(str.strip, text.split("\n"))))
    assert all(block.span.end <= len(article.text) for block in article.blocks)
    assert len(group_stories([fingerprint(article)])) == 1
