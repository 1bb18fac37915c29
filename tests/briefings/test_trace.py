"""What became of each sentence, with the number that decided."""

import pytest

from bot.briefings.candidates import Weighed
from bot.briefings.compose import Limits, compose_briefing, trace_briefing
from bot.briefings.editor import Editor
from bot.briefings.model import Scope, Window, WindowReason
from bot.briefings.trace import Fate
from bot.positions.model import Stance
from tests.briefings.river import MakeWeighed, statement
from tests.briefings.test_compose import FIRST, SECOND

EVERYTHING = Window(None, None, WindowReason.EVERYTHING, "all")


@pytest.fixture
def stored(make_weighed: MakeWeighed) -> list[Weighed]:
    said = [statement(1, "toro", "dam", Stance.CONDITIONAL)]
    return [
        make_weighed(FIRST, name="first", title="Dam talks end without result", statements=said),
        make_weighed(SECOND, name="second", title="No result on the dam"),
        make_weighed(FIRST[:100], name="copy", title="Dam talks end without result", story="first"),
    ]


def fates(editor: Editor, stored: list[Weighed], name: str, scope: Scope, items: int = 12) -> tuple[Fate, ...]:
    return trace_briefing(editor, stored, name, scope=scope, limits=Limits(items))


@pytest.mark.parametrize("name", ["first", "second"])
def test_every_sentence_has_a_fate_with_a_number(editor: Editor, stored: list[Weighed], name: str) -> None:
    own = next(one for one in stored if one.article.id == name)
    found = fates(editor, stored, name, Scope())
    assert [one.sentence for one in found] == list(range(len(own.reading.sentences)))
    assert [one.span for one in found] == [one.span for one in own.reading.sentences]
    assert all(any(sign.isdigit() for sign in one.why) for one in found)


@pytest.mark.parametrize("items", [1, 3, 12])
def test_lines_are_those_of_the_briefing(editor: Editor, stored: list[Weighed], items: int) -> None:
    briefing = compose_briefing(editor, stored, scope=Scope(), window=EVERYTHING, limits=Limits(items))
    for name in ("first", "second"):
        text = next(one.article.text for one in stored if one.article.id == name)
        kept = [one for one in fates(editor, stored, name, Scope(), items) if one.line is not None]
        for one in kept:
            assert one.line is not None
            item = briefing.items[one.line - 1]
            assert one.span.of(text) in item.text
            assert item.why in one.why
        told = {one.line for one in kept}
        assert told == {n for n, item in enumerate(briefing.items, 1) if item.citations[0].article_id == name}


def test_a_copy_is_told_by_the_fullest_print(editor: Editor, stored: list[Weighed]) -> None:
    for one in fates(editor, stored, "copy", Scope()):
        assert one.line is None
        assert one.why == "the fullest print of its story gives the sentences: Dam talks end without result"


def test_why_sentences_were_left_out(editor: Editor, stored: list[Weighed]) -> None:
    found = fates(editor, stored, "second", Scope())
    assert any(one.line is None and "says what line" in one.why for one in found)
    on_tolls = fates(editor, stored, "first", Scope(topics=("tolls",)))
    assert on_tolls[5].why == "outside what was asked for"
    one_line = fates(editor, stored, "first", Scope(), items=1)
    assert sum(one.line is not None for one in one_line) <= 2
    assert any("the line of least gain has" in one.why for one in one_line)
