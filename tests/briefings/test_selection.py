"""Which offers are taken, and in which order."""

from dataclasses import replace

import pytest

from bot.briefings.selection import Caps, Feature, Offer, select, select_with_reasons
from bot.briefings.tfidf import term_matrix

ANY = Caps(items=10, words=None, story=10, outlet=10)


def offer(worth: float, *features: str, words: int = 10, story: str = "s", outlet: str = "o") -> Offer:
    return Offer(worth, words, story, outlet, tuple(Feature(one, 1.0, 0.5) for one in features))


def indexes(
    offers: list[Offer], caps: Caps = ANY, texts: list[str] | None = None, opening: int | None = None
) -> list[int]:
    """The indexes chosen; by default no two texts have a word in common."""
    terms = [text.split() for text in texts or [f"word{n} only{n} here{n} today{n}" for n in range(len(offers))]]
    return [one.index for one in select(offers, [frozenset(one) for one in terms], term_matrix(terms), caps, opening)]


def test_best_first() -> None:
    assert indexes([offer(0.2, "a"), offer(0.9, "b"), offer(0.5, "c")]) == [1, 2, 0]


def test_equals_in_their_own_order() -> None:
    assert indexes([offer(0.5, "a"), offer(0.5, "b"), offer(0.5, "c")]) == [0, 1, 2]


def test_what_was_told_is_worth_less() -> None:
    assert indexes([offer(0.9, "a"), offer(0.8, "a"), offer(0.6, "b")]) == [0, 2, 1]


def test_novelty_is_told_with_the_choice() -> None:
    offers = [offer(0.9, "a"), offer(0.8, "a"), offer(0.4)]
    terms = [["x"], ["y"], ["z"]]
    chosen = select(offers, [frozenset(one) for one in terms], term_matrix(terms), ANY)

    assert [round(one.novelty, 2) for one in chosen] == [1.0, 0.55, 0.4]
    assert chosen[0].gain == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("river dam talks fail again", "river dam talks fail again", False),
        ("river dam talks fail", "river dam talks fail after long night", False),
        ("river dam talks fail", "river dam power prices rise", True),
        ("river dam", "river dam talks fail today", True),
        ("harvest begins early", "ships wait outside", True),
    ],
)
def test_no_two_that_say_the_same(first: str, second: str, both: bool) -> None:
    filler = ["corn wheat rye oats", "steel coal tin zinc", "snow hail fog wind", "river port quay dock"]
    offers = [offer(0.9, "a"), offer(0.8, "b"), *[offer(0.1, str(n)) for n in range(len(filler))]]
    found = indexes(offers, texts=[first, second, *filler])

    assert (1 in found) is both
    assert 0 in found


def test_items_are_capped() -> None:
    assert len(indexes([offer(0.5, str(n)) for n in range(8)], Caps(3, None, 9, 9))) == 3


@pytest.mark.parametrize(
    ("words", "expected"), [(5, []), (14, [1]), (24, [0, 2]), (25, [0, 1]), (30, [0, 1]), (31, [0, 1, 2])]
)
def test_words_are_a_limit_not_a_goal(words: int, expected: list[int]) -> None:
    offers = [offer(0.9, "a", words=15), offer(0.8, "b", words=10), offer(0.7, "c", words=6)]

    assert sorted(indexes(offers, Caps(9, words, 9, 9))) == expected


def test_a_story_has_no_more_than_its_share_while_others_have_something() -> None:
    offers = [offer(0.9, "a", story="x"), offer(0.8, "b", story="x"), offer(0.3, "c", story="y")]

    assert indexes(offers, Caps(2, None, 1, 9)) == [0, 2]


def test_an_outlet_has_no_more_than_its_share_while_others_have_something() -> None:
    offers = [offer(0.9, "a", outlet="x"), offer(0.8, "b", outlet="x"), offer(0.3, "c", outlet="y")]

    assert indexes(offers, Caps(2, None, 9, 1)) == [0, 2]


