"""Sources as admins see them: how they fare, a reload, pause and resume."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.dossier import Source, SourceKind
from bot.errors import InvalidInputError
from bot.services.audience import Audience
from bot.services.health import asked_to_pause, is_down, is_due, resumed
from bot.services.loading import Loader
from bot.services.names import Names
from bot.services.ports import OPERATOR, Pause, SourceState, SourceStates
from bot.services.results import LoadReport, OnProgress, SourceView
from bot.services.source_news import SourceNews

_NEVER_READ = "not read yet"


class SourceService:
    """The operator's sources and those of servers. `guild_id` is who asks; `OPERATOR` where the bot runs."""

    def __init__(
        self,
        *,
        loader: Loader,
        audience: Audience,
        states: SourceStates,
        names: Names,
        news: SourceNews,
        clock: Callable[[], datetime],
    ) -> None:
        self._loader = loader
        self._audience = audience
        self._states = states
        self._names = names
        self._news = news
        self._clock = clock
        self._listeners: list[Callable[[LoadReport], Awaitable[None]]] = []
        self._reloads: dict[tuple[str, ...], asyncio.Task[LoadReport]] = {}

    def subscribe(self, listener: Callable[[LoadReport], Awaitable[None]]) -> None:
        """Call `listener` after every load of this process."""
        self._listeners.append(listener)

    async def list(self, guild_id: int = OPERATOR) -> tuple[SourceView, ...]:
        """Every source this server sees with its state: the dossier's in its order, then those that were added."""
        states, own = await self._states.all(), await self._own(guild_id)
        sources = await self._audience.sources(guild_id)
        return tuple(_seen_by(guild_id, view_of(one, states.get(one.id), is_own=one.id in own)) for one in sources)

    async def check(self, name: str, guild_id: int = OPERATOR) -> SourceView:
        """One source, with what happened at the last fetch. Raises `NotFoundError`."""
        source = await self.named(name, guild_id)
        is_own = source.id in await self._own(guild_id)
        return _seen_by(guild_id, view_of(source, (await self._states.all()).get(source.id), is_own=is_own))

    async def reload(
        self, name: str | None = None, on_progress: OnProgress | None = None, guild_id: int = OPERATOR
    ) -> LoadReport:
        """Read all sources this server sees that are not paused, or the one named, again, due or not.

        Who asks while the same reload runs gets its report. Raises `NotFoundError` for a source that is not there and
        `InvalidInputError` for one that somebody has paused.
        """
        states = await self._states.all()
        if name is None:
            seen = await self._audience.sources(guild_id)
            return await self._joined([one for one in seen if not _is_stopped(states.get(one.id))], on_progress)
        source = await self.named(name, guild_id)
        if _is_stopped(states.get(source.id)):
            raise InvalidInputError("source", source.name, "it is paused; resume it first")
        return await self._joined([source], on_progress)

    async def reload_due(self, on_progress: OnProgress | None = None) -> LoadReport:
        """The periodic round: everybody's sources whose time has come. Failing ones are asked less often."""
        states, now = await self._states.all(), self._clock()
        due = [one for one in await self._audience.everybodys() if is_due(states.get(one.id), now)]
        return await self._joined(due, on_progress)

    async def close(self) -> None:
        """Call off what is being read, and see it end: what is stored stays, the rest is read the next time."""
        running = list(self._reloads.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def pause(self, name: str, guild_id: int = OPERATOR) -> SourceView:
        """Read a source no more until it is resumed; what it brought stays.

        Raises `NotFoundError`, and `InvalidInputError` for one that is not this server's own; so does `resume`.
        """
        source = await self.own(name, guild_id)
        state = asked_to_pause((await self._states.all()).get(source.id), source.id)
        await self._states.record(state)
        return view_of(source, state, is_own=True)

    async def resume(self, name: str, guild_id: int = OPERATOR) -> SourceView:
        """Read a paused source again, from the next round on."""
        source = await self.own(name, guild_id)
        state = (await self._states.all()).get(source.id)
        if state is None:
            return view_of(source, None, is_own=True)
        await self._states.record(resumed(state))
        return view_of(source, resumed(state), is_own=True)

    async def named(self, name: str, guild_id: int) -> Source:
        """The source meant, among those this server sees. Raises `NotFoundError`."""
        await self.learn_names()
        wanted = self._names.find_source(name, guild_id)
        return next(one for one in await self._audience.sources(guild_id) if one.name == wanted)

    async def own(self, name: str, guild_id: int) -> Source:
        """The source meant, if this server may change it. Raises `NotFoundError` or `InvalidInputError`."""
        source = await self.named(name, guild_id)
        if source.id not in await self._own(guild_id):
            raise InvalidInputError("source", source.name, "it is the operator's: only who runs the bot can change it")
        return source

    async def learn_names(self) -> None:
        """Offer the sources as they are now while somebody types."""
        names: dict[int, list[str]] = {}
        for one in await self._audience.added():
            names.setdefault(one.guild_id, []).append(one.source.name)
        self._names.learn_own_sources(names)

    async def _own(self, guild_id: int) -> set[str]:
        """Ids of the sources that this server may change; the operator all that everybody sees."""
        added = {one.source.id for one in await self._audience.added() if one.guild_id == guild_id}
        everybodys = await self._audience.sources(None) if guild_id == OPERATOR else ()
        return added | {source.id for source in everybodys}

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
        for listener in self._listeners:
            await listener(report)
        corpus = await self._audience.corpus(None)  # what a server's own sources name is not offered to others
        self._names.learn_speakers(await corpus.speakers())
        owners = {one.source.id: one.guild_id for one in await self._audience.added()}
        await self._news.tell(sources, owners, before, await self._states.all())
        return report


def count_failing(sources: Sequence[Source], states: Mapping[str, SourceState]) -> int:
    """How many of these sources could not be read the last time."""
    return sum(is_down(states[source.id]) for source in sources if source.id in states)


def view_of(source: Source, state: SourceState | None, *, is_own: bool = False) -> SourceView:
    """A source with its state as an admin sees it."""
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
        is_own=is_own,
    )


def _seen_by(guild_id: int, view: SourceView) -> SourceView:
    """Who runs the bot has no server; where a folder lies on their machine is nobody else's business."""
    if guild_id == OPERATOR:
        return replace(view, is_own=False)
    return replace(view, location=Path(view.location).name) if view.kind == SourceKind.FOLDER else view


def _is_stopped(state: SourceState | None) -> bool:
    return state is not None and state.pause is Pause.ASKED


def _status(state: SourceState | None) -> str:
    if state is None:
        return _NEVER_READ
    return "paused" if state.pause is not None else state.status if state.checked_at else _NEVER_READ
