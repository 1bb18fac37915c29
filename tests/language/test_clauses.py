"""Noun phrases, verb groups and subjects."""

import pytest

from bot.language.clauses import SubjectKind, clause_subject, starts_clause, subject_before
from bot.language.lexicon import Lexicon
from bot.language.noun_phrases import noun_phrase_end, noun_phrase_start
from bot.language.spans import Span
from bot.language.tokens import Tagger, Tokens
from bot.language.verb_groups import verb_group
from bot.positions.cues import compile_cues


@pytest.fixture(scope="module")
def tagger(lexicon: Lexicon) -> Tagger:
    return Tagger(lexicon, compile_cues(lexicon).tags)


def tag(tagger: Tagger, text: str) -> Tokens:
    return tagger.tag(text, [Span(0, len(text))], [])


def at(tokens: Tokens, word: str) -> int:
    return list(tokens.words).index(word)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Mira Solen said no.", "Mira Solen"),
        ("The president of Verinia said no.", "The president of Verinia"),
        ("Solen, the president, said no.", "Solen"),
        ("Solen, who leads Verinia, said no.", "Solen"),
        ("Solen on Monday said no.", "Solen"),
        ("In her comments to reporters, Ms. Solen said no.", "Ms. Solen"),
        ("On trade, the minister has also said no.", "the minister"),
        ("But he said no.", "he"),
        ("Two officials familiar with the talks said no.", "Two officials familiar with the talks"),
        ("People who back the plan said no.", "People who back the plan"),
        ("Brand met Petz and Solen said no.", "Solen"),
        ("Rehn (born in Tarn) said no.", "Rehn"),
    ],
)
def test_subject_before(tagger: Tagger, text: str, subject: str) -> None:
    tokens = tag(tagger, text)
    group = verb_group(tokens, at(tokens, "said"), 0, frozenset())
    found = subject_before(tokens, group.start - 1, 0)
    assert found is not None
    assert tokens.span(found.first, found.last).of(text) == subject


@pytest.mark.parametrize(
    ("text", "antecedent"),
    [
        ("The officials who said no left.", "The officials"),
        ("It reached Brand, who said no.", "Brand"),
        ("It left a mark on Brand, who said no.", "Brand"),
        ("A report that said no was lost.", "A report"),
    ],
)
def test_relative_pronouns_know_their_antecedent(tagger: Tagger, text: str, antecedent: str) -> None:
    tokens = tag(tagger, text)
    found = subject_before(tokens, at(tokens, "said") - 1, 0)
    assert found is not None
    assert found.kind is SubjectKind.RELATIVE
    assert found.antecedent is not None
    assert tokens.span(*found.antecedent).of(text) == antecedent


def test_a_participle_belongs_to_the_main_clause(tagger: Tagger) -> None:
    text = "Solen dropped the plan that Brand drew, saying no."
    tokens = tag(tagger, text)
    found = clause_subject(tokens, at(tokens, "saying"), 0)
    assert found is not None
    assert tokens.words[found.first] in ("Solen", "Brand")


@pytest.mark.parametrize(
    ("text", "verb", "traits"),
    [
        ("Solen has flatly rejected it.", "rejected", ""),
        ("Solen did not say so.", "say", "negated"),
        ("Solen doesn’t want it.", "want", "negated"),
        ("Solen would accept it.", "accept", "unreal"),
        ("Solen’d changed it.", "changed", ""),
        ("The plan was rejected by her.", "rejected", "passive"),
        ("The plan has been rejected by her.", "rejected", "passive"),
        ("Solen refused to say so.", "say", "infinitive"),
        ("Solen was on Monday saying so.", "saying", "passive"),
    ],
)
def test_verb_group(tagger: Tagger, text: str, verb: str, traits: str) -> None:
    tokens = tag(tagger, text)
    group = verb_group(tokens, at(tokens, verb), 0, frozenset({"would", "'d", "’d"}))
    found = {
        "negated": group.is_negated,
        "unreal": group.is_unreal,
        "passive": group.is_passive,
        "infinitive": group.has_to,
    }
    assert [trait for trait, holds in found.items() if holds] == traits.split()


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("the end of the war began", "the end of the war"),
        ("reporters in Tarn", "reporters"),
        ("her very first offer was", "her very first offer"),
        ("him to go", "him"),
        ("talks have stalled", "talks"),
        ("have stalled", ""),
    ],
)
def test_noun_phrase_end(tagger: Tagger, text: str, phrase: str) -> None:
    tokens = tag(tagger, "and " + text)
    end = noun_phrase_end(tokens, 1, len(tokens.words))
    assert " ".join(tokens.words[1:end]) == phrase


def test_noun_phrase_start_stops_at_the_clause(tagger: Tagger) -> None:
    tokens = tag(tagger, "She met the head of the union")
    start = noun_phrase_start(tokens, len(tokens.words) - 1, 0)
    assert start == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the talks will go on", True),
        ("he left", True),
        ("there is no plan", True),
        ("the president of Verinia in her speech on Monday will", True),
        ("the plan of the union", False),
        ("reporters", False),
    ],
)
def test_starts_clause(tagger: Tagger, text: str, expected: bool) -> None:
    tokens = tag(tagger, "Then " + text)
    assert starts_clause(tokens, 1, len(tokens.words)) is expected
