"""The load, on real files and a real database."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument
from bot.dossier import Dossier, Source, SourceKind
from bot.language.lexicon import Lexicon
from bot.positions.model import Reading
from bot.positions.reader import Reader
from bot.services.loading import Loader
from bot.services.ports import DocumentState, Unreadable
from bot.services.results import LoadProgress, SourceReport
from bot.sources.folder import FolderReader
from bot.storage.database import Database, open_database

NOW = datetime(2025, 8, 20, 12, tzinfo=UTC)
HARBOUR = """Harbour talks stall over fishing rights

The two coast guards met for six hours on Tuesday and parted without a date for another meeting.
“We will not sign a text that nobody has read,” said Anna Lund, the minister of fisheries.
Crews on both sides of the sound went on fishing, and the price of cod rose for the third week in a row.
The ministry said that the talks would resume after the summer, once the new quota figures were known.
"""
ORCHARD = """Orchard owners ask for a longer picking season

Growers in the valley want the season to begin in July, two weeks earlier than the law allows.
Their association said on Monday that a fifth of the crop was lost last year to early frost and late permits.
The council has promised an answer by the end of the month, and the growers say that they can wait until then.
"""


@pytest.fixture
async def database() -> AsyncIterator[Database]:
    database = await open_database("sqlite://")
    yield database
    await database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "orchard.txt").write_text(ORCHARD, encoding="utf-8")
    return folder


@pytest.fixture
def source(folder: Path) -> Source:
    return Source("s1", SourceKind.FOLDER, str(folder), "Valley news")


@pytest.fixture
def make_loader(database: Database, lexicon: Lexicon, dossier: Dossier) -> Callable[[], Loader]:
    """Loaders as two starts of the program would have them: they share nothing but the database."""

    def make() -> Loader:
        return Loader(
            corpus=database.corpus,
            states=database.source_states,
            readers={SourceKind.FOLDER: FolderReader()},
            cleaner=Cleaner(lexicon),
            reader=Reader(lexicon, dossier),
            clock=lambda: NOW,
        )

    return make


async def load(loader: Loader, source: Source, progress: list[LoadProgress] | None = None) -> SourceReport:
    report = await loader.load([source], progress.append if progress is not None else None)
    return report.sources[0]


async def test_a_first_load_reads_everything_and_a_second_one_nothing(
    make_loader: Callable[[], Loader], source: Source, database: Database
) -> None:
    progress: list[LoadProgress] = []
    first = await load(make_loader(), source, progress)
    assert (first.new, first.changed, first.unchanged, first.failed) == (2, 0, 0, ())
    assert first.statements >= 2
    assert progress[-1] == LoadProgress("Valley news", 2, 2, first.statements)

    progress.clear()
    second = await load(make_loader(), source, progress)
    assert (second.new, second.changed, second.unchanged) == (0, 0, 2)
    assert (second.statements, progress) == (0, [])
    assert (await database.source_states.all())["s1"].status == "unchanged"


async def test_only_what_changed_is_read_again(
    make_loader: Callable[[], Loader], source: Source, folder: Path, database: Database
) -> None:
    await load(make_loader(), source)
    (folder / "orchard.txt").write_text(ORCHARD + "\nThe mayor said that she would sign.\n", encoding="utf-8")
    report = await load(make_loader(), source)
    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
    texts = await database.corpus.texts([state.article_id for state in (await states(database)).values()])
    assert any("she would sign" in text for text in texts.values())


async def test_a_file_that_is_gone_takes_its_article_along(
    make_loader: Callable[[], Loader], source: Source, folder: Path, database: Database
) -> None:
    await load(make_loader(), source)
    (folder / "orchard.txt").unlink()
    report = await load(make_loader(), source)
    assert (report.removed, report.unchanged) == (1, 1)
    assert list(await states(database)) == ["harbour.txt"]


async def test_copies_are_folded_and_counted(
    make_loader: Callable[[], Loader], source: Source, folder: Path, database: Database
) -> None:
    (folder / "copy.txt").write_text(HARBOUR.replace("six hours", "6 hours"), encoding="utf-8")
    report = await load(make_loader(), source)
    assert (report.new, report.folded) == (3, 1)
    counts = await database.corpus.counts()
    assert (counts.articles, counts.stories) == (3, 2)


async def test_one_bad_file_never_stops_a_load(make_loader: Callable[[], Loader], source: Source, folder: Path) -> None:
    (folder / "broken.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    (folder / "empty.txt").write_bytes(b"")
    report = await load(make_loader(), source)
    assert report.new == 2
    assert sorted(location for location, _ in report.failed) == ["broken.txt", "empty.txt"]
    assert all(reason for _, reason in report.failed)


async def test_a_fault_of_ours_costs_one_article_and_is_loud(
    database: Database, lexicon: Lexicon, dossier: Dossier, source: Source, caplog: pytest.LogCaptureFixture
) -> None:
    class Stumbling(Reader):
        def read(self, article: Article) -> Reading:
            if "Orchard" in article.text:
                raise ZeroDivisionError
            return super().read(article)

    def loader(reader: Reader) -> Loader:
        return Loader(
            corpus=database.corpus,
            states=database.source_states,
            readers={SourceKind.FOLDER: FolderReader()},
            cleaner=Cleaner(lexicon),
            reader=reader,
            clock=lambda: NOW,
        )

    report = await load(loader(Stumbling(lexicon, dossier)), source)
    assert (report.new, [location for location, _ in report.failed]) == (1, ["orchard.txt"])
    assert "ZeroDivisionError" in caplog.text
    report = await load(loader(Reader(lexicon, dossier)), source)
    assert (report.new, report.unchanged, report.failed) == (1, 1, ())


async def test_a_fault_in_a_reader_costs_one_source(
    database: Database, lexicon: Lexicon, dossier: Dossier, source: Source, caplog: pytest.LogCaptureFixture
) -> None:
    class Stumbling(FolderReader):
        async def locations(self, source: Source) -> Sequence[str]:
            if source.id == "s0":
                raise ZeroDivisionError
            return await super().locations(source)

    loader = Loader(
        corpus=database.corpus,
        states=database.source_states,
        readers={SourceKind.FOLDER: Stumbling()},
        cleaner=Cleaner(lexicon),
        reader=Reader(lexicon, dossier),
        clock=lambda: NOW,
    )
    broken, well = (await loader.load([replace(source, id="s0"), source])).sources
    assert (broken.new, broken.error is None, well.new, well.error) == (0, False, 2, None)
    assert "ZeroDivisionError" in caplog.text
    assert (await database.source_states.all())["s0"].failures == 1


async def test_a_file_that_changes_while_it_is_read_is_stored_as_it_is_and_read_again(
    database: Database, lexicon: Lexicon, dossier: Dossier, source: Source, folder: Path
) -> None:
    """Between the look at a folder and the reading of a file, it is written anew, and another one goes."""

    class Late(FolderReader):
        async def again(self, source: Source, locations: Sequence[str]) -> Sequence[RawDocument | Unreadable]:
            (folder / "harbour.txt").write_text(HARBOUR + "\nThe mayor said that she would sign.\n", encoding="utf-8")
            (folder / "orchard.txt").unlink(missing_ok=True)
            return await super().again(source, locations)

    def loader(reader: FolderReader) -> Loader:
        return Loader(
            corpus=database.corpus,
            states=database.source_states,
            readers={SourceKind.FOLDER: reader},
            cleaner=Cleaner(lexicon),
            reader=Reader(lexicon, dossier),
            clock=lambda: NOW,
        )

    report = await load(loader(Late()), source)
    assert (report.new, [location for location, _ in report.failed]) == (1, ["orchard.txt"])
    [state] = (await states(database)).values()
    assert "she would sign" in (await database.corpus.texts([state.article_id]))[state.article_id]
    report = await load(loader(FolderReader()), source)
    assert (report.new, report.changed, report.unchanged, report.failed) == (0, 0, 1, ())


async def test_a_folder_that_is_gone_is_reported_and_loses_nothing(
    make_loader: Callable[[], Loader], source: Source, folder: Path, database: Database, tmp_path: Path
) -> None:
    await load(make_loader(), source)
    await asyncio.to_thread(folder.rename, tmp_path / "elsewhere")
    report = await load(make_loader(), source)
    assert report.error
    assert len(await states(database)) == 2
    state = (await database.source_states.all())["s1"]
    assert (state.status, state.failures, state.succeeded_at) == ("failing", 1, NOW)


async def test_a_kind_without_a_reader_is_reported(make_loader: Callable[[], Loader]) -> None:
    report = await load(make_loader(), Source("s2", SourceKind.FEED, "https://example.org/feed", "A feed"))
    assert report.error is not None
    assert "feed" in report.error


async def test_two_loads_at_once_end_as_one(
    make_loader: Callable[[], Loader], source: Source, database: Database
) -> None:
    loader = make_loader()
    reports = await asyncio.gather(load(loader, source), load(loader, source))
    assert sorted(report.new for report in reports) == [0, 2]
    assert (await database.corpus.counts()).articles == 2


async def test_a_load_that_was_cut_short_is_finished_by_the_next(
    make_loader: Callable[[], Loader], source: Source, folder: Path, database: Database
) -> None:
    """The articles were stored, the stories not: the next load folds although nothing changed."""
    (folder / "copy.txt").write_text(HARBOUR.replace("six hours", "6 hours"), encoding="utf-8")

    def cut(_: LoadProgress) -> None:
        raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        await make_loader().load([source], cut)
    assert await database.corpus.unfolded() == 3
    report = await load(make_loader(), source)
    assert report.unchanged == 3
    assert (await database.corpus.counts()).stories == 2


async def states(database: Database) -> dict[str, DocumentState]:
    found = await database.corpus.document_states("s1")
    return {location: found[location] for location in sorted(found)}
