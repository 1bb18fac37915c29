"""Changes that admins made, in both databases and in the fake."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.services.audit import KEPT, MOST_SHOWN, AuditEntry, AuditLog, AuditService
from bot.storage.database import Database
from tests.services.fake_audit import MemoryAudit
from tests.services.fakes import FakeClock

DAY = datetime(2031, 5, 3, 12, tzinfo=UTC)
GUILD, OTHER, IDA, OLE = 1 << 62, 2, 7, 8


@pytest.fixture(params=["fake", "stored"])
def log(request: pytest.FixtureRequest, database: Database) -> AuditLog:
    return MemoryAudit() if request.param == "fake" else database.audit


def entry(minutes: int, guild: int = GUILD, member: int | None = IDA) -> AuditEntry:
    return AuditEntry(DAY + timedelta(minutes=minutes), guild, member, "schedule add", f"time: {minutes}")


async def test_the_newest_of_a_server_come_first_and_no_others(log: AuditLog) -> None:
    for one in (entry(1), entry(3), entry(2), entry(4, OTHER)):
        await log.add(one)
    assert await log.newest(GUILD, 2) == (entry(3), entry(2))
    assert await log.newest(OTHER, 9) == (entry(4, OTHER),)
    assert await log.newest(3, 9) == ()


async def test_old_ones_go(log: AuditLog) -> None:
    for minutes in (1, 2, 3):
        await log.add(entry(minutes))
    assert await log.prune(DAY + timedelta(minutes=2)) == 1
    assert await log.newest(GUILD, 9) == (entry(3), entry(2))


async def test_a_member_is_forgotten_and_what_was_done_stays(log: AuditLog) -> None:
    for one in (entry(1), entry(2, OTHER), entry(3, GUILD, OLE)):
        await log.add(one)
    assert await log.forget_member(IDA) == 2
    assert await log.forget_member(IDA) == 0
    assert await log.newest(GUILD, 9) == (entry(3, GUILD, OLE), entry(1, GUILD, None))
    assert await log.newest(OTHER, 9) == (entry(2, OTHER, None),)


async def test_a_year_is_kept(log: AuditLog) -> None:
    clock = FakeClock()
    service = AuditService(log, clock)
    await service.record(GUILD, IDA, "schedule add", "x" * 5000)
    clock.now += KEPT
    await service.record(GUILD, IDA, "schedule remove", "")
    assert [one.action for one in await service.newest(GUILD)] == ["schedule remove", "schedule add"]
    assert all(len(one.detail) <= 300 for one in await service.newest(GUILD))
    clock.now += timedelta(seconds=1)
    await service.record(GUILD, IDA, "schedule pause", "")
    assert [one.action for one in await service.newest(GUILD)] == ["schedule pause", "schedule remove"]


async def test_no_more_are_shown_than_can_be_read(log: AuditLog) -> None:
    service = AuditService(log, FakeClock())
    for number in range(MOST_SHOWN + 5):
        await service.record(GUILD, IDA, "schedule add", str(number))
    assert len(await service.newest(GUILD)) == MOST_SHOWN
