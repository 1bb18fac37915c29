"""Buttons and menus beneath answers: their custom_id is all they need, and they change no public message."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.briefings.model import Briefing, Scope
from bot.errors import OutdatedError
from bot.services.long_states import LongStates
from bot.services.results import (
    BriefRequest,
    CompareRequest,
    PositionsRequest,
    QuotesRequest,
    ShiftsRequest,
    TimelineRequest,
)
from commands.answer_rows import LONGEST_STATE, Place, answer_view
from commands.answers import KINDS, briefing_answered
from commands.questions import LETTERS, UNSAID, Question, question_of, state_of
from tests.commands.conftest import started
from tests.discord_limits import components_of
from tests.discord_offline import CHANNEL, EPHEMERAL, EVERYTHING, GUILD, MEMBER, SEND, Offline, channel_data
from tests.fake_services import FakeMemory, FakeServices
from tests.presentation.evidence_samples import EDITION
from tests.presentation.samples import BRIEFING, DIGEST, DOSSIER

AT = datetime(2031, 5, 4, 9, 30, 15, tzinfo=UTC)
LONG = replace(BRIEFING, items=BRIEFING.items * 40, composed_at=AT, words=900, edition="B-00000001")
WIDE = Scope(tuple(f"topic-number-{n}" for n in range(30)), tuple(f"actor-number-{n}" for n in range(30)))
QUESTIONS: tuple[Question, ...] = (
    BriefRequest(),
    BriefRequest(("quota", "ports"), ("lind",), "7d", 900, 5, AT, GUILD, AT),
    PositionsRequest("lind", None, None),
    PositionsRequest("Ångström: A & B = 1%, ~", "quota", "2031-05-04", GUILD),
    QuotesRequest(None, "a; b: c+d", None),
    TimelineRequest("x", "y"),
    ShiftsRequest(),
    ShiftsRequest("30d"),
    CompareRequest("lind", "norland", "quota"),
)


def pressable(body: Any) -> Iterator[dict[str, Any]]:
    """Buttons and menus of a message."""
    data = body.get("data", body)
    return (dict(part) for part in components_of(data.get("components", ())) if part["type"] in (2, 3))


def labels(body: Any) -> list[str]:
    """Words on the buttons of a message, in order."""
    return [part["label"] for part in pressable(body) if "label" in part]


def id_of(body: Any, label: str) -> str:
    """The custom_id of a button."""
    return str(next(part["custom_id"] for part in pressable(body) if part.get("label") == label))


def answers(offline: Offline) -> list[Any]:
    """Messages that filled a deferred reply, oldest first."""
    return offline.transport.bodies("PATCH", "@original")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_the_same_after_it_was_carried(question: Question) -> None:
    assert question_of(type(question), state_of(question), question.guild_id) == question


@pytest.mark.parametrize("kind", list(dict.fromkeys(kind.question for kind in KINDS.values())))
def test_every_field_of_a_question_has_a_letter(kind: type[Question]) -> None:
    assert {field.name for field in fields(kind)} - set(UNSAID) <= LETTERS.keys()
    assert len(set(LETTERS.values())) == len(LETTERS)


@pytest.mark.parametrize("state", ["z=1", "w=many", "t", "n=99999999999999999", "p=x", "&&"])
def test_what_no_button_of_ours_carries_is_refused_calmly(state: str) -> None:
    with pytest.raises(OutdatedError):
        question_of(BriefRequest, state, None)


async def test_what_is_long_is_kept_once_and_found_again() -> None:
    memory = FakeMemory()
    states = LongStates(memory)
    question = BriefRequest(WIDE.topics, WIDE.actors, words=100)
    short = await states.shorten(state_of(question), LONGEST_STATE)
    assert len(short) <= LONGEST_STATE
    assert await LongStates(memory).restore(short) == state_of(question)
    assert await states.shorten(state_of(question), LONGEST_STATE) == short
    assert len(memory.facts) == 1


async def test_a_public_answer_has_more_for_who_presses_and_stays_as_it_is(
    discord_bot: Offline, services: FakeServices
) -> None:
    services.briefs.answer = LONG
    await discord_bot.command("brief")
    public = answers(discord_bot)[-1]
    assert labels(public) == ["More", "Positions", "Prove", "Full text", "Report"]
    await discord_bot.press(id_of(public, "More"))
    assert discord_bot.transport.bodies("POST", "/callback")[-1] == {"type": 5, "data": {"flags": EPHEMERAL}}
    assert labels(answers(discord_bot)[-1])[:2] == ["Previous", "Next"]
    assert "Page 2 of" in discord_bot.transport.texts()


async def test_a_private_answer_turns_in_its_place(discord_bot: Offline, services: FakeServices) -> None:
    services.briefs.answer = LONG
    await discord_bot.command("brief", private=True)
    assert discord_bot.transport.bodies("POST", "/callback")[-1] == {"type": 5, "data": {"flags": EPHEMERAL}}
    first = answers(discord_bot)[-1]
    assert labels(first) == ["Previous", "Next", "Positions", "Prove", "Full text", "Share to channel", "Report"]
    await discord_bot.press(id_of(first, "Next"), private=True)
    assert discord_bot.transport.bodies("POST", "/callback")[-1] == {"type": 6}
    assert services.briefs.asked[-1] == replace(services.briefs.asked[0], at=AT.replace(microsecond=0))


async def test_alone_with_the_bot_there_is_nobody_to_share_with(discord_bot: Offline, services: FakeServices) -> None:
    services.briefs.answer = LONG
    await discord_bot.command("brief", guild=False, private=True)
    assert labels(answers(discord_bot)[-1]) == ["Previous", "Next", "Positions", "Prove", "Full text", "Report"]


async def test_an_answer_of_many_topics_and_actors_is_no_dead_end(discord_bot: Offline, services: FakeServices) -> None:
    services.briefs.answer = replace(LONG, scope=WIDE)
    await discord_bot.command("schedule add", channel=_channel(), time="8:00", zone="Europe/Kyiv")
    await discord_bot.command("schedule preview", number=1)
    preview = answers(discord_bot)[-1]
    await discord_bot.press(id_of(preview, "Next"), private=True)
    assert (services.briefs.asked[-1].topics, services.briefs.asked[-1].actors) == (WIDE.topics, WIDE.actors)
    assert "Page 2 of" in discord_bot.transport.texts()


async def test_buttons_work_after_a_restart_and_for_anybody(services: FakeServices) -> None:
    services.briefs.answer = replace(LONG, scope=WIDE)
    answered = briefing_answered(services.briefs.answer, DOSSIER)
    view = await answer_view(services.states, DOSSIER, answered, Place.PUBLIC)  # posted by another process
    parts: list[dict[str, Any]] = view.to_components()  # type: ignore[no-untyped-call]  # the library's
    ids = [str(part["custom_id"]) for part in pressable({"components": parts}) if part["type"] == 2]
    async with started(services) as offline:
        for custom_id in ids:
            await offline.press(custom_id, permissions=0)
        assert len(answers(offline)) == len(ids) - 1 == 4  # and *Report* opens a form


async def test_positions_open_privately_topic_by_topic(discord_bot: Offline, services: FakeServices) -> None:
    services.briefs.answer = LONG
    await discord_bot.command("brief")
    await discord_bot.press(id_of(answers(discord_bot)[-1], "Positions"))
    shown = str(answers(discord_bot)[-1])
    assert "## Herring talks: who stands where" in shown
    assert "### Quota\\n**Mara Lind**: opposed\\n> " in shown
    assert discord_bot.transport.bodies("POST", "/callback")[-1]["data"]["flags"] == EPHEMERAL


async def test_a_topic_is_jumped_to_privately(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("brief")
    (menu,) = [part for part in pressable(answers(discord_bot)[-1]) if part["type"] == 3]
    assert [option["value"] for option in menu["options"]] == ["quota"]
    await discord_bot.choose(menu["custom_id"], "quota")
    assert services.positions.asked == [PositionsRequest(topic="quota", guild_id=GUILD)]
    assert discord_bot.transport.bodies("POST", "/callback")[-1]["data"]["flags"] == EPHEMERAL


async def test_lines_to_prove_open_privately(discord_bot: Offline, services: FakeServices) -> None:
    services.briefs.answer = LONG
    await discord_bot.command("brief")
    await discord_bot.press(id_of(answers(discord_bot)[-1], "Prove"))
    assert services.proofs.asked == [("B-00000001", 0)]
    assert discord_bot.transport.bodies("POST", "/callback")[-1]["data"]["flags"] == EPHEMERAL


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("brief", {}),
        ("positions", {"actor": "lind"}),
        ("compare", {"first": "lind", "second": "norland"}),
        ("quotes", {"actor": "lind"}),
        ("timeline", {"actor": "lind"}),
        ("shifts", {}),
    ],
)
async def test_the_whole_text_comes_as_a_file_privately(
    discord_bot: Offline, services: FakeServices, command: str, options: dict[str, Any]
) -> None:
    services.briefs.answer = replace(LONG, composed_at=None)
    services.positions.answer = replace(DIGEST, edition="P-00000001")
    await discord_bot.command(command, **options)
    await discord_bot.press(id_of(answers(discord_bot)[-1], "Full text"))
    assert discord_bot.transport.bodies("POST", "/callback")[-1] == {"type": 5, "data": {"flags": EPHEMERAL}}
    ((name, content),) = discord_bot.transport.files
    assert name.endswith(".md")
    assert content.decode().startswith("# ")
    if command == "brief":
        assert content.decode().count("rejected a higher quota") >= 40


async def test_who_may_write_shares_the_same_page_and_mentions_nobody(
    discord_bot: Offline, services: FakeServices
) -> None:
    services.briefs.answer = LONG
    await discord_bot.command("brief", private=True)
    await discord_bot.press(id_of(answers(discord_bot)[-1], "Next"), private=True)
    second = answers(discord_bot)[-1]
    await discord_bot.press(id_of(second, "Share to channel"), private=True, permissions=SEND)
    shared = discord_bot.transport.bodies("POST", "/{webhook_token}")[-1]
    assert not shared.get("flags", 0) & EPHEMERAL
    assert shared["allowed_mentions"] == {"parse": []}
    assert f"Shared by <@{MEMBER}>" in str(shared)
    assert "Page 2 of" in str(shared)
    assert "Share to channel" not in labels(shared)


async def test_what_stands_before_all_is_looked_after(discord_bot: Offline, services: FakeServices) -> None:
    services.briefs.answer = replace(BRIEFING, edition=EDITION.id)
    watched = services.corrections.amending.watched
    discord_bot.locale = "uk"
    await discord_bot.command("brief")
    await discord_bot.press("share:1:b:s=24h", permissions=1 << 11, private=True)
    assert {(one.guild_id, one.channel_id, one.edition_id, one.language) for one in watched} == {
        (GUILD, CHANNEL, EDITION.id, "uk")
    }
    assert len(watched) == 2


async def test_what_can_not_be_edited_later_is_not_looked_after(discord_bot: Offline, services: FakeServices) -> None:
    services.briefs.answer = replace(BRIEFING, edition=EDITION.id)
    await discord_bot.command("brief", private=True)
    await discord_bot.press("more:1:b:s=24h")
    await discord_bot.command("brief", guild=False)
    discord_bot.is_installed = False
    await discord_bot.command("brief")
    assert services.corrections.amending.watched == []


async def test_who_may_not_write_there_may_not_share(discord_bot: Offline, services: FakeServices) -> None:
    services.briefs.answer = LONG
    await discord_bot.command("brief", private=True)
    await discord_bot.press(id_of(answers(discord_bot)[-1], "Share to channel"), private=True, permissions=0)
    (told,) = discord_bot.transport.bodies("POST", "/{webhook_token}")
    assert told["flags"] & EPHEMERAL
    assert "Send Messages" in str(told)


async def test_a_page_that_is_gone_by_now_shows_the_last_one(services: FakeServices) -> None:
    view = await answer_view(services.states, DOSSIER, briefing_answered(LONG, DOSSIER), Place.PRIVATE, number=999)
    body = {"components": view.to_components()}  # type: ignore[no-untyped-call]  # the library's
    disabled = {part["label"]: part.get("disabled") for part in pressable(body) if "label" in part}
    assert disabled["Next"]
    assert not disabled["Previous"]


async def test_what_holds_nothing_offers_nothing(services: FakeServices) -> None:
    empty: Briefing = replace(BRIEFING, items=(), shifts=(), contested=(), positions=())
    view = await answer_view(services.states, DOSSIER, briefing_answered(empty, DOSSIER), Place.PRIVATE)
    body = {"components": view.to_components()}  # type: ignore[no-untyped-call]  # the library's
    assert labels(body) == ["Full text", "Share to channel"]


def _channel() -> dict[str, Any]:

    return channel_data(CHANNEL, app_permissions=EVERYTHING)
