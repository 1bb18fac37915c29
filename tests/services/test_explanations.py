"""Explanations and splits, on real files and a real database."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import Relation
from bot.articles.stories import SPLIT_OFF
from bot.dossier import Dossier, Source, SourceKind
from bot.errors import InvalidInputError, NotFoundError
from bot.language.lexicon import Lexicon
from bot.positions.reader import Reader
from bot.services.audience import Audience
from bot.services.explanations import ExplanationService
from bot.services.loading import Loader
from bot.services.splits import MemorySplits
from bot.sources.folder import FolderReader
from bot.storage.database import Database, open_database

NOW = datetime(2025, 8, 20, 12, tzinfo=UTC)
HARBOUR = """Harbour talks stall over fishing rights

By Ida Berg

20 August 2025

The two coast guards met for six hours on Tuesday and parted without a date for another meeting.

“We will not sign a text that nobody has read,” said Anna Lund, the minister of fisheries.

Crews on both sides of the sound went on fishing, and the price of cod rose for the third week in a row.

The ministry said that the talks would resume after the summer, once the new quota figures were known.
"""
CUT = HARBOUR.rpartition("\n\n")[0] + "\n"
RETOLD = """Coast guards part without a date as harbour talks stall

20 August 2025

Six hours of talks between the two coast guards over fishing rights ended on Tuesday without a date for a next meeting.

Nobody would say what had gone wrong, and the delegations left the harbour by different roads before it was dark.
"""
ORCHARD = """Orchard owners ask for a longer picking season

Growers in the valley want the season to begin in July, two weeks earlier than the law allows.

