"""What a reload spares itself by looking at stamps: never a change. Real files, a real database."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import RawDocument
from bot.dossier import Dossier, Source, SourceKind
from bot.language.lexicon import Lexicon
from bot.positions.reader import Reader
from bot.services.loading import Loader
from bot.services.ports import StoredArticle, Unreadable
from bot.services.results import SourceReport
from bot.services.source_ports import Looks
from bot.sources.folder import FolderReader
from bot.storage.database import Database, open_database
from tests.sources.test_folder import CHANGES, later, rewrite, wait_for_a_tick

NOW = datetime(2025, 8, 20, 12, tzinfo=UTC)
WORDS = ("harbour", "quota", "council", "envoy", "season", "ferry", "minister", "river", "bridge", "letter", "winter")


@dataclass(frozen=True, slots=True)
class Watched(FolderReader):
    """Remembers which files were opened."""

    opened: list[str] = field(default_factory=list)

    async def stamped(
        self, source: Source, locations: Sequence[str]
    ) -> Sequence[tuple[RawDocument | Unreadable, str | None]]:
        self.opened.extend(locations)
        return await FolderReader.stamped(self, source, locations)


@dataclass
class World:
    """A folder, a database, and loads as separate starts of the program would do them."""

    folder: Path
    database: Database
    cleaner: Cleaner
    reader: Reader

    def put(self, name: str, *paragraphs: str) -> Path:
        file = self.folder / name
        file.write_text("\n\n".join([f"Title of {name}", *paragraphs]) + "\n", encoding="utf-8")
        return file

    async def load(
        self,
        *,
        clock: Callable[[], int] = later,
        now: datetime = NOW,
        looks: bool = True,
        database: Database | None = None,
    ) -> tuple[SourceReport, set[str]]:
        """The report, and which files were opened."""
        reader, where = Watched(clock=clock), database or self.database
        remembered: Looks | None = where.looks if looks else None
        loader = Loader(
            corpus=where.corpus,
            states=where.source_states,
            readers={SourceKind.FOLDER: reader},
            cleaner=self.cleaner,
            reader=self.reader,
            clock=lambda: now,
            looks=remembered,
        )
        report = await loader.load([Source("s1", SourceKind.FOLDER, str(self.folder), "Valley news")])
        return report.sources[0], set(reader.opened)

    async def stored(self, database: Database | None = None) -> tuple[StoredArticle, ...]:
        return await (database or self.database).corpus.articles_between(None, None, undated=True)


@pytest.fixture
async def world(tmp_path: Path, lexicon: Lexicon, dossier: Dossier) -> AsyncIterator[World]:
    database = await open_database("sqlite://")
    folder = tmp_path / "articles"
    folder.mkdir()
    made = World(folder, database, Cleaner(lexicon), Reader(lexicon, dossier))
    for number in range(5):
        made.put(f"{number}.txt", prose(number))
    yield made
    await database.close()


def prose(seed: int, sentences: int = 3) -> str:
    chance = random.Random(seed)
    return " ".join(f"The {' '.join(chance.choices(WORDS, k=12))}." for _ in range(sentences))


ALL = {f"{number}.txt" for number in range(5)}


async def test_what_did_not_change_is_not_opened(world: World) -> None:
    report, opened = await world.load()
    assert (report.new, opened) == (5, ALL)
    report, opened = await world.load()
    assert (report.unchanged, report.changed, opened) == (5, 0, set())


@pytest.mark.parametrize("change", ["another size", "same size, time set back", "another file renamed to it"])
async def test_what_changed_is_read_and_nothing_else(world: World, change: str) -> None:
    await world.load()
    wait_for_a_tick(world.folder / "2.txt")
    CHANGES[change](world.folder / "2.txt")
    report, opened = await world.load()
    assert (report.new, report.changed, report.unchanged, opened) == (0, 1, 4, {"2.txt"})
    report, opened = await world.load()
    assert (report.unchanged, opened) == (5, set())


async def test_another_folder_in_its_place_is_read(world: World) -> None:
    await world.load()
    wait_for_a_tick(world.folder / "2.txt")
    CHANGES["another folder in the place of its own"](world.folder / "2.txt")
    report, opened = await world.load()
    assert (report.changed, report.removed, opened) == (1, 4, {"2.txt"})


@pytest.mark.parametrize("change", ["touched", "rights"])
async def test_what_is_the_same_but_for_its_stamp_is_opened_once(world: World, change: str) -> None:
    await world.load()
    wait_for_a_tick(world.folder / "2.txt")
    CHANGES[change](world.folder / "2.txt")
    assert [(report.changed, opened) for report, opened in [await world.load(), await world.load()]] == [
        (0, {"2.txt"}),
        (0, set()),
    ]


async def test_a_change_within_the_tick_of_the_last_look_is_seen(world: World) -> None:
    """By the real clock: what was written just now is looked at again, whatever its stamp."""
    file = world.put("2.txt", prose(2))
    await world.load(clock=time.time_ns)
    for _ in range(20):  # some of them within one tick
        rewrite(file)
        report, opened = await world.load(clock=time.time_ns)
        assert report.changed == 1
        assert "2.txt" in opened


async def test_where_the_clock_was_set_back_all_is_read(world: World) -> None:
    await world.load()
    _, opened = await world.load(now=NOW - timedelta(seconds=1))
    assert opened == ALL, "looks from times to come are not believed"


async def test_a_look_is_believed_for_a_day(world: World) -> None:
    await world.load()
    _, opened = await world.load(now=NOW + timedelta(hours=23))
    assert opened == set()
    _, opened = await world.load(now=NOW + timedelta(hours=25))
    assert opened == ALL
    _, opened = await world.load(now=NOW + timedelta(hours=48))
    assert opened == set(), "the last look counts"


async def test_a_link_is_followed_every_time(world: World, tmp_path: Path) -> None:
    (world.folder / "link.txt").symlink_to(world.folder / "aside.dat")
    (world.folder / "aside.dat").write_text(f"Aside\n\n{prose(7)}\n", encoding="utf-8")
    await world.load()
    (world.folder / "aside.dat").write_text(f"Aside\n\n{prose(8)}\n", encoding="utf-8")
    report, opened = await world.load()
    assert (report.changed, opened) == (1, {"link.txt"})


async def test_what_can_not_be_read_is_tried_every_time(world: World) -> None:
    (world.folder / "empty.txt").write_bytes(b"")
    await world.load()
    report, opened = await world.load()
    assert (report.failed, opened) == ((("empty.txt", "is empty"),), {"empty.txt"})


async def test_a_file_that_changes_after_the_look_is_looked_at_again(world: World) -> None:
    """Its stamp is that of what was looked at, not of what was stored in the end."""

    @dataclass(frozen=True, slots=True)
    class Late(Watched):
        async def again(self, source: Source, locations: Sequence[str]) -> Sequence[RawDocument | Unreadable]:
            if "2.txt" in locations:
                world.put("2.txt", prose(99))
            return await FolderReader.again(self, source, locations)

    source = Source("s1", SourceKind.FOLDER, str(world.folder), "Valley news")
    loader = Loader(
        corpus=world.database.corpus,
        states=world.database.source_states,
        readers={SourceKind.FOLDER: Late(clock=later)},
        cleaner=world.cleaner,
        reader=world.reader,
        clock=lambda: NOW,
        looks=world.database.looks,
    )
    wait_for_a_tick(world.folder / "2.txt")
    await loader.load([source])
    report, opened = await world.load()
    assert (report.changed, opened) == (0, {"2.txt"})
    assert any(prose(99) in one.article.text for one in await world.stored())


async def test_a_line_that_becomes_furniture_is_dropped_where_nothing_else_changed(world: World) -> None:
    for number in range(2):
        world.put(f"{number}.txt", prose(number), "Read the Valley Letter")
    await world.load()
    world.put("2.txt", prose(2), "Read the Valley Letter")
    report, opened = await world.load()
    assert (report.changed, report.dropped_lines >= 3) == (3, True)
    assert opened == {"0.txt", "1.txt", "2.txt"}
    assert not any("Valley Letter" in one.article.text for one in await world.stored())


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_happens_it_ends_as_if_all_were_read(world: World, seed: int) -> None:
    chance = random.Random(seed)
    lines = ["Share", "Read the Valley Letter", "© Valley news", prose(1000, 1), prose(1001, 1)]
    for step in range(12):
        for _ in range(chance.randint(0, 3)):
            name = f"{chance.randrange(9)}.txt"
            if chance.random() < 0.25:
                (world.folder / name).unlink(missing_ok=True)
            else:
                world.put(name, *chance.sample([prose(chance.randrange(20)), *lines], k=chance.randint(1, 4)))
        await asyncio.to_thread(wait_for_a_tick, world.folder / "stamp")
        await world.load(now=NOW + timedelta(minutes=step), clock=chance.choice([later, time.time_ns]))
        other = await open_database("sqlite://")
        await world.load(looks=False, database=other)
        for one in (world.database, other):
            assert await one.corpus.unfolded() == 0
        assert await _hashes(world.database) == await _hashes(other)
        await other.close()


async def _hashes(database: Database) -> dict[str, tuple[str, str]]:
    found = await database.corpus.document_states("s1")
    texts = await database.corpus.texts([one.article_id for one in found.values()])
    return {location: (one.content_hash, texts[one.article_id]) for location, one in found.items()}
