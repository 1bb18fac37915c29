"""Services by hand: they answer what they are told to, and remember what they were asked."""

from collections.abc import Sequence
from typing import TypeVar, cast

from bot.briefings.editions import Edition
from bot.briefings.model import Briefing
from bot.briefings.proofs import LineState, Proof
from bot.dossier import Dossier
from bot.positions.answers import Comparison, Quotes, ShiftLedger, Timeline
from bot.positions.model import Digest
from bot.services.app import Services
from bot.services.names import Names
from bot.services.results import (
    BriefRequest,
    CompareRequest,
    LoadProgress,
    LoadReport,
    OnProgress,
    PositionsRequest,
    QuotesRequest,
    ShiftsRequest,
    SourceReport,
    SourceView,
    Status,
    TimelineRequest,
)
from bot.services.schedules import ScheduleService
from tests.presentation.evidence_samples import COMPARISON, EDITION, LEDGER, PROOF, QUOTES, TIMELINE
from tests.presentation.samples import BRIEFING, DAY, DIGEST, DOSSIER
from tests.services.fakes import FakeClock, MemoryDeliveries, MemorySchedules

T = TypeVar("T")
SOURCE = SourceView("s1", "Norland Post", "folder", "north", "ok", None, 2, DAY)
STATUS = Status("0", "Herring talks", 2, 1, 2, 4, DAY, 1, 0, 0, "sqlite")


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


class FakeSources:
    """One source; a reload tells its progress and ends."""

    def __init__(self) -> None:
        self.views: Sequence[SourceView] | Exception = (SOURCE,)
        self.report: LoadReport | Exception = LoadReport((SourceReport("Norland Post", new=2, statements=4),))
        self.steps: Sequence[LoadProgress] = ()
        self.reloaded: list[str | None] = []

    async def list(self) -> tuple[SourceView, ...]:
        return tuple(_given(self.views))

    async def check(self, name: str) -> SourceView:
        return (await self.list())[0]

    async def reload_due(self, on_progress: OnProgress | None = None) -> LoadReport:
        return await self.reload(None, on_progress)

    async def reload(self, name: str | None = None, on_progress: OnProgress | None = None) -> LoadReport:
        self.reloaded.append(name)
        for step in self.steps:
            if on_progress:
                on_progress(step)
        return _given(self.report)


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
        self.proofs = FakeProofs()
        self.sources = FakeSources()
        self.status = FakeStatus()
        schedules = MemorySchedules()
        self.schedules = ScheduleService(
            schedules=schedules,
            deliveries=MemoryDeliveries(schedules),
            names=self.names,
            brief=self.briefs.brief,
            clock=FakeClock(),
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


def _given(answer: T | Exception) -> T:
    if isinstance(answer, Exception):
        raise answer
    return answer
