"""A look through all documents of a source: what each is, and which of their lines are the source's furniture."""

import asyncio
import hashlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.articles.decode import decode
from bot.articles.model import RawDocument
from bot.articles.repetition import LineCensus, Lines, lines_of, numbered_lines
from bot.dossier import Source
from bot.services.ports import Unreadable
from bot.services.source_ports import Look, Looks, RereadingReader

_AT_ONCE = 32  # documents looked at in one visit to a worker thread
_TRUSTED = timedelta(days=1)  # after which a file is read whatever its stamp says: disks and clocks may lie


@dataclass(frozen=True, slots=True)
class Found:
    """A document with the digest that decides whether it must be read again; its `raw` form unless it can be reread."""

    location: str
    content_hash: str
    raw: RawDocument | None


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What was found at hand. `looks` are the new ones that may be relied upon later."""

    documents: tuple[Found, ...]
    unreadable: tuple[Unreadable, ...]
    repeated: frozenset[str]
    looks: Mapping[str, Look]


@dataclass(frozen=True, slots=True)
class _Seen:
    location: str
    digest: bytes
    lines: Lines
    raw: RawDocument | None = None

    def remembered_as(self, stamp: str) -> Look:
        return Look(stamp, self.digest, self.lines.tobytes())


async def survey_at_hand(reader: RereadingReader, source: Source, looks: Looks | None, now: datetime) -> Surveyed:
    """Look through a source whose documents lie at hand, reading those whose stamps are not as they were."""
    locations = await reader.locations(source)
    stamps = dict(zip(locations, await reader.stamps(source, locations), strict=True))
    known = await looks.between(source.id, now - _TRUSTED, now) if looks and any(stamps.values()) else {}
    stale = [one for one in locations if one not in known or known[one].stamp != stamps[one]]
    read: dict[str, _Seen] = {}
    new: dict[str, Look] = {}
    unreadable: list[Unreadable] = []
    for start in range(0, len(stale), _AT_ONCE):
        found = await reader.stamped(source, stale[start : start + _AT_ONCE])
        read |= await asyncio.to_thread(_read, [one for one, _ in found if isinstance(one, RawDocument)])
        unreadable += [one for one, _ in found if isinstance(one, Unreadable)]
        new |= {at: read[at].remembered_as(stamp) for one, stamp in found if stamp and (at := one.location) in read}
    unread = [one.location for one in unreadable]
    seen = await asyncio.to_thread(_in_order, locations, read, known, unread)
    repeated = await asyncio.to_thread(_counted, seen)
    texts = await _texts_at_hand(reader, source, seen, repeated)
    documents = await asyncio.to_thread(_found, seen, texts)
    return Surveyed(documents, tuple(unreadable), frozenset(texts.values()), new)


class Survey:
    """Looks at documents that are there but once. Runs in worker threads.

    `learnt` are lines that repeated in earlier rounds.
    """

    def __init__(self, learnt: frozenset[str]) -> None:
        self._learnt = learnt
        self._seen: list[_Seen] = []

    def add(self, documents: Iterable[RawDocument]) -> None:
        self._seen += [_look(one, one) for one in documents]

    def end(self, documents: Iterable[RawDocument]) -> tuple[tuple[Found, ...], frozenset[str]]:
        """All documents, with these last ones, and the lines that repeat."""
        self.add(documents)
        texts = {number: line for one in self._learnt for number, line in lines_of(one).items()}
        wanted = _counted(self._seen)
        for one in self._seen:
            if one.raw is not None and not wanted.isdisjoint(one.lines):
                texts |= {number: line for number, line in lines_of(_text(one.raw)).items() if number in wanted}
        return _found(self._seen, texts), frozenset(texts.values())


def digests(documents: Iterable[RawDocument], repeated: frozenset[str]) -> list[str]:
    """The digest of each document, given the lines that repeat over its source."""
    return [_joined(_digest(one), {line.strip() for line in _text(one).splitlines()} & repeated) for one in documents]


def _read(documents: Iterable[RawDocument]) -> dict[str, _Seen]:
    return {one.location: _look(one) for one in documents}


def _look(document: RawDocument, raw: RawDocument | None = None) -> _Seen:
    return _Seen(document.location, _digest(document), numbered_lines(_text(document)), raw)


def _in_order(
    locations: Iterable[str], read: Mapping[str, _Seen], known: Mapping[str, Look], unread: Sequence[str]
) -> list[_Seen]:
    """All that can be read, as it was read just now or before."""
    left_out = frozenset(unread)
    return [read.get(one) or _remembered(one, known[one]) for one in locations if one not in left_out]


def _remembered(location: str, look: Look) -> _Seen:
    return _Seen(location, look.digest, array("Q", look.lines))


def _counted(seen: Iterable[_Seen]) -> frozenset[int]:
    """The lines that repeat, by number."""
    census = LineCensus()
    for one in seen:
        if one.lines:
            census.add(one.lines)
    return census.repeated()


async def _texts_at_hand(
    reader: RereadingReader, source: Source, seen: Iterable[_Seen], wanted: frozenset[int]
) -> dict[int, str]:
    """The lines that repeat, as text, from few documents that hold them. One that all lost meanwhile is left out."""
    texts: dict[int, str] = {}
    left = set(wanted)
    for one in seen:
        if not left:
            break
        if not left.isdisjoint(one.lines):
            (again,) = await reader.again(source, [one.location])
            if isinstance(again, RawDocument):
                texts |= {number: line for number, line in lines_of(_text(again)).items() if number in left}
                left -= texts.keys()
    return texts


def _found(seen: Iterable[_Seen], texts: Mapping[int, str]) -> tuple[Found, ...]:
    known = frozenset(texts)
    return tuple(
        Found(one.location, _joined(one.digest, [texts[line] for line in known.intersection(one.lines)]), one.raw)
        for one in seen
    )


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
