"""Services by hand: they answer what they are told to, and remember what they were asked."""

import zoneinfo
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar, cast

from bot.briefings.editions import Edition
from bot.briefings.explanation import Explanation
from bot.briefings.findings import Findings, Reply
from bot.briefings.model import Briefing
from bot.briefings.proofs import LineState, Proof
from bot.dossier import Dossier, Source, SourceKind
from bot.positions.answers import Comparison, Quotes, ShiftLedger, Timeline
from bot.positions.model import Digest
from bot.services.app import Services
from bot.services.audit import AuditService
from bot.services.channel_memory import ChannelMemory
from bot.services.checkup import Checkup
from bot.services.correction_ports import Correction, CorrectionState, Post, Reason
from bot.services.corrections import Decision
from bot.services.guild_settings import SettingsService
from bot.services.jobs import HeavyJobs
from bot.services.long_states import LongStates
from bot.services.member_ports import Follow, Footprint
from bot.services.names import Choice, Names
from bot.services.newsroom import Newsroom
from bot.services.ports import Pause, SourceState, Tally
from bot.services.results import (
    AskRequest,
    BriefRequest,
    CatchUpRequest,
    CompareRequest,
    Figure,
    Imported,
    LoadProgress,
    LoadReport,
    OnProgress,
    PositionsRequest,
    Proposal,
    Quality,
    QuotesRequest,
    SearchRequest,
    ShiftsRequest,
    SourceReport,
    SourceView,
    Status,
    Summed,
    TimelineRequest,
)
from bot.services.schedules import ScheduleService
from bot.services.source_ports import FoundItem, FoundSource
from tests.presentation.evidence_samples import COMPARISON, EDITION, FINDINGS, LEDGER, PROOF, QUOTES, REPLY, TIMELINE
from tests.presentation.explanation_samples import EXPLANATION
from tests.presentation.samples import BRIEFING, DAY, DIGEST, DOSSIER, LATER, SECOND, citation
from tests.services.fake_audit import MemoryAudit
from tests.services.fakes import FakeClock, MemoryDeliveries, MemorySchedules, NoEditions

T = TypeVar("T")
STATE = SourceState(
    "s1", "slow", "no answer within 20 s", DAY, DAY, 3, 2, DAY, DAY, DAY, Pause.FAILING,
    Tally(1, 2, 3, 4, 5, 6, 12, (("item-1", "is not text"),), 1.5),
)  # fmt: skip
SOURCE = SourceView("s1", "Norland Post", "folder", "north", "ok", None, 2, DAY, STATE)
FOUND = FoundSource(
    SourceKind.FEED,
    "https://coast.example/feed",
    "Coast feed",
    (FoundItem("Port opens", DAY, "https://coast.example/1"), FoundItem("Port closes", None, None)),
    9,
)
QUALITY = Quality(date(2031, 5, 3), (Figure("Quotes, 12 articles", ".99 recall"), Figure("Copies", "F1 98")))
STATUS = Status("0", "Herring talks", 2, 1, 2, 4, DAY, 1, 0, 0, "sqlite")

SUMMED = Summed(((LATER, citation(SECOND, LATER)),), 9)


class FakeBriefs:
    """Answers every request with one briefing."""

    def __init__(self) -> None:
        self.asked: list[BriefRequest] = []
        self.answer: Briefing | Exception = BRIEFING

    async def brief(self, request: BriefRequest) -> Briefing:
        self.asked.append(request)
        return _given(self.answer)


class FakePositions:
    """Answers every request with one digest."""

    def __init__(self) -> None:
        self.asked: list[PositionsRequest] = []
        self.grids: list[str | None] = []
        self.answer: Digest | Exception = DIGEST

    async def positions(self, request: PositionsRequest) -> Digest:
        self.asked.append(request)
        return _given(self.answer)

    async def grid(self, as_of: str | None = None, guild_id: int | None = None) -> Digest:
        self.grids.append(as_of)
        return _given(self.answer)


class FakeEvidence:
    """Answers every request with the answer of its kind."""

    def __init__(self) -> None:
        self.asked: list[CompareRequest | QuotesRequest | ShiftsRequest | TimelineRequest] = []
        self.comparison: Comparison | Exception = COMPARISON
        self.found: Quotes | Exception = QUOTES
        self.line: Timeline | Exception = TIMELINE
        self.ledger: ShiftLedger | Exception = LEDGER

    async def compare(self, request: CompareRequest) -> Comparison:
        self.asked.append(request)
        return _given(self.comparison)

    async def quotes(self, request: QuotesRequest) -> Quotes:
        self.asked.append(request)
        return _given(self.found)

    async def timeline(self, request: TimelineRequest) -> Timeline:
        self.asked.append(request)
        return _given(self.line)

    async def shifts(self, request: ShiftsRequest) -> ShiftLedger:
        self.asked.append(request)
        return _given(self.ledger)


