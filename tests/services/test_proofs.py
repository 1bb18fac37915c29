"""Any line of any answer given, checked against the store as it is now."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.articles.model import Article, DatePrecision, Published, Relation, Story, StoryMember
from bot.articles.stories import fingerprint
from bot.briefings.proofs import LineState
from bot.dossier import Dossier
from bot.errors import InvalidInputError, NotFoundError, StorageError, UnprovedLineError
from bot.language.lexicon import Lexicon
from bot.positions.reader import Reader
from bot.services.editions import KEPT_FOR, EditionLedger
from bot.services.evidence import EvidenceService
from bot.services.names import Names
from bot.services.ports import Entry
from bot.services.proofs import ProofService
from bot.services.results import QuotesRequest
from bot.storage.database import Database, open_database
from tests.presentation.samples import DOSSIER, article

FIRST = "The ministers met on Tuesday."
LINE = "“We will not raise the quota,” Mara Lind said."
LAST = "Nobody disagreed."
TEXT = f"{FIRST} {LINE} {LAST}"
NOW = datetime(2031, 5, 6, tzinfo=UTC)


class Desk:
    """A store with the services that issue and prove."""

    def __init__(self, database: Database, lexicon: Lexicon, dossier: Dossier = DOSSIER) -> None:
        self.database = database
        self.now = NOW
        self.names = Names(dossier)
        self.reader = Reader(lexicon, dossier)
        self.ledger = EditionLedger(
            corpus=database.corpus, editions=database.editions, names=self.names, clock=lambda: self.now
        )
        self.evidence = EvidenceService(
            dossier=dossier, corpus=database.corpus, names=self.names, ledger=self.ledger, clock=lambda: self.now
        )
        self.proofs = ProofService(corpus=database.corpus, editions=database.editions, names=self.names)

    async def store(self, *articles: Article) -> None:
        await self.database.corpus.save(
            [Entry(one, self.reader.read(one), fingerprint(one), "v", NOW, baseline=True) for one in articles]
        )

    async def quotes(self) -> str:
        """The edition of the minister's quotes."""
        answer = await self.evidence.quotes(QuotesRequest("lind"))
        assert answer.edition is not None
        return answer.edition


@pytest.fixture
async def desk(lexicon: Lexicon) -> AsyncIterator[Desk]:
    database = await open_database("sqlite://")
    desk = Desk(database, lexicon)
    await desk.store(article(TEXT))
    yield desk
    await database.close()


async def test_a_line_that_stands_is_shown_with_all_that_speaks_for_it(desk: Desk) -> None:
    proof = await desk.proofs.prove(await desk.quotes(), 1)
    assert (proof.state, proof.line.text, proof.before, proof.after) == (LineState.HOLDS, LINE, FIRST, LAST)
    assert proof.citation.span.of(TEXT) == LINE
    assert proof.length == len(TEXT)
    assert proof.sha256 is not None
    assert len(proof.sha256) == 64
    (statement,) = proof.statements
    assert statement.speaker.actor_id == "lind"
    assert statement.rules
    assert proof.carriers == ()


async def test_ids_are_short_the_same_again_and_read_as_people_write_them(desk: Desk) -> None:
    edition = await desk.quotes()
    assert edition == await desk.quotes()
    assert (edition[:2], len(edition)) == ("Q-", 10)
    for typed in (
        edition.lower(),
        f" {edition} ",
        f"`{edition}`",
        f"Q-{edition[2:].upper()}",
        desk.names.editions()[0].label,
    ):
        assert (await desk.proofs.edition(typed)).id == edition


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (f"Correction. {TEXT}", LineState.MOVED),
        (TEXT.replace("not raise", "raise"), LineState.CHANGED),
        (FIRST, LineState.CHANGED),
    ],
)
async def test_an_article_that_changed(desk: Desk, text: str, state: LineState) -> None:
    edition = await desk.quotes()
    before = (await desk.proofs.prove(edition, 1)).sha256
    await desk.store(article(text))
    proof = await desk.proofs.prove(edition, 1)
    assert proof.state is state
    assert proof.sha256 != before
    if state is LineState.MOVED:
        assert proof.citation.span.of(text) == LINE
        assert proof.before == FIRST
    else:
        assert (proof.before, proof.after, proof.statements) == (None, None, ())
    assert (await desk.proofs.check(edition))[1] == (state,)


async def test_an_article_that_is_gone(desk: Desk) -> None:
    edition = await desk.quotes()
    await desk.database.corpus.remove("s1", ["north/herring.txt"])
    proof = await desk.proofs.prove(edition, 1)
    assert (proof.state, proof.sha256, proof.citation.outlet) == (LineState.WITHDRAWN, None, "Norland Post")
    assert (await desk.proofs.check(edition))[1] == (LineState.WITHDRAWN,)


