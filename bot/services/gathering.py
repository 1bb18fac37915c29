"""What a source holds now, and what decides which of it is read again."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.articles.model import RawDocument
from bot.dossier import Source, SourceKind
from bot.errors import AttacheError, SourceError
from bot.services.analysis import FAULT
from bot.services.ports import (
    DocumentState,
    Round,
    Rounds,
    SourceReader,
    Unchanged,
    Unreadable,
    Visit,
)
from bot.services.source_ports import Look, Looks, RereadingReader
from bot.services.survey import Found, Survey, digests, survey_at_hand

LOG = logging.getLogger(__name__)
_AT_ONCE = 32  # documents looked at in one visit to a worker thread
_MOST_LEARNT = 1000  # lines of furniture that are kept of a source


@dataclass(frozen=True, slots=True)
class Gathered:
    """All documents of a source as they are now. `unchanged` are those known ones that were not given again."""

    documents: tuple[Found, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    unchanged: int = 0
    repeated: frozenset[str] = frozenset()
    visits: Mapping[str, Visit] = field(default_factory=dict)
    looks: Mapping[str, Look] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many documents there are, readable or not."""
        return len(self.documents) + len(self.unreadable) + self.unchanged


class Gatherer:
    """Looks through sources. `analyser` is the version of the rules that will read what is found."""

    def __init__(
        self,
        readers: Mapping[SourceKind, SourceReader],
        rounds: Rounds | None,
        analyser: str,
        looks: Looks | None = None,
    ) -> None:
        self._readers = readers
        self._rounds = rounds
        self._looks = looks
        self._analyser = analyser

    async def gather(self, source: Source, known: Mapping[str, DocumentState], now: datetime) -> Gathered:
        """Everything the source holds. Raises `SourceError`, also for a fault of our own: it costs this source alone.

        `known` are the documents of it that are stored.
        """
        reader = self._readers.get(source.kind)
        if reader is None:
            raise SourceError(source.name, f"sources of kind {source.kind.value!r} can't be read yet")
        learnt = await self._learnt(source, known)
        try:
            if isinstance(reader, RereadingReader):
                found = await survey_at_hand(reader, source, self._looks, now)
                return Gathered(found.documents, found.unreadable, repeated=found.repeated, looks=found.looks)
            return await self._gathered(reader, source, known, learnt)
        except AttacheError:
            raise
        except Exception:
            LOG.exception("%s could not be read", source.location)
            raise SourceError(source.name, FAULT) from None

    async def _gathered(
        self, reader: SourceReader, source: Source, known: Mapping[str, DocumentState], learnt: frozenset[str]
    ) -> Gathered:
        survey = Survey(learnt)
        waiting: list[RawDocument] = []
        unreadable: list[Unreadable] = []
        unchanged: set[str | None] = set()
        visits: dict[str, Visit] = {}
        async for one in reader.documents(source):
            if isinstance(one, RawDocument):
                waiting.append(one)
                if len(waiting) == _AT_ONCE:
                    await asyncio.to_thread(survey.add, waiting)
                    waiting = []
            elif isinstance(one, Unreadable):
                unreadable.append(one)
            elif isinstance(one, Unchanged):
                unchanged.add(one.location)
            else:
                visits[one.address] = one
        documents, repeated = await asyncio.to_thread(survey.end, waiting)
        return Gathered(
            documents,
            tuple(unreadable),
            unchanged=len(known) if None in unchanged else len(unchanged & known.keys()),
            repeated=repeated,
            visits=visits,
        )

    async def raw(
        self, source: Source, documents: Sequence[Found], repeated: frozenset[str]
    ) -> tuple[list[tuple[RawDocument, str]], list[Unreadable]]:
        """These documents in their raw form, with the digest of it; and those that went away meanwhile."""
        reader = self._readers[source.kind]
        if not isinstance(reader, RereadingReader):
            return [(one.raw, one.content_hash) for one in documents if one.raw is not None], []
        again = await reader.again(source, [one.location for one in documents])
        there = [one for one in again if isinstance(one, RawDocument)]
        found = await asyncio.to_thread(digests, there, repeated)
        return list(zip(there, found, strict=True)), [one for one in again if isinstance(one, Unreadable)]

    async def remember(self, source: Source, gathered: Gathered, *, is_whole: bool, at: datetime) -> None:
        """All is stored: from now on looks and visits may spare the next round what did not change.

        Where it `is_whole` no longer, because of a fault of ours, everything is asked for again, changed or not.
        `at` is when the round began.
        """
        if self._looks is not None and gathered.looks:
            await self._looks.keep(source.id, gathered.looks, at)
        if self._rounds is None or source.kind is SourceKind.FOLDER:
            return
        learnt = frozenset(sorted(gathered.repeated)[:_MOST_LEARNT])
        await self._rounds.keep(source.id, Round(self._analyser, gathered.visits if is_whole else {}, learnt))

    async def _learnt(self, source: Source, known: Mapping[str, DocumentState]) -> frozenset[str]:
        """Furniture known from earlier rounds. Visits made for another analyser, or for nothing kept, are forgotten."""
        last = await self._rounds.last(source.id) if self._rounds and source.kind is not SourceKind.FOLDER else None
        if self._rounds is None or last is None:
            return frozenset()
        if last.visits and (last.analyser != self._analyser or not known):
            await self._rounds.keep(source.id, replace(last, visits={}))
        return last.repeated
