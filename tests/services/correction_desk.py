"""The services of corrections over one article of an invented negotiation, and posts that are out."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, time

from bot.articles.model import Article
from bot.articles.stories import fingerprint
from bot.briefings.model import Scope
from bot.catalogues import speaking
from bot.dossier import Actor, ActorKind
from bot.errors import AttacheError
from bot.language.lexicon import Lexicon
from bot.positions.model import Stance
from bot.positions.questions import QuestionReader
from bot.positions.reader import Reader
from bot.presentation.correction_words import note_lines
from bot.schedules.model import DeliveryState, NewSchedule, Occurrence, Posting, Telling
from bot.services.amending import AmendingService
from bot.services.audience import Audience
from bot.services.correction_ports import Correction, Note, Post, Reason
from bot.services.corrections import CorrectionService
from bot.services.editions import EditionLedger
from bot.services.evidence import EvidenceService
from bot.services.names import Names
from bot.services.ports import Entry
from bot.services.positions import PositionService
from bot.services.proofs import ProofService
from bot.services.results import PositionsRequest, QuotesRequest, SearchRequest
from bot.services.searching import SearchService
from bot.storage.database import Database, open_database
from tests.presentation.samples import DOSSIER as HERRING
from tests.presentation.samples import article
from tests.services.fakes import FakeClock

FIRST = "The ministers met on Tuesday."
LINE = "“We will not raise the quota,” Mara Lind said."
TEXT = f"{FIRST} {LINE} Nobody disagreed."
DOSSIER = replace(HERRING, actors=(*HERRING.actors, Actor("vesterby", "Jon Vesterby", ActorKind.PERSON, ("Vesterby",))))
ANN, BEN = 11, 22  # two servers


class FakeAmender:
    """Remembers what it was told to write."""

    def __init__(self) -> None:
        self.notes: list[tuple[int, tuple[str, ...]]] = []
        self.faults: dict[int, AttacheError] = {}
        self.asked = 0

    async def amend(self, post: Post, notes: Sequence[Note]) -> None:
        self.asked += 1
        if fault := self.faults.get(post.message_id):
            raise fault
        with speaking(post.language):
            self.notes.append((post.message_id, tuple(note_lines(notes, DOSSIER))))


@dataclass
class Desk:
    database: Database
    reader: Reader
    names: Names
    clock: FakeClock
    evidence: EvidenceService
    positions: PositionService
    corrections: CorrectionService
    searching: SearchService
    amender: FakeAmender
    audience: Audience
    proofs: ProofService

    async def store(self, one: Article) -> None:
        now = self.clock.now
        entry = Entry(one, self.reader.read(one), fingerprint(one), "v", now, baseline=True)
        await self.database.corpus.save([entry])

    async def edition(self, guild_id: int | None = None) -> str:
        """The edition of the minister's quotes; line 1 is `LINE`."""
        answer = await self.evidence.quotes(QuotesRequest("lind", guild_id=guild_id))
        assert answer.edition is not None
        return answer.edition

    async def quoted(self, actor: str, guild_id: int | None = None) -> list[str]:
        answer = await self.evidence.quotes(QuotesRequest(actor, guild_id=guild_id))
        return [saying.evidence.text for saying in answer.sayings]

    async def stances(self, actor: str, guild_id: int | None = None) -> list[Stance | None]:
        digest = await self.positions.positions(PositionsRequest(actor, guild_id=guild_id))
        return [cell.position.stance for cell in digest.cells if cell.position]

    async def found(self, query: str, actor: str | None = None, guild_id: int | None = None) -> list[str]:
        findings = await self.searching.search(SearchRequest(query, actor, guild_id=guild_id))
        return [hit.text for hit in findings.hits]

    async def report(self, guild_id: int | None = None, reason: Reason = Reason.SPEAKER) -> Correction:
        edition = await self.edition(guild_id)
        return await self.corrections.report(edition, 1, reason, "it was he", guild_id=guild_id, user_id=5)

    async def post(self, edition_id: str, message_id: int, guild_id: int, language: str = "en") -> int:
        """A scheduled post that is out with this edition; its schedule."""
        new = NewSchedule(guild_id, 1, time(7), "UTC", (0,), Scope(), None, 5, Posting(language=language))
        schedule = await self.database.schedules.add(new, self.clock.now)
        occurrence = Occurrence(schedule.id, date(2025, 8, 20), "07:00", self.clock.now)
        await self.database.deliveries.claim(occurrence, "w", self.clock.now, late=False)
        await self.database.deliveries.finish(
            occurrence,
            DeliveryState.SENT,
            self.clock.now,
            message_id=message_id,
            posted_in=1,
            telling=Telling(1, schedule.id, edition_id, self.clock.now),
            post=Post(message_id, 1, guild_id, edition_id, language, self.clock.now),
        )
        return schedule.id


@asynccontextmanager
async def open_desk(lexicon: Lexicon) -> AsyncIterator[Desk]:
    """The services over an empty database with one article, `TEXT`."""
    database, clock, names = await open_database("sqlite://"), FakeClock(), Names(DOSSIER)
    corpus, editions = database.corpus, database.editions
    audience = Audience(
        dossier=DOSSIER, corpus=corpus, own_sources=database.own_sources, corrections=database.corrections
    )
    ledger = EditionLedger(corpus=corpus, editions=editions, names=names, clock=clock)
    amending = AmendingService(
        corpus=corpus,
        editions=editions,
        corrections=database.corrections,
        posts=database.posts,
        memory=database.memory,
        clock=clock,
    )
    amender = FakeAmender()
    amending.write_through(amender)
    proofs = ProofService(
        corpus=corpus, editions=editions, names=names, audience=audience, corrections=database.corrections
    )
    corrections = CorrectionService(
        dossier=DOSSIER,
        corpus=corpus,
        corrections=database.corrections,
        proofs=proofs,
        names=names,
        amending=amending,
        clock=clock,
    )
    evidence = EvidenceService(
        dossier=DOSSIER, corpus=corpus, names=names, ledger=ledger, clock=clock, audience=audience
    )
    positions = PositionService(dossier=DOSSIER, corpus=corpus, names=names, ledger=ledger, audience=audience)
    reader = Reader(lexicon, DOSSIER)
    searching = SearchService(
        dossier=DOSSIER,
        corpus=corpus,
        names=names,
        ledger=ledger,
        clock=clock,
        reader=QuestionReader(lexicon, DOSSIER),
        audience=audience,
    )
    desk = Desk(database, reader, names, clock, evidence, positions, corrections, searching, amender, audience, proofs)
    await desk.store(article(TEXT))
    yield desk
    await database.close()
