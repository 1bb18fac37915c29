"""The same words of one speaker, wherever they are printed, are one saying."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.model import DatePrecision, Published, cite
from bot.language.spans import Span
from bot.positions.model import Evidence, Mode, Speaker, Stance, Statement
from bot.positions.sayings import group_sayings, quoted_text, said_words
from tests.presentation.samples import DAY, article


def said(
    words: str,
    number: int = 1,
    *,
    actor: str | None = "lind",
    name: str = "Mara Lind",
    day: int | None = 0,
    story: str = "",
) -> Evidence:
    """`words` in quotation marks, by somebody, in article `number`, published some days after the first."""
    text = f"“{words}” she said."
    published = None if day is None else Published(DAY + timedelta(days=day), DatePrecision.DAY)
    one = article(text, id=f"a{number}", published=published)
    quote = Span(1, 1 + len(words))
    speaker = Speaker("she", None, actor, name, None, 1.0, "given")
    statement = Statement(0, Mode.QUOTE, speaker, "said", None, quote, quote, ("quota",), Stance.AGAINST)
    return Evidence(statement, cite(one, Span(0, len(text))), text, story or one.id)


def test_one_quote_in_three_outlets_of_two_stories() -> None:
    first, second, third = said("No more ships.", 1), said("No more ships!", 2, day=1), said("No more ships", 3, day=2)
    third = replace(third, story_id="a1")
    (saying,) = group_sayings([third, second, first])
    assert (saying.evidence, saying.others, saying.independent) == (first, (second, third), 2)


def test_the_longest_print_leads_and_a_part_of_it_belongs_to_it() -> None:
    part, whole = said("we want more ships", 1), said("Today we want more ships, and a quota.", 2, day=3)
    (saying,) = group_sayings([part, whole])
    assert (saying.evidence, saying.others) == (whole, (part,))


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("No more", "No more ships for anybody"),  # too short to be told from other words
        ("we want more ships", "we want no more ships"),
        ("we want more ship", "we want more ships today"),
    ],
)
def test_other_words_are_another_saying(words: str, other: str) -> None:
    assert len(group_sayings([said(words, 1), said(other, 2)])) == 2


@pytest.mark.parametrize(
    ("changes", "number"),
    [({"actor": "berg"}, 2), ({"actor": None}, 2), ({"actor": None, "name": "Ida Holm"}, 2), ({"name": "Lind"}, 1)],
)
def test_two_speakers_are_never_one(changes: dict[str, str], number: int) -> None:
    assert len(group_sayings([said("No more ships.", 1), said("No more ships.", 2, **changes)])) == number  # type: ignore[arg-type]  # names of fields


def test_newest_first_undated_last() -> None:
    days = [1, None, 3, 2]
    sayings = group_sayings([said(f"Number {n} of them", n, day=day) for n, day in enumerate(days)])
    assert [one.evidence.citation.article_id for one in sayings] == ["a2", "a3", "a0", "a1"]


def test_one_article_that_repeats_itself_is_one_print() -> None:
    (saying,) = group_sayings([said("No more ships today", 1), said("No more ships today, never", 1)])
    assert saying.others == ()


def test_words_are_compared_without_case_marks_and_kind_of_apostrophe() -> None:
    assert said_words(said("We WON’T… go\n\nhome")) == "we won't go home"
    assert quoted_text(said("We WON’T… go")) == "We WON’T… go"


@given(st.permutations(range(6)))
def test_the_order_decides_nothing(order: list[int]) -> None:
    words = ("No more ships today", "no more ships TODAY", "More ships", "No more ships today, or ever", "x", "X")
    evidence = [said(one, number) for number, one in enumerate(words)]
    assert group_sayings([evidence[n] for n in order]) == group_sayings(evidence)