class FakeSearching:
    """Answers every search and every question with the answer of its kind."""

    def __init__(self) -> None:
        self.asked: list[SearchRequest | AskRequest] = []
        self.findings: Findings | Exception = FINDINGS
        self.reply: Reply | Exception = REPLY

    async def search(self, request: SearchRequest) -> Findings:
        self.asked.append(request)
        return _given(self.findings)

    async def ask(self, request: AskRequest) -> Reply:
        self.asked.append(request)
        return _given(self.reply)


class FakeFollows:
    """Remembers what is followed in a list; has a message to tell of where `is_paused`."""

    def __init__(self) -> None:
        self.follows: list[Follow] = []
        self.numbers: Mapping[str, int] = {"messages": 2, "looks": 1, "schedules": 3, "sources": 1}
        self.fault: Exception | None = None
        self.is_paused = False
        self.forgotten: list[int] = []

    async def follow(self, member_id: int, actor: str | None, topic: str | None) -> tuple[Follow, ...]:
        if self.fault is not None:
            raise self.fault
        wanted = (("actor", actor), ("topic", topic))
        self.follows += [Follow(member_id, kind, key, DAY) for kind, key in wanted if key]
        return tuple(self.follows)

    async def unfollow(self, member_id: int, actor: str | None, topic: str | None) -> tuple[Follow, ...]:
        named = {key for key in (actor, topic) if key}
        self.follows = [one for one in self.follows if one.member_id != member_id or (named and one.key not in named)]
        return tuple(self.follows)

    async def unfollow_key(self, member_id: int, kind: str, key: str) -> tuple[Follow, ...]:
        return await self.unfollow(member_id, key, key)

    async def following(self, member_id: int) -> tuple[Follow, ...]:
        return tuple(self.follows)

    async def must_be_told(self, member_id: int) -> bool:
        was, self.is_paused = self.is_paused, False
        return was

    async def footprint(self, member_id: int) -> Footprint:
        return Footprint(tuple(self.follows), self.numbers)

    async def forget(self, member_id: int) -> None:
        self.forgotten.append(member_id)


class FakeCatchingUp:
    """One briefing for everybody."""

    def __init__(self) -> None:
        self.asked: list[CatchUpRequest] = []
        self.answer: Briefing | Exception = BRIEFING

    async def catch_up(self, request: CatchUpRequest) -> Briefing:
        self.asked.append(request)
        return _given(self.answer)


class FakeProofs:
    """One edition, one proof; every line stands unless told otherwise."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.kept: Edition | Exception = EDITION
        self.proof: Proof | Exception = PROOF
        self.state = LineState.HOLDS

    async def check(self, edition_id: str, guild_id: int | None = None) -> tuple[Edition, tuple[LineState, ...]]:
        self.asked.append((edition_id, 0))
        edition = _given(self.kept)
        return edition, (self.state,) * len(edition.lines)

    async def prove(self, edition_id: str, line: int, guild_id: int | None = None) -> Proof:
        self.asked.append((edition_id, line))
        return _given(self.proof)


class FakeAmending:
    """Remembers the posts it is to look after."""

    def __init__(self) -> None:
        self.watched: list[Post] = []

    async def watch(self, post: Post) -> None:
        self.watched.append(post)


class FakeCorrections:
    """One report, accepted or waiting; remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.held: tuple[Correction, ...] = (CORRECTION,)
        self.amending = FakeAmending()

    async def report(
        self, edition_id: str, line: int, reason: Reason, note: str, *, guild_id: int | None = None, user_id: int = 0
    ) -> Correction:
        self.asked.append(("report", edition_id, line, reason, note, guild_id, user_id))
        return CORRECTION

    async def queue(self, guild_id: int | None) -> tuple[Correction, ...]:
        self.asked.append(("queue", guild_id))
        return (replace(CORRECTION, state=CorrectionState.OPEN, change="", decided_at=None),)

    async def list(self, guild_id: int | None) -> tuple[Correction, ...]:
        self.asked.append(("list", guild_id))
        return self.held

    async def accept(
        self, number: int, decision: Decision, *, guild_id: int | None = None, user_id: int = 0
    ) -> Correction:
        self.asked.append(("accept", number, decision, guild_id, user_id))
        return CORRECTION

    async def reject(self, number: int, *, guild_id: int | None = None, user_id: int = 0) -> Correction:
        self.asked.append(("reject", number, guild_id, user_id))
        return replace(CORRECTION, state=CorrectionState.REJECTED, change="")

    async def export(self, guild_id: int | None = None) -> str:
        self.asked.append(("export", guild_id))
        return '{"sentence": "x"}\n'


