"""What is weighed of a window, and what is known of it."""

import pytest

from bot.briefings.editor import Editor
from bot.briefings.model import Scope
from bot.briefings.sheet import FactSheet
from bot.positions.model import Stance
from tests.briefings.river import MakeWeighed, statement

LONG = " ".join(f"The dam is subject number {number} of the talks." for number in range(10))


def places(sheet: FactSheet) -> list[tuple[str, int]]:
    return [(lead.article.id, index) for lead, index in sheet.places]


def test_a_window_of_usual_size_is_weighed_whole(editor: Editor, make_weighed: MakeWeighed) -> None:
    sheet = FactSheet(editor, [make_weighed(LONG, name="a"), make_weighed(LONG, name="b")], Scope())

    assert places(sheet) == [(name, index) for name in ("a", "b") for index in range(10)]


def test_of_a_very_large_one_the_heads_and_what_takes_a_stance(editor: Editor, make_weighed: MakeWeighed) -> None:
    said = [statement(8, "toro", "dam", Stance.FOR), statement(6, "lind", "talks"), statement(5, None, "dam")]
    leads = [make_weighed(LONG, name="a", statements=said), make_weighed(LONG, name="b")]

    seven = [("a", 0), ("a", 1), ("a", 2), ("a", 8), ("b", 0), ("b", 1), ("b", 2)]
    assert places(FactSheet(editor, leads, Scope(), most=7)) == seven
    assert ("a", 6) in places(FactSheet(editor, leads, Scope(), most=8))
    assert ("a", 5) not in places(FactSheet(editor, leads, Scope(), most=9))


def test_in_a_scope_what_is_said_of_it_comes_before_heads(editor: Editor, make_weighed: MakeWeighed) -> None:
    said = [statement(8, "toro", "dam", Stance.FOR), statement(7, "toro", "tolls", Stance.FOR)]
    sheet = FactSheet(editor, [make_weighed(LONG, name="a", statements=said)], Scope(topics=("tolls",)), most=1)

    assert places(sheet) == [("a", 7)]


def test_facts_join_words_and_statements(editor: Editor, make_weighed: MakeWeighed) -> None:
    weighed = make_weighed("It rained. Lind saw 40 ships pay tolls.", statements=[statement(1, "lind", "dam")], day=20)
    facts = FactSheet(editor, [weighed], Scope()).facts(weighed, 1)

    assert facts.topics[:2] == ("dam", "tolls")
    assert facts.speakers == ("lind",)
    assert (facts.figures, facts.words, facts.place) == (1, 6, 1)
    assert 0 < facts.relevance <= 1
    assert facts.published_at is not None


def test_what_was_not_weighed_is_still_known(editor: Editor, make_weighed: MakeWeighed) -> None:
    weighed = make_weighed(LONG)
    sheet = FactSheet(editor, [weighed], Scope(), most=2)

    assert sheet.facts(weighed, 9).relevance == 0
    assert sheet.facts(weighed, 9).topics == sheet.facts(weighed, 0).topics


def test_the_newest_is_that_of_the_dated_articles(editor: Editor, make_weighed: MakeWeighed) -> None:
    dated = [make_weighed("It rained.", name=str(day), day=day) for day in (3, 21, 20)]
    undated = make_weighed("It rained.", name="undated")
    newest = FactSheet(editor, [*dated, undated], Scope()).newest

    assert newest is not None
    assert newest.day == 21
    assert FactSheet(editor, [undated], Scope()).newest is None


@pytest.mark.parametrize("text", ["", "# Heading"])
def test_nothing_to_weigh(editor: Editor, make_weighed: MakeWeighed, text: str) -> None:
    assert FactSheet(editor, [make_weighed(text)], Scope()).places == ()
    assert FactSheet(editor, [], Scope()).places == ()