async def test_who_else_carries_it(desk: Desk) -> None:
    """A copy of the same story with its reason, another story that printed the quote, and no article without it."""
    later = Published(NOW, DatePrecision.DAY)
    copy = article(TEXT.replace(" Nobody", "\n\nNobody"), id="a2", location="b", outlet="Coast Herald", published=later)
    other = article(f"{LINE} She left.", id="a3", location="c", outlet="Skerry Times", published=later)
    cut = article(FIRST, id="a4", location="d", outlet="Short Post", published=later)
    await desk.store(copy, other, cut)
    members = (
        StoryMember("a1", Relation.LEAD, 1.0, "fullest text"),
        StoryMember("a2", Relation.COPY, 0.9, "nearly all of it"),
        StoryMember("a4", Relation.TRUNCATED, 0.4, "a part"),
    )
    await desk.database.corpus.save_stories([Story("a1", members)])
    proof = await desk.proofs.prove(await desk.quotes(), 1)
    found = {(one.citation.outlet, one.relation, one.reason) for one in proof.carriers}
    assert found == {
        ("Coast Herald", Relation.COPY, "nearly all of it"),
        ("Skerry Times", None, "another story with the same words"),
    }


@pytest.mark.parametrize("line", [0, -1, 2, 10**9])
async def test_a_line_that_is_not_there(desk: Desk, line: int) -> None:
    edition = await desk.quotes()
    with pytest.raises(InvalidInputError, match="has lines 1 to 1"):
        await desk.proofs.prove(edition, line)


@pytest.mark.parametrize("typed", ["", "B-1", "B-00000000", "b-zzzzzzzz", "x" * 5000, "B-00000000' OR 1=1"])
async def test_an_edition_that_is_not_there_suggests_recent_ones(desk: Desk, typed: str) -> None:
    edition = await desk.quotes()
    with pytest.raises(NotFoundError) as refused:
        await desk.proofs.prove(typed, 1)
    assert refused.value.suggestions == (edition,)


async def test_an_id_that_is_taken_is_made_longer(desk: Desk) -> None:
    short = await desk.quotes()
    kept = await desk.proofs.edition(short)
    await desk.database.editions.prune(NOW + timedelta(days=1), 1)
    await desk.database.editions.keep(replace(kept, digest="0" * 64))
    longer = await desk.quotes()
    assert longer.startswith(short)
    assert len(longer) == 14
    assert (await desk.proofs.prove(longer, 1)).line.text == LINE


async def test_old_editions_are_forgotten(desk: Desk, lexicon: Lexicon) -> None:
    old = await desk.quotes()
    desk.now = NOW + KEPT_FOR + timedelta(days=1)
    await desk.store(article(TEXT.replace("quota,", "quota now,")))
    again = Desk(desk.database, lexicon)  # the first edition after a start prunes
    again.now = desk.now
    new = await again.quotes()
    assert new != old
    with pytest.raises(NotFoundError):
        await again.proofs.edition(old)


async def test_after_a_start_recent_editions_are_offered(desk: Desk, lexicon: Lexicon) -> None:
    edition = await desk.quotes()
    again = Desk(desk.database, lexicon)
    assert again.names.editions() == ()
    await again.proofs.offer_recent()
    assert [choice.value for choice in again.names.editions()] == [edition]


async def test_an_answer_without_lines_has_no_edition(desk: Desk) -> None:
    answer = await desk.evidence.quotes(QuotesRequest("norland", "no such words"))
    assert (answer.sayings, answer.edition) == ((), None)


async def test_what_is_not_the_stored_text_is_never_issued(desk: Desk) -> None:
    answer = await desk.evidence.quotes(QuotesRequest("lind"))
    (saying,) = answer.sayings
    false = replace(saying, evidence=replace(saying.evidence, text=LINE.replace("not ", "")))
    with pytest.raises(UnprovedLineError):
        await desk.ledger.issue(replace(answer, sayings=(false,)))


async def test_a_quote_without_marks_in_the_source_is_never_issued_as_one(desk: Desk) -> None:
    answer = await desk.evidence.quotes(QuotesRequest("lind"))
    (saying,) = answer.sayings
    statement = saying.evidence.statement
    assert statement.quote is not None
    moved = replace(statement, quote=replace(statement.quote, start=statement.quote.start + 3))
    false = replace(saying, evidence=replace(saying.evidence, statement=moved))
    with pytest.raises(UnprovedLineError):
        await desk.ledger.issue(replace(answer, sayings=(false,)))


async def test_an_answer_that_can_not_be_kept_is_given_all_the_same(desk: Desk, lexicon: Lexicon) -> None:
    class ReadOnly:
        """A store of editions that can't be written."""

        async def keep(self, _: object) -> bool:
            raise StorageError("sqlite", "the disk is full")

    ledger = EditionLedger(
        corpus=desk.database.corpus,
        editions=ReadOnly(),  # type: ignore[arg-type]  # it fails before the rest is asked for
        names=desk.names,
        clock=lambda: NOW,
    )
    answer = await desk.evidence.quotes(QuotesRequest("lind"))
    assert (await ledger.issue(answer)).edition is None
