"""/explain, /sources split and /sources join."""

import pytest

from bot.errors import InvalidInputError, StorageError
from tests.discord_offline import EPHEMERAL, GUILD, MEMBER, Offline
from tests.fake_services import FakeServices

COMMANDS = ("explain", "sources split", "sources join")


@pytest.mark.parametrize(
    ("name", "asked"), [("explain", "explain"), ("sources split", f"split by {MEMBER}"), ("sources join", "join")]
)
async def test_an_explanation_is_answered_privately(
    discord_bot: Offline, services: FakeServices, name: str, asked: str
) -> None:
    await discord_bot.command(name, article="herring")
    assert services.explanations.asked == [(asked, "herring", GUILD)]
    text = discord_bot.transport.texts()
    assert "Why: No more herring" in text
    assert "90 % of it stands in the fuller text" in text
    assert "line 1" in text
    assert discord_bot.transport.bodies("POST", "/callback")[0]["data"]["flags"] & EPHEMERAL


@pytest.mark.parametrize("name", COMMANDS)
async def test_they_are_for_admins_and_for_servers(discord_bot: Offline, services: FakeServices, name: str) -> None:
    await discord_bot.command(name, permissions=0, article="herring")
    await discord_bot.command(name, guild=False, article="herring")
    assert services.explanations.asked == []


@pytest.mark.parametrize("name", COMMANDS)
async def test_articles_are_offered_to_admins(discord_bot: Offline, services: FakeServices, name: str) -> None:
    assert await discord_bot.complete(name, "article", "no") == [{"name": "No more herring", "value": "a1"}]
    services.explanations.answer = StorageError("db", "gone")
    assert await discord_bot.complete(name, "article", "no") == []


async def test_what_can_not_be_split_is_said(discord_bot: Offline, services: FakeServices) -> None:
    services.explanations.answer = InvalidInputError("article", "No more herring", "it stands alone already")
    await discord_bot.command("sources split", article="herring")
    assert "it stands alone already" in discord_bot.transport.texts()
