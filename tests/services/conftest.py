"""Stores of both kinds: the fakes in memory and the real ones on SQLite. What uses them must not tell them apart."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.services.channel_memory import ChannelMemory
from bot.services.newsroom import Newsroom
from bot.services.schedule_ports import Deliveries, Schedules, Tellings, Troubles
from bot.storage.database import open_database
from tests.services.fakes import MemoryDeliveries, MemorySchedules, MemoryTroubles, NoEditions


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores that schedules need."""

    schedules: Schedules
    deliveries: Deliveries
    tellings: Tellings
    troubles: Troubles

    def newsroom(self, clock: Callable[[], datetime]) -> Newsroom:
        """Over these stores; what editions say matters to nobody here."""
        return Newsroom(memory=ChannelMemory(self.tellings, NoEditions()), deliveries=self.deliveries, clock=clock)


def stores_in_memory() -> Stores:
    """The fakes alone."""
    schedules = MemorySchedules()
    deliveries = MemoryDeliveries(schedules)
    return Stores(schedules, deliveries, deliveries.tellings, MemoryTroubles())


@pytest.fixture(params=["memory", "sqlite"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    if request.param == "memory":
        yield stores_in_memory()
        return
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'attache.db'}")
    try:
        yield Stores(database.schedules, database.deliveries, database.tellings, database.troubles)
    finally:
        await database.close()
