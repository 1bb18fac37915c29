"""Loads on several cores, with real processes: the same result as in one, whatever happens to them."""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.articles.clean import Cleaner
from bot.dossier import Dossier, Source, SourceKind
from bot.language.lexicon import Lexicon
from bot.positions.reader import Reader
from bot.services.crew import Crew
from bot.services.loading import Loader
from bot.services.results import LoadProgress
from bot.sources.folder import FolderReader
from bot.storage.database import Database, open_database
from tests.press import Press, print_folder
from tests.same_rows import rows_of

NOW = datetime(2025, 8, 20, 12, tzinfo=UTC)
ARTICLES = 230
MakeLoader = Callable[[Database, int], Loader]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, dossier: Dossier) -> Source:
    folder = tmp_path_factory.mktemp("press")
    print_folder(folder, Press(dossier, words=60), ARTICLES)
    (folder / "000" / "000100.txt").write_bytes(b"By Nobody\n")  # nothing is left of it after cleaning
    return Source("s1", SourceKind.FOLDER, str(folder), "Press")


@pytest.fixture
def make_loader(lexicon: Lexicon, dossier: Dossier) -> MakeLoader:
    def make(database: Database, size: int) -> Loader:
        return Loader(
            corpus=database.corpus,
            states=database.source_states,
            readers={SourceKind.FOLDER: FolderReader()},
            cleaner=Cleaner(lexicon),
            reader=Reader(lexicon, dossier),
            clock=lambda: NOW,
            crew=Crew(lexicon, dossier, size=size),
        )

    return make


@pytest.fixture
async def databases(tmp_path: Path) -> AsyncIterator[tuple[Database, Database]]:
    both = (
        await open_database(f"sqlite:///{tmp_path / 'one.db'}"),
        await open_database(f"sqlite:///{tmp_path / 'b.db'}"),
    )
    yield both
    for one in both:
        await one.close()


async def test_a_crew_brings_the_same_as_one_process(
    databases: tuple[Database, Database], make_loader: MakeLoader, source: Source
) -> None:
    alone, together = databases
    progress: list[list[LoadProgress]] = [[], []]
    first = await make_loader(alone, 1).load([source], progress[0].append)
    second = await make_loader(together, 2).load([source], progress[1].append)
    assert first.sources[0].new == ARTICLES - 1
    assert (first, progress[0]) == (second, progress[1])
    assert await rows_of(alone.masked_url) == await rows_of(together.masked_url)
    assert multiprocessing.active_children() == []


async def test_a_process_that_dies_costs_nothing(
    databases: tuple[Database, Database], make_loader: MakeLoader, source: Source, caplog: pytest.LogCaptureFixture
) -> None:
    alone, together = databases
    killed: list[int | None] = []

    def kill(_: LoadProgress) -> None:
        for process in multiprocessing.active_children() if not killed else ():
            process.kill()
            killed.append(process.pid)

    first = await make_loader(alone, 1).load([source])
    second = await make_loader(together, 2).load([source], kill)
    assert len(killed) == 2
    assert first == second
    assert await rows_of(alone.masked_url) == await rows_of(together.masked_url)
    assert "goes on without help" in caplog.text
    assert multiprocessing.active_children() == []


async def test_a_load_that_is_called_off_leaves_no_process(
    databases: tuple[Database, Database], make_loader: MakeLoader, source: Source
) -> None:
    database, _ = databases
    loader = make_loader(database, 2)
    begun = asyncio.Event()
    load = asyncio.create_task(loader.load([source], lambda _: begun.set()))
    await begun.wait()
    assert len(multiprocessing.active_children()) == 2
    load.cancel()
    with pytest.raises(asyncio.CancelledError):
        await load
    assert multiprocessing.active_children() == []
    assert (await loader.load([source])).sources[0].unchanged > 0, "what was stored is not read again"
    assert (await database.corpus.counts()).articles == ARTICLES - 1


async def test_a_small_load_starts_no_process(
    databases: tuple[Database, Database], make_loader: MakeLoader, source: Source, tmp_path: Path, dossier: Dossier
) -> None:
    folder = tmp_path / "small"
    print_folder(folder, Press(dossier, words=60), 3)
    seen: list[int] = []
    small = Source("s2", SourceKind.FOLDER, str(folder), "Small")
    await make_loader(databases[0], 2).load([small], lambda _: seen.append(len(multiprocessing.active_children())))
    assert seen == [0]
