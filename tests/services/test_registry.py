"""Servers' own sources: proposed, saved, removed, listed; and nobody else sees what they bring."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import RawDocument
from bot.briefings.model import Scope
from bot.briefings.proofs import LineState
from bot.dossier import Dossier, Source, SourceKind
from bot.errors import InvalidInputError, NotFoundError, SourceError
from bot.language.lexicon import Lexicon
from bot.positions.reader import Reader
from bot.schedules.model import NewSchedule
from bot.services import registry as rules
from bot.services.audience import Audience
from bot.services.briefs import BriefService
from bot.services.channel_memory import ChannelMemory
from bot.services.delivery import DeliveryLimits, DeliveryService
from bot.services.editions import EditionLedger
from bot.services.health import Pace
from bot.services.loading import Loader
from bot.services.names import Names
from bot.services.newsroom import Newsroom
from bot.services.ports import OPERATOR, Finding
from bot.services.proofs import ProofService
from bot.services.registry import Outside, SourceRegistry
from bot.services.results import BriefRequest
from bot.services.source_news import SourceNews
from bot.services.source_ports import FoundItem, FoundSource, Listed
from bot.services.sources import SourceService
from bot.services.troubles import TroubleDesk
from bot.storage.database import Database, open_database
from tests.presentation.samples import DOSSIER
from tests.services.fakes import FakeClock, FakePublisher

ANN, BEN = 11, 22  # two servers
TEXTS = {
    "https://a.example/feed": "Alpha paper says this\n\nNorth ferries stayed in port, said Anna Lund, the mayor.",
    "https://b.example/feed": "Beta paper says that\n\nSouth trains ran late on Monday, said Bert Holm, the driver.",
}


class FakeScout:
    """A feed at every address but one."""

    async def look(self, address: str) -> FoundSource:
        if "nothing" in address:
            raise SourceError(address, "is a web page, not a feed and names no feed")
        return FoundSource(SourceKind.FEED, address, "Feed\n of  news", (FoundItem("One", None, None),), 1)


class FakeLists:
    """JSON takes the place of OPML."""

    def read(self, content: bytes) -> Listed:
        return Listed(tuple((url, name) for url, name in json.loads(content)), (("Bad", "is no address"),))

    def write(self, feeds: Sequence[tuple[str, str]], title: str) -> bytes:
        return json.dumps(list(feeds)).encode()


class FakeReader:
    async def count(self, source: Source) -> int | None:
        return 1

    async def documents(self, source: Source) -> AsyncIterator[Finding]:
        text = TEXTS.get(source.location, "Town paper\n\nThe council met on Monday, said Carl Berg, the clerk.")
        yield RawDocument(source.id, f"{source.location}#1", text.encode(), media_type="text/plain", hints={})


@dataclass
class Town:
    registry: SourceRegistry
    sources: SourceService
    briefs: BriefService
    proofs: ProofService
    names: Names
    clock: FakeClock
    database: Database
    audience: Audience
    memory: ChannelMemory

    async def add(self, location: str, guild_id: int) -> str:
        proposal = await self.registry.propose(location, guild_id)
        return (await self.registry.save(proposal.key, guild_id, 5)).name

    async def shown(self, guild_id: int | None) -> str:
        """Everything a server's briefing holds."""
        return repr(await self.briefs.brief(BriefRequest(since="all", items=50, guild_id=guild_id)))


