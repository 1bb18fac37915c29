"""Whether the rules say by now what was put right: right, wrong, or not to be told."""

from dataclasses import replace

import pytest

from bot.language.lexicon import Lexicon
from bot.positions.cases import Verdict, case_json, judge, read_case
from bot.positions.model import Reading, Speaker, Stance, Statement
from bot.positions.overrides import NOBODY, Override
from bot.positions.reader import Reader
from tests.presentation.samples import article
from tests.services.correction_desk import DOSSIER, LINE, TEXT

SAID = "We will not raise the quota,"
BASE = Override(0, 0, "a1", LINE, SAID, "vesterby")
OTHER = Speaker("he", None, "vesterby", "Jon Vesterby", None, 1.0, "test")


@pytest.fixture(scope="module")
def reading(lexicon: Lexicon) -> Reading:
    """Mara Lind says it, and is against."""
    return Reader(lexicon, DOSSIER).read(article(TEXT))


def by(reading: Reading, speaker: Speaker | None) -> Reading:
    """The same, said by another, or not read at all."""
    said: tuple[Statement, ...] = tuple(replace(one, speaker=speaker) for one in reading.statements if speaker)
    return replace(reading, statements=said)


@pytest.mark.parametrize(
    ("case", "verdict"),
    [
        (replace(BASE, speaker="lind"), Verdict.RIGHT),
        (replace(BASE, speaker="vesterby"), Verdict.WRONG),
        (replace(BASE, speaker=NOBODY), Verdict.WRONG),
        (replace(BASE, origin="lind", stance=Stance.FOR), Verdict.WRONG),
        (replace(BASE, origin="nobody we know", stance=Stance.FOR), Verdict.WRONG),  # it is read as nobody's
        (replace(BASE, withdrawn=True), Verdict.RIGHT),  # as that speaker's it is read no more
        (replace(BASE, origin="lind", withdrawn=True), Verdict.WRONG),
        (replace(BASE, content="", origin=None, withdrawn=True), Verdict.WRONG),
        (replace(BASE, sentence="Another sentence."), Verdict.GONE),
    ],
)
def test_a_case_is_judged_by_what_is_read(reading: Reading, case: Override, verdict: Verdict) -> None:
    assert judge(case, TEXT, reading).verdict is verdict


def test_a_stance_that_was_put_right_is_judged_with_its_statement(reading: Reading) -> None:
    (said,) = (one for one in reading.statements if one.speaker.actor_id == "lind")
    assert judge(replace(BASE, origin="lind", stance=said.stance), TEXT, reading).verdict is Verdict.RIGHT


@pytest.mark.parametrize("case", [replace(BASE, speaker=NOBODY), replace(BASE, content="", withdrawn=True)])
def test_what_is_not_read_any_more_is_right_where_nobody_was_to_say_it(reading: Reading, case: Override) -> None:
    judged = judge(case, TEXT, by(reading, None))
    assert (judged.verdict, judged.read) == (Verdict.RIGHT, "no statement")


def test_a_statement_that_is_not_found_is_wrong_where_somebody_says_it(reading: Reading) -> None:
    assert judge(replace(BASE, speaker="lind"), TEXT, by(reading, None)).verdict is Verdict.WRONG
    told = judge(replace(BASE, speaker="lind"), TEXT, by(reading, OTHER))
    assert (told.verdict, told.read.partition(" ")[0]) == (Verdict.WRONG, "vesterby")


def test_without_the_article_nothing_can_be_said() -> None:
    assert judge(BASE, None, None).verdict is Verdict.GONE


@pytest.mark.parametrize(
    "case",
    [
        replace(BASE, speaker="lind", stance=Stance.AGAINST),
        replace(BASE, speaker=NOBODY),
        replace(BASE, stance=Stance.UNCLEAR),
        replace(BASE, content="", origin=None, withdrawn=True),
    ],
)
def test_a_case_comes_back_as_it_was_written(case: Override) -> None:
    assert read_case(case_json(case)) == case


@pytest.mark.parametrize("data", [{}, [], {**case_json(BASE), "expected": 1}, {"article": "a", "sentence": "b"}])
def test_what_is_no_case_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="not a case"):
        read_case(data)  # type: ignore[arg-type]  # that is the case