def test_shares_give_way_before_a_briefing_stays_short() -> None:
    assert indexes([offer(0.9, "a"), offer(0.8, "b"), offer(0.7, "c")], Caps(3, None, 1, 1)) == [0, 1, 2]


def test_the_opening_comes_first_and_counts_as_told() -> None:
    assert indexes([offer(0.9, "a"), offer(0.8, "b"), offer(0.2, "a")], opening=2) == [2, 1, 0]


def test_an_opening_that_does_not_fit_is_left_out() -> None:
    offers = [offer(0.5, "a", words=5), offer(0.9, "b", words=50)]

    assert indexes(offers, Caps(5, 20, 9, 9), opening=1) == [0]


def test_what_adds_next_to_nothing_is_left_out() -> None:
    assert indexes([offer(1.0, "a"), offer(0.5, "b"), offer(0.05, "c")]) == [0, 1]


def test_nothing_to_choose_from() -> None:
    assert indexes([]) == []


def test_none_asked_for() -> None:
    assert indexes([offer(0.5, "a")], Caps(0, None, 1, 1), opening=0) == []


def told(worth: float, number: int, event: str) -> Offer:
    """An offer with a story and an outlet of its own."""
    return Offer(worth, 10, f"s{number}", f"o{number}", (Feature(str(number), 1.0, 0.5),), event)


def test_an_event_has_so_many_items_while_there_are_others() -> None:
    offers = [told(0.9, 0, "e"), told(0.8, 1, "e"), told(0.7, 2, "e"), told(0.3, 3, "f")]
    assert indexes(offers, Caps(3, None, 9, 9, event=2)) == [0, 1, 3]
    assert indexes(offers, Caps(4, None, 9, 9, event=2)) == [0, 1, 3, 2]
    assert indexes(offers, Caps(3, None, 9, 9)) == [0, 1, 2]


def test_offers_of_no_event_are_not_counted_together() -> None:
    assert indexes([told(0.9, 0, ""), told(0.8, 1, ""), told(0.7, 2, "e")], Caps(2, None, 9, 9, event=1)) == [0, 1]


def test_whatever_is_left_out_has_its_number() -> None:
    offers = [offer(0.9, "a"), offer(0.8, "b"), offer(0.7, "c", words=90), told(0.6, 9, "e"), offer(0.001, "d")]
    texts = ["cod quota talks harbour", "cod quota talks harbour", "rain over hills", "whales at sea", "one bird sings"]
    terms = [text.split() for text in texts]
    found = select_with_reasons(
        offers, [frozenset(one) for one in terms], term_matrix(terms), Caps(9, 50, 1, 9, event=9)
    )
    assert [one.index for one in found.chosen] == [0, 3]
    assert found.left == {
        1: "says what line 1 says (cosine 1.00, 100% of the words)",
        2: "90 words did not fit any more",
        4: "gain 0.00 beside what is told; the line of least gain has 0.60; its story has 1 of at most 1 lines",
    }


def test_what_adds_to_an_event_follows_what_tells_of_it_and_a_third_keeps_its_place() -> None:
    told = ((0.9, "dam"), (0.8, "tolls"), (0.7, "dam"), (0.6, "quota"), (0.5, "dam"), (0.4, ""), (0.3, ""))
    offers = [replace(offer(worth, str(worth)), event=event) for worth, event in told]

    assert indexes(offers) == [0, 2, 1, 3, 4, 5, 6]


def test_what_was_left_out_names_the_line_it_repeats_by_its_final_number() -> None:
    offers = [
        replace(offer(worth, str(worth)), event=event)
        for worth, event in ((0.9, "dam"), (0.8, "tolls"), (0.7, "dam"), (0.6, "copy"))
    ]
    texts = ["dam one two three", "tolls four five six", "dam seven eight nine", "tolls four five six"]
    terms = [text.split() for text in texts]
    found = select_with_reasons(offers, [frozenset(one) for one in terms], term_matrix(terms), ANY)

    assert [one.index for one in found.chosen] == [0, 2, 1]
    assert found.left[3].startswith("says what line 3 says")
