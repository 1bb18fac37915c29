"""The sources of the dossier: reloads that join, pauses, rounds that are due, and who is told."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import RawDocument
from bot.dossier import Dossier, Source, SourceKind, SourceStatus
from bot.errors import DeliveryRejectedError, InvalidInputError, NotFoundError, SourceError
from bot.language.lexicon import Lexicon
from bot.positions.reader import Reader
from bot.services.audience import Audience
from bot.services.health import Pace
from bot.services.loading import Loader
from bot.services.names import Names
from bot.services.ports import Finding, Pause, SourceState
from bot.services.source_news import MOST_LEFT, SourceNews
from bot.services.sources import SourceService
from bot.storage.database import Database, open_database
from tests.services.fakes import FakeClock

TEXT = "Harbour talks stall over fishing rights\n\nThe two coast guards met for six hours and parted without a date.\n"


class FakeReader:
    """One article a source. Sources named in `faults` fail; `reads` is the order of readings."""

    def __init__(self) -> None:
        self.faults: dict[str, SourceError] = {}
        self.reads: list[str] = []
        self.gate: asyncio.Event | None = None

    async def count(self, source: Source) -> int | None:
        return 1

    async def documents(self, source: Source) -> AsyncIterator[Finding]:
        self.reads.append(source.name)
        if self.gate is not None:
            await self.gate.wait()
        if source.name in self.faults:
            raise self.faults[source.name]
        yield RawDocument(source.id, "one.txt", TEXT.encode(), media_type="text/plain", hints={})


class FakeNotifier:
    """Remembers what was told; channels in `deaf` refuse."""

    def __init__(self) -> None:
        self.told: list[tuple[int, str]] = []
        self.deaf: set[int] = set()

    async def tell(self, channel_id: int, title: str, lines: Sequence[str]) -> None:
        if channel_id in self.deaf:
            raise DeliveryRejectedError(channel_id, "gone")
        self.told.append((channel_id, "\n".join(lines)))


@dataclass
class Desk:
    """The service with what a test moves."""

    service: SourceService
    reader: FakeReader
    clock: FakeClock
    notifier: FakeNotifier
    database: Database
    news: SourceNews

    async def pauses(self) -> Mapping[str, Pause | None]:
        return {source_id: state.pause for source_id, state in (await self.database.source_states.all()).items()}


@pytest.fixture
async def desk(lexicon: Lexicon, dossier: Dossier) -> AsyncIterator[Desk]:
    database = await open_database("sqlite://")
    sources = tuple(Source(f"s{n}", SourceKind.FOLDER, f"/srv/folder{n}", f"Paper {n}") for n in (1, 2))
    dossier = replace(dossier, sources=sources)
    reader, clock, notifier, names = FakeReader(), FakeClock(), FakeNotifier(), Names(dossier)
    loader = Loader(
        corpus=database.corpus,
        states=database.source_states,
        readers={SourceKind.FOLDER: reader},
        cleaner=Cleaner(lexicon),
        reader=Reader(lexicon, dossier),
        clock=clock,
        pace=Pace(timedelta(minutes=30)),
    )
    news = SourceNews(database.guilds, database.memory)
    audience = Audience(dossier=dossier, corpus=database.corpus, own_sources=database.own_sources)
    service = SourceService(
        loader=loader,
        audience=audience,
        states=database.source_states,
        names=names,
        news=news,
        clock=clock,
    )
    yield Desk(service, reader, clock, notifier, database, news)
    await database.close()


def slow(name: str) -> SourceError:
    return SourceError(name, "no answer within 20 s", kind=SourceStatus.SLOW.value)


async def test_a_failing_source_is_left_alone_in_periodic_rounds_only(desk: Desk) -> None:
    desk.reader.faults["Paper 2"] = slow("Paper 2")
    for _ in range(5):  # every half hour: at 0, 30, (60), 90, (120)
        await desk.service.reload_due()
        desk.clock.move(minutes=30)
    assert desk.reader.reads.count("Paper 1") == 5
    assert desk.reader.reads.count("Paper 2") == 3
    await desk.service.reload()
    assert desk.reader.reads.count("Paper 2") == 4


async def test_two_reloads_of_the_same_join(desk: Desk) -> None:
    desk.reader.gate = asyncio.Event()
    both = asyncio.gather(desk.service.reload(), desk.service.reload())
    await asyncio.sleep(0.05)
    desk.reader.gate.set()
    first, second = await both
    assert first is second
    assert desk.reader.reads == ["Paper 1", "Paper 2"]


async def test_a_paused_source_is_not_read_until_resumed(desk: Desk) -> None:
    assert (await desk.service.pause("Paper 2")).status == "paused"
    await desk.service.reload()
    await desk.service.reload_due()
    assert desk.reader.reads == ["Paper 1"] * 2
    with pytest.raises(InvalidInputError, match="resume it first"):
        await desk.service.reload("Paper 2")
    assert (await desk.service.resume("Paper 2")).status == "not read yet"
    await desk.service.reload("Paper 2")
    assert desk.reader.reads[-1] == "Paper 2"


async def test_a_check_has_the_numbers_of_the_last_round(desk: Desk) -> None:
    assert (await desk.service.check("Paper 1")).status == "not read yet"
    await desk.service.reload()
    desk.clock.move(hours=1)
    await desk.service.reload()
    view = await desk.service.check("Paper 1")
    assert view.state is not None
    assert (view.status, view.state.tally.new, view.state.tally.unchanged) == ("unchanged", 0, 1)
    assert view.state.news_at == desk.clock.now - timedelta(hours=1)


async def test_where_a_folder_lies_is_told_to_who_runs_the_bot_alone(desk: Desk) -> None:
    for one in (await desk.service.check("Paper 1"), (await desk.service.list())[0]):
        assert (one.location, one.is_own) == ("/srv/folder1", False)  # nor is it any server's
    for one in (await desk.service.check("Paper 1", 7), (await desk.service.list(7))[0]):
        assert (one.location, one.is_own) == ("folder1", False)


@pytest.mark.parametrize("act", ["check", "pause", "resume", "reload"])
async def test_what_is_not_there_is_not_found(desk: Desk, act: str) -> None:
    with pytest.raises(NotFoundError):
        await getattr(desk.service, act)("Nobody's paper")


async def test_log_channels_are_told_once_of_a_pause_and_of_its_end(desk: Desk) -> None:
    desk.news.speak_through(desk.notifier)
    await desk.database.guilds.set_log_channel(7, 70)
    await desk.database.guilds.set_log_channel(8, 80)
    desk.notifier.deaf.add(70)
    desk.reader.faults["Paper 2"] = slow("Paper 2")
    for _ in range(9):
        await desk.service.reload_due()
        desk.clock.move(hours=12)
    assert (await desk.pauses()) == {"s1": None, "s2": Pause.FAILING}
    ((channel, text),) = desk.notifier.told
    assert channel == 80
    assert "Paper 2 is paused" in text
    assert "slow: no answer within 20 s" in text
    assert [view.is_failing for view in await desk.service.list()] == [False, True]
    desk.reader.faults.clear()
    desk.clock.move(days=1)
    await desk.service.reload_due()
    assert (await desk.pauses())["s2"] is None
    assert "can be read again" in desk.notifier.told[1][1]


async def test_a_bot_tells_once_what_a_loader_could_not(desk: Desk) -> None:
    await desk.database.guilds.set_log_channel(7, 70)
    bot = SourceNews(desk.database.guilds, desk.database.memory)
    bot.speak_through(desk.notifier)
    assert await bot.tell_left() == 0
    desk.reader.faults["Paper 2"] = slow("Paper 2")
    for _ in range(9):
        await desk.service.reload_due()
        desk.clock.move(hours=12)
    assert await desk.news.tell_left() == 0  # it has nobody to tell it through
    assert await bot.tell_left() == 1
    assert await bot.tell_left() == 0
    desk.reader.faults.clear()
    desk.clock.move(days=1)
    await desk.service.reload_due()
    again = SourceNews(desk.database.guilds, desk.database.memory)  # after a restart
    again.speak_through(desk.notifier)
    assert await again.tell_left() == 1
    paused, resumed = (text for _, text in desk.notifier.told)
    assert "Paper 2 is paused. It could not be read since" in paused
    assert "slow: no answer within 20 s" in paused
    assert resumed == "Paper 2 can be read again. It is back in every round."


async def test_what_is_left_to_tell_is_bounded_and_goes_to_whom_it_concerns(desk: Desk) -> None:
    for guild_id in (7, 8):
        await desk.database.guilds.set_log_channel(guild_id, guild_id * 10)
    sources = [Source(f"g{n}", SourceKind.FEED, f"https://coast.example/{n}", f"Feed {n}") for n in range(MOST_LEFT)]
    fine = {one.id: SourceState(one.id, "ok", None, None, None, 0, 0) for one in sources}
    down = {key: replace(state, status="slow", pause=Pause.FAILING) for key, state in fine.items()}
    await desk.news.tell(sources, dict.fromkeys(fine, 7), fine, down)
    await desk.news.tell(sources[:1], {"g0": 8}, fine, down)
    desk.news.speak_through(desk.notifier)
    assert await desk.news.tell_left() == MOST_LEFT
    (first, many), (second, one) = desk.notifier.told
    assert (first, second, one.splitlines()[0][:6]) == (70, 80, "Feed 0")
    assert "Feed 0 " not in many
    assert f"Feed {MOST_LEFT - 1} " in many


async def test_each_server_is_told_in_its_language_whoever_is_connected_to_it(desk: Desk) -> None:
    desk.news.speak_through(desk.notifier)
    for guild_id in (7, 8, 9):
        await desk.database.guilds.set_log_channel(guild_id, guild_id * 10)
    other = SourceNews(desk.database.guilds, desk.database.memory)  # of the process that is connected to 7 and 8
    await other.learn_languages({7: "de", 8: "xx", 6: "fr"})
    source = Source("s", SourceKind.FEED, "https://coast.example/s", "Coast")
    fine = {source.id: SourceState(source.id, "ok", None, None, None, 0, 0)}
    down = {source.id: replace(fine[source.id], status="slow", pause=Pause.FAILING)}
    await desk.news.tell([source], {}, down, fine)
    said = dict(desk.notifier.told)
    assert said[80] == said[90] == "Coast can be read again. It is back in every round."
    assert said[70] != said[80]
    assert said[70].startswith("Coast ")


async def test_closing_calls_off_what_is_being_read_and_sees_it_end(desk: Desk) -> None:
    desk.reader.gate = asyncio.Event()
    reading = asyncio.gather(desk.service.reload(), desk.service.reload("Paper 2"), return_exceptions=True)
    async with asyncio.timeout(60):
        while not desk.reader.reads:  # noqa: ASYNC110  # the reader has no event
            await asyncio.sleep(0.01)
    async with asyncio.timeout(60):
        await desk.service.close()
    assert [type(one) for one in await reading] == [asyncio.CancelledError] * 2
    assert (await desk.database.corpus.counts()).articles == 0
    desk.reader.gate = None
    await desk.service.reload()  # what was called off is read the next time
    assert (await desk.database.corpus.counts()).articles > 0


async def test_closing_with_nothing_in_hand_does_nothing(desk: Desk) -> None:
    await desk.service.reload()
    await desk.service.close()
    await desk.service.close()
