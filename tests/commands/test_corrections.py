"""*Report* by button and on a message, and /corrections."""

import asyncio
from dataclasses import replace
from typing import Any, Never

import pytest

from bot.errors import NotFoundError, StorageError
from bot.services.correction_ports import Reason
from bot.services.corrections import Decision
from tests.commands.test_proofs import answer_with_edition
from tests.discord_offline import EPHEMERAL, GUILD, MANAGE_SERVER, MEMBER, Offline
from tests.fake_services import FakeServices
from tests.presentation.evidence_samples import EDITION


def modal_of(offline: Offline) -> dict[str, Any]:
    """The form that was opened."""
    answer = offline.transport.bodies("POST", "/callback")[-1]
    assert answer["type"] == 9
    data: dict[str, Any] = answer["data"]
    return data


def fields_of(modal: dict[str, Any]) -> dict[str, Any]:
    return {row["component"]["custom_id"]: row["component"] for row in modal["components"]}


@pytest.mark.parametrize("by_menu", [False, True])
async def test_report_opens_a_form_with_the_lines_and_the_reasons(discord_bot: Offline, by_menu: bool) -> None:
    if by_menu:
        await discord_bot.use_on("Report", answer_with_edition())
    else:
        await discord_bot.press(f"report:{EDITION.id}")
    modal = modal_of(discord_bot)
    fields = fields_of(modal)
    assert modal["custom_id"] == f"reported:{EDITION.id}"
    assert [option["value"] for option in fields["line"]["options"]] == ["1", "2"]
    assert [option["value"] for option in fields["reason"]["options"]] == ["speaker", "stance", "text", "other"]
    assert fields["note"]["required"] is False


async def test_of_many_lines_the_number_is_typed(discord_bot: Offline, services: FakeServices) -> None:
    services.proofs.kept = replace(EDITION, lines=EDITION.lines * 60)
    await discord_bot.press(f"report:{EDITION.id}")
    assert fields_of(modal_of(discord_bot))["line"]["type"] == 4


async def test_a_slow_or_broken_database_does_not_keep_the_form_waiting(
    discord_bot: Offline, services: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.corrections._PATIENCE", 0.01)
    opened: list[bool] = []

    async def slow(*_: object) -> Never:
        while not discord_bot.transport.bodies("POST", "/callback"):  # noqa: ASYNC110  # the transport sets no event
            await asyncio.sleep(0.01)
        opened.append(True)
        raise StorageError("database", "it answers too late")

    async def broken(*_: object) -> Never:
        raise StorageError("database", "no answer")

    for fault in (slow, broken):
        monkeypatch.setattr(services.proofs, "check", fault)
        await discord_bot.press(f"report:{EDITION.id}")
        modal = modal_of(discord_bot)
        assert fields_of(modal)["line"]["type"] == 4
        assert modal["custom_id"] == f"reported:{EDITION.id}"
    assert opened == [True]


async def test_an_edition_that_is_not_there_is_said_at_once(discord_bot: Offline, services: FakeServices) -> None:
    async def missing(*_: object) -> Never:
        raise NotFoundError("edition", EDITION.id)

    services.proofs.check = missing  # type: ignore[assignment,method-assign]  # a stand-in for this case
    await discord_bot.press(f"report:{EDITION.id}")
    assert "There is no" in discord_bot.transport.texts()


async def test_what_is_sent_in_waits_in_the_queue(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.submit(f"reported:{EDITION.id}", line="2", reason="stance", note="the opposite")
    assert services.corrections.asked == [("report", EDITION.id, 2, Reason.STANCE, "the opposite", GUILD, MEMBER)]
    assert "Reported as No. 7" in discord_bot.transport.texts()
    assert discord_bot.transport.bodies("POST", "/callback")[0]["data"]["flags"] & EPHEMERAL


async def test_a_line_that_is_no_number_is_refused(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.submit(f"reported:{EDITION.id}", line="two", reason="other", note="")
    assert services.corrections.asked == []
    assert "give a line's number" in discord_bot.transport.texts()


async def test_anybody_may_see_what_was_put_right_and_content_pings_nobody(
    discord_bot: Offline, services: FakeServices
) -> None:
    await discord_bot.command("corrections list")
    assert services.corrections.asked == [("list", GUILD)]
    text = discord_bot.transport.texts()
    assert "speaker: Norland" in text
    assert "wrong speaker: it was the other one; for everybody" in text
    assert "\\@everyone \\*not\\*" in text


@pytest.mark.parametrize(
    ("name", "options", "asked"),
    [
        ("corrections queue", {}, ("queue", GUILD)),
        (
            "corrections accept",
            {"number": 7, "speaker": "Norland"},
            ("accept", 7, Decision("Norland"), GUILD, MEMBER),
        ),
        (
            "corrections accept",
            {"number": 7, "withdraw": True},
            ("accept", 7, Decision(withdrawn=True), GUILD, MEMBER),
        ),
        ("corrections reject", {"number": 7}, ("reject", 7, GUILD, MEMBER)),
        ("corrections export", {}, ("export", GUILD)),
    ],
)
async def test_queue_and_decisions_are_for_admins(
    discord_bot: Offline, services: FakeServices, name: str, options: dict[str, Any], asked: tuple[object, ...]
) -> None:
    await discord_bot.command(name, permissions=0, **options)
    await discord_bot.command(name, guild=False, **options)
    assert services.corrections.asked == []
    await discord_bot.command(name, permissions=MANAGE_SERVER, **options)
    assert services.corrections.asked == [asked]


async def test_speakers_are_offered_with_nobody_first(discord_bot: Offline) -> None:
    choices = await discord_bot.complete("corrections accept", "speaker", "no")
    assert [choice["value"] for choice in choices] == ["nobody", "norland"]
