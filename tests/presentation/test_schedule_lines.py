"""How a post of a schedule ended, in a line."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.catalogues import speaking
from bot.presentation.schedule_lines import outcome_words
from bot.schedules.model import EXTRA, Delivery, DeliveryState, Occurrence

AT = datetime(2031, 5, 3, 6, 43, tzinfo=UTC)
SENT = Delivery(Occurrence(4, AT.date(), "06:43", AT), DeliveryState.SENT, "w", AT, AT, 1, False, 77, None)
BY_HAND = replace(SENT, occurrence=Occurrence(4, AT.date(), f"{EXTRA}06:43", AT))


@pytest.mark.parametrize(
    ("delivery", "words"),
    [
        (SENT, "3 May 2031 06:43, posted"),
        (BY_HAND, "3 May 2031 06:43, by hand, posted"),
        (replace(SENT, late=True), "3 May 2031 06:43, posted, late"),
        (replace(BY_HAND, state=DeliveryState.NOTHING_NEW, late=True), "3 May 2031 06:43, by hand, nothing new"),
    ],
)
def test_a_run_by_hand_is_told_from_a_late_one(delivery: Delivery, words: str) -> None:
    assert outcome_words(delivery) == words


def test_a_run_by_hand_in_another_language() -> None:
    with speaking("de"):
        assert outcome_words(BY_HAND) == "3. Mai 2031 06:43, von Hand, gepostet"
