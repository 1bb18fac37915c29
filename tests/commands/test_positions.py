"""/positions through the real command tree."""

from dataclasses import replace

import pytest

from bot.errors import InvalidInputError
from bot.services.results import PositionsRequest
from tests.discord_offline import GUILD, Offline
from tests.fake_services import FakeServices
from tests.presentation.samples import DIGEST


async def test_what_is_asked_reaches_the_service(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("positions", actor="lind", topic="quota", as_of="2031-05-04")
    assert services.positions.asked == [PositionsRequest("lind", "quota", "2031-05-04", GUILD)]


async def test_a_position_stands_with_its_evidence_and_what_was_not_found_is_named(discord_bot: Offline) -> None:
    await discord_bot.command("positions", actor="lind")
    text = discord_bot.transport.texts()
    assert "## Mara Lind: positions" in text
    assert "### Quota\n**Opposed**" in text
    assert "> “We will not fish these waters empty,” she said.\n-# own words · Norland Post, <t:" in text
    assert "**No statement found** on Ports." in text


async def test_nothing_found_at_all_is_said(discord_bot: Offline, services: FakeServices) -> None:
    services.positions.answer = replace(DIGEST, cells=())
    await discord_bot.command("positions", actor="lind")
    assert "**No statement found**" in discord_bot.transport.texts()


async def test_neither_actor_nor_topic_is_explained(discord_bot: Offline, services: FakeServices) -> None:
    services.positions.answer = InvalidInputError("actor", "", "name an actor, a topic, or both")
    await discord_bot.command("positions")
    assert "name an actor, a topic, or both" in discord_bot.transport.texts()


@pytest.mark.parametrize(("typed", "value"), [("lin", "lind"), ("Norl", "norland")])
async def test_actors_are_completed_by_alias_too(discord_bot: Offline, typed: str, value: str) -> None:
    assert value in [choice["value"] for choice in await discord_bot.complete("positions", "actor", typed)]


async def test_topics_are_completed(discord_bot: Offline) -> None:
    assert [choice["value"] for choice in await discord_bot.complete("positions", "topic", "")] == ["quota", "ports"]
