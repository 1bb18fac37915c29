"""Every body that any command sends, with ordinary, hostile and oversized content, held to Discord's description."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import ValidationError

from bot.briefings.model import Briefing
from bot.errors import DeliveryRejectedError, InvalidInputError, NotFoundError, SourceError
from bot.gateway.notifier import DiscordNotifier
from bot.gateway.publisher import DiscordPublisher
from bot.services.results import LoadReport, SourceReport
from bot.services.schedule_ports import Address
from commands.pressing import template_of
from commands.setup_draft import Draft, encode_draft
from tests.commands.conftest import started
from tests.commands.driver import check_registration, drive_commands, press_everything
from tests.discord_limits import Description, check_limits, components_of
from tests.discord_offline import CHANNEL, GUILD, MANAGE_SERVER, Offline, Sent, channel_data
from tests.fake_services import FOUND, SOURCE, STATUS, FakeServices
from tests.hostile import MENTIONS, TEXT, enormous, hostile
from tests.presentation.evidence_samples import (
    COMPARISON,
    EDITION,
    FINDINGS,
    LEDGER,
    NO_REPLY,
    PROOF,
    QUOTES,
    REPLY,
    TIMELINE,
)
from tests.presentation.explanation_samples import EXPLANATION
from tests.presentation.samples import BRIEFING, DAY, DIGEST, DOSSIER

ADD = {"channel": channel_data(CHANNEL, app_permissions="3072"), "time": "08:00", "zone": "Europe/Kyiv"}
COMMANDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("brief", {"topic": "quota", "since": "all", "words": 400}),
    ("positions", {"actor": "lind", "topic": "quota", "as_of": "2031-05-04"}),
    ("grid", {"as_of": "2031-05-04"}),
    ("compare", {"first": "lind", "second": "norland", "topic": "quota"}),
    ("quotes", {"actor": "lind", "text": "waters", "topic": "quota"}),
    ("timeline", {"actor": "lind", "topic": "quota"}),
    ("shifts", {"since": "30d"}),
    ("search", {"query": '"waters empty" -quota', "actor": "lind", "topic": "quota", "since": "30d"}),
    ("search", {"query": "waters " * 500}),
    ("ask", {"question": "What does Lind say about the quota?"}),
    ("follow", {"actor": "lind", "topic": "quota"}),
    ("following", {}),
    ("privacy show", {}),
    ("privacy delete", {}),
    ("unfollow", {"topic": "quota"}),
    ("unfollow", {}),
    ("prove", {"edition": "S-00000001", "line": 1}),
    ("explain", {"article": "a1"}),
    ("sources split", {"article": "a1"}),
    ("sources join", {"article": "a1"}),
    ("sources list", {}),
    ("sources reload", {"source": "Norland Post"}),
    ("sources add", {"url": "coast.example"}),
    ("sources check", {"source": "Norland Post"}),
    ("sources pause", {"source": "Norland Post"}),
    ("sources resume", {"source": "Norland Post"}),
    ("sources remove", {"source": "Norland Post"}),
    ("sources export", {}),
    ("sources log", {"channel": channel_data(CHANNEL, app_permissions="68608")}),
    ("sources log", {}),
    ("schedule add", ADD),
    ("schedule add", ADD),  # the same again: an error
    ("schedule list", {}),
    ("schedule preview", {"number": 1}),
    ("schedule remove", {"number": 1}),
    ("schedule remove", {"number": 1}),
    ("schedule preview", {"number": 99}),
    ("setup", {}),
    ("status", {}),
    ("help", {}),
    ("about", {}),
    ("about", {"section": "quality"}),
    ("doctor", {}),
    ("audit", {}),
    ("settings export", {}),
    ("no such command", {}),
)


def _ordinary(_: FakeServices) -> None:
    pass


def _with_hostile(services: FakeServices) -> None:
    services.briefs.answer = hostile(BRIEFING)
    services.positions.answer = hostile(DIGEST)
    _with_evidence(services, hostile)
    services.sources.views = (hostile(SOURCE),)
    services.sources.report = LoadReport((SourceReport(TEXT, failed=((TEXT, TEXT),)), SourceReport(TEXT, error=TEXT)))
    services.status.answer = hostile(STATUS)
    _with_registry(services, hostile)


def _with_registry(services: FakeServices, change: Callable[[Any], Any]) -> None:
    services.registry.found = change(FOUND)
    services.registry.view = replace(change(SOURCE), id="s1", kind="feed")
    services.registry.imported = change(services.registry.imported)


def _with_evidence(services: FakeServices, change: Callable[[Any], Any]) -> None:
    services.evidence.comparison = change(COMPARISON)
    services.evidence.found, services.evidence.line = change(QUOTES), change(TIMELINE)
    services.evidence.ledger = change(LEDGER)
    services.searching.findings, services.searching.reply = change(FINDINGS), change(REPLY)
    services.proofs.kept, services.proofs.proof = change(EDITION), change(PROOF)
    services.explanations.answer = change(EXPLANATION)


def _with_much(services: FakeServices) -> None:
    items = tuple(enormous(item, 30) for item in BRIEFING.items)
    services.briefs.answer = replace(BRIEFING, items=items * 60, shifts=BRIEFING.shifts * 30)
    services.positions.answer = replace(DIGEST, cells=tuple(enormous(cell, 40) for cell in DIGEST.cells) * 40)
    _with_evidence(services, lambda one: enormous(one, 30))
    services.evidence.found = replace(QUOTES, sayings=tuple(enormous(one, 30) for one in QUOTES.sayings) * 40)
    services.evidence.ledger = replace(LEDGER, shifts=LEDGER.shifts * 40)
    services.searching.findings = replace(FINDINGS, hits=tuple(enormous(one, 30) for one in FINDINGS.hits) * 40)
    services.searching.reply = enormous(NO_REPLY, 30)
    services.sources.views = (SOURCE,) * 300
    failed = tuple((f"file{n}.txt", "word " * 50) for n in range(200))
    services.sources.report = LoadReport((SourceReport("Norland Post", failed=failed),) * 30)


def _with_giants(services: FakeServices) -> None:
    """Single entries that no message could hold."""
    services.briefs.answer = enormous(BRIEFING, 2000)
    services.positions.answer = enormous(DIGEST, 2000)
    _with_evidence(services, lambda one: enormous(one, 2000))
    services.sources.views = (enormous(SOURCE, 2000),)
    services.sources.report = LoadReport((SourceReport("word " * 2000, failed=(("word " * 2000, "word " * 2000),)),))
    services.status.answer = enormous(STATUS, 2000)
    _with_registry(services, lambda one: enormous(one, 2000))


def _with_faults(services: FakeServices) -> None:
    services.briefs.answer = NotFoundError("topic", TEXT, [TEXT] * 5)
    services.positions.answer = RuntimeError(TEXT)
    services.evidence.comparison = InvalidInputError("second", TEXT, TEXT)
    services.evidence.found = services.evidence.line = services.evidence.ledger = ValueError(TEXT)
    services.searching.findings = NotFoundError("actor", TEXT, [TEXT] * 5)
    services.searching.reply = InvalidInputError("question", TEXT, TEXT)
    services.proofs.kept = services.proofs.proof = NotFoundError("edition", TEXT, [TEXT] * 3)
    services.explanations.answer = NotFoundError("single article", TEXT, [TEXT] * 5)
    services.sources.views = DeliveryRejectedError(1, "word " * 3000)
    services.sources.report = OSError(TEXT)
    services.registry.found = SourceError(TEXT, TEXT)
    services.registry.view = services.registry.imported = InvalidInputError("source", TEXT, TEXT)
    services.status.answer = ValueError("x")


async def _use_everything(offline: Offline) -> set[str]:
    """Everything there is; the custom_ids that were used."""
    await drive_commands(offline)
    told = {"unfollow:actor:lind", "unfollow:all:", "privacy:keep", "privacy:delete"}  # by direct message, say
    for custom_id in sorted(told):
        await offline.press(custom_id)
    for act in ("save", "keep", "delete"):
        await offline.press(f"source:{act}:s1", permissions=MANAGE_SERVER)
        await offline.press(f"source:{act}:s1")
    await _set_up(offline)
    await _post(offline)
    return told | await press_everything(offline)


async def _post(offline: Offline) -> None:
    """What is posted without being asked: a scheduled briefing, news of sources, the first word in a server."""
    services = offline.services
    publisher = DiscordPublisher(offline.bot, services.dossier, services.states)
    briefing = services.briefs.answer  # type: ignore[attr-defined]  # of the services by hand
    if isinstance(briefing, Briefing):
        for late in (True, False):
            await publisher.publish(
                Address(GUILD, CHANNEL, "0123456789abcdef01234567", DAY.date()), briefing, late=late
            )
    notifier = DiscordNotifier(offline.bot)
    for lines in ((TEXT,), ("word " * 3000,), tuple(f"Source {n} is paused." for n in range(300)), ()):
        await notifier.tell(CHANNEL, TEXT, lines)


async def _set_up(offline: Offline) -> None:
    """Every control of a setup, with a channel that was chosen, and then its form."""
    topics = [topic.id for topic in offline.services.dossier.topics]
    draft = encode_draft(Draft(CHANNEL, "08:30", "Europe/Kyiv", (0,), tuple(topics[:1])), topics)
    for act in ("where", "when", "what", "check", "look", "save", "type", "cancel"):
        await offline.press(f"setup:{act}:{draft}", permissions=MANAGE_SERVER)
    for act, value in (("which", "new"), ("which", "1"), ("hour", "07:00"), ("zone", "UTC"), ("days", "3")):
        await offline.choose(f"setup:{act}:{draft}", value, permissions=MANAGE_SERVER)
    await offline.choose(f"setup:topics:{draft}", *topics[:25], permissions=MANAGE_SERVER)
    for rights in ("0", "68608"):
        sent = channel_data(CHANNEL, app_permissions=rights)
        await offline.choose_channel(f"setup:channel:{draft}", sent, permissions=MANAGE_SERVER)
    await offline.submit(f"setup:typed:{draft}", time="8 pm", zone="Kyiv", permissions=MANAGE_SERVER)
    await offline.submit(f"setup:typed:{draft}", time=TEXT, zone=TEXT, permissions=MANAGE_SERVER)


@pytest.mark.parametrize("prepare", [_ordinary, _with_hostile, _with_much, _with_giants, _with_faults])
async def test_every_body_is_valid(prepare: Callable[[FakeServices], None], shared: Path) -> None:
    services = FakeServices(hostile(DOSSIER) if prepare is _with_hostile else DOSSIER)
    prepare(services)
    description = Description(shared / "discord-openapi.json")
    async with started(services) as offline:
        used = await _use_everything(offline)
    if prepare is _with_much:
        _check_completeness(offline, used)
    for sent in offline.transport.sent:
        description.check(sent)
        check_limits(sent)
        if sent.method == "PUT":
            check_registration(sent.body)


def _check_completeness(offline: Offline, used: set[str]) -> None:
    """Every kind of button, menu and form that survives a restart was used at least once, by what was shown."""
    forms = [form.template for form in offline.bot._given_forms]
    templates = [*map(template_of, offline.bot._given_buttons), *forms]
    unused = {one.pattern for one in templates if not any(one.fullmatch(custom_id) for custom_id in used)}
    assert not unused, "nothing that was shown leads to these"
    assert len(offline.transport.sent) > 300


@pytest.mark.parametrize(
    "component",
    [
        {"type": 10, "content": "x" * 4001},
        {"type": 10, "content": ""},
        {"type": 99},
        {"type": 1, "components": []},
        {"type": 1, "components": [{"type": 2, "style": 2, "label": "x" * 81, "custom_id": "a"}]},
        {"type": 1, "components": [{"type": 2, "style": 2, "label": "x", "custom_id": "a" * 101}]},
        {"type": 17, "components": [{"type": 2, "style": 2, "label": "x", "custom_id": "a"}]},
    ],
)
def test_the_description_refuses_what_discord_would(shared: Path, component: dict[str, Any]) -> None:
    description = Description(shared / "discord-openapi.json")
    with pytest.raises(ValidationError):
        description.check(Sent("POST", "/channels/{channel_id}/messages", {"components": [component]}))


async def test_every_interaction_is_answered_once() -> None:
    services = FakeServices()
    async with started(services) as offline:
        await _use_everything(offline)
        asked = offline.interactions
    answered = [one for one in offline.transport.sent if one.path.endswith("/callback")]
    assert len(answered) == asked


async def test_hostile_content_is_shown_but_does_nothing() -> None:
    services = FakeServices(hostile(DOSSIER))
    _with_hostile(services)
    async with started(services) as offline:
        await _use_everything(offline)
    for text in offline.transport.texts().splitlines():
        bare = re.sub(r"\\.", "", text)  # what is escaped is inert
        bare = re.sub(
            r"</[a-z ]{2,40}:70\d\d>|<t:\d+:[dDfFR]>|\[[^\]]*\]\(<https?://[^<>\s]+>\)|<[#@]90[45]>", "", bare
        )
        assert not [mention for mention in MENTIONS if mention in bare], text
        assert not re.search(r"<[@#/:ait]|\]\(|```|https?://", bare), text
        assert not re.search("[\u202e\u2066\u200b\u200f\ufeff\u2060\x1b\x07\x00\ud800]", text)


async def test_whole_sentences_and_all_of_them_in_order_over_the_pages() -> None:
    services = FakeServices()
    texts = [f"Sentence number {n} {'and so on ' * 25}ends here." for n in range(60)]
    item = BRIEFING.items[0]
    services.briefs.answer = replace(
        BRIEFING, items=tuple(replace(item, text=text) for text in texts), shifts=(), contested=()
    )
    async with started(services) as offline:
        await offline.command("brief")
        for _ in range(20):
            for custom_id in _next(offline):
                await offline.press(custom_id)
        shown = re.findall(r"^> (.*)$", offline.transport.texts(), re.MULTILINE)
    assert shown == texts


def _next(offline: Offline) -> list[str]:
    """The id that leads to the page after the last message's."""
    body = offline.transport.bodies("PATCH", "@original")[-1]
    buttons = [part for part in components_of(body["components"]) if part.get("label") in ("More", "Next")]
    return [button["custom_id"] for button in buttons if not button.get("disabled")]
