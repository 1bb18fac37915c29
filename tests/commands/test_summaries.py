"""/summarize and *Summarize* through the real command tree."""

from typing import Any

import pytest

from bot.errors import InvalidInputError
from bot.presentation.escaping import escape
from tests.discord_offline import EPHEMERAL, GUILD, MEMBER, Offline, attachment_data, message_data
from tests.fake_services import FakeServices
from tests.presentation.samples import LATER

LINK = "https://coast.example/2"
LONG = "One more word about herring. " * 12


async def test_a_link_is_summed_up_with_its_citation(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("summarize", link=LINK, sentences=3)
    assert services.summaries.asked == [("link", LINK, 3)]
    text = discord_bot.transport.texts()
    assert f"> {escape(LATER)}" in text
    assert f"(<{LINK}>)" in text
    assert "1 of 9 sentences, word for word" in text


async def test_a_text_and_a_file_are_summed_up(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("summarize", text="Words.", private=True)
    file = attachment_data(discord_bot.transport, b"Words.", filename="notes.md")
    await discord_bot.command("summarize", file=file, guild=False)
    assert services.summaries.asked == [("text", "Words.", 5), ("file", "notes.md", b"Words.", 5)]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "link is missing: give one of link, text and file"),
        ({"link": LINK, "text": "Words."}, "give only one of link, text and file"),
    ],
)
async def test_exactly_one_thing_is_taken(
    discord_bot: Offline, services: FakeServices, options: dict[str, Any], said: str
) -> None:
    await discord_bot.command("summarize", **options)
    assert said in discord_bot.transport.texts()
    assert services.summaries.asked == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"filename": "a.exe"}, "it must be text"), ({"filename": "a.txt", "size": 1_000_001}, "larger than 1 MB")],
)
async def test_a_file_that_can_not_be_read_is_not_even_fetched(
    discord_bot: Offline, services: FakeServices, changes: dict[str, Any], said: str
) -> None:
    file = attachment_data(discord_bot.transport, b"x", **changes)
    discord_bot.transport.attachments.clear()
    await discord_bot.command("summarize", file=file)
    assert said in discord_bot.transport.texts()
    assert services.summaries.asked == []


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ({"content": f"look: <{LINK}>!"}, ("link", LINK, 5)),
        ({"content": f"{LINK}, and {LINK}/3"}, ("link", LINK, 5)),
        ({"content": LONG + LINK}, ("text", LONG + LINK, 5)),
        ({"content": "Short."}, ("text", "Short.", 5)),
        ({"attachments": True}, ("file", "talk.txt", b"Words.", 5)),
        ({"content": "See this", "attachments": True}, ("file", "talk.txt", b"Words.", 5)),
    ],
)
async def test_a_message_gives_its_text_its_link_or_its_file(
    discord_bot: Offline, services: FakeServices, message: dict[str, Any], asked: tuple[object, ...]
) -> None:
    if "attachments" in message:
        message = message | {"attachments": [attachment_data(discord_bot.transport, b"Words.", filename="talk.txt")]}
    await discord_bot.use_on("Summarize", message_data({}, author=MEMBER) | message)
    assert services.summaries.asked == [asked]
    assert discord_bot.transport.bodies("POST", "/callback")[0]["data"]["flags"] == EPHEMERAL


async def test_an_empty_message_is_told_so(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.use_on("Summarize", message_data({}, author=MEMBER))
    assert "choose one with a text, a link or a file" in discord_bot.transport.texts()
    assert services.summaries.asked == []


async def test_a_page_that_is_no_article_is_told_to_who_asked_alone(
    discord_bot: Offline, services: FakeServices
) -> None:
    services.summaries.answer = InvalidInputError("link", LINK, "the page is an index: 9 headlines")
    await discord_bot.command("summarize", link=LINK)
    (told,) = discord_bot.transport.bodies("POST", "/{webhook_token}")
    assert told["flags"] & EPHEMERAL
    assert "the page is an index" in str(told)
    assert "DELETE" in [one.method for one in discord_bot.transport.sent]


@pytest.mark.parametrize("name", ["summarize", "sources reload", "grid"])
async def test_of_two_heavy_jobs_in_a_server_the_second_waits(
    discord_bot: Offline, services: FakeServices, name: str
) -> None:
    options: dict[str, Any] = {"link": LINK} if name == "summarize" else {}
    with services.jobs.running(GUILD, "/sources import"):
        await discord_bot.command(name, **options)
        assert "/sources import is still at work here" in discord_bot.transport.texts()
        await discord_bot.command("summarize", link=LINK, guild=False)  # somebody else, elsewhere
    await discord_bot.command(name, **options)
    assert discord_bot.transport.texts().count("is still at work") == 1
