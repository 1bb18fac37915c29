"""Stretches of whole sentences that can be quoted."""

import pytest

from bot.briefings.editor import Editor
from bot.briefings.standing import Standing
from bot.language.spans import Span
from tests.briefings.river import MakeWeighed, statement


def test_a_sentence_that_stands_is_quoted_alone(editor: Editor, make_weighed: MakeWeighed) -> None:
    weighed = make_weighed("Toro met the press. Lind stayed at home.")
    found = editor.finder.candidate(weighed, 1)

    assert found.text == "Lind stayed at home."
    assert found.standing is Standing.STANDS


@pytest.mark.parametrize("separator", [" ", "\n", "\n\n"])
def test_one_that_points_back_brings_the_sentence_before(
    editor: Editor, make_weighed: MakeWeighed, separator: str
) -> None:
    text = f"It rained. Toro met the press.{separator}She ruled out tolls."
    found = editor.finder.candidate(make_weighed(text), 2)

    assert found.text == f"Toro met the press.{separator}She ruled out tolls."
    assert (found.first, found.last, found.sentence) == (1, 2, 2)


def test_two_sentences_may_be_needed_and_no_more(editor: Editor, make_weighed: MakeWeighed) -> None:
    two = editor.finder.candidate(make_weighed("Toro met the press. She was late. She ruled out tolls."), 2)
    three = editor.finder.candidate(make_weighed("Toro came. She sat. She smiled at us. She ruled out tolls."), 3)

    assert two.first == 0
    assert two.standing is Standing.STANDS
    assert three.first == three.last == 3
    assert three.standing is Standing.DANGLES


def test_a_heading_in_between_parts_them(editor: Editor, make_weighed: MakeWeighed) -> None:
    found = editor.finder.candidate(make_weighed("Toro met the press.\n# Tolls\nShe ruled out tolls."), 1)

    assert found.text == "She ruled out tolls."
    assert found.standing is Standing.DANGLES


def test_a_long_way_back_is_not_worth_it(editor: Editor, make_weighed: MakeWeighed) -> None:
    long = "Toro met the press in the long hall " + "of the old house by the river " * 12 + "yesterday."
    found = editor.finder.candidate(make_weighed(f"{long} She ruled out tolls."), 1)

    assert found.text == "She ruled out tolls."


def test_a_quotation_brings_its_speaker(editor: Editor, make_weighed: MakeWeighed) -> None:
    found = editor.finder.candidate(make_weighed("“We will wait,” Toro said. “The dam can wait too.”"), 1)

    assert found.text == "“We will wait,” Toro said. “The dam can wait too.”"


def test_an_open_quotation_runs_on_to_its_speaker(editor: Editor, make_weighed: MakeWeighed) -> None:
    text = "It rained. “We will wait. The dam can wait too,” Toro said. Lind left."
    weighed = make_weighed(text)

    assert editor.finder.candidate(weighed, 1).text == "“We will wait. The dam can wait too,” Toro said."
    assert editor.finder.candidate(weighed, 2).text == "“We will wait. The dam can wait too,” Toro said."


def test_he_does_not_run_on_into_the_next_paragraph(editor: Editor, make_weighed: MakeWeighed) -> None:
    found = editor.finder.candidate(make_weighed("“We will wait.\nThe dam can wait too,” Toro said."), 0)

    assert found.standing is Standing.FRAGMENT


def test_he_must_be_one_of_those_named(editor: Editor, make_weighed: MakeWeighed) -> None:
    """By the surface "he" is Lind, but the reader found that it is another."""
    text = "Toro asked for time. But after a talk with Lind, she changed her mind about the dam."
    start = text.index(" she ") + 1
    other = statement(1, "toro", "dam", speaker="she", span=Span(start, start + 3))

    assert editor.finder.candidate(make_weighed(text), 1).first == 1
    assert editor.finder.candidate(make_weighed(text, statements=[other]), 1).first == 0


def test_the_minister_must_be_named(editor: Editor, make_weighed: MakeWeighed) -> None:
    text = "Lind met the press. The dam would be too high, the minister said."
    start = text.index("the minister")
    said = statement(1, "lind", "dam", speaker="the minister", span=Span(start, start + 12))

    assert editor.finder.candidate(make_weighed(text, statements=[said]), 1).text == text


LIST = "Lind has spoken.\nArden’s demands are unchanged:\n- Dam: half of the power.\n- Tolls: none at all.\nLind left."


@pytest.mark.parametrize("index", [1, 2, 3])
def test_a_short_list_goes_as_one_with_its_lead_in(editor: Editor, make_weighed: MakeWeighed, index: int) -> None:
    found = editor.finder.candidate(make_weighed(LIST), index)

    assert found.text == "Arden’s demands are unchanged:\n- Dam: half of the power.\n- Tolls: none at all."
    assert found.standing is Standing.STANDS


@pytest.mark.parametrize("index", [0, 4])
def test_what_stands_around_a_list_is_not_part_of_it(editor: Editor, make_weighed: MakeWeighed, index: int) -> None:
    found = editor.finder.candidate(make_weighed(LIST), index)

    assert found.first == found.last == index


def test_a_list_whose_lead_in_points_back_dangles(editor: Editor, make_weighed: MakeWeighed) -> None:
    weighed = make_weighed("She wants three things:\n- Money for the dam.\n- No tolls.")

    assert editor.finder.candidate(weighed, 1).standing is Standing.DANGLES


def test_a_long_list_is_not_quoted_whole(editor: Editor, make_weighed: MakeWeighed) -> None:
    bullets = "\n".join(f"- Point {number} of Toro is about the dam." for number in range(9))
    found = editor.finder.candidate(make_weighed(f"Arden wants:\n{bullets}"), 4)

    assert found.text == "Point 3 of Toro is about the dam."


def test_a_point_of_a_long_list_must_say_who_speaks(editor: Editor, make_weighed: MakeWeighed) -> None:
    bullets = "\n".join(f"- Point {number} of Toro is about the dam." for number in range(9))
    weighed = make_weighed(f"Arden wants:\n{bullets}", statements=[statement(4, "toro", "dam")])

    assert editor.finder.candidate(weighed, 3).standing is Standing.DANGLES
    assert editor.finder.candidate(weighed, 4).standing is Standing.STANDS


def test_one_of_a_series_does_not_bring_what_stands_before(editor: Editor, make_weighed: MakeWeighed) -> None:
    found = editor.finder.candidate(make_weighed("Toro met the press. The second concerns tolls."), 1)

    assert found.text == "The second concerns tolls."
    assert found.standing is Standing.DANGLES


def test_statements_are_those_of_the_stretch(editor: Editor, make_weighed: MakeWeighed) -> None:
    said = [statement(0, "lind", "dam"), statement(1, "toro", "tolls"), statement(2, "toro", "dam")]
    found = editor.finder.candidate(
        make_weighed("Lind spoke. Toro met the press. She ruled out tolls.", statements=said), 2
    )

    assert [one.speaker.actor_id for one in found.statements] == ["toro", "toro"]
