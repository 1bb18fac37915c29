"""The composition root: the one place that knows every concrete class."""

import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import __version__
from bot.articles.clean import Cleaner
from bot.dossier import Dossier, Source, SourceKind
from bot.language.lexicon import Lexicon
from bot.positions.questions import QuestionReader
from bot.positions.reader import Reader
from bot.services.amending import AmendingService
from bot.services.app import Services
from bot.services.audience import Audience
from bot.services.audit import AuditService
from bot.services.briefs import BriefService
from bot.services.catching_up import CatchUpService
from bot.services.channel_memory import ChannelMemory
from bot.services.checkup import Checkup
from bot.services.corrections import CorrectionService
from bot.services.crew import Crew, default_size
from bot.services.duty import News
from bot.services.editions import EditionLedger
from bot.services.evidence import EvidenceService
from bot.services.explanations import ExplanationService
from bot.services.following import FollowService
from bot.services.guild_settings import SettingsService
from bot.services.health import Pace
from bot.services.jobs import HeavyJobs
from bot.services.loading import Loader
from bot.services.long_states import LongStates
from bot.services.names import Names
from bot.services.newsroom import Newsroom
from bot.services.ports import SourceReader
from bot.services.positions import PositionService
from bot.services.proofs import ProofService
from bot.services.registry import Outside, SourceRegistry
from bot.services.rounds import MemoryRounds
from bot.services.schedules import ScheduleService
from bot.services.searching import SearchService
from bot.services.source_news import SourceNews
from bot.services.source_ports import Pages
from bot.services.sources import SourceService
from bot.services.splits import MemorySplits
from bot.services.status import StatusService
from bot.services.summaries import SummaryService
from bot.sources.allowed import parse_allowed
from bot.sources.feed_lists import OpmlLists
from bot.sources.folder import FolderReader
from bot.sources.given import GivenReader
from bot.sources.web import Web, WebSettings
from bot.storage.database import Database, open_database
from bot.storage.turns import SqlTurn
from config.loading import load_dossier, load_lexicon, load_quality
from config.settings import PROJECT, Settings

QUALITY = PROJECT / "config" / "quality.toml"
IN_MEMORY = "sqlite://"
GIVEN = "articles"  # the one source that stands for files named on the command line


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs: the use cases, and the database behind them."""

    settings: Settings
    services: Services
    database: Database
    web: Web
    news: News

    async def close(self) -> None:
        """Call off what runs, then close connections and database: what used them in the end would wait for ever."""
        await self.services.sources.close()
        await self.web.close()
        await self.database.close()


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the services are made of."""

    settings: Settings
    dossier: Dossier
    lexicon: Lexicon
    database: Database
    readers: Mapping[SourceKind, SourceReader]
    outside: Outside
    pages: Pages
    splits: MemorySplits


async def open_app(settings: Settings, *, articles: Sequence[Path] = ()) -> App:
    """Open the database and wire the services.

    With `articles`, these files and folders take the place of the dossier's sources, and the database is one in memory.
    Raises `ConfigurationError` or `StorageError`.
    """
    dossier = load_dossier(settings.dossier)
    lexicon = load_lexicon(settings.lexicon, dossier.language)
    if articles:
        dossier = replace(dossier, sources=(Source(GIVEN, SourceKind.FOLDER, GIVEN, GIVEN),))
    database = await open_database(IN_MEMORY if articles else settings.database_url, dossier=dossier.id)
    web = Web(
        WebSettings(__version__, settings.contact, parse_allowed(settings.allowed_hosts)),
        rounds=MemoryRounds(database.memory),
        now=now,
    )
    readers = {
        SourceKind.FOLDER: GivenReader(articles) if articles else FolderReader(),
        SourceKind.FEED: web.reader(SourceKind.FEED),
        SourceKind.PAGE: web.reader(SourceKind.PAGE),
    }
    outside = Outside(web.scout(), OpmlLists(parse_allowed(settings.allowed_hosts)))
    parts = _Parts(settings, dossier, lexicon, database, readers, outside, web.pages(), MemorySplits(database.memory))
    services = _wire(parts)
    news = News(database.corpus.mark, lambda: _learn(services, audience_of(dossier, database)))
    await news.look()
    await _learn(services, audience_of(dossier, database))
    return App(settings, services, database, web, news)


