"""What the gateway tells of servers' languages is stored, and a store that fails harms nothing."""

import asyncio
import logging
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import pytest

from bot.errors import StorageError
from bot.gateway.languages import keep_languages
from tests.commands.conftest import started
from tests.fake_services import FakeServices


async def heard(bot: Any, event: str, *facts: object) -> None:
    """The event comes, and all that it sets off has ended."""
    before = asyncio.all_tasks()
    bot.dispatch(event, *facts)
    while after := asyncio.all_tasks() - before:
        await asyncio.wait(after)


def guild(number: int, language: str) -> Any:
    return SimpleNamespace(id=number, preferred_locale=language)


async def test_a_change_of_language_is_stored_and_other_changes_are_not() -> None:
    services = FakeServices()
    async with started(services) as offline:
        keep_languages(offline.bot, services.source_news.learn_languages)
        await heard(offline.bot, "ready")
        assert services.source_news.heard == {}
        await heard(offline.bot, "guild_update", guild(7, "en-US"), guild(7, "en-US"))
        assert services.source_news.heard == {}
        await heard(offline.bot, "guild_update", guild(7, "en-US"), guild(7, "de"))
    assert services.source_news.heard == {7: "de"}


async def test_a_store_that_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(_: Mapping[int, str]) -> None:
        raise StorageError("database", "no answer")

    async with started(FakeServices()) as offline:
        keep_languages(offline.bot, broken)
        with caplog.at_level(logging.WARNING):
            await heard(offline.bot, "ready")
    assert "could not be stored" in caplog.text
