"""The composition root: the one place that knows every concrete class."""

import logging
import os
import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import __version__
from bot.articles.clean import Cleaner
from bot.dossier import Dossier, Source, SourceKind
from bot.language.lexicon import Lexicon
from bot.positions.reader import Reader
from bot.services.app import Services
from bot.services.briefs import BriefService
from bot.services.delivery import DeliveryLimits, DeliveryService
from bot.services.editions import EditionLedger
from bot.services.evidence import EvidenceService
from bot.services.health import Pace
from bot.services.loading import Loader
from bot.services.names import Names
from bot.services.ports import Publisher, SourceReader
from bot.services.positions import PositionService
from bot.services.proofs import ProofService
from bot.services.results import Check
from bot.services.rounds import MemoryRounds
from bot.services.schedules import ScheduleService
from bot.services.source_news import SourceNews
from bot.services.sources import SourceService
from bot.services.status import StatusService
from bot.sources.allowed import parse_allowed
from bot.sources.folder import FolderReader
from bot.sources.given import GivenReader
from bot.sources.web import Web, WebSettings
from bot.storage.database import Database, open_database
from config.loading import load_dossier, load_lexicon
from config.settings import Settings

IN_MEMORY = "sqlite://"
GIVEN = "articles"  # the one source that stands for files named on the command line


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs: the use cases, and the database behind them."""

    settings: Settings
    services: Services
    database: Database
    web: Web

    async def close(self) -> None:
        """Close connections and database."""
        await self.web.close()
        await self.database.close()


async def open_app(settings: Settings, *, articles: Sequence[Path] = ()) -> App:
    """Open the database and wire the services.

    With `articles`, these files and folders take the place of the dossier's sources, and the database is one in memory.
    Raises `ConfigurationError` or `StorageError`.
    """
    dossier = load_dossier(settings.dossier)
    lexicon = load_lexicon(settings.lexicon, dossier.language)
    if articles:
        dossier = replace(dossier, sources=(Source(GIVEN, SourceKind.FOLDER, GIVEN, GIVEN),))
    database = await open_database(IN_MEMORY if articles else settings.database_url)
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
    services = _wire(settings, dossier, lexicon, database, readers)
    services.names.learn_speakers(await database.corpus.speakers())
    await services.proofs.offer_recent()
    return App(settings, services, database, web)


def _wire(
    settings: Settings,
    dossier: Dossier,
    lexicon: Lexicon,
    database: Database,
    readers: Mapping[SourceKind, SourceReader],
) -> Services:
    names = Names(dossier)
    corpus, states = database.corpus, database.source_states
    ledger = EditionLedger(corpus=corpus, editions=database.editions, names=names, clock=now)
    loader = _loader(settings, dossier, lexicon, database, readers)
    news = SourceNews(database.guilds)
    briefs = BriefService(
        dossier=dossier,
        lexicon=lexicon,
        corpus=corpus,
        states=states,
        names=names,
        ledger=ledger,
        clock=now,
        default_items=settings.brief_items,
    )
    return Services(
        dossier=dossier,
        briefs=briefs,
        positions=PositionService(dossier=dossier, corpus=corpus, names=names, ledger=ledger),
        evidence=EvidenceService(dossier=dossier, corpus=corpus, names=names, ledger=ledger, clock=now),
        proofs=ProofService(corpus=corpus, editions=database.editions, names=names),
        sources=SourceService(
            dossier=dossier, loader=loader, corpus=corpus, states=states, names=names, news=news, clock=now
        ),
        source_news=news,
        schedules=ScheduleService(
            schedules=database.schedules, deliveries=database.deliveries, names=names, brief=briefs.brief, clock=now
        ),
        status=StatusService(
            dossier=dossier,
            corpus=corpus,
            states=states,
            schedules=database.schedules,
            database=database.masked_url,
        ),
        names=names,
    )


def _loader(
    settings: Settings,
    dossier: Dossier,
    lexicon: Lexicon,
    database: Database,
    readers: Mapping[SourceKind, SourceReader],
) -> Loader:
    return Loader(
        corpus=database.corpus,
        states=database.source_states,
        readers=readers,
        cleaner=Cleaner(lexicon),
        reader=Reader(lexicon, dossier),
        clock=now,
        rounds=MemoryRounds(database.memory),
        pace=_pace(settings),
    )


def _pace(settings: Settings) -> Pace:
    pause_after = timedelta(hours=settings.pause_hours) if settings.pause_hours else None
    return Pace(timedelta(minutes=settings.reload_minutes), pause_after=pause_after)


async def run_discord(settings: Settings, *, articles: Sequence[Path] = ()) -> int:
    """Run the bot until it is told to stop; 0 at a clean end. The token must be set.

    Raises `ConfigurationError`, `StorageError` or `DiscordUnavailableError`.
    """
    from bot.gateway.run import run_bot  # noqa: PLC0415  # half a second that only the bot should pay

    assert settings.discord_token is not None
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)  # it lists its own parts at every migration
    app = await open_app(settings, articles=articles)
    try:
        await run_bot(
            app.services,
            lambda publisher: _deliveries(app, publisher),
            memory=app.database.memory,
            token=settings.discord_token.get_secret_value(),
            clock=now,
            reload_every=timedelta(minutes=settings.reload_minutes),
            api_url=settings.discord_api_url,
        )
    finally:
        await app.close()
    return 0


async def examine_discord(settings: Settings) -> tuple[Check, ...]:
    """What `doctor` finds at Discord, the channels of all active schedules included. The token must be set."""
    from bot.gateway import examination  # noqa: PLC0415  # see above

    assert settings.discord_token is not None
    database = await open_database(settings.database_url)
    try:
        schedules = tuple(schedule for schedule in await database.schedules.active() if schedule.has_channel)
    finally:
        await database.close()
    token = settings.discord_token.get_secret_value()
    return await examination.examine_discord(token, settings.discord_api_url, schedules)


def _deliveries(app: App, publisher: Publisher) -> DeliveryService:
    return DeliveryService(
        schedules=app.database.schedules,
        deliveries=app.database.deliveries,
        publisher=publisher,
        brief=app.services.briefs.brief,
        clock=now,
        worker=f"{socket.gethostname()}:{os.getpid()}",
        limits=DeliveryLimits(grace=timedelta(minutes=app.settings.grace_minutes)),
    )


def now() -> datetime:
    """The clock of the product, in UTC."""
    return datetime.now(UTC)