async def _learn(services: Services, audience: Audience) -> None:
    """Take up what is kept in memory, for completion."""
    corpus = await audience.corpus(None)
    services.names.learn_speakers(await corpus.speakers())
    await services.sources.learn_names()
    await services.proofs.offer_recent()


def _wire(parts: _Parts) -> Services:
    dossier, database, names = parts.dossier, parts.database, Names(parts.dossier)
    corpus, states = database.corpus, database.source_states
    ledger = EditionLedger(corpus=corpus, editions=database.editions, names=names, clock=now)
    audience = audience_of(dossier, database)
    news, loader = SourceNews(database.guilds, database.memory), _loader(parts)
    memory = ChannelMemory(database.tellings, database.editions)
    newsroom = Newsroom(memory=memory, deliveries=database.deliveries, clock=now, audience=audience)
    sources = SourceService(loader=loader, audience=audience, states=states, names=names, news=news, clock=now)
    briefs = BriefService(
        dossier=dossier,
        lexicon=parts.lexicon,
        corpus=corpus,
        states=states,
        names=names,
        ledger=ledger,
        clock=now,
        default_items=parts.settings.brief_items,
        audience=audience,
        splits=parts.splits,
        memory=memory,
    )
    proofs = _proofs(parts, names, audience)
    return Services(
        dossier=dossier,
        briefs=briefs,
        newsroom=newsroom,
        positions=PositionService(dossier=dossier, corpus=corpus, names=names, ledger=ledger, audience=audience),
        evidence=_evidence(parts, names, ledger, audience),
        proofs=proofs,
        corrections=(corrections := _corrections(parts, proofs, names)),
        searching=_searching(parts, names, ledger, audience),
        follows=_follows(parts, names, ledger, audience, corrections.amending),
        catching_up=CatchUpService(members=database.members, brief=briefs.brief, clock=now),
        explanations=_explanations(parts, loader, audience, (proofs, briefs)),
        sources=sources,
        source_news=news,
        registry=(registry := _registry(parts, sources, audience)),
        schedules=_schedules(parts, names, newsroom, briefs),
        status=(status := _status(parts, audience)),
        names=names,
        checkup=_checkup(parts, status, sources),
        quality=load_quality(QUALITY),
        audit=AuditService(database.audit, now),
        settings=_guild_settings(parts, registry),
        states=LongStates(database.memory),
        summaries=SummaryService(lexicon=parts.lexicon, pages=parts.pages),
        jobs=HeavyJobs(),
    )


def _proofs(parts: _Parts, names: Names, audience: Audience) -> ProofService:
    corpus, editions, corrections = parts.database.corpus, parts.database.editions, parts.database.corrections
    return ProofService(corpus=corpus, editions=editions, names=names, audience=audience, corrections=corrections)


def _corrections(parts: _Parts, proofs: ProofService, names: Names) -> CorrectionService:
    database = parts.database
    amending = AmendingService(
        corpus=database.corpus,
        editions=database.editions,
        corrections=database.corrections,
        posts=database.posts,
        memory=database.memory,
        clock=now,
        turn=SqlTurn(database.engine, "amend"),
    )
    return CorrectionService(
        dossier=parts.dossier,
        corpus=database.corpus,
        corrections=database.corrections,
        proofs=proofs,
        names=names,
        amending=amending,
        clock=now,
    )


def _schedules(parts: _Parts, names: Names, newsroom: Newsroom, briefs: BriefService) -> ScheduleService:
    rules, log, brief = parts.database.schedules, parts.database.deliveries, briefs.brief
    return ScheduleService(schedules=rules, deliveries=log, names=names, newsroom=newsroom, brief=brief, clock=now)


