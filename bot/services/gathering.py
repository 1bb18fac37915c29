"""What a source holds now, and what decides which of it is read again."""

import asyncio
import hashlib
import logging
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.articles.decode import decode
from bot.articles.model import RawDocument
from bot.articles.repetition import LineCensus
from bot.dossier import Source, SourceKind
from bot.errors import AttacheError, SourceError
from bot.services.analysis import FAULT
from bot.services.ports import (
    DocumentState,
    RereadingReader,
    Round,
    Rounds,
    SourceReader,
    Unchanged,
    Unreadable,
    Visit,
)

LOG = logging.getLogger(__name__)
_AT_ONCE = 32  # documents looked at in one visit to a worker thread
_MOST_LEARNT = 1000  # lines of furniture that are kept of a source


@dataclass(frozen=True, slots=True)
class Found:
    """A document with the digest that decides whether it must be read again; its `raw` form unless it can be reread."""

    location: str
    content_hash: str
    raw: RawDocument | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """All documents of a source as they are now. `unchanged` are those known ones that were not given again."""

    documents: tuple[Found, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    unchanged: int = 0
    repeated: frozenset[str] = frozenset()
    visits: Mapping[str, Visit] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many documents there are, readable or not."""
        return len(self.documents) + len(self.unreadable) + self.unchanged


class Gatherer:
    """Looks through sources. `analyser` is the version of the rules that will read what is found."""

    def __init__(self, readers: Mapping[SourceKind, SourceReader], rounds: Rounds | None, analyser: str) -> None:
        self._readers = readers
        self._rounds = rounds
        self._analyser = analyser

    async def gather(self, source: Source, known: Mapping[str, DocumentState]) -> Gathered:
        """Everything the source holds. Raises `SourceError`, also for a fault of our own: it costs this source alone.

        `known` are the documents of it that are stored.
        """
        reader = self._readers.get(source.kind)
        if reader is None:
            raise SourceError(source.name, f"sources of kind {source.kind.value!r} can't be read yet")
        learnt = await self._learnt(source, known)
        try:
            return await self._gathered(reader, source, known, learnt)
        except AttacheError:
            raise
        except Exception:
            LOG.exception("%s could not be read", source.location)
            raise SourceError(source.name, FAULT) from None

    async def _gathered(
        self, reader: SourceReader, source: Source, known: Mapping[str, DocumentState], learnt: frozenset[str]
    ) -> Gathered:
        survey = _Survey(learnt, keeps_raw=not isinstance(reader, RereadingReader))
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
        digests = await asyncio.to_thread(_digests, there, repeated)
        return list(zip(there, digests, strict=True)), [one for one in again if isinstance(one, Unreadable)]

    async def remember(self, source: Source, gathered: Gathered, *, is_whole: bool) -> None:
        """All is stored: from now on the visits may spare the next round what did not change.

        Where it `is_whole` no longer, because of a fault of ours, everything is read again, changed or not.
        """
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


class _Survey:
    """Looks at each document once: what it is, and which of its lines repeat over the source. Runs in worker threads.

    `learnt` are lines that repeated in earlier rounds.
    """

    def __init__(self, learnt: frozenset[str], *, keeps_raw: bool) -> None:
        self._census = LineCensus()
        self._learnt = learnt
        self._keeps_raw = keeps_raw
        self._seen: list[tuple[str, bytes, array[int], RawDocument | None]] = []

    def add(self, documents: Iterable[RawDocument]) -> None:
        for one in documents:
            text = _text(one)
            lines = self._census.add(text) if text else array("q")
            self._seen.append((one.location, _digest(one), lines, one if self._keeps_raw else None))

    def end(self, documents: Iterable[RawDocument]) -> tuple[tuple[Found, ...], frozenset[str]]:
        """All documents, with these last ones, and the lines that repeat."""
        self.add(documents)
        texts = {**self._census.repeated(), **{hash(line): line for line in self._learnt}}
        found = (
            Found(location, _joined(digest, [texts[line] for line in lines if line in texts]), raw)
            for location, digest, lines, raw in self._seen
        )
        return tuple(found), frozenset(texts.values())


def _digests(documents: Iterable[RawDocument], repeated: frozenset[str]) -> list[str]:
    return [_joined(_digest(one), {line.strip() for line in _text(one).splitlines()} & repeated) for one in documents]


def _text(document: RawDocument) -> str:
    """What is searched for furniture: in a page the extraction already tells the article from what is on every page."""
    return "" if "html" in document.media_type else decode(document.content) or ""


def _digest(document: RawDocument) -> bytes:
    digest = hashlib.sha256(document.content)
    digest.update(repr((document.media_type, sorted(document.hints.items()))).encode())
    return digest.digest()


def _joined(digest: bytes, furniture: Iterable[str]) -> str:
    """Digest of everything that decides how a document is cleaned.

    The repeated lines that occur in it belong to that: when a line becomes known as boilerplate, exactly the documents
    that hold it are cleaned anew.
    """
    lines = "\n".join(sorted(furniture))
    return hashlib.sha256(digest + lines.encode("utf-8", "surrogatepass")).hexdigest() if lines else digest.hex()