@pytest.fixture
async def town(lexicon: Lexicon, dossier: Dossier) -> AsyncIterator[Town]:
    database = await open_database("sqlite://")
    dossier = replace(dossier, sources=(Source("d1", SourceKind.FOLDER, "folder", "Town paper"),))
    clock, names = FakeClock(), Names(dossier)
    corpus, states = database.corpus, database.source_states
    loader = Loader(
        corpus=corpus,
        states=states,
        readers=dict.fromkeys(SourceKind, FakeReader()),
        cleaner=Cleaner(lexicon),
        reader=Reader(lexicon, dossier),
        clock=clock,
        pace=Pace(timedelta(minutes=30)),
    )
    audience = Audience(dossier=dossier, corpus=corpus, own_sources=database.own_sources)
    sources = SourceService(
        loader=loader,
        audience=audience,
        states=states,
        names=names,
        news=SourceNews(database.guilds, database.memory),
        clock=clock,
    )
    registry = SourceRegistry(
        sources=sources,
        audience=audience,
        own_sources=database.own_sources,
        corpus=corpus,
        states=states,
        memory=database.memory,
        outside=Outside(FakeScout(), FakeLists()),
        clock=clock,
    )
    ledger = EditionLedger(corpus=corpus, editions=database.editions, names=names, clock=clock)
    briefs = BriefService(
        dossier=dossier,
        lexicon=lexicon,
        corpus=corpus,
        states=states,
        names=names,
        ledger=ledger,
        clock=clock,
        default_items=12,
        audience=audience,
        memory=(memory := ChannelMemory(database.tellings, database.editions)),
    )
    proofs = ProofService(corpus=corpus, editions=database.editions, names=names, audience=audience)
    yield Town(registry, sources, briefs, proofs, names, clock, database, audience, memory)
    await database.close()


async def test_what_is_proposed_is_kept_only_when_saved(town: Town) -> None:
    proposal = await town.registry.propose("https://a.example/feed", ANN)
    assert (proposal.found.total, len(await town.sources.list(ANN))) == (1, 1)
    view = await town.registry.save(proposal.key, ANN, 5)
    assert (view.name, view.kind, view.is_own) == ("Feed of news", "feed", True)
    assert [one.name for one in await town.sources.list(ANN)] == ["Town paper", "Feed of news"]
    with pytest.raises(InvalidInputError, match="read already"):
        await town.registry.save(proposal.key, ANN, 5)
    with pytest.raises(InvalidInputError, match="read already"):
        await town.registry.propose("https://a.example/feed", ANN)


@pytest.mark.parametrize("guild", [BEN, OPERATOR])
async def test_nobody_saves_what_another_server_looked_at(town: Town, guild: int) -> None:
    proposal = await town.registry.propose("https://a.example/feed", ANN)
    with pytest.raises(NotFoundError):
        await town.registry.save(proposal.key, guild, 5)


async def test_a_proposal_grows_old_and_an_unknown_one_is_none(town: Town) -> None:
    proposal = await town.registry.propose("https://a.example/feed", ANN)
    town.clock.move(days=1, minutes=1)
    for key in (proposal.key, "0" * 16):
        with pytest.raises(NotFoundError):
            await town.registry.save(key, ANN, 5)


async def test_what_cant_be_read_is_not_proposed(town: Town) -> None:
    with pytest.raises(SourceError, match="names no feed"):
        await town.registry.propose("https://nothing.example", ANN)


async def test_a_servers_own_source_is_seen_by_it_alone(town: Town) -> None:
    await town.add("https://a.example/feed", ANN)
    await town.add("https://b.example/feed", BEN)
    await town.sources.reload_due()
    shown = {guild: await town.shown(guild) for guild in (ANN, BEN, 33, None)}
    assert {guild: "council met" in text for guild, text in shown.items()} == dict.fromkeys(shown, True)
    assert {guild for guild, text in shown.items() if "ferries" in text} == {ANN}
    assert {guild for guild, text in shown.items() if "trains" in text} == {BEN}
    assert [one.label for one in town.names.sources("feed", ANN)] == ["Feed of news"]
    assert town.names.sources("feed", 33) == ()
    assert "Anna Lund" not in [choice.label for choice in town.names.actors("")]
    with pytest.raises(NotFoundError):
        await town.sources.check("Feed of news", 33)