Their association said on Monday that a fifth of the crop was lost last year to early frost and late permits.
"""


@pytest.fixture
async def database() -> AsyncIterator[Database]:
    database = await open_database("sqlite://")
    yield database
    await database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("harbour", HARBOUR), ("cut", CUT), ("retold", RETOLD), ("orchard", ORCHARD)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def source(folder: Path) -> Source:
    return Source("s1", SourceKind.FOLDER, str(folder), "Valley news")


@pytest.fixture
def loader(database: Database, lexicon: Lexicon, dossier: Dossier) -> Loader:
    return Loader(
        corpus=database.corpus,
        states=database.source_states,
        readers={SourceKind.FOLDER: FolderReader()},
        cleaner=Cleaner(lexicon),
        reader=Reader(lexicon, dossier),
        clock=lambda: NOW,
        splits=MemorySplits(database.memory),
    )


@pytest.fixture
async def service(
    database: Database, loader: Loader, source: Source, lexicon: Lexicon, dossier: Dossier
) -> ExplanationService:
    await loader.load([source])
    return ExplanationService(
        dossier=dossier,
        lexicon=lexicon,
        corpus=database.corpus,
        splits=MemorySplits(database.memory),
        refold=loader.refold,
        clock=lambda: NOW,
        items=12,
    )


async def test_everything_about_an_article(service: ExplanationService) -> None:
    found = await service.explain("harbour.txt")
    assert found.article.title == "Harbour talks stall over fishing rights"
    assert found.source == "s1"
    assert found.first_seen_at == NOW
    assert found.article.provenance["author"] == "text: byline"
    assert ("By Ida Berg", "byline") in {(one.text, one.rule) for one in found.article.dropped}
    assert [member.relation for member in found.story.members] == [Relation.LEAD, Relation.TRUNCATED]
    assert {one.location for one in found.others.values()} == {"cut.txt", "retold.txt"}
    assert len(found.event.members) == 2
    assert [fate.sentence for fate in found.fates] == [one.index for one in found.reading.sentences]
    assert any(fate.line for fate in found.fates)
    assert all(fate.why for fate in found.fates)
    assert found.window.asked == "2025-08-20"


async def test_a_copy_names_the_print_that_is_told_instead(service: ExplanationService) -> None:
    found = await service.explain("cut.txt")
    assert found.story.lead_id != found.article.id
    assert all(fate.line is None and "the fullest print of its story" in fate.why for fate in found.fates)
    assert any(member.article_id == found.story.lead_id for member in found.event.members)


async def test_an_undated_article_is_explained_over_everything(service: ExplanationService) -> None:
    found = await service.explain("Orchard owners")
    assert found.window.asked == "all"
    assert [len(found.story.members), len(found.event.members)] == [1, 1]
    assert any(fate.line for fate in found.fates)


@pytest.mark.parametrize("typed", ["harbour.txt", "HARBOUR.TXT", "harbour.t", "retold", "Coast guards"])
async def test_an_article_is_found_by_beginnings_and_whole_names(service: ExplanationService, typed: str) -> None:
    found = await service.explain(typed)
    assert typed.casefold() in f"{found.article.location} {found.article.title}".casefold()
    assert (await service.explain(found.article.id)).article == found.article


@pytest.mark.parametrize(("typed", "kind"), [("no such thing", "article"), (".txt", "single article")])
async def test_none_or_several_are_refused_with_what_there_is(
    service: ExplanationService, typed: str, kind: str
) -> None:
    with pytest.raises(NotFoundError) as refused:
        await service.explain(typed)
    assert refused.value.kind == kind
    assert bool(refused.value.suggestions) is (kind == "single article")


async def test_a_split_copy_is_alone_first_as_a_text_then_as_an_event(service: ExplanationService) -> None:
    found = await service.split("cut.txt", user_id=905)
    assert [member.reason for member in found.story.members] == [SPLIT_OFF]
    assert found.split is not None
    assert (found.split.from_story, found.split.from_event, found.split.by) == (True, False, 905)
    assert len(found.event.members) > 1
    again = await service.split("cut.txt")
    assert again.split is not None
    assert (again.split.from_story, again.split.from_event) == (True, True)
    assert len(again.event.members) == 1
    with pytest.raises(InvalidInputError, match="alone already"):
        await service.split("cut.txt")
    whole = await service.explain("harbour.txt")
    assert [len(whole.story.members), len(whole.event.members)] == [1, 2]


async def test_a_split_holds_over_loads_until_it_is_undone(
    service: ExplanationService, loader: Loader, source: Source, folder: Path
) -> None:
    before = await service.explain("cut.txt")
    await service.split("cut.txt")
    (folder / "cut.txt").write_text(CUT.replace("six hours", "seven hours"), encoding="utf-8")
    await loader.load([source])
    assert len((await service.explain("cut.txt")).story.members) == 1
    (folder / "cut.txt").write_text(CUT, encoding="utf-8")
    await loader.load([source])
    after = await service.join("cut.txt")
    assert (after.story, after.event, after.split) == (before.story, before.event, None)
    with pytest.raises(InvalidInputError, match="not split off"):
        await service.join("cut.txt")


async def test_a_lead_that_is_split_off_leaves_its_copies_together(
    service: ExplanationService, folder: Path, loader: Loader, source: Source
) -> None:
    (folder / "third.txt").write_text(CUT.replace("price of cod", "price of herring"), encoding="utf-8")
    await loader.load([source])
    assert len((await service.explain("harbour.txt")).story.members) == 3
    assert len((await service.split("harbour.txt")).story.members) == 1
    assert len((await service.explain("cut.txt")).story.members) == 2


async def test_a_server_splits_for_itself_alone(
    database: Database, loader: Loader, service: ExplanationService, lexicon: Lexicon, dossier: Dossier
) -> None:
    splits = MemorySplits(database.memory)
    audience = Audience(dossier=dossier, corpus=database.corpus, own_sources=database.own_sources, splits=splits)
    service = ExplanationService(
        dossier=dossier,
        lexicon=lexicon,
        corpus=database.corpus,
        splits=splits,
        refold=loader.refold,
        clock=lambda: NOW,
        items=12,
        audience=audience,
    )
    split = await service.split("cut.txt", guild_id=7, user_id=905)
    assert [member.reason for member in split.story.members] == [SPLIT_OFF]
    assert len((await service.explain("harbour.txt", 7)).story.members) == 1
    assert any(fate.line for fate in split.fates) or all("fullest print" not in fate.why for fate in split.fates)
    for guild in (None, 8):
        other = await service.explain("cut.txt", guild)
        assert (len(other.story.members), other.split) == (2, None)
    assert [await audience.normal(guild) for guild in (7, 8)] == [7, None]
    evidence = {one.citation.location: one.story_id for one in await (await audience.corpus(7)).evidence()}
    assert evidence["cut.txt"] != evidence["harbour.txt"]
    await loader.refold()
    assert len((await service.explain("cut.txt", 7)).story.members) == 1
    with pytest.raises(InvalidInputError, match="not split off"):
        await service.join("cut.txt", 8)
    assert len((await service.join("cut.txt", 7)).story.members) == 2
    await service.split("cut.txt")
    with pytest.raises(InvalidInputError, match="who runs the bot"):
        await service.join("cut.txt", 7)


async def test_articles_are_suggested(service: ExplanationService) -> None:
    assert len(await service.suggest("")) == 4
    (found,) = await service.suggest("orchard")
    assert found.label == "Orchard owners ask for a longer picking season"
    assert (await service.explain(found.value)).article.location == "orchard.txt"
    assert await service.suggest("nothing of the kind") == ()
