"""A bot without a network for every command's test. Whatever it sends is held to Discord's limits at the end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.discord_limits import check_limits
from tests.discord_offline import Offline
from tests.fake_services import FakeMemory, FakeServices


@asynccontextmanager
async def started(services: FakeServices) -> AsyncIterator[Offline]:
    """A bot with these services, its commands registered."""
    offline = Offline(services.as_services(), FakeMemory())
    await offline.start()
    try:
        yield offline
    finally:
        await offline.stop()


@pytest.fixture
def services() -> FakeServices:
    """What the commands are given."""
    return FakeServices()


@pytest.fixture
async def discord_bot(services: FakeServices) -> AsyncIterator[Offline]:
    """The bot, its commands registered."""
    async with started(services) as offline:
        yield offline
    for sent in offline.transport.sent:
        check_limits(sent)
