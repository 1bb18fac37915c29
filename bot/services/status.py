"""What the bot holds and how it fares."""

from bot import __version__
from bot.dossier import Dossier
from bot.services.ports import Corpus, Schedules, SourceStates
from bot.services.results import Status
from bot.services.sources import count_failing


class StatusService:
    """Counts for `/status`."""

    def __init__(
        self, *, dossier: Dossier, corpus: Corpus, states: SourceStates, schedules: Schedules, database: str
    ) -> None:
        self._dossier = dossier
        self._corpus = corpus
        self._states = states
        self._schedules = schedules
        self._database = database

    async def status(self) -> Status:
        """The state of things now. `database` is named without its password."""
        counts = await self._corpus.counts()
        states = await self._states.all()
        return Status(
            version=__version__,
            dossier=self._dossier.title,
            articles=counts.articles,
            undated=counts.undated,
            stories=counts.stories,
            statements=counts.statements,
            newest=counts.newest,
            sources=len(self._dossier.sources),
            sources_failing=count_failing(self._dossier, states),
            schedules=len(await self._schedules.active()),
            database=self._database,
        )
