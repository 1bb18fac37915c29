"""Reports, what admins make of them, and that what was put right holds wherever statements are read."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

import pytest

from bot.articles.model import Article
from bot.articles.stories import fingerprint
from bot.briefings.model import Scope
from bot.dossier import Actor, ActorKind
from bot.errors import InvalidInputError, NotFoundError
from bot.language.lexicon import Lexicon
from bot.positions.model import Stance
from bot.positions.questions import QuestionReader
from bot.positions.reader import Reader
from bot.schedules.model import DeliveryState, NewSchedule, Occurrence, Telling
from bot.services.amending import AmendingService
from bot.services.audience import Audience
from bot.services.correction_ports import Correction, Post, Reason
from bot.services.corrections import CorrectionService, Decision
from bot.services.editions import EditionLedger
from bot.services.evidence import EvidenceService
from bot.services.names import Names
from bot.services.ports import Entry
from bot.services.positions import PositionService
from bot.services.proofs import ProofService
from bot.services.results import AskRequest, PositionsRequest, QuotesRequest, SearchRequest
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

    async def amend(self, post: Post, notes: Sequence[str]) -> None:
        self.notes.append((post.message_id, tuple(notes)))


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

    async def post(self, edition_id: str, message_id: int, guild_id: int) -> None:
        """A scheduled post that is out with this edition."""
        new = NewSchedule(guild_id, 1, time(7), "UTC", (0,), Scope(), None, 5)
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
        )


@pytest.fixture
async def desk(lexicon: Lexicon) -> AsyncIterator[Desk]:
    database, clock, names = await open_database("sqlite://"), FakeClock(), Names(DOSSIER)
    corpus, editions = database.corpus, database.editions
    audience = Audience(
        dossier=DOSSIER, corpus=corpus, own_sources=database.own_sources, corrections=database.corrections
    )
    ledger = EditionLedger(corpus=corpus, editions=editions, names=names, clock=clock)
    amending = AmendingService(
        corpus=corpus, editions=editions, corrections=database.corrections, posts=database.posts, clock=clock
    )
    amender = FakeAmender()
    amending.write_through(amender)
    corrections = CorrectionService(
        dossier=DOSSIER,
        corpus=corpus,
        corrections=database.corrections,
        proofs=ProofService(corpus=corpus, editions=editions, names=names, audience=audience),
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
    desk = Desk(database, reader, names, clock, evidence, positions, corrections, searching, amender, audience)
    await desk.store(article(TEXT))
    yield desk
    await database.close()


async def test_a_report_waits_for_the_servers_admins_and_the_operator(desk: Desk) -> None:
    reported = await desk.report(ANN)
    assert (reported.text, reported.reason, reported.note, reported.reported_by) == (
        LINE,
        Reason.SPEAKER,
        "it was he",
        5,
    )
    assert await desk.report(ANN) == reported
    assert await desk.corrections.queue(ANN) == await desk.corrections.queue(None) == (reported,)
    assert await desk.corrections.queue(BEN) == ()
    for number in (reported.number, 999):
        with pytest.raises(NotFoundError):
            await desk.corrections.accept(number, Decision(withdrawn=True), guild_id=BEN)
    with pytest.raises(InvalidInputError):
        await desk.corrections.report(await desk.edition(), 2, Reason.OTHER, "")


@pytest.mark.parametrize(("guild", "seen_by"), [(ANN, {ANN}), (None, {ANN, BEN, None})])
async def test_another_speaker_holds_for_the_server_or_for_all(
    desk: Desk, guild: int | None, seen_by: set[int | None]
) -> None:
    reported = await desk.report(guild)
    done = await desk.corrections.accept(reported.number, Decision(speaker="Vesterby"), guild_id=guild, user_id=9)
    assert done.change == "speaker: Jon Vesterby"
    for one in (ANN, BEN, None):
        is_right = one in seen_by
        assert await desk.quoted("lind", one) == ([] if is_right else [LINE])
        assert await desk.quoted("vesterby", one) == ([LINE] if is_right else [])
    assert {one for one in (ANN, BEN, None) if await desk.corrections.list(one)} == seen_by
    answer = await desk.evidence.quotes(QuotesRequest("vesterby", guild_id=guild))
    (saying,) = answer.sayings
    assert saying.evidence.statement.corrected == ("the operator" if guild is None else "this server's admins")
    assert await desk.audience.normal(ANN) == (ANN if guild == ANN else None)


async def test_nobody_and_withdrawn_show_it_under_no_one(desk: Desk) -> None:
    nobody = await desk.report()
    await desk.corrections.accept(nobody.number, Decision(speaker="nobody"))
    assert await desk.quoted("lind") == []
    assert await desk.stances("lind") == []


async def test_a_withdrawn_line_is_quoted_by_nothing(desk: Desk) -> None:
    reported = await desk.report(reason=Reason.TEXT)
    await desk.corrections.accept(reported.number, Decision(withdrawn=True))
    assert await desk.quoted("lind") == []
    (stored,) = await (await desk.audience.corpus(None)).articles_between(None, None, undated=True)
    gone = [stored.reading.sentences[index].span.of(TEXT) for index in stored.reading.withdrawn]
    assert gone == [LINE]
    assert stored.reading.statements == ()


async def test_another_stance(desk: Desk) -> None:
    before = await desk.stances("lind")
    reported = await desk.report(reason=Reason.STANCE)
    await desk.corrections.accept(reported.number, Decision(stance="against"))
    assert before == [Stance.UNCLEAR]
    assert await desk.stances("lind") == [Stance.AGAINST]


async def test_a_later_correction_keeps_what_an_earlier_one_put_right(desk: Desk) -> None:
    edition = await desk.edition()
    speaker = await desk.corrections.report(edition, 1, Reason.SPEAKER, "")
    stance = await desk.corrections.report(edition, 1, Reason.STANCE, "")
    await desk.corrections.accept(speaker.number, Decision(speaker="vesterby"))
    await desk.corrections.accept(stance.number, Decision(stance="against", of="vesterby"))  # as it is shown by now
    (case, _) = map(json.loads, (await desk.corrections.export()).splitlines())
    assert case["was"] == "lind"
    assert (await desk.stances("vesterby"), await desk.quoted("vesterby")) == ([Stance.AGAINST], [LINE])
    assert (await desk.stances("lind"), await desk.quoted("lind")) == ([], [])


async def test_the_rules_speaker_still_names_a_corrected_statement(desk: Desk) -> None:
    edition = await desk.edition()
    speaker = await desk.corrections.report(edition, 1, Reason.SPEAKER, "")
    stance = await desk.corrections.report(edition, 1, Reason.STANCE, "")
    await desk.corrections.accept(speaker.number, Decision(speaker="vesterby"))
    await desk.corrections.accept(stance.number, Decision(stance="against", of="lind"))
    assert await desk.stances("vesterby") == [Stance.AGAINST]


async def test_a_servers_stance_does_not_bring_back_what_the_operator_withdrew(desk: Desk) -> None:
    edition = await desk.edition(ANN)
    stance = await desk.corrections.report(edition, 1, Reason.STANCE, "", guild_id=ANN)
    text = await desk.corrections.report(edition, 1, Reason.TEXT, "", guild_id=ANN)
    await desk.corrections.accept(text.number, Decision(withdrawn=True, of="lind"))
    await desk.corrections.accept(stance.number, Decision(stance="against"), guild_id=ANN)
    assert await desk.quoted("lind", ANN) == await desk.quoted("lind", BEN) == []


async def test_a_withdrawn_line_is_found_by_no_search_where_that_holds(desk: Desk) -> None:
    assert await desk.found("quota", None, ANN) == await desk.found("quota", "lind", ANN) == [LINE]
    reported = await desk.report(ANN, Reason.TEXT)
    await desk.corrections.accept(reported.number, Decision(withdrawn=True), guild_id=ANN)
    assert await desk.found("quota", None, ANN) == await desk.found("quota", "lind", ANN) == []
    assert (await desk.searching.ask(AskRequest("What about the quota?", guild_id=ANN))).hits == ()
    assert await desk.found("ministers", None, ANN) == [FIRST]
    assert await desk.found("quota", None, BEN) == await desk.found("quota", "lind", BEN) == [LINE]


async def test_a_search_finds_a_statement_under_whom_it_was_given_to(desk: Desk) -> None:
    assert await desk.found("quota", "vesterby") == []
    reported = await desk.report()
    await desk.corrections.accept(reported.number, Decision(speaker="vesterby"))
    assert await desk.found("quota", "vesterby") == [LINE]
    assert await desk.found("quota", "lind") == []
    assert await desk.found("ministers", "vesterby") == []  # not what only stands beside it
    assert await desk.found("quota") == [LINE]


async def test_an_override_survives_a_new_reading_and_lapses_with_its_sentence(desk: Desk) -> None:
    reported = await desk.report()
    await desk.corrections.accept(reported.number, Decision(speaker="vesterby"))
    await desk.store(article(f"A line above. {TEXT}"))
    assert await desk.quoted("vesterby") == [LINE]
    await desk.store(article(TEXT.replace("not raise", "never raise")))
    assert await desk.quoted("vesterby") == []
    assert await desk.quoted("lind") == [LINE.replace("not raise", "never raise")]


@pytest.mark.parametrize(
    "decision",
    [
        Decision(),
        Decision(speaker="vesterby", withdrawn=True),
        Decision(stance="perhaps"),
        Decision(speaker="vesterby", of="vesterby"),
    ],
)
async def test_what_can_not_be_meant_is_refused_and_the_report_waits_on(desk: Desk, decision: Decision) -> None:
    reported = await desk.report()
    with pytest.raises(InvalidInputError):
        await desk.corrections.accept(reported.number, decision)
    assert await desk.corrections.queue(None) == (reported,)


async def test_a_report_is_decided_once(desk: Desk) -> None:
    reported = await desk.report(ANN)
    await desk.corrections.reject(reported.number, guild_id=ANN, user_id=9)
    with pytest.raises(InvalidInputError, match="rejected already"):
        await desk.corrections.accept(reported.number, Decision(withdrawn=True), guild_id=ANN)
    assert await desk.quoted("lind", ANN) == [LINE]
    assert await desk.corrections.list(ANN) == ()


async def test_accepted_reports_are_regression_cases(desk: Desk) -> None:
    reported = await desk.report()
    await desk.corrections.accept(reported.number, Decision(speaker="vesterby", stance="for"))
    (case,) = map(json.loads, (await desk.corrections.export()).splitlines())
    assert (case["sentence"], case["was"], case["reason"]) == (LINE, "lind", "speaker")
    assert case["expected"] == {"withdrawn": False, "speaker": "vesterby", "stance": "for"}
    start, end = case["span"]
    assert case["sentence"][start:end] == case["content"] == "We will not raise the quota,"


async def test_posts_with_the_line_are_edited_where_the_correction_holds(desk: Desk) -> None:
    edition = await desk.edition()
    await desk.post(edition, 501, ANN)
    await desk.post(edition, 502, BEN)
    own = await desk.report(ANN)
    await desk.corrections.accept(own.number, Decision(speaker="vesterby"), guild_id=ANN)
    assert desk.amender.notes == [(501, ("Corrected, line 1: speaker: Jon Vesterby",))]
    desk.amender.notes.clear()
    everybodys = await desk.report(BEN)
    await desk.corrections.accept(everybodys.number, Decision(withdrawn=True))
    assert {message for message, _ in desk.amender.notes} == {501, 502}


async def test_posts_are_edited_once_when_a_publisher_takes_a_sentence_out(desk: Desk) -> None:
    await desk.post(await desk.edition(), 501, ANN)
    amending = desk.corrections.amending
    assert await amending.look_for_revisions() == 0
    desk.clock.move(hours=1)
    changed = article(TEXT.replace("not raise", "never raise"))
    await desk.store(replace(changed, content_hash="another"))
    assert await amending.look_for_revisions() == 1
    assert await amending.look_for_revisions() == 0
    ((message, notes),) = desk.amender.notes
    assert (message, len(notes)) == (501, 1)
    assert notes[0].startswith("Line 1: its publisher has changed the text since")
    (listed,) = await desk.corrections.list(BEN)
    assert (listed.reason, listed.text, listed.change) == (Reason.REVISION, LINE, "the publisher has taken it out")
    desk.clock.move(days=181)  # no edition is kept for so long
    await amending.look_for_revisions()
    assert await desk.corrections.list(BEN) == ()


async def test_old_posts_are_left_alone(desk: Desk) -> None:
    await desk.post(await desk.edition(), 501, ANN)
    desk.clock.move(days=15)
    reported = await desk.report(ANN)
    await desk.corrections.accept(reported.number, Decision(withdrawn=True), guild_id=ANN)
    assert desk.amender.notes == []


async def test_a_member_can_be_taken_out_of_what_was_reported_and_decided(desk: Desk) -> None:
    reported = await desk.report(ANN)
    await desk.corrections.reject(reported.number, guild_id=ANN, user_id=5)
    assert (await desk.database.members.footprint(5)).numbers == {"reports": 1, "decisions": 1}
    await desk.database.members.forget(5)
    assert (await desk.database.members.footprint(5)).numbers == {}
