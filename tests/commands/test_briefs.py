"""/brief through the real command tree."""

from dataclasses import replace

import pytest

from bot.errors import InvalidInputError, NotFoundError, StorageError
from bot.presentation.escaping import escape
from tests.discord_offline import Offline
from tests.fake_services import FakeServices
from tests.presentation.samples import BRIEFING


async def test_the_reply_is_deferred_first_and_filled_in_after(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("brief", topic="quota", since="7d", words=200)
    asked = services.briefs.asked[0]
    assert (asked.topics, asked.since, asked.words) == (("quota",), "7d", 200)
    answers = [(one.method, one.path.rsplit("/", 1)[-1]) for one in discord_bot.transport.sent[1:]]
    assert answers == [("POST", "callback"), ("PATCH", "@original")]
    assert discord_bot.transport.bodies("POST", "/callback")[0] == {"type": 5}
    text = discord_bot.transport.texts()
    for item in BRIEFING.items:
        assert f"> {escape(item.text)}" in text


async def test_it_answers_in_direct_messages_to_anybody(discord_bot: Offline) -> None:
    await discord_bot.command("brief", guild=False, permissions=0)
    assert BRIEFING.items[0].text in discord_bot.transport.texts()


async def test_an_empty_briefing_says_so_and_what_to_do(discord_bot: Offline, services: FakeServices) -> None:
    services.briefs.answer = replace(BRIEFING, items=(), shifts=(), contested=())
    await discord_bot.command("brief")
    assert "Nothing found" in discord_bot.transport.texts()
    assert "since: all" in discord_bot.transport.texts()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (NotFoundError("topic", "quotum", ("Quota",)), "Did you mean “Quota”"),
        (InvalidInputError("since", "yesterday", "write 24h, 7d, a date or all"), "write 24h, 7d, a date or all"),
    ],
)
async def test_what_somebody_typed_wrong_is_explained_and_logged_by_its_kind_alone(
    discord_bot: Offline, services: FakeServices, fault: Exception, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    services.briefs.answer = fault
    await discord_bot.command("brief")
    assert said in discord_bot.transport.texts()
    reference = discord_bot.transport.texts().rsplit("Reference: ", 1)[1].split()[0]
    assert f"reference {reference}: /brief" in caplog.text
    assert said not in caplog.text


@pytest.mark.parametrize("fault", [RuntimeError("boom: secret"), StorageError("postgres://db", "gone")])
async def test_a_surprise_is_answered_with_a_reference_that_the_log_has(
    discord_bot: Offline, services: FakeServices, fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    services.briefs.answer = fault
    await discord_bot.command("brief")
    text = discord_bot.transport.texts()
    reference = text.rsplit("Reference: ", 1)[1].split()[0]
    assert f"reference {reference}" in caplog.text
    assert type(fault).__name__ in caplog.text
    assert "secret" not in text


async def test_topics_are_completed(discord_bot: Offline) -> None:
    assert await discord_bot.complete("brief", "topic", "quo") == [{"name": "Quota", "value": "quota"}]


async def test_a_completion_that_fails_offers_nothing(discord_bot: Offline, services: FakeServices) -> None:
    def fail(_: str) -> tuple[()]:
        raise RuntimeError("boom")

    services.names.topics = fail  # type: ignore[assignment, method-assign]  # the fault under test
    assert await discord_bot.complete("brief", "topic", "q") == []
