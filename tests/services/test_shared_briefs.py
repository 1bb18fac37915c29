"""The same question of the same corpus is composed once, and of a very large window the newest is read."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.articles.model import Article, DatePrecision, Published
from bot.articles.stories import fingerprint, group_stories
from bot.briefings.model import Briefing
from bot.errors import InvalidInputError
from bot.language.lexicon import Lexicon
from bot.positions.overrides import Override
from bot.positions.reader import Reader
from bot.services import material
from bot.services.audience import Audience
from bot.services.briefs import BriefService
from bot.services.correction_ports import Correction, CorrectionState, Reason
from bot.services.editions import EditionLedger
from bot.services.names import Names
from bot.services.ports import OPERATOR, Entry
from bot.services.positions import PositionService
from bot.services.results import BriefRequest, PositionsRequest
from bot.services.shelf import Shelf
from bot.storage.database import Database, open_database
from tests.presentation.samples import BRIEFING, DOSSIER, article

NOW = datetime(2031, 5, 6, 12, tzinfo=UTC)
LINES = (
    "The ministers of both sides met in the capital on Tuesday and spoke about the quota.",
    "“We will not raise the quota,” Mara Lind said after the meeting of the ministers.",
    "Boats stayed in the harbour for a third week while the talks went on behind closed doors.",
)


class World:
    """A store, and any number of services over it."""

    def __init__(self, database: Database, lexicon: Lexicon) -> None:
        self.database = database
        self.lexicon = lexicon
        self.now = NOW
        self.composed = 0

    async def store(self, *texts: tuple[str, datetime]) -> None:
        reader = Reader(self.lexicon, DOSSIER)
        articles = [_dated(text, at) for text, at in texts]
        entries = [Entry(one, reader.read(one), fingerprint(one), "v", NOW, baseline=True) for one in articles]
        await self.database.corpus.save(entries)
        await self.database.corpus.save_stories(group_stories(await self.database.corpus.fingerprints()))

    def service(self) -> BriefService:
        names, database = Names(DOSSIER), self.database
        world = self

        class Counted(BriefService):
            async def _composed(self, *given: object) -> Briefing:
                world.composed += 1
                return await super()._composed(*given)  # type: ignore[arg-type]

        return Counted(
            dossier=DOSSIER,
            lexicon=self.lexicon,
            corpus=database.corpus,
            states=database.source_states,
            names=names,
            ledger=EditionLedger(
                corpus=database.corpus, editions=database.editions, names=names, clock=lambda: self.now
            ),
            clock=lambda: self.now,
            default_items=12,
            audience=Audience(
                dossier=DOSSIER,
                corpus=database.corpus,
                own_sources=database.own_sources,
                corrections=database.corrections,
            ),
        )


def _dated(text: str, at: datetime) -> Article:
    name = hashlib.sha256(text.encode()).hexdigest()[:8]
    at_the_time = Published(at, DatePrecision.TIME)
    return article(text, id=name, location=f"{name}.txt", content_hash=name, title=text[:20], published=at_the_time)


@pytest.fixture
async def world(lexicon: Lexicon) -> AsyncIterator[World]:
    database = await open_database("sqlite://")
    world = World(database, lexicon)
    await world.store(*((line, NOW - timedelta(hours=number + 1)) for number, line in enumerate(LINES)))
    yield world
    await database.close()


async def test_the_same_answer_is_composed_once_and_is_what_a_fresh_one_would_be(world: World) -> None:
    service = world.service()
    first = await service.brief(BriefRequest())
    world.now += timedelta(minutes=7)
    again = await service.brief(BriefRequest())
    assert world.composed == 1
    fresh = await world.service().brief(BriefRequest())
    assert again == fresh
    assert again.items
    assert (again.window.end, again.composed_at) == (world.now, world.now)
    assert replace(again, window=first.window, composed_at=first.composed_at) == first


@pytest.mark.parametrize(
    "other",
    [BriefRequest(items=1), BriefRequest(words=40), BriefRequest(topics=("quota",)), BriefRequest(since="1h")],
)
async def test_another_question_is_composed_for_itself(world: World, other: BriefRequest) -> None:
    service = world.service()
    await service.brief(BriefRequest())
    answer = await service.brief(other)
    assert world.composed == 2
    assert answer == await world.service().brief(other)


async def test_what_is_stored_anew_is_in_the_next_answer(world: World) -> None:
    service = world.service()
    await service.brief(BriefRequest())
    text = "Mara Lind said on Wednesday that the quota would stay as it is for another year."
    await world.store((text, NOW - timedelta(minutes=1)))
    assert text in {item.text for item in (await service.brief(BriefRequest())).items}
    assert world.composed == 2


async def test_an_article_that_is_too_old_by_now_is_in_no_answer_any_more(world: World) -> None:
    service = world.service()
    await service.brief(BriefRequest())
    world.now += timedelta(hours=22)
    late = await service.brief(BriefRequest())
    assert (late.counts.articles, world.composed) == (2, 2)
    assert late == await world.service().brief(BriefRequest())


async def test_those_who_ask_at_once_wait_for_one(world: World) -> None:
    service = world.service()
    answers = await asyncio.gather(*(service.brief(BriefRequest()) for _ in range(5)))
    assert world.composed == 1
    assert len(set(answers)) == 1


async def test_what_an_editor_took_back_leaves_the_answer_at_once(world: World) -> None:
    service = world.service()
    before = await service.brief(BriefRequest())
    gone = before.items[0]
    article_id = gone.citations[0].article_id
    override = Override(0, OPERATOR, article_id, gone.text, "", None, withdrawn=True)
    await world.database.corrections.add(
        Correction(
            number=0,
            guild_id=OPERATOR,
            edition_id="",
            line=1,
            article_id=article_id,
            text=gone.text,
            source="s1",
            reason=Reason.TEXT,
            note="",
            reported_by=1,
            reported_at=NOW,
            state=CorrectionState.ACCEPTED,
            overrides=(override,),
        )
    )
    assert gone.text not in {item.text for item in (await service.brief(BriefRequest())).items}


async def test_of_a_large_window_the_newest_is_read_and_the_answer_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(material, "MOST_READ", 2)
    whole = await world.service().brief(BriefRequest())
    assert (whole.counts.articles, whole.counts.left_out) == (2, 1)
    assert LINES[2] not in {item.text for item in whole.items}


async def test_positions_are_composed_anew_when_the_corpus_changed(world: World) -> None:
    database, names = world.database, Names(DOSSIER)
    ledger = EditionLedger(corpus=database.corpus, editions=database.editions, names=names, clock=lambda: NOW)
    service = PositionService(dossier=DOSSIER, corpus=database.corpus, names=names, ledger=ledger)
    asked = PositionsRequest(actor="lind")
    first = await service.positions(asked)
    assert await service.positions(asked) == first
    assert (first.cells, first.articles) != ((), 0)
    assert await service.grid() != first
    await world.store(("Mara Lind said on Wednesday that she supported a higher quota.", NOW))
    assert (await service.positions(asked)).articles == first.articles + 1


async def test_a_failure_is_not_kept_and_giving_up_stops_nobody_else() -> None:
    shelf, go = Shelf[Briefing](most=1), asyncio.Event()

    async def fails() -> Briefing:
        raise InvalidInputError("since", "", "")

    async def waits() -> Briefing:
        await go.wait()
        return BRIEFING

    with pytest.raises(InvalidInputError):
        await shelf.answer("a", fails)
    one, other = (asyncio.create_task(shelf.answer("a", waits)) for _ in range(2))
    await asyncio.sleep(0)
    one.cancel()
    go.set()
    assert await other is BRIEFING
    assert await shelf.answer("a", _never) is BRIEFING
    assert await shelf.answer("b", waits) is BRIEFING
    with pytest.raises(AssertionError):
        await shelf.answer("a", _never)  # only the last one is kept


async def _never() -> Briefing:
    raise AssertionError