CORRECTION = Correction(
    number=7,
    guild_id=0,
    edition_id="B-1a2b3c4d",
    line=2,
    article_id="a1",
    text="We will @everyone *not* raise it.",
    source="Norland Post",
    reason=Reason.SPEAKER,
    note="it was the other one",
    reported_by=905,
    reported_at=DAY,
    state=CorrectionState.ACCEPTED,
    decided_by=905,
    decided_at=DAY,
    change="speaker: Norland",
)


class FakeExplanations:
    """One article, however it is asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, int | None]] = []
        self.answer: Explanation | Exception = EXPLANATION

    async def explain(self, article: str, guild_id: int | None = None) -> Explanation:
        self.asked.append(("explain", article, guild_id))
        return _given(self.answer)

    async def split(self, article: str, guild_id: int | None = None, user_id: int = 0) -> Explanation:
        self.asked.append((f"split by {user_id}", article, guild_id))
        return _given(self.answer)

    async def join(self, article: str, guild_id: int | None = None) -> Explanation:
        self.asked.append(("join", article, guild_id))
        return _given(self.answer)

    async def suggest(self, typed: str, guild_id: int | None = None) -> tuple[Choice, ...]:
        found = _given(self.answer).article
        return (Choice(found.title or found.location, found.id),)


class FakeSources:
    """One source; a reload tells its progress and ends."""

    def __init__(self) -> None:
        self.views: Sequence[SourceView] | Exception = (SOURCE,)
        self.report: LoadReport | Exception = LoadReport((SourceReport("Norland Post", new=2, statements=4),))
        self.steps: Sequence[LoadProgress] = ()
        self.reloaded: list[str | None] = []
        self.asked: list[tuple[object, ...]] = []

    async def list(self, guild_id: int = 0) -> tuple[SourceView, ...]:
        return tuple(_given(self.views))

    async def check(self, name: str, guild_id: int = 0) -> SourceView:
        self.asked.append(("check", name, guild_id))
        return (await self.list())[0]

    async def pause(self, name: str, guild_id: int = 0) -> SourceView:
        self.asked.append(("pause", name, guild_id))
        return (await self.list())[0]

    async def resume(self, name: str, guild_id: int = 0) -> SourceView:
        self.asked.append(("resume", name, guild_id))
        return (await self.list())[0]

    async def reload_due(self, on_progress: OnProgress | None = None) -> LoadReport:
        return await self.reload(None, on_progress)

    async def reload(
        self, name: str | None = None, on_progress: OnProgress | None = None, guild_id: int = 0
    ) -> LoadReport:
        self.reloaded.append(name)
        for step in self.steps:
            if on_progress:
                on_progress(step)
        return _given(self.report)


class FakeRegistry:
    """Finds one feed everywhere; remembers what was saved and removed."""

    def __init__(self) -> None:
        self.found: FoundSource | Exception = FOUND
        self.own: list[Source] = []
        self.view: SourceView | Exception = SOURCE
        self.imported: Imported | Exception = Imported(("Coast feed",), ("Norland Post",), (("Bad", "is no address"),))
        self.asked: list[tuple[object, ...]] = []

    async def propose(self, address: str, guild_id: int) -> Proposal:
        self.asked.append(("propose", address, guild_id))
        return Proposal("0123456789abcdef", _given(self.found))

    async def save(self, key: str, guild_id: int, user_id: int) -> SourceView:
        self.asked.append(("save", key, guild_id, user_id))
        return _given(self.view)

    async def find_removable(self, name: str, guild_id: int) -> SourceView:
        self.asked.append(("find", name, guild_id))
        return _given(self.view)

    async def remove(self, source_id: str, guild_id: int, *, keeps_articles: bool) -> Source:
        self.asked.append(("remove", source_id, guild_id, keeps_articles))
        view = _given(self.view)
        return Source(view.id, SourceKind(view.kind), view.location, view.name)

    async def take_list(self, content: bytes, guild_id: int, user_id: int) -> Imported:
        self.asked.append(("import", content, guild_id, user_id))
        return _given(self.imported)

    async def own_of(self, guild_id: int) -> tuple[Source, ...]:
        return tuple(self.own)

    async def is_known(self, location: str, guild_id: int) -> bool:
        return any(one.location == location for one in self.own)

    async def adopt(self, kind: SourceKind, location: str, name: str, guild_id: int, user_id: int) -> Source:
        self.own.append(Source(f"g{len(self.own)}", kind, location, name))
        return self.own[-1]

    async def give_list(self, guild_id: int) -> bytes:
        self.asked.append(("export", guild_id))
        return b"<opml/>"


class FakeSummaries:
    """One summary of everything; remembers what it was given."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.answer: Summed | Exception = SUMMED

    async def of_link(self, address: str, sentences: int) -> Summed:
        self.asked.append(("link", address, sentences))
        return _given(self.answer)

    async def of_text(self, text: str, sentences: int) -> Summed:
        self.asked.append(("text", text, sentences))
        return _given(self.answer)

    async def of_file(self, name: str, content: bytes, sentences: int) -> Summed:
        self.asked.append(("file", name, content, sentences))
        return _given(self.answer)


