"""Cleaning and reading a batch of documents: the part of a load that takes its time, alike wherever it runs."""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.articles.clean import Cleaner
from bot.articles.model import RawDocument, Unusable
from bot.articles.stories import fingerprint
from bot.positions.reader import Reader
from bot.services.ports import Entry

FAULT = "could not be read because of a fault in Attaché; see the log"


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents of one source, each with the digest that stands for it as it is now.

    `repeated` are the source's lines of furniture; `now` is when the documents are first seen.
    """

    source_name: str
    documents: Sequence[tuple[RawDocument, str]]
    repeated: frozenset[str]
    baseline: bool
    now: datetime


@dataclass(frozen=True, slots=True)
class Analysed:
    """What came of a batch, in its order. `faults` are our own, as location and traceback: loud, but one article's."""

    entries: tuple[Entry, ...]
    unusable: tuple[Unusable, ...]
    faults: tuple[tuple[str, str], ...] = ()


class Analyst:
    """Cleans and reads. Pure; safe to use from a worker thread, and built anew in a worker process."""

    def __init__(self, cleaner: Cleaner, reader: Reader) -> None:
        self._cleaner = cleaner
        self._reader = reader
        self.version = f"{cleaner.version}/{reader.version}"

    def analyse(self, batch: Batch) -> Analysed:
        """Every article that is in the batch, and why there is none in the other documents."""
        entries: list[Entry] = []
        unusable: list[Unusable] = []
        faults: list[tuple[str, str]] = []
        for document, content_hash in batch.documents:
            try:
                found = self._entry(document, content_hash, batch)
            except Exception:  # costs one article and not the load; the next load tries again
                faults.append((document.location, traceback.format_exc()))
                found = Unusable(document.location, FAULT)
            if isinstance(found, Entry):
                entries.append(found)
            else:
                unusable.append(found)
        return Analysed(tuple(entries), tuple(unusable), tuple(faults))

    def _entry(self, document: RawDocument, content_hash: str, batch: Batch) -> Entry | Unusable:
        article = self._cleaner.clean(
            document, source_name=batch.source_name, repeated=batch.repeated, not_after=batch.now
        )
        if isinstance(article, Unusable):
            return article
        article = replace(article, content_hash=content_hash)
        reading = self._reader.read(article)
        return Entry(article, reading, fingerprint(article), self.version, batch.now, batch.baseline)