def _searching(parts: _Parts, names: Names, ledger: EditionLedger, audience: Audience) -> SearchService:
    return SearchService(
        dossier=parts.dossier,
        corpus=parts.database.corpus,
        names=names,
        ledger=ledger,
        clock=now,
        reader=QuestionReader(parts.lexicon, parts.dossier),
        audience=audience,
    )


def _follows(
    parts: _Parts, names: Names, ledger: EditionLedger, audience: Audience, amending: AmendingService
) -> FollowService:
    return FollowService(
        dossier=parts.dossier,
        corpus=parts.database.corpus,
        names=names,
        members=parts.database.members,
        ledger=ledger,
        clock=now,
        audience=audience,
        splits=parts.splits,
        watch=amending.watch,
    )


def _explanations(
    parts: _Parts, loader: Loader, audience: Audience, editions: tuple[ProofService, BriefService]
) -> ExplanationService:
    return ExplanationService(
        dossier=parts.dossier,
        lexicon=parts.lexicon,
        corpus=parts.database.corpus,
        splits=parts.splits,
        refold=loader.refold,
        clock=now,
        items=parts.settings.brief_items,
        audience=audience,
        editions=editions,
    )


def _registry(parts: _Parts, sources: SourceService, audience: Audience) -> SourceRegistry:
    return SourceRegistry(
        sources=sources,
        audience=audience,
        own_sources=parts.database.own_sources,
        corpus=parts.database.corpus,
        states=parts.database.source_states,
        memory=parts.database.memory,
        outside=parts.outside,
        clock=now,
    )


def _guild_settings(parts: _Parts, registry: SourceRegistry) -> SettingsService:
    return SettingsService(
        dossier=parts.dossier,
        schedules=parts.database.schedules,
        guilds=parts.database.guilds,
        sources=registry,
        memory=parts.database.memory,
        zones=zoneinfo.available_timezones(),
        clock=now,
    )


def _evidence(parts: _Parts, names: Names, ledger: EditionLedger, audience: Audience) -> EvidenceService:
    corpus = parts.database.corpus
    return EvidenceService(
        dossier=parts.dossier, corpus=corpus, names=names, ledger=ledger, clock=now, audience=audience
    )


def _checkup(parts: _Parts, status: StatusService, sources: SourceService) -> Checkup:
    return Checkup(
        status=status,
        sources=sources,
        schedules=parts.database.schedules,
        deliveries=parts.database.deliveries,
        clock=now,
    )


def _status(parts: _Parts, audience: Audience) -> StatusService:
    return StatusService(
        dossier=parts.dossier,
        corpus=parts.database.corpus,
        states=parts.database.source_states,
        schedules=parts.database.schedules,
        database=parts.database.masked_url,
        audience=audience,
    )


def audience_of(dossier: Dossier, database: Database) -> Audience:
    """Who may see what in a database."""
    splits = MemorySplits(database.memory)
    return Audience(
        dossier=dossier,
        corpus=database.corpus,
        own_sources=database.own_sources,
        splits=splits,
        corrections=database.corrections,
    )


def _loader(parts: _Parts) -> Loader:
    return Loader(
        corpus=parts.database.corpus,
        states=parts.database.source_states,
        readers=parts.readers,
        cleaner=Cleaner(parts.lexicon),
        reader=Reader(parts.lexicon, parts.dossier),
        clock=now,
        rounds=MemoryRounds(parts.database.memory),
        looks=parts.database.looks,
        pace=_pace(parts.settings),
        splits=parts.splits,
        turn=SqlTurn(parts.database.engine),
        crew=Crew(parts.lexicon, parts.dossier, size=parts.settings.load_processes or default_size()),
    )


def _pace(settings: Settings) -> Pace:
    pause_after = timedelta(hours=settings.pause_hours) if settings.pause_hours else None
    return Pace(timedelta(minutes=settings.reload_minutes), pause_after=pause_after)


def now() -> datetime:
    """The clock of the product, in UTC."""
    return datetime.now(UTC)
