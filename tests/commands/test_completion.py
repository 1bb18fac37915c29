"""While somebody types, there is an answer in time, whatever the database does."""

import asyncio
from typing import Any

import pytest

from bot.errors import StorageError
from commands import completion
from tests.discord_offline import Offline
from tests.fake_services import FakeServices

TYPED = [("schedule edit", "number"), ("explain", "article"), ("sources split", "article")]


@pytest.mark.parametrize(("command", "option"), TYPED)
async def test_a_database_that_does_not_answer_offers_nothing_in_time(
    discord_bot: Offline, command: str, option: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(completion, "PATIENCE", 0.01)
    ended = []

    async def hang(*_: object) -> Any:
        while not discord_bot.transport.bodies("POST", "/callback"):  # noqa: ASYNC110  # the transport sets no event
            await asyncio.sleep(0.01)
        ended.append(command)
        return ()

    monkeypatch.setattr(discord_bot.services.schedules, "list", hang)
    monkeypatch.setattr(discord_bot.services.explanations, "suggest", hang)
    assert await discord_bot.complete(command, option, "x") == []
    assert "takes too long" in caplog.text
    assert ended == [command]  # it was not called off


@pytest.mark.parametrize("error", [StorageError("db", "gone"), ValueError("a bug")])
@pytest.mark.parametrize(("command", "option"), TYPED)
async def test_a_database_that_fails_offers_nothing(  # noqa: PLR0917  # fixtures
    discord_bot: Offline,
    command: str,
    option: str,
    error: Exception,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail(*_: object) -> Any:
        raise error

    monkeypatch.setattr(discord_bot.services.schedules, "list", fail)
    monkeypatch.setattr(discord_bot.services.explanations, "suggest", fail)
    assert await discord_bot.complete(command, option, "x") == []
    assert "completion failed" in caplog.text
    assert ("Traceback" in caplog.text) is isinstance(error, ValueError)


async def test_what_the_store_finds_is_offered(discord_bot: Offline, services: FakeServices) -> None:
    assert await discord_bot.complete("explain", "article", "x") != []
    assert services.explanations.asked == []
