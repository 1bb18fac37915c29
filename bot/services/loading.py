"""The load: what changed is cleaned, read and stored; copies are folded; everything else is left alone."""

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.articles.clean import Cleaner
from bot.articles.decode import decode
from bot.articles.model import RawDocument, Relation, Unusable
from bot.articles.repetition import find_repeated_lines
from bot.articles.splits import alone_in_story
from bot.articles.stories import fingerprint, group_stories
from bot.dossier import Source, SourceKind, SourceStatus
from bot.errors import SourceError
from bot.positions.reader import Reader
from bot.services.health import Pace, RoundEnd, after_round
from bot.services.ports import (
    OPERATOR,
    Corpus,
    DocumentState,
    Entry,
    Round,
    Rounds,
    SourceReader,
    SourceState,
    SourceStates,
    Tally,
    Unchanged,
    Unreadable,
    Visit,
)
from bot.services.results import LoadProgress, LoadReport, OnProgress, SourceReport
from bot.services.splits import MemorySplits

LOG = logging.getLogger(__name__)
_FAULT = "could not be read because of a fault in Attaché; see the log"
_NAMED = 10  # documents that could not be read, remembered with their reasons
_MOST_LEARNT = 1000  # lines of furniture that are kept of a source
BATCH = 32  # articles a transaction: a crash loses at most these, and they are read again


@dataclass(frozen=True, slots=True)
class _Document:
    """A document with the hash that decides whether it must be read again."""

    raw: RawDocument
    content_hash: str


