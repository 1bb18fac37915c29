"""Sources as admins see them: how they fare, a reload, pause and resume."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.dossier import Dossier, Source
from bot.errors import InvalidInputError
from bot.services.health import asked_to_pause, is_down, is_due, resumed
from bot.services.loading import Loader
from bot.services.names import Names
from bot.services.ports import Corpus, Pause, SourceState, SourceStates
from bot.services.results import LoadReport, OnProgress, SourceView
from bot.services.source_news import SourceNews

_NEVER_READ = "not read yet"


class SourceService:
    """The dossier's sources: how they fare, and a reload."""

    def __init__(
        self,
        *,
        dossier: Dossier,
        loader: Loader,
        corpus: Corpus,
        states: SourceStates,
        names: Names,
        news: SourceNews,
        clock: Callable[[], datetime],
    ) -> None:
        self._dossier = dossier
        self._loader = loader
        self._corpus = corpus
        self._states = states
        self._names = names
        self._news = news
        self._clock = clock
        self._reloads: dict[tuple[str, ...], asyncio.Task[LoadReport]] = {}

    async def list(self) -> tuple[SourceView, ...]:
        """Every source with its state, in the dossier's order."""
        states = await self._states.all()
        return tuple(_view(source, states.get(source.id)) for source in self._dossier.sources)

    async def check(self, name: str) -> SourceView:
        """One source, with what happened at the last fetch. Raises `NotFoundError`."""
        source = self._named(name)
        return _view(source, (await self._states.all()).get(source.id))

    async def reload(self, name: str | None = None, on_progress: OnProgress | None = None) -> LoadReport:
        """Read all sources that are not paused, or the one named, again, due or not.

        Who asks while the same reload runs gets its report. Raises `NotFoundError` for a source that is not there and
        `InvalidInputError` for one that somebody has paused.
        """
        states = await self._states.all()
        if name is None:
            return await self._joined(
                [one for one in self._dossier.sources if not _is_stopped(states.get(one.id))], on_progress
            )
        source = self._named(name)
        if _is_stopped(states.get(source.id)):
            raise InvalidInputError("source", source.name, "it is paused; resume it first")
        return await self._joined([source], on_progress)

    async def reload_due(self, on_progress: OnProgress | None = None) -> LoadReport:
        """The periodic round: read the sources whose time has come. Failing ones are asked less and less often."""
        states, now = await self._states.all(), self._clock()
        due = [source for source in self._dossier.sources if is_due(states.get(source.id), now)]
        return await self._joined(due, on_progress)

    async def pause(self, name: str) -> SourceView:
        """Read a source no more until it is resumed; what it brought stays. Raises `NotFoundError`."""
        source = self._named(name)
        state = asked_to_pause((await self._states.all()).get(source.id), source.id)
        await self._states.record(state)
        return _view(source, state)

    async def resume(self, name: str) -> SourceView:
        """Read a paused source again, from the next round on. Raises `NotFoundError`."""
        source = self._named(name)
        state = (await self._states.all()).get(source.id)
        if state is None:
            return _view(source, None)
        await self._states.record(resumed(state))
        return _view(source, resumed(state))

    def _named(self, name: str) -> Source:
        wanted = self._names.find_source(name)
        return next(source for source in self._dossier.sources if source.name == wanted)

    async def _joined(self, sources: Sequence[Source], on_progress: OnProgress | None) -> LoadReport:
        wanted = tuple(source.id for source in sources)
        running = self._reloads.get(wanted)
        if running is None:
            running = asyncio.create_task(self._reload(sources, on_progress))
            self._reloads[wanted] = running
            running.add_done_callback(lambda _: self._reloads.pop(wanted, None))
        return await asyncio.shield(running)

    async def _reload(self, sources: Sequence[Source], on_progress: OnProgress | None) -> LoadReport:
        before = await self._states.all()
        report = await self._loader.load(sources, on_progress)
        self._names.learn_speakers(await self._corpus.speakers())
        await self._news.tell(sources, before, await self._states.all())
        return report


def count_failing(dossier: Dossier, states: Mapping[str, SourceState]) -> int:
    """How many of the dossier's sources could not be read the last time."""
    now = [states[source.id] for source in dossier.sources if source.id in states]
    return sum(map(is_down, now))


def _is_stopped(state: SourceState | None) -> bool:
    return state is not None and state.pause is Pause.ASKED


def _view(source: Source, state: SourceState | None) -> SourceView:
    return SourceView(
        id=source.id,
        name=source.name,
        kind=source.kind.value,
        location=source.location,
        status=_status(state),
        reason=state.reason if state else None,
        articles=state.articles if state else 0,
        checked_at=state.checked_at if state else None,
        state=state,
    )


def _status(state: SourceState | None) -> str:
    if state is None:
        return _NEVER_READ
    return "paused" if state.pause is not None else state.status if state.checked_at else _NEVER_READ
