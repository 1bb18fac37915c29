"""Who may see which source: the operator's are for all, those a server added are for that server alone."""

import copy
from typing import TypeVar

from bot.dossier import Dossier, Source
from bot.services.ports import Corpus
from bot.services.source_ports import OwnSource, OwnSources

OPERATOR = 0  # the guild of what is added where the bot runs: no server of Discord has this id

_Service = TypeVar("_Service")


class Audience:
    """The sources, and the corpus, as a server sees them."""

    def __init__(self, *, dossier: Dossier, corpus: Corpus, own_sources: OwnSources) -> None:
        self._dossier = dossier
        self._corpus = corpus
        self._own_sources = own_sources

    async def corpus(self, guild_id: int | None) -> Corpus:
        """What this server may be answered from; None is somebody outside of servers, who sees the operator's alone."""
        return self._corpus.without(
            [one.source.id for one in await self._own_sources.all() if not _sees(guild_id, one)]
        )

    async def sources(self, guild_id: int | None) -> tuple[Source, ...]:
        """The sources that are read for this server: the dossier's first."""
        return (*self._dossier.sources, *(one.source for one in await self.added() if _sees(guild_id, one)))

    async def everybodys(self) -> tuple[Source, ...]:
        """The sources that are read for anybody."""
        return (*self._dossier.sources, *(one.source for one in await self.added()))

    async def added(self) -> tuple[OwnSource, ...]:
        """The sources that were added and are still read."""
        return tuple(one for one in await self._own_sources.all() if one.removed_at is None)

    async def normal(self, guild_id: int | None) -> int | None:
        """`guild_id`, or None for a server that sees no more than all do: their answers are the same."""
        own = {one.guild_id for one in await self._own_sources.all()} - {OPERATOR}
        return guild_id if guild_id in own else None

    async def over(self, service: _Service, guild_id: int | None) -> _Service:
        """The service over what this server may see. It must keep its corpus as `_corpus`."""
        seen = copy.copy(service)
        seen._corpus = await self.corpus(guild_id)  # type: ignore[attr-defined]  # see above
        return seen


def _sees(guild_id: int | None, own: OwnSource) -> bool:
    return own.guild_id in (OPERATOR, guild_id)
