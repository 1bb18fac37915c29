"""Our ranker, and every ranker by name."""

import subprocess
import sys
from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.briefings.methods import METHODS, STOCK_METHODS, ranker
from bot.briefings.passages import Material, Passage, Vocabulary, vocabulary
from bot.briefings.ranking import AttacheRanker
from bot.errors import NotFoundError
from bot.language.lexicon import Lexicon

VOCABULARY = Vocabulary(frozenset({"the", "a", "of", "in", "on", "and", "to"}))
FIRST = [
    "the grain corridor reopens after talks in the capital",
    "ships left the harbour on monday",
    "the mayor opened a new bridge in the rain",
    "insurers want a guarantee before more ships sail",
]
SECOND = [
    "talks in the capital end with a reopened grain corridor",
    "the harbour saw ships leave on monday",
    "a football match ended without a goal",
]


def material(*documents: list[str], headlines: tuple[str, ...] = ()) -> Material:
    passages = [
        Passage(tuple(sentence.split()), number, place)
        for number, document in enumerate(documents)
        for place, sentence in enumerate(document)
    ]
    titles = [tuple(title.split()) for title in headlines] or [()] * len(documents)
    return Material(tuple(passages), tuple(titles))


BOTH = material(FIRST, SECOND, headlines=("grain corridor reopens", "corridor for grain opens again"))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_ranks_each_passage_at_most_once(method: str) -> None:
    order = list(ranker(method, VOCABULARY, "en").order(BOTH))

    assert order
    assert len(order) == len(set(order))
    assert set(order) <= set(range(len(BOTH.passages)))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_deterministic(method: str) -> None:
    one, other = ranker(method, VOCABULARY, "en"), ranker(method, VOCABULARY, "en")

    assert list(one.order(BOTH)) == list(one.order(BOTH)) == list(other.order(BOTH))


@pytest.mark.parametrize("method", METHODS)
def test_relevance_lies_between_zero_and_one(method: str) -> None:
    relevance = ranker(method, VOCABULARY, "en").relevance(BOTH)

    assert relevance.shape == (len(BOTH.passages),)
    assert relevance.min() >= 0
    assert relevance.max() == pytest.approx(1)


@pytest.mark.parametrize("method", METHODS)
def test_identical_sentences_are_told_once_and_neither_is_lost(method: str) -> None:
    twins = material([*FIRST, FIRST[0]], [*SECOND, FIRST[0]])
    order = list(ranker(method, VOCABULARY, "en").order(twins))
    words = [twins.passages[index].words for index in order]

    assert words.count(tuple(FIRST[0].split())) == 1
    assert len(words) == len(set(words))


@pytest.mark.parametrize("method", METHODS)
def test_nothing_to_rank(method: str) -> None:
    assert list(ranker(method, VOCABULARY, "en").order(Material((), ()))) == []


@pytest.mark.parametrize("method", ["attache", "lex-rank", "kl"])
def test_one_sentence_is_the_best_one(method: str) -> None:
    assert list(ranker(method, VOCABULARY, "en").order(material(["grain talks in the capital stall again"]))) == [0]


@pytest.mark.parametrize(
    ("given", "same"), [("LexRank", "lex-rank"), ("text_rank", "text-rank"), ("ATTACHE", "attache")]
)
def test_names_are_forgiving(given: str, same: str) -> None:
    assert list(ranker(given, VOCABULARY, "en").order(BOTH)) == list(ranker(same, VOCABULARY, "en").order(BOTH))


@pytest.mark.parametrize("name", ["", "gpt", "lex rank"])
def test_an_unknown_name_is_answered_with_those_there_are(name: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        ranker(name, VOCABULARY, "en")

    assert caught.value.suggestions == METHODS


def test_what_both_documents_say_comes_first() -> None:
    assert next(AttacheRanker(VOCABULARY).order(BOTH)) in (0, 4)


def test_of_two_that_say_the_same_one_is_told() -> None:
    alike = material([FIRST[0], FIRST[2]], ["after talks in the capital the grain corridor reopens", SECOND[2]])

    assert sorted(AttacheRanker(VOCABULARY).order(alike)) == [0, 1, 3]


def test_the_second_best_adds_something_new() -> None:
    repeating = material([FIRST[0], "the grain corridor reopens after long talks in the capital", FIRST[3]], SECOND)
    best = list(islice(AttacheRanker(VOCABULARY).order(repeating), 2))

    assert best != [0, 1]


def test_in_a_single_article_the_lead_leads() -> None:
    assert next(AttacheRanker(VOCABULARY).order(material(FIRST))) == 0


def test_a_fragment_waits_until_the_end() -> None:
    with_fragment = material(["grain corridor reopens", *FIRST[1:]], headlines=("grain corridor reopens",))

    assert list(AttacheRanker(VOCABULARY).order(with_fragment))[-1] == 0


def test_a_passage_without_words_is_never_told() -> None:
    assert 1 not in list(AttacheRanker(VOCABULARY).order(material([FIRST[0], "", FIRST[1]])))


def test_equal_merit_falls_to_the_earlier_passage() -> None:
    relevance = AttacheRanker(VOCABULARY).relevance(
        material(["corn prices fell today again"], ["wheat rates rose now too"])
    )

    assert relevance[0] == pytest.approx(relevance[1])
    assert next(AttacheRanker(VOCABULARY).order(material(["corn x y z w"], ["wheat q r s t"]))) == 0


sentences = st.lists(
    st.lists(st.sampled_from(["war", "peace", "talks", "deal", "end", "land"]), max_size=7), min_size=1, max_size=9
)


@settings(max_examples=60)
@given(st.lists(sentences, min_size=1, max_size=3))
def test_any_words_at_all_can_be_ranked(documents: list[list[list[str]]]) -> None:
    everything = material(*[[" ".join(sentence) for sentence in document] for document in documents])
    found = AttacheRanker(VOCABULARY)
    order = list(found.order(everything))

    assert len(order) == len(set(order))
    assert np.isfinite(found.relevance(everything)).all()
    assert bool(order) == any(passage.words for passage in everything.passages)


def test_sumy_is_not_imported_before_it_is_asked_for() -> None:
    program = (
        "import sys, bot.briefings.compose, bot.briefings.summary, bot.briefings.methods; "
        "print([name for name in sys.modules if name.split('.')[0] in ('sumy', 'nltk')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_the_shipped_stop_words_are_words(lexicon: Lexicon) -> None:
    found = vocabulary(lexicon)

    assert {"the", "of", "and"} <= found.stop_words
    assert not {"peace", "war", "minister"} & found.stop_words
    assert all(word == word.casefold().strip() for word in found.stop_words)


def test_all_stock_methods_are_named() -> None:
    assert set(STOCK_METHODS) < set(METHODS)
