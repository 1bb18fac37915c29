"""/prove, and *Prove* on a message, through the real command tree."""

from dataclasses import replace
from typing import Any

import pytest

from bot.briefings.proofs import LineState
from bot.errors import NotFoundError
from tests.discord_offline import BOT_USER, EPHEMERAL, MEMBER, Offline, message_data
from tests.fake_services import FakeServices
from tests.presentation.evidence_samples import EDITION, NOON, PROOF, SHORT

LINE = "“We will not fish these waters empty,” she said."


def answer_with_edition() -> dict[str, Any]:
    """A message of ours whose button names an edition."""
    button = {"type": 2, "style": 2, "label": "Prove", "custom_id": "lines:S-00000001"}
    return message_data({"components": [{"type": 1, "components": [button]}], "flags": 1 << 15})


def answer_of_an_earlier_version() -> dict[str, Any]:
    """The same in the small print."""
    text = {"type": 10, "content": "-# Prove a line: `/prove edition:S-00000001 line:1`"}
    return message_data({"components": [{"type": 17, "components": [text]}], "flags": 1 << 15})


def menus_of(offline: Offline) -> list[dict[str, Any]]:
    """The menus of the last answer."""
    body = offline.transport.bodies("PATCH", "@original")[-1]
    return [part["components"][0] for part in body["components"] if part["type"] == 1]


async def test_a_proof_names_everything_and_only_the_asker_sees_it(
    discord_bot: Offline, services: FakeServices
) -> None:
    await discord_bot.command("prove", edition="S-00000001", line=1)
    assert services.proofs.asked == [("S-00000001", 1)]
    assert discord_bot.transport.bodies("POST", "/callback")[0]["data"]["flags"] & EPHEMERAL
    text = discord_bot.transport.texts()
    for part in (f"> {LINE}", "character by character", "Norland Post", "ab" * 32, "cue:said", "a copy"):
        assert part in text
    assert "> Her neighbours disagreed." in text


async def test_a_line_that_is_gone_is_not_repeated(discord_bot: Offline, services: FakeServices) -> None:
    services.proofs.proof = replace(PROOF, state=LineState.WITHDRAWN, before=None, after=None, statements=())
    await discord_bot.command("prove", edition="S-00000001", line=1)
    assert "Withdrawn" in discord_bot.transport.texts()
    assert LINE not in discord_bot.transport.texts()


async def test_an_edition_that_is_not_there_is_explained(discord_bot: Offline, services: FakeServices) -> None:
    services.proofs.proof = NotFoundError("edition", "B-0", ["B-1a2b3c4d"])
    await discord_bot.command("prove", edition="B-0")
    assert "There is no edition called “B-0”. Did you mean “B-1a2b3c4d”?" in discord_bot.transport.texts()


@pytest.mark.parametrize("typed", ["", "b-1a", "1A2B", "brief"])
async def test_recent_editions_are_completed(discord_bot: Offline, services: FakeServices, typed: str) -> None:
    services.names.learn_edition("B-1a2b3c4d", "briefing", NOON)
    choices = await discord_bot.complete("prove", "edition", typed)
    assert choices == [{"name": "B-1a2b3c4d (briefing, 2031-05-04 12.00 UTC)", "value": "B-1a2b3c4d"}]


async def test_the_menu_reads_the_edition_of_the_message_and_offers_its_lines(
    discord_bot: Offline, services: FakeServices
) -> None:
    await discord_bot.use_on("Prove", answer_with_edition())
    assert services.proofs.asked == [("S-00000001", 0)]
    (menu,) = menus_of(discord_bot)
    assert menu["custom_id"] == f"prove:{EDITION.id}:0"
    assert [option["value"] for option in menu["options"]] == ["1", "2"]
    assert menu["options"][0]["label"] == "1 · Norland Post, Ida Berg, 3 May 2031"
    assert menu["options"][0]["description"] == LINE
    assert "All 2 lines stand in the stored articles" in discord_bot.transport.texts()


async def test_lines_that_are_gone_are_counted_and_not_repeated(discord_bot: Offline, services: FakeServices) -> None:
    services.proofs.state = LineState.CHANGED
    await discord_bot.use_on("Prove", answer_with_edition())
    assert "Of 2 lines these do not stand any more: 1, 2." in discord_bot.transport.texts()
    assert LINE not in str(discord_bot.transport.sent)


async def test_an_edition_of_one_line_is_proved_at_once(discord_bot: Offline, services: FakeServices) -> None:
    services.proofs.kept = SHORT
    await discord_bot.use_on("Prove", answer_with_edition())
    assert services.proofs.asked[-1] == (SHORT.id, 1)
    assert "Line 1 of" in discord_bot.transport.texts()


async def test_more_lines_than_a_menu_holds(discord_bot: Offline, services: FakeServices) -> None:
    services.proofs.kept = replace(EDITION, lines=EDITION.lines * 60)
    await discord_bot.use_on("Prove", answer_with_edition())
    menus = menus_of(discord_bot)
    assert [len(menu["options"]) for menu in menus] == [25] * 4
    assert [menu["placeholder"] for menu in menus][-1] == "Lines 76 to 100"


async def test_a_chosen_line_is_proved_in_a_message_of_its_own(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.choose("prove:S-00000001:3", "77")
    assert services.proofs.asked == [("S-00000001", 77)]
    deferred = discord_bot.transport.bodies("POST", "/callback")[-1]
    assert (deferred["type"], deferred["data"]["flags"]) == (5, EPHEMERAL)


@pytest.mark.parametrize(
    "message",
    [
        answer_with_edition()
        | {"author": {"id": str(MEMBER), "username": "ida", "discriminator": "0", "avatar": None}},
        message_data({}, author=BOT_USER),
    ],
    ids=["a stranger's", "ours without lines"],
)
async def test_only_our_own_answers_can_be_proved(
    discord_bot: Offline, services: FakeServices, message: dict[str, Any]
) -> None:
    await discord_bot.use_on("Prove", message)
    assert services.proofs.asked == []
    assert "choose an answer of mine" in discord_bot.transport.texts()
