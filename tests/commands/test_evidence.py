"""/compare, /quotes, /timeline and /shifts through the real command tree."""

from dataclasses import replace
from typing import Any

import pytest

from bot.services.results import CompareRequest, QuotesRequest, ShiftsRequest, TimelineRequest
from tests.discord_offline import GUILD, Offline
from tests.fake_services import FakeServices
from tests.presentation.evidence_samples import LEDGER, QUOTES


@pytest.mark.parametrize(
    ("command", "options", "request_"),
    [
        ("compare", {"first": "lind", "second": "norland"}, CompareRequest("lind", "norland", guild_id=GUILD)),
        (
            "compare",
            {"first": "lind", "second": "norland", "topic": "quota"},
            CompareRequest("lind", "norland", "quota", guild_id=GUILD),
        ),
        ("quotes", {"actor": "lind"}, QuotesRequest("lind", guild_id=GUILD)),
        (
            "quotes",
            {"text": "waters empty", "topic": "quota"},
            QuotesRequest(None, "waters empty", "quota", guild_id=GUILD),
        ),
        ("quotes", {}, QuotesRequest(guild_id=GUILD)),
        ("timeline", {"topic": "quota"}, TimelineRequest(None, "quota", guild_id=GUILD)),
        ("shifts", {}, ShiftsRequest("all", guild_id=GUILD)),
        ("shifts", {"since": "30d"}, ShiftsRequest("30d", guild_id=GUILD)),
    ],
)
async def test_what_is_asked_reaches_the_service(
    discord_bot: Offline, services: FakeServices, command: str, options: dict[str, Any], request_: object
) -> None:
    await discord_bot.command(command, **options)
    assert services.evidence.asked == [request_]


async def test_a_quote_stands_as_the_source_has_it_with_speaker_place_number_and_count(discord_bot: Offline) -> None:
    await discord_bot.command("quotes", actor="lind")
    text = discord_bot.transport.texts()
    assert "> “We will not fish these waters empty,” she said.\n-# \\[1\\] Mara Lind · Norland Post" in text
    assert "also in Coast Herald · 2 articles, 1 independent story" in text


async def test_what_is_not_counted_as_a_shift_says_why(discord_bot: Offline) -> None:
    await discord_bot.command("shifts")
    text = discord_bot.transport.texts()
    assert "Not counted as a shift" in text
    assert "two who speak for the same side" in text


async def test_two_side_by_side_and_where_neither_was_found_to_speak(discord_bot: Offline) -> None:
    await discord_bot.command("compare", first="lind", second="norland")
    text = discord_bot.transport.texts()
    assert "**Quota**: opposite sides" in text
    assert "No statement of either found in 2 articles on: Ports" in text


@pytest.mark.parametrize(
    ("command", "options", "edition"),
    [
        ("compare", {"first": "lind", "second": "norland"}, "C-00000001"),
        ("quotes", {"actor": "lind"}, "Q-00000001"),
        ("timeline", {"actor": "lind"}, "T-00000001"),
        ("shifts", {}, "S-00000001"),
    ],
)
async def test_every_page_says_how_to_prove_a_line(
    discord_bot: Offline, services: FakeServices, command: str, options: dict[str, Any], edition: str
) -> None:
    services.evidence.found = replace(QUOTES, sayings=QUOTES.sayings * 80)
    services.evidence.ledger = replace(LEDGER, shifts=LEDGER.shifts * 30)
    await discord_bot.command(command, **options)
    for body in discord_bot.transport.bodies("PATCH", "@original"):
        assert f"Edition {edition}" in str(body)
        assert f"lines:{edition}" in str(body)


async def test_pages_are_turned_after_a_restart_too(discord_bot: Offline, services: FakeServices) -> None:
    services.evidence.found = replace(QUOTES, sayings=QUOTES.sayings * 80)
    await discord_bot.press("page:2:q:p=lind&x=a%3Ab+%26")
    assert services.evidence.asked == [QuotesRequest("lind", "a:b &", None, guild_id=GUILD)]
    assert "Page 2 of" in discord_bot.transport.texts()


@pytest.mark.parametrize(
    ("command", "option"), [("compare", "first"), ("compare", "second"), ("quotes", "actor"), ("timeline", "actor")]
)
async def test_actors_are_completed(discord_bot: Offline, command: str, option: str) -> None:
    assert [choice["value"] for choice in await discord_bot.complete(command, option, "mara")] == ["lind"]


@pytest.mark.parametrize("command", ["compare", "quotes", "timeline"])
async def test_topics_are_completed(discord_bot: Offline, command: str) -> None:
    assert [choice["value"] for choice in await discord_bot.complete(command, "topic", "")] == ["quota", "ports"]
