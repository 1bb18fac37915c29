"""What a setup carries in its buttons."""

import zoneinfo
from datetime import UTC, datetime, time

import discord
import pytest

from bot.briefings.model import Scope
from bot.errors import InvalidInputError
from bot.schedules.model import Schedule
from bot.schedules.zones import likely_zones
from commands.setup_draft import Draft, decode_draft, draft_of, encode_draft

TOPICS = tuple(f"topic-{number}" for number in range(60))
ZONES = frozenset(zoneinfo.available_timezones())
LARGEST = Draft(
    channel_id=(1 << 64) - 1,
    time="23:59",
    zone=max(ZONES, key=len),
    topics=TOPICS[:40],
    schedule_id=(1 << 31) - 1,
)


@pytest.mark.parametrize(
    "draft",
    [
        Draft(),
        Draft(1, "00:00", "America/Port-au-Prince", (6,), ("topic-7",), 12),
        Draft(1, "00:00", "Etc/GMT+5", (), (), None),
        LARGEST,
    ],
)
def test_a_draft_comes_back_as_it_went(draft: Draft) -> None:
    assert decode_draft(encode_draft(draft, TOPICS), TOPICS) == draft


def test_the_largest_fits_into_a_custom_id() -> None:
    assert len(f"setup:channel:{encode_draft(LARGEST, TOPICS)}") <= 100


def test_topics_that_changed_meanwhile_are_not_mistaken() -> None:
    state = encode_draft(Draft(topics=("a",)), ("a", "b"))
    with pytest.raises(InvalidInputError, match="use `/setup` again"):
        decode_draft(state, ("b", "a"))


def test_a_schedule_becomes_a_draft() -> None:
    at = datetime(2031, 5, 3, tzinfo=UTC)
    schedule = Schedule(7, 1, 2, time(8, 30), "Europe/Kyiv", (0,), Scope(("quota",)), 100, at, 3)
    assert draft_of(schedule) == Draft(2, "08:30", "Europe/Kyiv", (0,), ("quota",), 7)


@pytest.mark.parametrize("locale", [one.value for one in discord.Locale] + ["", "tlh"])
def test_every_language_has_zones_to_offer(locale: str) -> None:
    found = likely_zones(locale, ZONES)
    assert 15 <= len(found) <= 24
    assert len(set(found)) == len(found)
    assert set(found) <= ZONES


@pytest.mark.parametrize(("locale", "first"), [("uk", "Europe/Kyiv"), ("de", "Europe/Berlin"), ("tlh", "UTC")])
def test_the_likeliest_zone_comes_first(locale: str, first: str) -> None:
    assert likely_zones(locale, ZONES)[0] == first


def test_a_zone_that_the_machine_does_not_know_is_not_offered() -> None:
    assert likely_zones("uk", {"UTC", "Europe/Berlin"}) == ("Europe/Berlin", "UTC")
