"""Who may see which source: the operator's are for all, those a server added are for that server alone."""

import copy
from typing import TypeVar, cast

from bot.articles.model import Story
from bot.articles.splits import Split, alone_in_story
from bot.articles.stories import group_stories
from bot.dossier import Dossier, Source
from bot.positions.overrides import Override, Overrides
from bot.services.corrected import CorrectedCorpus
from bot.services.correction_ports import Corrections
from bot.services.ports import OPERATOR, Corpus
from bot.services.source_ports import OwnSource, OwnSources
from bot.services.splits import MemorySplits

_Service = TypeVar("_Service")


class Audience:
    """The sources, and the corpus, as a server sees them."""

    def __init__(
        self,
        *,
        dossier: Dossier,
        corpus: Corpus,
        own_sources: OwnSources,
        splits: MemorySplits | None = None,
        corrections: Corrections | None = None,
    ) -> None:
        self._splits = splits
        self._corrections = corrections
        self._dossier = dossier
        self._corpus = corpus
        self._own_sources = own_sources

    async def corpus(self, guild_id: int | None) -> Corpus:
        """What this server may be answered from; None is somebody outside of servers, who sees the operator's alone."""
        hidden = [one.source.id for one in await self._own_sources.all() if not _sees(guild_id, one)]
        seen = self._corpus.without(hidden)
        apart = alone_in_story(await self._splits_of(guild_id))
        seen = seen.refolded(await self._folded_anew(apart)) if apart else seen
        overrides = [one for one in await self._overrides() if one.guild_id in (OPERATOR, guild_id)]
        names = {actor.id: actor.name for actor in self._dossier.actors}
        return cast(Corpus, CorrectedCorpus(seen, Overrides(overrides, names))) if overrides else seen

    async def _overrides(self) -> list[Override]:
        """Everything that was put right, by anybody."""
        return list(await self._corrections.holding()) if self._corrections else []

    async def _splits_of(self, guild_id: int | None) -> list[Split]:
        """Those that this server made for itself; the operator's are in the stored stories already."""
        known = await self._splits.all() if self._splits and guild_id else ()
        return [split for split in known if split.guild_id == guild_id]

    async def _folded_anew(self, apart: frozenset[str]) -> tuple[Story, ...]:
        """The stories that hold what this server split off, as they are without it."""
        members = {member.article_id for story in await self._corpus.stories(apart) for member in story.members}
        alone = {*apart, *alone_in_story(await self._splits.of(OPERATOR) if self._splits else ())}
        return group_stories(await self._corpus.fingerprints(members), alone)

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
        """`guild_id`, or None for a server that sees what all do, and as all do: their answers are the same."""
        own = {one.guild_id for one in await self._own_sources.all()}
        own |= {split.guild_id for split in (await self._splits.all() if self._splits else ())}
        own |= {override.guild_id for override in await self._overrides()}
        own -= {OPERATOR}
        return guild_id if guild_id in own else None

    async def over(self, service: _Service, guild_id: int | None) -> _Service:
        """The service over what this server may see. It must keep its corpus as `_corpus`."""
        seen = copy.copy(service)
        seen._corpus = await self.corpus(guild_id)  # type: ignore[attr-defined]  # see above
        return seen


def _sees(guild_id: int | None, own: OwnSource) -> bool:
    return own.guild_id in (OPERATOR, guild_id)
