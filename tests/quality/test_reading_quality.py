"""What the reader makes of articles it was not tuned on. Floors are a little under what was measured; raise them."""

import pytest

from bot.language.lexicon import Lexicon
from tests.quality.reading_gold import NEGOTIATIONS, Score, score_all


@pytest.fixture(scope="module")
def score(lexicon: Lexicon) -> Score:
    return score_all(lexicon)


def test_gold_is_at_hand(score: Score) -> None:
    assert len(NEGOTIATIONS) >= 5
    assert score.entries >= 290
    assert score.negatives >= 110


@pytest.mark.parametrize(
    ("figure", "floor"),
    [("recall", 0.92), ("precision", 0.95), ("actors", 0.955), ("topics", 0.88), ("stances", 0.77)],
)
def test_floors(score: Score, figure: str, floor: float) -> None:
    assert score.figures()[figure] >= floor, "\n".join(score.errors)


@pytest.mark.parametrize(("count", "most"), [("misattributed", 1), ("flips", 0), ("negatives_read", 0)])
def test_worst_errors(score: Score, count: str, most: int) -> None:
    assert getattr(score, count) <= most, "\n".join(score.errors)
