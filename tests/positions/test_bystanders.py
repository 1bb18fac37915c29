"""Whoever only stands beside a speaker says nothing: passages in the manner of agencies, on an invented dossier.

The right answers were written down before the rules were tried on them. In the file, `fragment => A/B` says that a
statement with this fragment may be A's or B's, `-` that it may be nobody's, and `!A` that it must be A's.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.language.lexicon import Lexicon
from bot.positions.reader import Reader
from config.loading import load_dossier
from tests.quality.attribution import plain_article

TARN_BASIN = Path(__file__).resolve().parent.parent / "dossiers" / "tarn-basin"
_NOBODY = "-"


class Case(NamedTuple):
    """A passage, words that somebody in it is told to have said, and whose they may be."""

    passage: str
    fragment: str
    names: frozenset[str]
    is_named: bool


def _cases() -> Iterator[Case]:
    for block in (TARN_BASIN / "who-said-it.txt").read_text(encoding="utf-8").strip().split("\n\n"):
        passage, *answers = block.splitlines()
        for answer in answers:
            fragment, names = answer.removeprefix("> ").split(" => ")
            yield Case(passage, fragment, frozenset(names.removeprefix("!").split("/")), names.startswith("!"))


@pytest.fixture(scope="module")
def reader(lexicon: Lexicon) -> Reader:
    return Reader(lexicon, load_dossier(TARN_BASIN / "tarn-basin.toml"))


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.passage}-{case.fragment}") for case in _cases()])
def test_words_are_given_to_nobody_else(reader: Reader, case: Case) -> None:
    names = _speakers(reader, case)
    assert names - case.names <= set() if case.is_named else names - case.names - {_NOBODY} == set()
    assert names or not case.is_named


def _speakers(reader: Reader, case: Case) -> set[str]:
    article = plain_article(case.passage.replace("\\n", "\n"))
    statements: Iterable[tuple[str, str]] = (
        (one.content.of(article.text), one.speaker.name or _NOBODY) for one in reader.read(article).statements
    )
    return {name for content, name in statements if case.fragment in content}
