"""Which process delivers what."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.briefings.model import Scope
from bot.errors import InvalidInputError
from bot.schedules.due import Due
from bot.schedules.model import Occurrence, Schedule
from bot.schedules.sharding import ALL_SHARDS, Share, parse_shards

NOW = datetime(2031, 5, 3, 8, tzinfo=UTC)
LEASE = timedelta(minutes=5)


def due(number: int, shard: int, behind: timedelta) -> Due:
    guild = (shard + 2 * number) << 22  # of two shards
    schedule = Schedule(number, guild, 1, time(8), "UTC", (0,), Scope(), None, NOW - timedelta(days=9), 1)
    return Due(schedule, Occurrence(number, date(2031, 5, 3), "08:00", NOW - behind), False, False, False)


def numbers(share: Share, found: list[Due]) -> list[int]:
    return [one.schedule.id for one in share.due_here(found, NOW, LEASE)]


@pytest.mark.parametrize(
    ("words", "count", "share"),
    [
        ("", None, ALL_SHARDS),
        (" ", 4, Share(None, 4)),
        ("0", 1, Share(frozenset({0}), 1)),
        ("0, 2-3", 4, Share(frozenset({0, 2, 3}), 4)),
    ],
)
def test_shards_as_they_are_written(words: str, count: int | None, share: Share) -> None:
    assert parse_shards(words, count) == share


@pytest.mark.parametrize(
    ("words", "count", "reason"),
    [
        ("0", None, "SHARD_COUNT"),
        ("2", 2, "from 0 to 1"),
        ("a", 2, "numbers"),
        ("1-", 2, "numbers"),
        ("1-0", 2, "from"),
    ],
)
def test_shards_that_cant_be(words: str, count: int | None, reason: str) -> None:
    with pytest.raises(InvalidInputError, match=reason):
        parse_shards(words, count)


@pytest.mark.parametrize("guild", [0, 1 << 22, 613425648685547541, 81384788765712384, (1 << 63) - 1])
def test_a_server_is_of_one_process_whatever_its_id(guild: int) -> None:
    shares = [Share(frozenset({shard}), 3) for shard in range(3)]
    assert sum(share.is_own(guild) for share in shares) == 1
    assert shares[(guild >> 22) % 3].is_own(guild)
    assert ALL_SHARDS.is_own(guild)


def test_the_parts_of_all_processes_are_the_whole() -> None:
    assert ALL_SHARDS.part == 1
    assert Share(None, 4).part == 1
    assert Share(frozenset({0, 1, 2}), 4).part + Share(frozenset({3}), 4).part == 1


def test_own_ones_come_first_and_others_only_after_a_lease() -> None:
    fresh, stale = timedelta(0), LEASE
    found = [due(1, 1, stale), due(2, 1, LEASE - timedelta(seconds=1)), due(3, 0, fresh), due(4, 0, stale)]
    assert numbers(Share(frozenset({0}), 2), found) == [3, 4, 1]
    assert numbers(Share(frozenset({1}), 2), found) == [1, 2, 4]
    assert numbers(ALL_SHARDS, found) == [1, 2, 3, 4]
