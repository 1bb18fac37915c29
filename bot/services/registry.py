"""Which sources are read: a server looks at one, saves it, removes it; lists of feeds come in and go out."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.dossier import Source, SourceKind
from bot.errors import InvalidInputError, NotFoundError
from bot.services.audience import Audience
from bot.services.ports import OPERATOR, Corpus, Memory, SourceStates
from bot.services.results import Imported, Proposal, SourceView
from bot.services.source_ports import FeedLists, OwnSource, OwnSources, Scout
from bot.services.sources import SourceService, view_of

MOST_OWN = 100  # sources of one server
KEPT_FOR = timedelta(days=1)  # how long a proposal can be saved
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Outside:
    """What the registry asks the world for."""

    scout: Scout
    lists: FeedLists


class SourceRegistry:
    """Adds and removes sources. `guild_id` is the server that asks, `OPERATOR` where the bot runs."""

    def __init__(
        self,
        *,
        sources: SourceService,
        audience: Audience,
        own_sources: OwnSources,
        corpus: Corpus,
        states: SourceStates,
        memory: Memory,
        outside: Outside,
        clock: Callable[[], datetime],
    ) -> None:
        self._sources = sources
        self._audience = audience
        self._own_sources = own_sources
        self._corpus = corpus
        self._states = states
        self._memory = memory
        self._outside = outside
        self._clock = clock

    async def propose(self, address: str, guild_id: int) -> Proposal:
        """What is at an address, and the key under which it can be saved for a day, also after a restart.

        Raises `SourceError` for an address that can't be read and `InvalidInputError` where it is read already.
        """
        if not address.strip():
            raise InvalidInputError("url", "", "give the address of a feed, of a site that names one, or of a page")
        found = await self._outside.scout.look(address)
        await self._check_new(found.location, guild_id)
        key = _key(guild_id, found.location)
        data = {
            "guild": guild_id,
            "kind": found.kind.value,
            "location": found.location,
            "name": found.name,
            "at": self._clock().isoformat(),
        }
        await self._memory.put(f"proposal:{key}", json.dumps(data))
        return Proposal(key, found)

    async def save(self, key: str, guild_id: int, user_id: int) -> SourceView:
        """Read a proposed source from now on. Raises `NotFoundError` or `InvalidInputError`."""
        words = await self._memory.get(f"proposal:{key}")
        data = json.loads(words) if words else {}
        if data.get("guild") != guild_id or self._clock() - datetime.fromisoformat(data["at"]) > KEPT_FOR:
            raise NotFoundError("proposal to save (look at the address again)", key)
        kind, location = SourceKind(data["kind"]), data["location"]
        await self._check_new(location, guild_id)
        source = await self._add(kind, location, data["name"], guild_id, user_id)
        return view_of(source, None, is_own=guild_id != OPERATOR)

    async def find_removable(self, name: str, guild_id: int) -> SourceView:
        """The source meant, if this server may remove it. Raises `NotFoundError` or `InvalidInputError`."""
        source = await self._sources.own(name, guild_id)
        await self._added(source.id, guild_id)
        return view_of(source, (await self._states.all()).get(source.id), is_own=True)

    async def remove(self, source_id: str, guild_id: int, *, keeps_articles: bool) -> Source:
        """Read a source no more, and keep or delete its articles. Raises `NotFoundError` or `InvalidInputError`."""
        own = await self._added(source_id, guild_id)
        await self._own_sources.put(replace(own, removed_at=self._clock()))
        if not keeps_articles:
            await self._corpus.remove(source_id, list(await self._corpus.document_states(source_id)))
        await self._states.forget(source_id)
        await self._sources.learn_names()
        return own.source

    async def take_list(self, content: bytes, guild_id: int, user_id: int) -> Imported:
        """Add the feeds of a file; they are read in the next round. Raises `InvalidInputError` for a file of none."""
        listed = self._outside.lists.read(content)
        added, known, refused = [], [], list(listed.refused)
        for location, name in listed.feeds:
            if await self._is_known(location, guild_id):
                known.append(name)
            elif await self._room(guild_id) < 1:
                refused.append((name, f"a server has at most {MOST_OWN} sources; remove one first"))
            else:
                added.append((await self._add(SourceKind.FEED, location, name, guild_id, user_id)).name)
        return Imported(tuple(added), tuple(known), tuple(refused))

    async def give_list(self, guild_id: int) -> bytes:
        """A file with the feeds that this server sees."""
        seen = await self._audience.sources(guild_id)
        feeds = [(one.location, one.name) for one in seen if one.kind is SourceKind.FEED]
        return self._outside.lists.write(feeds, "Attaché: sources")

    async def own_of(self, guild_id: int) -> tuple[Source, ...]:
        """The sources that a server has added."""
        return tuple(own.source for own in await self._audience.added() if own.guild_id == guild_id)

    async def is_known(self, location: str, guild_id: int) -> bool:
        """Whether a server sees a source there already."""
        return await self._is_known(location, guild_id)

    async def adopt(self, kind: SourceKind, location: str, name: str, guild_id: int, user_id: int) -> Source:
        """Read a source from the next round on, without a look at it first. Raises `InvalidInputError`."""
        await self._check_new(location, guild_id)
        return await self._add(kind, location, name, guild_id, user_id)

    async def _add(self, kind: SourceKind, location: str, name: str, guild_id: int, user_id: int) -> Source:
        there = {one.name.casefold() for one in await self._audience.sources(guild_id)}
        source = Source(f"g{guild_id}-{_key(guild_id, location)}", kind, location, _free_name(name, there))
        await self._own_sources.put(OwnSource(source, guild_id, user_id, self._clock()))
        await self._sources.learn_names()
        return source

    async def _added(self, source_id: str, guild_id: int) -> OwnSource:
        for own in await self._audience.added():
            if (own.source.id, own.guild_id) == (source_id, guild_id):
                return own
        for source in await self._audience.sources(guild_id):
            if source.id == source_id:
                raise InvalidInputError("source", source.name, "it stands in the dossier's file; remove it there")
        raise NotFoundError("source", source_id)

    async def _check_new(self, location: str, guild_id: int) -> None:
        if await self._is_known(location, guild_id):
            raise InvalidInputError("url", location, "it is read already; /sources list shows it")
        if await self._room(guild_id) < 1:
            raise InvalidInputError("url", location, f"a server has at most {MOST_OWN} sources; remove one first")

    async def _is_known(self, location: str, guild_id: int) -> bool:
        return any(one.location == location for one in await self._audience.sources(guild_id))

    async def _room(self, guild_id: int) -> int:
        return MOST_OWN - sum(own.guild_id == guild_id for own in await self._audience.added())


def _key(guild_id: int, location: str) -> str:
    return hashlib.sha256(f"{guild_id}\0{location}".encode()).hexdigest()[:16]


def _free_name(name: str, taken: set[str]) -> str:
    plain = " ".join("".join(char if char.isprintable() else " " for char in name).split())[:_LONGEST_NAME] or "Feed"
    number, free = 1, plain
    while free.casefold() in taken:
        number += 1
        free = f"{plain} ({number})"
    return free
