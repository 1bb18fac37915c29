"""A note on a post that is out: its text and buttons stay, nobody is pinged."""

import json
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.errors import DeliveryRejectedError
from bot.gateway.amender import DiscordAmender, with_note
from bot.presentation.discord_messages import notice_view
from bot.services.correction_ports import Note, Post
from tests.commands.conftest import started
from tests.discord_limits import check_message
from tests.discord_offline import BOT_USER, CHANNEL, GUILD, Fault, message_data
from tests.fake_services import CORRECTION, FakeServices
from tests.presentation.samples import DAY, DOSSIER

POST = Post(5000, CHANNEL, GUILD, "B-1a2b3c4d", "en", DAY)
ONE_LINE = Note(replace(CORRECTION, overrides=()), (1,))
TWO = Note(replace(CORRECTION, number=8, overrides=()), (2,))
NOTED = "Line 1 is corrected (report No. 7): speaker: Norland."
ONE = "/channels/{channel_id}/messages/{message_id}"


def body(*paragraphs: str, filled: int = 0) -> dict[str, Any]:
    """A message of ours as Discord has it; its first text is `filled` up to so many characters."""
    view = notice_view("Briefing", *paragraphs)
    button: discord.ui.Button[Any] = discord.ui.Button(label="Prove", custom_id="lines:B-1a2b3c4d")
    view.add_item(discord.ui.ActionRow(button))
    parts: Any = view.to_components()  # type: ignore[no-untyped-call]  # the library's
    first = parts[0]["components"][0]
    first["content"] = first["content"].ljust(filled, "x")
    return message_data({"components": json.loads(json.dumps(parts)), "flags": 1 << 15}, author=BOT_USER)


async def noted(*paragraphs: str, filled: int = 0) -> discord.ui.LayoutView | None:
    """What becomes of a message."""
    async with started(FakeServices()) as offline:
        channel = offline.bot.get_partial_messageable(CHANNEL)
        message = discord.Message(state=offline.bot._connection, channel=channel, data=body(*paragraphs, filled=filled))  # type: ignore[arg-type]  # as Discord sends it
        return with_note(message, "-# ✎ Corrected, line 1")


async def test_the_note_stands_beneath_and_everything_else_stays() -> None:
    view = await noted("One.", "Two.")
    assert view is not None
    parts: Any = view.to_components()  # type: ignore[no-untyped-call]  # the library's
    check_message({"components": parts, "flags": 1 << 15, "allowed_mentions": {"parse": []}})
    texts = [part["content"] for part in parts[0]["components"] if part["type"] == 10]
    assert texts[-1] == "-# ✎ Corrected, line 1"
    assert "One." in "\n".join(texts[:-1])
    assert parts[1]["components"][0]["custom_id"] == "lines:B-1a2b3c4d"


async def test_where_there_is_no_room_it_is_told_otherwise() -> None:
    assert await noted("One.", filled=3985) is None


async def test_a_note_that_stands_there_is_not_written_again() -> None:
    async with started(FakeServices()) as offline:
        offline.transport.message = body("One.", f"-# ✎ {NOTED}")
        amender = DiscordAmender(offline.bot, DOSSIER)
        await amender.amend(POST, [ONE_LINE])
        await amender.amend(POST, [ONE_LINE, TWO])
        (edit,) = offline.transport.bodies("PATCH", ONE)
    written = json.dumps(edit, ensure_ascii=False)
    assert written.count("Line 1 is corrected") == written.count("Line 2 is corrected") == 1


async def test_a_note_is_in_the_posts_language() -> None:
    async with started(FakeServices()) as offline:
        offline.transport.message = body("One.")
        await DiscordAmender(offline.bot, DOSSIER).amend(replace(POST, language="uk"), [ONE_LINE])
        (edit,) = offline.transport.bodies("PATCH", ONE)
    assert "-# ✎ Рядок 1" in json.dumps(edit, ensure_ascii=False)


async def test_a_post_that_is_gone_is_said_to_be_gone() -> None:
    async with started(FakeServices()) as offline:
        offline.transport.faults["GET", ONE] = Fault(404, 10008).error()
        with pytest.raises(DeliveryRejectedError):
            await DiscordAmender(offline.bot, DOSSIER).amend(POST, [ONE_LINE])
