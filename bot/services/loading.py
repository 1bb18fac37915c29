"""The load: what changed is cleaned, read and stored; copies are folded; everything else is left alone."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.articles.clean import Cleaner
from bot.articles.model import Unusable
from bot.articles.splits import alone_in_story
from bot.dossier import Source, SourceKind, SourceStatus
from bot.errors import SourceError
from bot.positions.reader import Reader
from bot.services.analysis import FAULT, Analysed, Analyst, Batch
from bot.services.crew import Crew
from bot.services.folding import Folder
from bot.services.gathering import Gathered, Gatherer
from bot.services.health import Pace, RoundEnd, after_round
from bot.services.ports import (
    OPERATOR,
    Corpus,
    DocumentState,
    Entry,
    Rounds,
    SourceReader,
    SourceState,
    SourceStates,
    Tally,
)
from bot.services.results import LoadProgress, LoadReport, OnProgress, SourceReport
from bot.services.rounds import summaries_in
from bot.services.source_ports import Looks
from bot.services.splits import MemorySplits
from bot.services.survey import Found

LOG = logging.getLogger(__name__)
_NAMED = 10  # documents that could not be read, remembered with their reasons
_SOURCES_AT_ONCE = 8  # that are asked for what they hold; each host is asked politely whatever their number
_WORTH_A_CREW = 200  # articles of a load; fewer are read before other processes have started
BATCH = 32  # articles a transaction: a crash loses at most these, and they are read again


@dataclass(frozen=True, slots=True)
class _Turn:
    """One source in one load: what was known of it before."""

    source: Source
    before: SourceState | None
    known: Mapping[str, DocumentState]
    started_at: datetime

    @property
    def is_first(self) -> bool:
        """Whether no load of it ever came to its end: what it brings is baseline."""
        return self.before is None or self.before.succeeded_at is None


class Loader:
    """Loads sources into the corpus. Two loads at once wait for each other."""

    def __init__(
        self,
        *,
        corpus: Corpus,
        states: SourceStates,
        readers: Mapping[SourceKind, SourceReader],
        cleaner: Cleaner,
        reader: Reader,
        clock: Callable[[], datetime],
        rounds: Rounds | None = None,
        looks: Looks | None = None,
        pace: Pace | None = None,
        splits: MemorySplits | None = None,
        crew: Crew | None = None,
        patience: float = 5.0,
        turn: AbstractAsyncContextManager[None] | None = None,
    ) -> None:
        """`rounds` is needed where readers remember what they saw: feeds and pages. With `looks`, documents at hand are
        not read again as long as their stamps are the same. `pace` is that of failing sources.

        `turn` is held while loading; without one, loads of this process wait for each other.

        What is in `splits` is folded with nothing. With a `crew` a large load reads on several cores. After `patience`
        seconds what the quick sources brought is folded without the slow ones.
        """
        self._corpus = corpus
        self._folder = Folder(corpus)
        self._splits = splits
        self._states = states
        self._clock = clock
        self._pace = pace or Pace(timedelta(minutes=30))
        self._crew = crew
        self._patience = patience
        self._analyst = Analyst(cleaner, reader)
        self._gatherer = Gatherer(readers, rounds, self._analyst.version, looks)
        self._load_turn = turn or asyncio.Lock()
        self._store_turn = asyncio.Lock()  # sources are asked side by side, and read one after the other
        self._analysed_articles = 0  # by the load in hand

    async def load(self, sources: Sequence[Source], on_progress: OnProgress | None = None) -> LoadReport:
        """Read what changed in these sources, then fold copies over the whole corpus."""
        async with self._load_turn:
            self._analysed_articles = 0
            slots = asyncio.Semaphore(_SOURCES_AT_ONCE)
            states = await self._states.all()
            tasks = [
                asyncio.create_task(self._load_source(source, states.get(source.id), on_progress, slots))
                for source in sources
            ]
            try:
                folded = await self._folded_meanwhile(tasks)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                if self._crew is not None:
                    await self._crew.dismiss()
            reports = [task.result() for task in tasks]
            return LoadReport(tuple(replace(report, folded=len(folded & ids)) for report, ids in reports))

    async def refold(self) -> None:
        """Fold the whole corpus anew, with what was split off by now."""
        async with self._load_turn:
            await self._fold()

    async def _folded_meanwhile(self, tasks: Sequence[asyncio.Task[tuple[SourceReport, set[str]]]]) -> frozenset[str]:
        """Wait for all sources and fold what they brought, at times before the last one ends.

        The ids of the articles that are not the lead of their story, as far as anything had to be folded.
        """
        folded: frozenset[str] = frozenset()
        pending = set(tasks)
        while pending:
            done, pending = await asyncio.wait(pending, timeout=self._patience, return_when=asyncio.FIRST_EXCEPTION)
            for task in done:
                task.result()
            if not pending and self._crew is not None:
                await self._crew.dismiss()  # folding needs the memory that they take
            if not (pending and self._store_turn.locked()) and await self._corpus.unfolded():
                folded = await self._fold()  # what this load brought, or one that was cut short
        return folded

    async def _load_source(
        self, source: Source, before: SourceState | None, on_progress: OnProgress | None, slots: asyncio.Semaphore
    ) -> tuple[SourceReport, set[str]]:
        """The report, and the ids of the articles that are new or changed."""
        async with slots:
            turn = _Turn(source, before, await self._corpus.document_states(source.id), self._clock())
            try:
                gathered = await self._gatherer.gather(source, turn.known, turn.started_at)
            except SourceError as error:
                end = RoundEnd(SourceStatus(error.kind), error.reason, len(turn.known), Tally(), error.retry_at)
                await self._record(turn, end)
                return SourceReport(source.name, unchanged=len(turn.known), error=error.reason), set()
            async with self._store_turn:
                return await self._store(turn, gathered, on_progress)

    async def _store(
        self, turn: _Turn, gathered: Gathered, on_progress: OnProgress | None
    ) -> tuple[SourceReport, set[str]]:
        source = turn.source
        changed = [found for found in gathered.documents if not self._is_current(found, turn.known)]
        gone = _gone(turn, gathered)
        if changed or gone:
            await self._folder.expect(len(changed) + len(gone), await self._alone())
        report = SourceReport(
            source.name,
            unchanged=len(gathered.documents) - len(changed) + gathered.unchanged,
            removed=await self._corpus.remove(source.id, gone) if gone else 0,
            failed=tuple((one.location, one.reason) for one in gathered.unreadable),
            summaries=summaries_in(gathered.visits.values()),
        )
        ids: set[str] = set()
        has_dates = False
        async with contextlib.aclosing(self._analysed(turn, changed, gathered.repeated)) as analysed:
            async for entries, unusable in analysed:
                await self._corpus.save(entries)
                ids |= {entry.article.id for entry in entries}
                has_dates = has_dates or any(entry.article.published for entry in entries)
                report = _counted(report, entries, unusable, turn.known)
                if on_progress:
                    read = report.unchanged + report.new + report.changed + len(report.failed)
                    on_progress(LoadProgress(source.name, read, gathered.total, report.statements))
        is_whole = all(reason != FAULT for _, reason in report.failed)
        await self._gatherer.remember(source, gathered, is_whole=is_whole, at=turn.started_at)
        shown = report.unchanged + report.new + report.changed
        stored = shown if source.kind is SourceKind.FOLDER else len(turn.known) + report.new  # a feed forgets, we don't
        status = _status(source, report, stored, has_dates=has_dates)
        reason = report.failed[0][1] if status is SourceStatus.EMPTY and report.failed else None
        await self._record(turn, RoundEnd(status, reason, stored, _tally(report)))
        return report, ids

    def _is_current(self, found: Found, known: Mapping[str, DocumentState]) -> bool:
        state = known.get(found.location)
        return (
            state is not None and state.content_hash == found.content_hash and state.analyser == self._analyst.version
        )

    async def _analysed(
        self, turn: _Turn, documents: Sequence[Found], repeated: frozenset[str]
    ) -> AsyncGenerator[tuple[Sequence[Entry], Sequence[Unusable]]]:
        """What comes of these documents, batch by batch in their order."""
        self._analysed_articles += len(documents)
        gone: list[Unusable] = []
        batches = self._batches(turn, documents, repeated, gone)
        async with contextlib.aclosing(self._read(batches)) as analysed:
            async for one in analysed:
                for location, fault in one.faults:
                    LOG.error("%s of %s could not be read\n%s", location, turn.source.name, fault)
                yield one.entries, one.unusable
        if gone:
            yield (), gone

    async def _batches(
        self, turn: _Turn, documents: Sequence[Found], repeated: frozenset[str], gone: list[Unusable]
    ) -> AsyncIterator[Batch]:
        for start in range(0, len(documents), BATCH):
            raw, missing = await self._gatherer.raw(turn.source, documents[start : start + BATCH], repeated)
            gone += [Unusable(one.location, one.reason) for one in missing]
            yield Batch(turn.source.name, raw, repeated, turn.is_first, self._clock())

    async def _read(self, batches: AsyncIterator[Batch]) -> AsyncGenerator[Analysed]:
        """Every batch read, by the crew where it is worth it."""
        if self._crew is not None and self._crew.size > 1 and self._analysed_articles >= _WORTH_A_CREW:
            async with contextlib.aclosing(self._crew.analyse(batches, self._analyst)) as analysed:
                async for one in analysed:
                    yield one
            return
        async for batch in batches:
            yield await asyncio.to_thread(self._analyst.analyse, batch)

    async def _fold(self) -> frozenset[str]:
        """Group all articles into stories; the ids of those that are not the lead of theirs."""
        async with self._store_turn:
            return await self._folder.fold(await self._alone())

    async def _alone(self) -> frozenset[str]:
        """The articles that are folded with nothing."""
        return alone_in_story(await self._splits.of(OPERATOR)) if self._splits else frozenset()

    async def _record(self, turn: _Turn, end: RoundEnd) -> None:
        now = self._clock()
        tally = replace(end.tally, seconds=round((now - turn.started_at).total_seconds(), 3))
        state = after_round(turn.source.id, turn.before, replace(end, tally=tally), now, self._pace)
        await self._states.record(state)


def _gone(turn: _Turn, gathered: Gathered) -> list[str]:
    """A folder is a mirror: a file that is gone takes its article along. A feed only shows its newest items."""
    if turn.source.kind is not SourceKind.FOLDER:
        return []
    there = {found.location for found in gathered.documents}
    there |= {one.location for one in gathered.unreadable}  # perhaps readable again tomorrow
    return [location for location in turn.known if location not in there]


def _tally(report: SourceReport) -> Tally:
    return Tally(
        new=report.new,
        changed=report.changed,
        unchanged=report.unchanged,
        removed=report.removed,
        dropped_lines=report.dropped_lines,
        statements=report.statements,
        unread=len(report.failed),
        failed=tuple((location[:200], reason[:300]) for location, reason in report.failed[:_NAMED]),
        summaries=report.summaries[:_NAMED],
    )


def _status(source: Source, report: SourceReport, stored: int, *, has_dates: bool) -> SourceStatus:
    """How a round that went well ended. Files often say no date; feeds and pages ought to."""
    if not stored:
        return SourceStatus.EMPTY
    if not (report.new or report.changed):
        return SourceStatus.UNCHANGED
    return SourceStatus.OK if has_dates or source.kind is SourceKind.FOLDER else SourceStatus.UNDATED


def _counted(
    report: SourceReport, entries: Sequence[Entry], unusable: Sequence[Unusable], known: Mapping[str, DocumentState]
) -> SourceReport:
    new = sum(entry.article.location not in known for entry in entries)
    return replace(
        report,
        new=report.new + new,
        changed=report.changed + len(entries) - new,
        dropped_lines=report.dropped_lines + sum(len(entry.article.dropped) for entry in entries),
        statements=report.statements + sum(len(entry.reading.statements) for entry in entries),
        failed=report.failed + tuple((one.location, one.reason) for one in unusable),
    )
