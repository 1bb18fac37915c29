"""What the care for sources needs from the outside world: who added which, what is at an address, whom to tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.articles.model import RawDocument
from bot.dossier import Source, SourceKind
from bot.services.ports import SourceReader, Unreadable


@dataclass(frozen=True, slots=True)
class OwnSource:
    """A source that was added to those of the dossier, by a server for itself or by the operator (guild 0) for all.

    Where `removed_at` is set it is read no more. It is still remembered, so that articles it left, or that a load in
    hand still brings, stay with the same readers.
    """

    source: Source
    guild_id: int
    added_by: int
    added_at: datetime
    removed_at: datetime | None = None


class OwnSources(Protocol):
    """The sources that were added to those of the dossier."""

    async def all(self) -> tuple[OwnSource, ...]:
        """Every one, removed ones too, in the order they were added."""

    async def put(self, own: OwnSource) -> None:
        """Insert or replace."""


@dataclass(frozen=True, slots=True)
class FoundItem:
    """What a source offers to read."""

    title: str
    published: datetime | None
    url: str | None


@dataclass(frozen=True, slots=True)
class FoundSource:
    """What is at an address: a feed or a page, what it calls itself, and its newest items of so many."""

    kind: SourceKind
    location: str
    name: str
    items: tuple[FoundItem, ...]
    total: int


class Scout(Protocol):
    """Looks what is at an address, without keeping anything."""

    async def look(self, address: str) -> FoundSource:
        """The feed there, or that the site there names, or the page. Raises `SourceError`."""


class Pages(Protocol):
    """Single pages of the web, read and forgotten."""

    async def read(self, address: str) -> RawDocument:
        """The article at an address. Raises `SourceError` for what can't be had or is no article."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The feeds of a list as (address, name), and what could not be taken as (name, reason)."""

    feeds: tuple[tuple[str, str], ...]
    refused: tuple[tuple[str, str], ...] = ()


class FeedLists(Protocol):
    """Lists of feeds as other programs write and read them."""

    def read(self, content: bytes) -> Listed:
        """The feeds in a file. Raises `InvalidInputError`."""

    def write(self, feeds: Sequence[tuple[str, str]], title: str) -> bytes:
        """A file with these feeds (address, name)."""


class Guilds(Protocol):
    """What servers have set for themselves."""

    async def log_channels(self) -> Mapping[int, int]:
        """The channel for news of our own by guild, of those that have set one."""

    async def set_log_channel(self, guild_id: int, channel_id: int | None) -> None:
        """Set it, or take it back."""

    async def languages(self) -> Mapping[int, str]:
        """The language of a guild, as a tag such as "uk", of those that have set something, as far as it is known."""

    async def learn_languages(self, heard: Mapping[int, str]) -> int:
        """Remember the languages of guilds that have set something; of how many it was news."""


class Notifier(Protocol):
    """Tells a server something about ourselves: a source that was paused, say."""

    async def tell(self, channel_id: int, title: str, lines: Sequence[str]) -> None:
        """Post plain text once. Raises `DeliveryRejectedError` or `DeliveryFailedError`."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was found when a document was read: the stamp it bore, its digest, and its lines as numbers."""

    stamp: str
    digest: bytes
    lines: bytes


class Looks(Protocol):
    """Memory of how documents looked when they were read last. Only those that are stored as articles are remembered.

    A look goes with its article.
    """

    async def between(self, source_id: str, start: datetime, end: datetime) -> Mapping[str, Look]:
        """By location, those of a source that were taken in `[start, end]`."""

    async def keep(self, source_id: str, looks: Mapping[str, Look], taken_at: datetime) -> None:
        """Remember these in the place of earlier ones; of documents that are not stored (any more) none."""


@runtime_checkable
class RereadingReader(SourceReader, Protocol):
    """Reads a source whose documents lie at hand: nobody need keep them all in memory, nor read what did not change."""

    async def locations(self, source: Source) -> Sequence[str]:
        """Where all documents are, in a fixed order. Raises `SourceError` if the source can't be read."""

    async def stamps(self, source: Source, locations: Sequence[str]) -> Sequence[str | None]:
        """For each document, unread, what changes whenever it does; None where nothing can be relied upon."""

    async def stamped(
        self, source: Source, locations: Sequence[str]
    ) -> Sequence[tuple[RawDocument | Unreadable, str | None]]:
        """The documents at these locations, in this order, each with the stamp it bore before it was read."""

    async def again(self, source: Source, locations: Sequence[str]) -> Sequence[RawDocument | Unreadable]:
        """The documents at these locations as they are by now, in this order."""
