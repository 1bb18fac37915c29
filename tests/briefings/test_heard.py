"""What a channel has heard is not told again, whichever outlet carries it."""

import pytest

from bot.briefings.compose import Limits, compose_briefing
from bot.briefings.editor import Editor
from bot.briefings.heard import Heard, HeardLine
from bot.briefings.model import Scope
from tests.briefings.river import MakeWeighed
from tests.briefings.test_compose import EVERYTHING, FIRST, SECOND

LINE = "Toro said that Arden would never accept the dam without a share of the power."


@pytest.mark.parametrize(
    ("said", "story", "known"),
    [
        (LINE, "a", True),
        (LINE, "another", True),  # the same words anywhere
        (LINE.replace("would never", "would  never").upper(), "another", True),  # however they are set
        (LINE.replace("never", "hardly"), "a", True),  # corrected, or reworded in a copy
        (LINE.replace("never", "hardly"), "another", False),
        ("Arden would never accept the dam", "another", True),  # a part of it
        ("said that Arden", "another", False),  # too short to be one
        ("Nine workers were killed when a wall of the old reservoir gave way on Tuesday.", "a", False),
        ("", "a", False),
    ],
)
def test_what_is_known(editor: Editor, said: str, story: str, known: bool) -> None:
    assert Heard([HeardLine(LINE, "a")], editor.vocabulary).knows(said, story) is known


def test_nothing_heard_knows_nothing(editor: Editor) -> None:
    assert not Heard([], editor.vocabulary).knows(LINE, "a")


def test_one_edition_after_the_other_tells_everything_once(editor: Editor, make_weighed: MakeWeighed) -> None:
    stored = [make_weighed(FIRST, name="first"), make_weighed(SECOND, name="second")]
    told: list[HeardLine] = []
    for _ in range(8):
        heard = Heard(told, editor.vocabulary)
        edition = compose_briefing(
            editor, stored, scope=Scope(), window=EVERYTHING, limits=Limits(2), heard=heard
        )  # fmt: skip
        again = compose_briefing(editor, stored, scope=Scope(), window=EVERYTHING, limits=Limits(2), heard=heard)
        assert edition == again
        told += [HeardLine(item.text, item.citations[0].article_id) for item in edition.items]
    assert edition.items == ()
    assert len({line.text for line in told}) == len(told) > 4
