"""Stores of both kinds: the fakes in memory and the real ones on SQLite. What uses them must not tell them apart."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.services.ports import Deliveries, Schedules
from bot.storage.database import open_database
from tests.services.fakes import MemoryDeliveries, MemorySchedules


@dataclass(frozen=True, slots=True)
class Stores:
    """The two stores that schedules need."""

    schedules: Schedules
    deliveries: Deliveries


@pytest.fixture(params=["memory", "sqlite"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    if request.param == "memory":
        schedules = MemorySchedules()
        yield Stores(schedules, MemoryDeliveries(schedules))
        return
    database = await open_database(f"sqlite+aiosqlite:///{tmp_path / 'attache.db'}")
    try:
        yield Stores(database.schedules, database.deliveries)
    finally:
        await database.close()