async def test_an_edition_is_proved_only_to_who_sees_its_sources(town: Town) -> None:
    await town.add("https://a.example/feed", ANN)
    await town.sources.reload_due()
    own = await town.briefs.brief(BriefRequest(since="all", items=50, guild_id=ANN))
    everybodys = await town.briefs.brief(BriefRequest(since="all", items=50))
    assert own.edition is not None
    assert everybodys.edition is not None
    await town.proofs.prove(own.edition, 1, ANN)
    for guild in (BEN, None):
        with pytest.raises(NotFoundError):
            await town.proofs.prove(own.edition, 1, guild)
        with pytest.raises(NotFoundError):
            await town.proofs.check(own.edition, guild)
        await town.proofs.prove(everybodys.edition, 1, guild)


async def test_a_deleted_sources_editions_stay_with_the_server_that_got_them(town: Town) -> None:
    name = await town.add("https://a.example/feed", ANN)
    await town.sources.reload_due()
    own = (await town.briefs.brief(BriefRequest(since="all", items=50, guild_id=ANN))).edition
    everybodys = (await town.briefs.brief(BriefRequest(since="all", items=50))).edition
    assert own is not None
    assert everybodys is not None
    view = await town.registry.find_removable(name, ANN)
    await town.registry.remove(view.id, ANN, keeps_articles=False)
    for guild in (BEN, None):
        with pytest.raises(NotFoundError) as refused:
            await town.proofs.check(own, guild)
        assert refused.value.suggestions == (everybodys,)
    _, states = await town.proofs.check(own, ANN)
    assert LineState.WITHDRAWN in states


async def test_only_editions_given_there_are_offered(town: Town) -> None:
    await town.add("https://a.example/feed", ANN)
    await town.sources.reload_due()
    own = (await town.briefs.brief(BriefRequest(since="all", items=50, guild_id=ANN))).edition
    everybodys = (await town.briefs.brief(BriefRequest(since="all", items=50))).edition
    bens = (await town.briefs.brief(BriefRequest(since="all", items=1, guild_id=BEN))).edition
    again = Names(replace(DOSSIER, sources=()))
    await ProofService(corpus=town.database.corpus, editions=town.database.editions, names=again).offer_recent()
    for names in (town.names, again):
        assert {one.value for one in names.editions("", ANN)} == {own, everybodys}
        assert {one.value for one in names.editions("", BEN)} == {bens, everybodys}
        assert {one.value for one in names.editions("")} == {everybodys}


async def test_what_the_operator_adds_is_everybodys(town: Town) -> None:
    name = await town.add("https://a.example/feed", OPERATOR)
    await town.sources.reload_due()
    assert "ferries" in await town.shown(ANN)
    assert "ferries" in await town.shown(None)
    with pytest.raises(InvalidInputError, match="operator's"):
        await town.sources.pause(name, ANN)
    with pytest.raises(InvalidInputError, match="operator's"):
        await town.registry.find_removable("Town paper", ANN)
    with pytest.raises(InvalidInputError, match="dossier's file"):
        await town.registry.find_removable("Town paper", OPERATOR)
    assert (await town.sources.pause("Town paper", OPERATOR)).status == "paused"


@pytest.mark.parametrize("keeps", [True, False])
async def test_removal_keeps_or_deletes_the_articles_and_never_shows_them_to_others(town: Town, keeps: bool) -> None:
    name = await town.add("https://a.example/feed", ANN)
    await town.sources.reload_due()
    view = await town.registry.find_removable(name, ANN)
    with pytest.raises(NotFoundError):
        await town.registry.remove(view.id, BEN, keeps_articles=False)
    await town.registry.remove(view.id, ANN, keeps_articles=keeps)
    assert ("ferries" in await town.shown(ANN)) is keeps
    assert "ferries" not in await town.shown(None)
    assert [one.name for one in await town.sources.list(ANN)] == ["Town paper"]
    assert view.id not in await town.database.source_states.all()
    assert await town.add("https://a.example/feed", ANN) == name
    await town.sources.reload_due()
    assert "ferries" in await town.shown(ANN)