class FakeNews:
    """Remembers log channels."""

    def __init__(self) -> None:
        self.channels: dict[int, int | None] = {}
        self.heard: dict[int, str] = {}

    async def set_log_channel(self, guild_id: int, channel_id: int | None) -> None:
        self.channels[guild_id] = channel_id

    async def languages(self) -> Mapping[int, str]:
        return self.heard

    async def learn_languages(self, heard: Mapping[int, str]) -> int:
        self.heard.update(heard)
        return len(heard)

    async def log_channels(self) -> dict[int, int]:
        return {guild: channel for guild, channel in self.channels.items() if channel}


class FakeStatus:
    """One state of things."""

    def __init__(self) -> None:
        self.answer: Status | Exception = STATUS

    async def status(self, guild_id: int | None = None) -> Status:
        return _given(self.answer)


class FakeServices:
    """All of them, with real names and real schedules in memory."""

    def __init__(self, dossier: Dossier = DOSSIER) -> None:
        self.dossier = dossier
        self.names = Names(dossier)
        self.briefs = FakeBriefs()
        self.positions = FakePositions()
        self.evidence = FakeEvidence()
        self.searching = FakeSearching()
        self.follows = FakeFollows()
        self.catching_up = FakeCatchingUp()
        self.proofs = FakeProofs()
        self.corrections = FakeCorrections()
        self.explanations = FakeExplanations()
        self.sources = FakeSources()
        self.registry = FakeRegistry()
        self.source_news = FakeNews()
        self.status = FakeStatus()
        self.states = LongStates(FakeMemory())
        self.summaries = FakeSummaries()
        self.jobs = HeavyJobs()
        schedules = MemorySchedules()
        deliveries = MemoryDeliveries(schedules)
        self.quality = QUALITY
        self.audit = AuditService(MemoryAudit(), FakeClock())
        self.settings = SettingsService(
            dossier=dossier,
            schedules=schedules,
            guilds=self.source_news,
            sources=self.registry,
            memory=FakeMemory(),
            zones=zoneinfo.available_timezones(),
            clock=FakeClock(),
        )
        self.checkup = Checkup(
            status=self.status,  # type: ignore[arg-type]  # another one by hand
            sources=self.sources,  # type: ignore[arg-type]
            schedules=schedules,
            deliveries=deliveries,
            clock=FakeClock(),
        )
        self.deliveries = deliveries
        memory = ChannelMemory(deliveries.tellings, NoEditions())
        self.newsroom = Newsroom(memory=memory, deliveries=deliveries, clock=FakeClock())
        self.schedules = ScheduleService(
            schedules=schedules,
            deliveries=deliveries,
            names=self.names,
            newsroom=self.newsroom,
            brief=self.briefs.brief,
            clock=FakeClock(),
            patience=0,  # nobody delivers here
        )

    def as_services(self) -> Services:
        """The same object as what commands are typed with."""
        return cast(Services, self)


class FakeMemory:
    """Small facts in a dictionary."""

    def __init__(self) -> None:
        self.facts: dict[str, str] = {}

    async def get(self, key: str) -> str | None:
        return self.facts.get(key)

    async def put(self, key: str, value: str) -> None:
        self.facts[key] = value

    async def change(self, key: str, make: Callable[[str | None], str]) -> str:
        self.facts[key] = make(self.facts.get(key))
        return self.facts[key]


def _given(answer: T | Exception) -> T:
    if isinstance(answer, Exception):
        raise answer
    return answer