@dataclass(frozen=True, slots=True)
class _Gathered:
    """All documents of a source as they are now. `unchanged` are those known ones that were not given again."""

    documents: tuple[_Document, ...]
    unreadable: tuple[Unreadable, ...]
    unchanged: int
    repeated: frozenset[str]
    visits: Mapping[str, Visit]


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
        pace: Pace | None = None,
        splits: MemorySplits | None = None,
    ) -> None:
        """`rounds` is needed where readers remember what they saw: feeds and pages. `pace` is that of failing ones.

        What is in `splits` is folded with nothing.
        """
        self._corpus = corpus
        self._rounds = rounds
        self._splits = splits
        self._states = states
        self._readers = readers
        self._cleaner = cleaner
        self._reader = reader
        self._clock = clock
        self._pace = pace or Pace(timedelta(minutes=30))
        self._analyser = f"{cleaner.version}/{reader.version}"
        self._lock = asyncio.Lock()

    async def load(self, sources: Sequence[Source], on_progress: OnProgress | None = None) -> LoadReport:
        """Read what changed in these sources, then fold copies over the whole corpus."""
        async with self._lock:
            reports = [await self._load_source(source, on_progress) for source in sources]
            if await self._corpus.unfolded():  # of this load, or of one that was cut short
                folded = await self._fold()
                reports = [(replace(report, folded=len(folded & ids)), ids) for report, ids in reports]
            return LoadReport(tuple(report for report, _ in reports))

    async def refold(self) -> None:
        """Fold the whole corpus anew, with what was split off by now."""
        async with self._lock:
            await self._fold()

    async def _load_source(self, source: Source, on_progress: OnProgress | None) -> tuple[SourceReport, set[str]]:
        """The report, and the ids of the articles that are new or changed."""
        before, started_at = (await self._states.all()).get(source.id), self._clock()
        known = await self._corpus.document_states(source.id)
        try:
            gathered = await self._gather(source, known)
        except SourceError as error:
            end = RoundEnd(SourceStatus(error.kind), error.reason, len(known), Tally(), error.retry_at)
            await self._record(source, before, end, started_at)
            return SourceReport(source.name, unchanged=len(known), error=error.reason), set()
        changed = [document for document in gathered.documents if not self._is_current(document, known)]
        report = SourceReport(
            source.name,
            unchanged=len(gathered.documents) - len(changed) + gathered.unchanged,
            removed=await self._remove_gone(source, known, gathered),
            failed=tuple((one.location, one.reason) for one in gathered.unreadable),
        )
        ids: set[str] = set()
        has_dates = False
        baseline = before is None or before.succeeded_at is None
        async for entries, unusable in self._analysed(source, changed, gathered.repeated, baseline=baseline):
            await self._corpus.save(entries)
            ids |= {entry.article.id for entry in entries}
            has_dates = has_dates or any(entry.article.published for entry in entries)
            report = _counted(report, entries, unusable, known)
            if on_progress:
                read = report.unchanged + report.new + report.changed + len(report.failed)
                total = len(gathered.documents) + len(gathered.unreadable) + gathered.unchanged
                on_progress(LoadProgress(source.name, read, total, report.statements))
        await self._remember(source, gathered, report)
        shown = report.unchanged + report.new + report.changed
        stored = shown if source.kind is SourceKind.FOLDER else len(known) + report.new  # a feed forgets, we don't
        status = _status(source, report, stored, has_dates=has_dates)
        reason = report.failed[0][1] if status is SourceStatus.EMPTY and report.failed else None
        await self._record(source, before, RoundEnd(status, reason, stored, _tally(report)), started_at)
        return report, ids

    async def _remember(self, source: Source, gathered: _Gathered, report: SourceReport) -> None:
        """All is stored: from now on the visits may spare the next round what did not change."""
        if self._rounds is None or source.kind is SourceKind.FOLDER:
            return
        has_fault = any(reason == _FAULT for _, reason in report.failed)  # to be read again, changed or not
        visits = {} if has_fault else gathered.visits
        learnt = frozenset(sorted(gathered.repeated)[:_MOST_LEARNT])
        await self._rounds.keep(source.id, Round(self._analyser, visits, learnt))

    async def _learnt(self, source: Source, known: Mapping[str, DocumentState]) -> frozenset[str]:
        """Furniture known from earlier rounds. Visits made for another analyser, or for nothing kept, are forgotten."""
        last = await self._rounds.last(source.id) if self._rounds and source.kind is not SourceKind.FOLDER else None
        if self._rounds is None or last is None:
            return frozenset()
        if last.visits and (last.analyser != self._analyser or not known):
            await self._rounds.keep(source.id, replace(last, visits={}))
        return last.repeated

    async def _gather(self, source: Source, known: Mapping[str, DocumentState]) -> _Gathered:
        reader = self._readers.get(source.kind)
        if reader is None:
            raise SourceError(source.name, f"sources of kind {source.kind.value!r} can't be read yet")
        learnt = await self._learnt(source, known)
        found = [one async for one in reader.documents(source)]
        raw = [one for one in found if isinstance(one, RawDocument)]
        documents, repeated = await asyncio.to_thread(_hashed, raw, learnt)
        unchanged = {one.location for one in found if isinstance(one, Unchanged)}
        return _Gathered(
            documents,
            tuple(one for one in found if isinstance(one, Unreadable)),
            unchanged=len(known) if None in unchanged else len(unchanged & known.keys()),
            repeated=repeated,
            visits={one.address: one for one in found if isinstance(one, Visit)},
        )

    def _is_current(self, document: _Document, known: Mapping[str, DocumentState]) -> bool:
        state = known.get(document.raw.location)
        return state is not None and state.content_hash == document.content_hash and state.analyser == self._analyser

    async def _remove_gone(self, source: Source, known: Mapping[str, DocumentState], gathered: _Gathered) -> int:
        """A folder is a mirror: a file that is gone takes its article along. A feed only shows its newest items."""
        if source.kind is not SourceKind.FOLDER:
            return 0
        there = {document.raw.location for document in gathered.documents}
        there |= {one.location for one in gathered.unreadable}  # perhaps readable again tomorrow
        gone = [location for location in known if location not in there]
        return await self._corpus.remove(source.id, gone) if gone else 0

    async def _analysed(
        self, source: Source, documents: Sequence[_Document], repeated: frozenset[str], *, baseline: bool
    ) -> AsyncIterator[tuple[list[Entry], list[Unusable]]]:
        for start in range(0, len(documents), BATCH):
            batch = documents[start : start + BATCH]
            now = self._clock()
            yield await asyncio.to_thread(self._analyse, source, batch, repeated, baseline, now)

    def _analyse(
        self, source: Source, batch: Sequence[_Document], repeated: frozenset[str], baseline: bool, now: datetime
    ) -> tuple[list[Entry], list[Unusable]]:
        """Clean and read a batch. Runs in a worker thread."""
        entries: list[Entry] = []
        unusable: list[Unusable] = []
        for document in batch:
            try:
                found = self._entry(document, source.name, repeated, baseline=baseline, now=now)
            except Exception:  # a fault of ours: loud, but it costs one article and not the load; the next load retries
                LOG.exception("%s of %s could not be read", document.raw.location, source.name)
                found = Unusable(document.raw.location, _FAULT)
            if isinstance(found, Entry):
                entries.append(found)
            else:
                unusable.append(found)
        return entries, unusable

    def _entry(
        self, document: _Document, source_name: str, repeated: frozenset[str], *, baseline: bool, now: datetime
    ) -> Entry | Unusable:
        article = self._cleaner.clean(document.raw, source_name=source_name, repeated=repeated, not_after=now)
        if isinstance(article, Unusable):
            return article
        article = replace(article, content_hash=document.content_hash)
        reading = self._reader.read(article)
        return Entry(article, reading, fingerprint(article), self._analyser, first_seen_at=now, baseline=baseline)

    async def _fold(self) -> set[str]:
        """Group all articles into stories; the ids of those that are not the lead of theirs."""
        alone = alone_in_story(await self._splits.of(OPERATOR)) if self._splits else frozenset()
        stories = await asyncio.to_thread(group_stories, await self._corpus.fingerprints(), alone)
        await self._corpus.save_stories(stories)
        return {
            member.article_id for story in stories for member in story.members if member.relation is not Relation.LEAD
        }

    async def _record(self, source: Source, before: SourceState | None, end: RoundEnd, started_at: datetime) -> None:
        now = self._clock()
        tally = replace(end.tally, seconds=round((now - started_at).total_seconds(), 3))
        await self._states.record(after_round(source.id, before, replace(end, tally=tally), now, self._pace))


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
    )


