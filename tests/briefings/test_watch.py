"""Days to come: named by a source for something planned, or not told at all."""

from datetime import UTC, date, datetime

import pytest

from bot.briefings.watch import WatchRules
from bot.language.lexicon import Lexicon

WEDNESDAY = datetime(2031, 8, 20, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def rules(lexicon: Lexicon) -> WatchRules:
    return WatchRules(lexicon)


@pytest.mark.parametrize(
    ("sentence", "on"),
    [
        ("Mr. Ostrel will travel to Vik on Monday.", date(2031, 8, 25)),
        ("Mara Lind will decide in two weeks what to do about the quota.", date(2031, 9, 3)),
        ("Lind said the talks would resume on September 15.", date(2031, 9, 15)),
        ("On September 1, the two will meet in Vik.", date(2031, 9, 1)),
        ("The truce expires at midnight on Saturday.", date(2031, 8, 23)),
        ("The leaders are expected to meet on 3 September 2031 in Rome.", date(2031, 9, 3)),
        ("The deadline of August 29 is near.", date(2031, 8, 29)),
        ("“I will wait in the harbour on Thursday,” the minister wrote.", date(2031, 8, 21)),
    ],
)
def test_a_planned_day_is_read_from_the_day_of_publication(rules: WatchRules, sentence: str, on: date) -> None:
    assert rules.day_of(sentence, WEDNESDAY) == on


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministers met on Monday.",
        "He will not answer what he said on Friday.",
        "If they agree, they will meet on Friday.",
        "Talks are scheduled for Wednesday.",  # this one, or the one in a week
        "The bill, which will cost ten billion, passed on May 3.",
        "A meeting was planned for Friday but fell through.",
        "They could meet on Friday.",
        "Lind will resign, the paper said on Monday.",
        "The law will apply to 15 percent of all boats.",
    ],
)
def test_what_is_past_conditional_or_open_is_not_told(rules: WatchRules, sentence: str) -> None:
    assert rules.day_of(sentence, WEDNESDAY) is None


def test_without_a_date_of_publication_only_a_whole_date_counts(rules: WatchRules) -> None:
    assert rules.day_of("They will meet on Monday.", None) is None
    assert rules.day_of("They will meet on 3 September 2031.", None) == date(2031, 9, 3)
