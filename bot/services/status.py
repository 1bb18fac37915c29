"""What the bot holds and how it fares."""

from collections.abc import Sequence

from bot import __version__
from bot.dossier import Dossier, Source
from bot.services.audience import Audience
from bot.services.ports import Corpus, CorpusCounts, SourceStates
from bot.services.results import Status
from bot.services.schedule_ports import Schedules
from bot.services.shelf import Shelf
from bot.services.sources import count_failing


class StatusService:
    """Counts for `/status`."""

    def __init__(
        self,
        *,
        dossier: Dossier,
        corpus: Corpus,
        states: SourceStates,
        schedules: Schedules,
        database: str,
        audience: Audience | None = None,
    ) -> None:
        """Without an `audience` everybody sees everything."""
        self._audience = audience
        self._dossier = dossier
        self._corpus = corpus
        self._states = states
        self._schedules = schedules
        self._database = database
        self._counts = Shelf[CorpusCounts]()

    async def status(self, guild_id: int | None = None) -> Status:
        """The state of things now, as this server sees them. `database` is named without its password."""
        sources = self._dossier.sources if self._audience is None else await self._audience.sources(guild_id)
        seen = self if self._audience is None else await self._audience.over(self, guild_id)
        return await seen._status(sources)

    async def _status(self, sources: Sequence[Source]) -> Status:
        counts = await self._counts.answer(await self._corpus.mark(), self._corpus.counts)
        states = await self._states.all()
        return Status(
            version=__version__,
            dossier=self._dossier.title,
            articles=counts.articles,
            undated=counts.undated,
            stories=counts.stories,
            statements=counts.statements,
            newest=counts.newest,
            sources=len(sources),
            sources_failing=count_failing(sources, states),
            schedules=await self._schedules.number_active(),
            database=self._database,
        )