def _status(source: Source, report: SourceReport, stored: int, *, has_dates: bool) -> SourceStatus:
    """How a round that went well ended. Files often say no date; feeds and pages ought to."""
    if not stored:
        return SourceStatus.EMPTY
    if not (report.new or report.changed):
        return SourceStatus.UNCHANGED
    return SourceStatus.OK if has_dates or source.kind is SourceKind.FOLDER else SourceStatus.UNDATED


def _hashed(raw: Sequence[RawDocument], learnt: frozenset[str]) -> tuple[tuple[_Document, ...], frozenset[str]]:
    """The documents with what decides whether they are read again, and the lines that repeat over them.

    `learnt` are lines that repeated in earlier rounds.

    Only text is looked at: in a page the extraction already tells the article from what stands on every page.
    """
    texts = ["" if "html" in one.media_type else decode(one.content) or "" for one in raw]
    repeated = find_repeated_lines(text for text in texts if text) | learnt
    return tuple(_Document(one, _hash(one, text, repeated)) for one, text in zip(raw, texts, strict=True)), repeated


def _hash(document: RawDocument, text: str, repeated: frozenset[str]) -> str:
    """Digest of everything that decides how the document is cleaned.

    The repeated lines that occur in it belong to that: when a line becomes known as boilerplate, exactly the documents
    that hold it are cleaned anew.
    """
    digest = hashlib.sha256(document.content)
    digest.update(repr((document.media_type, sorted(document.hints.items()))).encode())
    if repeated:
        lines = {line.strip() for line in text.splitlines()}
        digest.update("\n".join(sorted(lines & repeated)).encode())
    return digest.hexdigest()


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