async def test_a_first_load_is_no_news_to_who_was_there_before(town: Town) -> None:
    await town.sources.reload_due()
    posted_at = town.clock.now
    town.clock.move(hours=1)
    await town.add("https://a.example/feed", ANN)
    await town.sources.reload_due()
    assert "ferries" in await town.shown(ANN)
    news = await town.briefs.brief(BriefRequest(items=50, guild_id=ANN, news_since=posted_at))
    assert news.items == ()
    assert news.news_since == posted_at


async def test_a_schedule_that_never_posted_tells_everything_and_later_only_news(town: Town) -> None:
    publisher = FakePublisher()
    deliveries = DeliveryService(
        schedules=town.database.schedules,
        deliveries=town.database.deliveries,
        publisher=publisher,
        brief=town.briefs.brief,
        clock=town.clock,
        worker="w",
        limits=DeliveryLimits(grace=timedelta(hours=2)),
        newsroom=Newsroom(
            memory=town.memory, deliveries=town.database.deliveries, clock=town.clock, audience=town.audience
        ),
        troubles=TroubleDesk(
            troubles=town.database.troubles,
            schedules=town.database.schedules,
            deliveries=town.database.deliveries,
            guilds=town.database.guilds,
        ),
    )
    town.clock.now = datetime(2025, 8, 20, 6, 30, tzinfo=UTC)
    every_day = NewSchedule(ANN, 1, time(7), "UTC", (0, 1, 2, 3, 4, 5, 6), Scope(), None, 5)
    await town.database.schedules.add(every_day, town.clock.now)
    await town.sources.reload_due()  # the first load of all, after the schedule was made
    await deliveries.deliver_due(town.clock.move(minutes=31))
    town.clock.move(hours=1)
    await town.add("https://a.example/feed", ANN)
    await town.sources.reload_due()
    await deliveries.deliver_due(town.clock.move(hours=23))
    posts = [repr(briefing) for _, _, _, briefing in publisher.posts]
    assert ["council met" in post for post in posts][:1] == [True]
    assert not any("ferries" in post for post in posts)


async def test_a_line_that_its_publisher_removed_is_withdrawn_since_then(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.add("https://a.example/feed", ANN)
    await town.sources.reload_due()
    briefing = await town.briefs.brief(BriefRequest(since="all", items=50, guild_id=ANN))
    assert briefing.edition is not None
    edition = await town.proofs.edition(briefing.edition, ANN)
    number = next(n for n, line in enumerate(edition.lines, start=1) if "ferries" in line.text)
    assert (await town.proofs.prove(edition.id, number, ANN)).removed_at is None
    corrected = TEXTS["https://a.example/feed"].replace("ferries stayed in port", "boats sailed as planned")
    monkeypatch.setitem(TEXTS, "https://a.example/feed", corrected)
    changed_at = town.clock.move(hours=1)
    await town.sources.reload_due()
    town.clock.move(hours=1)
    proof = await town.proofs.prove(edition.id, number, ANN)
    assert (proof.state, proof.removed_at) == (LineState.CHANGED, changed_at)


async def test_names_are_told_apart(town: Town) -> None:
    names = [await town.add(f"https://{n}.example/feed", ANN) for n in range(3)]
    assert names == ["Feed of news", "Feed of news (2)", "Feed of news (3)"]


async def test_a_server_has_room_for_so_many(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_OWN", 1)
    await town.add("https://a.example/feed", ANN)
    with pytest.raises(InvalidInputError, match="at most 1"):
        await town.add("https://b.example/feed", ANN)
    await town.add("https://b.example/feed", BEN)


async def test_lists_come_in_and_go_out(town: Town) -> None:
    await town.add("https://a.example/feed", ANN)
    file = json.dumps([["https://a.example/feed", "A"], ["https://b.example/feed", "B"]]).encode()
    done = await town.registry.take_list(file, ANN, 5)
    assert (done.added, done.known, done.refused) == (("B",), ("A",), (("Bad", "is no address"),))
    assert json.loads(await town.registry.give_list(ANN)) == [
        ["https://a.example/feed", "Feed of news"],
        ["https://b.example/feed", "B"],
    ]
    assert json.loads(await town.registry.give_list(BEN)) == []
