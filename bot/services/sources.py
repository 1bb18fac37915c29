"""Sources as admins see them: list and reload."""

import asyncio
from collections.abc import Mapping

from bot.dossier import Dossier, SourceStatus
from bot.services.loading import Loader
from bot.services.names import Names
from bot.services.ports import Corpus, SourceState, SourceStates
from bot.services.results import LoadReport, OnProgress, SourceView


class SourceService:
    """The dossier's sources: how they fare, and a reload."""

    def __init__(self, *, dossier: Dossier, loader: Loader, corpus: Corpus, states: SourceStates, names: Names) -> None:
        self._dossier = dossier
        self._loader = loader
        self._corpus = corpus
        self._states = states
        self._names = names
        self._reloads: dict[str | None, asyncio.Task[LoadReport]] = {}

    async def list(self) -> tuple[SourceView, ...]:
        """Every source with its state, in the dossier's order."""
        states = await self._states.all()
        views = []
        for source in self._dossier.sources:
            state = states.get(source.id)
            views.append(
                SourceView(
                    id=source.id,
                    name=source.name,
                    kind=source.kind.value,
                    location=source.location,
                    status=state.status if state else "not read yet",
                    reason=state.reason if state else None,
                    articles=state.articles if state else 0,
                    checked_at=state.checked_at if state else None,
                )
            )
        return tuple(views)

    async def reload(self, name: str | None = None, on_progress: OnProgress | None = None) -> LoadReport:
        """Read all sources, or the one named, again. Who asks while the same reload runs gets its report.

        Raises `NotFoundError` for a source that is not there.
        """
        wanted = self._names.find_source(name) if name is not None else None
        running = self._reloads.get(wanted)
        if running is None:
            running = asyncio.create_task(self._reload(wanted, on_progress))
            self._reloads[wanted] = running
            running.add_done_callback(lambda _: self._reloads.pop(wanted, None))
        return await asyncio.shield(running)

    async def _reload(self, wanted: str | None, on_progress: OnProgress | None) -> LoadReport:
        sources = [source for source in self._dossier.sources if wanted in (None, source.name)]
        report = await self._loader.load(sources, on_progress)
        self._names.learn_speakers(await self._corpus.speakers())
        return report


def count_failing(dossier: Dossier, states: Mapping[str, SourceState]) -> int:
    """How many of the dossier's sources could not be read the last time."""
    now = [states[source.id] for source in dossier.sources if source.id in states]
    return sum(SourceStatus(state.status).is_failing for state in now)
