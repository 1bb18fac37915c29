"""Every interaction gets an answer, by whatever way is open."""

import pytest
from discord import app_commands

from bot.errors import NotFoundError, StorageError
from commands.faults import explain_fault
from tests.discord_offline import EPHEMERAL, Fault, Offline
from tests.fake_services import FakeServices


async def test_an_unknown_command_says_what_to_do(discord_bot: Offline) -> None:
    await discord_bot.command("no such command")
    assert "Reload Discord and try again" in discord_bot.transport.texts()


async def test_before_the_reply_is_deferred_the_answer_is_private(discord_bot: Offline) -> None:
    await discord_bot.command("sources list", permissions=0)
    assert discord_bot.transport.bodies("POST", "/callback")[0]["data"]["flags"] & EPHEMERAL


async def test_an_interaction_that_came_too_late_is_logged_and_let_go(
    discord_bot: Offline, caplog: pytest.LogCaptureFixture
) -> None:
    discord_bot.transport.faults[("POST", "/callback")] = Fault(404, 10062, "Unknown interaction").error()
    await discord_bot.command("brief")
    assert "not acknowledged within three seconds" in caplog.text
    assert discord_bot.transport.bodies("PATCH", "@original") == []


async def test_an_answer_that_cant_be_given_is_logged(
    discord_bot: Offline, services: FakeServices, caplog: pytest.LogCaptureFixture
) -> None:
    services.briefs.answer = NotFoundError("topic", "x")
    discord_bot.transport.faults[("POST", "/{webhook_token}")] = Fault(503).error()
    await discord_bot.command("brief")
    assert "could not be answered" in caplog.text


async def test_a_button_that_fails_answers_too(discord_bot: Offline, services: FakeServices) -> None:
    services.briefs.answer = RuntimeError("boom")
    await discord_bot.press("page:2:b:")
    assert "Reference" in discord_bot.transport.texts()
    followup = discord_bot.transport.bodies("POST", "/webhooks/{webhook_id}/{webhook_token}")[0]
    assert followup["flags"] & EPHEMERAL


@pytest.mark.parametrize("custom_id", ["page:2:b:x", "page:2:b:99999999999:0::24h::", "old:1", "page:1:z:", "pages"])
async def test_a_button_of_another_version_is_answered_privately(discord_bot: Offline, custom_id: str) -> None:
    await discord_bot.press(custom_id)
    assert "another version of me" in discord_bot.transport.texts()
    assert str(EPHEMERAL | 1 << 15) in str(discord_bot.transport.sent[-1].body)


async def test_a_button_whose_answer_is_not_kept_any_more_says_so(discord_bot: Offline) -> None:
    await discord_bot.press("page:2:b:~0123456789abcdef0123")
    assert "The answer behind this button is gone. Ask again by command." in discord_bot.transport.texts()


async def test_a_failed_public_answer_is_taken_back_and_explained_privately(
    discord_bot: Offline, services: FakeServices
) -> None:
    services.briefs.answer = NotFoundError("topic", "x")
    await discord_bot.command("brief")
    ways = [(one.method, one.path.rsplit("/", 1)[-1]) for one in discord_bot.transport.sent[1:]]
    assert ways == [("POST", "callback"), ("DELETE", "@original"), ("POST", "{webhook_token}")]
    assert discord_bot.transport.sent[-1].body["flags"] & EPHEMERAL


async def test_where_it_can_not_be_taken_back_it_says_why(discord_bot: Offline, services: FakeServices) -> None:
    services.briefs.answer = NotFoundError("topic", "x")
    discord_bot.transport.faults[("DELETE", "@original")] = Fault(503).error()
    await discord_bot.command("brief")
    assert "no topic called" in str(discord_bot.transport.bodies("PATCH", "@original"))


async def test_a_member_in_haste_is_told_to_wait(discord_bot: Offline) -> None:
    for _ in range(9):
        await discord_bot.command("shifts")
    assert discord_bot.transport.texts().count("That was a bit fast.") == 1
    await discord_bot.command("timeline", topic="quota")  # another command
    assert discord_bot.transport.texts().count("That was a bit fast.") == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (app_commands.CommandOnCooldown(app_commands.Cooldown(1, 5), 4.4), "in 4 seconds"),
        (app_commands.CheckFailure("no"), "may not use this"),
        (app_commands.MissingPermissions(["manage_guild"]), "Manage Server"),
        (ValueError("secret"), "unexpected"),
        (StorageError("postgresql://secret.internal", "gone"), "My database"),
        (Fault(403, 50013, "secret").error(), "my rights"),
        (Fault(404, 10008, "secret").error(), "gone from Discord"),
        (Fault(503, 0, "secret").error(), "Try again in a minute"),
        (TimeoutError("secret"), "Try again in a minute"),
    ],
)
def test_errors_are_put_into_words(error: Exception, said: str) -> None:
    assert said in explain_fault(error)
    assert "secret" not in explain_fault(error)
