"""Topics by keywords: the patterns a dossier may use, which keyword wins, and what pronouns stand for."""

import pytest

from bot.dossier import Topic
from bot.language.lexicon import Lexicon
from bot.language.spans import Span
from bot.positions.annotate import TopicStance
from bot.positions.model import Mode
from bot.positions.phrases import PhraseIndex, Tokenizer, longest
from bot.positions.topics import TopicFinder
from tests.positions.conftest import ReadOne


@pytest.fixture(scope="module")
def tokenizer(lexicon: Lexicon) -> Tokenizer:
    return Tokenizer(lexicon)


FOUND = [
    ("land swap", "They spoke of land-swaps."),
    ("land swap", "A “land swap” was offered."),
    ("deploy troops", "Deploying troops is hard."),
    ("impose a levy", "They imposed a levy."),
    ("policy", "Two policies"),
    ("meet", "They met in Tarn."),
    ("guarantee", "It guaranteed nothing."),
    ("demilitar*", "the demilitarisation of the coast"),
    ("=will", "They will come."),
    ("ship* .. fee", "ships of all kinds pay a fee"),
    ("steel + north", "In the north they make steel."),
    ("no ... =planned", "no meeting of the two presidents of the strait was planned"),
    ("not accept", "They won't accept it."),
    ("Port Sel", "in Port Sel's harbour"),
]
NOT_FOUND = [
    ("land swap", "swap the land"),
    ("policy", "police"),
    ("=will", "They are willing."),
    ("ship* .. fee", "a fee for ships"),
    ("ship* .. fee", "ships came and went all through that long summer without a fee"),
    ("steel + north", "In the south they make steel."),
    ("demilitar*", "the military"),
]


def find(tokenizer: Tokenizer, pattern: str, text: str) -> bool:
    tokens = tokenizer.tokens(text, Span(0, len(text)))
    return bool(PhraseIndex([(pattern, None)], tokenizer).find(tokens))


@pytest.mark.parametrize(("pattern", "text"), FOUND)
def test_pattern_is_found(tokenizer: Tokenizer, pattern: str, text: str) -> None:
    assert find(tokenizer, pattern, text)


@pytest.mark.parametrize(("pattern", "text"), NOT_FOUND)
def test_pattern_is_not_found(tokenizer: Tokenizer, pattern: str, text: str) -> None:
    assert not find(tokenizer, pattern, text)


def test_names_are_found_as_written(tokenizer: Tokenizer) -> None:
    index = PhraseIndex([("US", "state")], tokenizer, exact=True)
    tokens = tokenizer.tokens("The US told us.", Span(0, 15))
    assert [hit.head for hit in index.find(tokens)] == [(1, 2)]


def test_longer_pattern_hides_the_shorter(tokenizer: Tokenizer) -> None:
    index = PhraseIndex([("levy", 1), ("carbon levy", 2)], tokenizer)
    tokens = tokenizer.tokens("a carbon levy", Span(0, 13))
    assert [hit.value for hit in longest(index.find(tokens))] == [2]


@pytest.mark.parametrize("pattern", ["", "a .. ", " + b"])
def test_pattern_with_an_empty_part_is_refused(tokenizer: Tokenizer, pattern: str) -> None:
    with pytest.raises(ValueError, match="empty part"):
        PhraseIndex([(pattern, None)], tokenizer)


TOPICS = (
    Topic("talks", "Talks", ("talks", "treaty")),
    Topic("levy", "Levy", ("levy on ships", "-levy exemption", "~levy"), "Ships pay a levy"),
    Topic("court", "Court", ("joint court", "court"), "A joint court settles disputes"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The talks turned to a levy on ships.", ("levy", "talks")),
        ("A court and a levy on ships", ("levy", "court")),
        ("A joint court, and a court", ("court",)),
        ("The talks on a treaty", ("talks",)),
        ("Nothing of the sort", ()),
    ],
)
def test_rank_puts_propositions_and_longer_keywords_first(
    tokenizer: Tokenizer, text: str, expected: tuple[str, ...]
) -> None:
    assert TopicFinder(TOPICS, tokenizer).topics_of(text) == expected


@pytest.mark.parametrize(
    ("text", "signs"),
    [("a levy on ships", [1]), ("a levy exemption", [-1]), ("the levy", [0]), ("a levy, a levy exemption", [0, -1])],
)
def test_keyword_says_which_side_it_takes(tokenizer: Tokenizer, text: str, signs: list[int]) -> None:
    hits = TopicFinder(TOPICS, tokenizer).find(tokenizer.tokens(text, Span(0, len(text))))
    assert [hit.value.sign for hit in hits] == signs


@pytest.mark.parametrize(
    ("before", "sentence", "topic"),
    [
        ("The League proposed a carbon levy.", "[Solen rejected it]", "carbon-levy"),
        ("The League proposed a carbon levy.", "[Solen rowed back within a day]", "carbon-levy"),
        ("The League proposed a carbon levy.", "[Solen rejected the idea]", "carbon-levy"),
        ("A joint court is the League's wish.", "[Such a plan is unacceptable]", "joint-court"),
    ],
)
def test_pronoun_stands_for_the_topic_named_before(read_one: ReadOne, before: str, sentence: str, topic: str) -> None:
    assert read_one(sentence, "solen", Mode.REPORTED, before=(before,)).topics[0] == topic


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("The League proposed a carbon levy.", "[Solen rejected the treaty]"),
        ("The League proposed a carbon levy.", "[Solen smiled]"),
        ("The League proposed a carbon levy.", "[It rained]"),
        ("The League proposed a carbon levy.", "[It refuses to talk]"),
        ("The League spoke of carbon.", "[Solen rejected it]"),
    ],
)
def test_no_topic_with_a_proposition_is_taken_from_before(read_one: ReadOne, before: str, sentence: str) -> None:
    assert "carbon-levy" not in read_one(sentence, "solen", Mode.REPORTED, before=(before,)).topics


def test_theme_of_the_sentences_around_takes_no_stance(read_one: ReadOne) -> None:
    statement = read_one("[It has been a mess]", "quill", Mode.QUOTE, before=("The blockade went on.",))
    assert statement.topics == ("port-blockade",)
    assert statement.stance is None


def test_rules_say_why(read_one: ReadOne) -> None:
    statement = read_one("Solen <rejected> [the carbon levy]", "solen")
    assert statement.rules == ("topic: carbon-levy (carbon levy)", "stance: rejects (reject)")


def test_annotate_without_statements(topic_stance: TopicStance) -> None:
    assert topic_stance.annotate("", (), (), ()) == ()
