"""The console over real services, on a small world in a database in memory."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.services.app import Services
from bot.wiring import open_app
from config.settings import load_settings
from tests.worlds import World, write_world


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A dossier and its articles; nothing else on the machine is seen."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite://")
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    return write_world(tmp_path)


@pytest.fixture
async def services(world: World) -> AsyncIterator[Services]:
    """Everything the console needs, not loaded yet."""
    app = await open_app(load_settings(dossier=world.dossier))
    yield app.services
    await app.close()
