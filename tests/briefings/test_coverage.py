"""What documents share, told once."""

import pytest

from bot.briefings.coverage import Coverage
from bot.briefings.passages import Material, Passage, Vocabulary

VOCABULARY = Vocabulary(frozenset({"the", "a", "of", "in"}))


def material(*documents: list[str], headlines: tuple[str, ...] = ()) -> Material:
    passages = [
        Passage(tuple(sentence.split()), number, place)
        for number, document in enumerate(documents)
        for place, sentence in enumerate(document)
    ]
    titles = [tuple(title.split()) for title in headlines] or [()] * len(documents)
    return Material(tuple(passages), tuple(titles))


def test_only_what_two_documents_share_is_worth_anything() -> None:
    coverage = Coverage(material(["grain deal signed", "rain fell"], ["grain deal signed", "sun shone"]), VOCABULARY)

    assert coverage.worth.tolist() == pytest.approx([1, 0, 1, 0])


def test_told_once_it_is_worth_nothing_more() -> None:
    coverage = Coverage(material(["grain deal signed", "rain fell"], ["grain deal signed", "rain stopped"]), VOCABULARY)
    coverage.tell(0)

    assert coverage.worth[2] == pytest.approx(0)
    assert coverage.worth[1] > 0
    assert coverage.worth[3] > 0


def test_telling_twice_changes_nothing() -> None:
    coverage = Coverage(material(["grain deal", "rain fell"], ["grain deal", "rain stopped"]), VOCABULARY)
    coverage.tell(0)
    before = coverage.worth.tolist()
    coverage.tell(0)

    assert coverage.worth.tolist() == before


def test_a_headline_counts_as_half_a_document() -> None:
    coverage = Coverage(material(["grain deal", "rain fell"], headlines=("grain deal",)), VOCABULARY)

    assert coverage.worth.tolist() == pytest.approx([1, 0])


def test_one_document_without_headline_shares_nothing() -> None:
    assert not Coverage(material(["grain deal", "grain deal"]), VOCABULARY).worth.any()


def test_nothing_at_all() -> None:
    assert Coverage(Material((), ()), VOCABULARY).worth.shape == (0,)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("the", "grain", "deal"), {"grain", "deal", "the grain", "grain deal"}),
        (("of", "the", "grain"), {"grain", "the grain"}),
        (("of", "the"), set()),
        (("x", "grain"), {"grain", "x grain"}),
        ((), set()),
    ],
)
def test_concepts_are_terms_and_pairs_that_mean_something(words: tuple[str, ...], expected: set[str]) -> None:
    assert VOCABULARY.concepts(words) == expected
