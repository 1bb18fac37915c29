"""Lines read as queries, and the other forms of a word."""

from pathlib import Path

import pytest

from bot.language.forms import WordForms
from bot.language.seeking import MOST_GROUPS, Term, places, read_query, tokens_of
from config.loading import load_lexicon

FORMS = WordForms(load_lexicon(Path("config/lexicon"), "en"))


def alone(word: str) -> frozenset[str]:
    return frozenset({word})


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Cease-fire at U.S. ports", ["cease", "fire", "at", "u", "s", "ports"]),
        ("Südhafen’s Größe", ["sudhafen", "s", "grosse"]),
        ("Путин ЗЕЛЕНСЬКИЙ", ["путин", "зеленськии"]),
        ("a_b 1,000 ½", ["a", "b", "1", "000", "1", "2"]),
        ("İstanbul", ["istanbul"]),
        ("🐟 — \x00", []),
        ("x" * 100, ["x" * 64]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert tokens_of(text) == tokens


@pytest.mark.parametrize(
    ("line", "groups", "without"),
    [
        ("quota ports", [["quota"], ["ports"]], []),
        ('"the quota" ports', [["the quota"], ["ports"]], []),
        ("“the quota", [["the quota"]], []),
        ("quota OR ports tonnes", [["quota", "ports"], ["tonnes"]], []),
        ("OR quota OR", [["quota"]], []),
        ("quota -ports -“two ships”", [["quota"]], ["ports", "two ships"]),
        ("cease-fire", [["cease fire"]], []),
        ("quota quota", [["quota"]], []),
        ("the of", [["the"], ["of"]], []),
        ("the quota", [["quota"]], []),
        ("- -- *", [], []),
    ],
)
def test_a_line_is_read(line: str, groups: list[list[str]], without: list[str]) -> None:
    query = read_query(line, alone, frozenset({"the", "of"}))
    assert [[term.text for term in group] for group in query.groups] == groups
    assert [term.text for term in query.without] == without


def test_a_query_has_an_end() -> None:
    assert len(read_query(" ".join(f"word{n}" for n in range(500)), alone).groups) == MOST_GROUPS
    (term,) = read_query("negotiat*", FORMS.of).groups[0]
    assert (term.begins, term.forms) == (True, frozenset())


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("raising", {"raise", "raised", "raises"}),
        ("quotas", {"quota"}),
        ("met", {"meet", "meets", "meeting"}),
        ("withdrew", {"withdraw", "withdrawn"}),
        ("planned", {"plan", "plans", "planning"}),
        ("parties", {"party"}),
    ],
)
def test_other_forms(word: str, forms: set[str]) -> None:
    assert forms <= FORMS.of(word)


@pytest.mark.parametrize("word", ["us", "2025", "путин", "a1b"])
def test_what_is_no_english_word_stays_alone(word: str) -> None:
    assert FORMS.of(word) == {word}


def test_where_a_term_stands() -> None:
    tokens = tokens_of("The quota, no quotas: the old quota.")
    assert list(places(Term(("quota",), frozenset({"quotas"})), tokens)) == [(1, True), (3, False), (6, True)]
    assert list(places(Term(("the", "old")), tokens)) == [(4, True)]
    assert list(places(Term(("quo",), begins=True), tokens)) == [(1, False), (3, False), (6, False)]
    assert list(places(Term(("the", "new")), tokens)) == []
