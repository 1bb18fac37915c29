"""Copies folded over the whole corpus: once from scratch, then only around what changed."""

import asyncio
import hashlib
from collections.abc import Collection, Sequence

from bot.articles.refolding import KeptFold, Refolded, Steps
from bot.articles.stories import RULES, Fingerprint, group_stories
from bot.services.ports import Corpus

_MOST_KEPT = 50_000  # articles; their keys take 35 MB
_SHARE_ANEW = 0.1  # of the articles: where more changed, all are folded at once


class Folder:
    """Keeps the last fold, as long as nobody else folds the same corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._kept: KeptFold | None = None
        self._mark: str | None = None

    async def expect(self, number: int, alone: Collection[str]) -> None:
        """So many articles are about to change or go: take up the last fold as it is stored, if it can be gone on from.

        Whoever made it, another process or an earlier start of this one.
        """
        mark = await self._corpus.fold_mark()
        if self._kept is not None and self._kept.alone == frozenset(alone) and self._mark == mark:
            return
        size = await self._corpus.size()
        if mark is None or size > _MOST_KEPT or number > _SHARE_ANEW * size:
            return
        if await self._corpus.fold_basis() != _basis(alone) or await self._corpus.unfolded():
            return
        fingerprints, stories = await self._corpus.fingerprints(), await self._corpus.stories()
        self._kept, self._mark = await asyncio.to_thread(KeptFold, fingerprints, alone, stories), mark

    async def fold(self, alone: Collection[str]) -> frozenset[str]:
        """Group all articles into stories; the ids of those that are not the lead of theirs.

        Articles in `alone` are folded with nothing.
        """
        kept, self._kept = self._kept, None  # whatever goes wrong in between, it is no longer true
        if kept is None or kept.alone != frozenset(alone) or self._mark != await self._corpus.fold_mark():
            return await self._whole(alone)
        changed = await self._corpus.unfolded_ids()
        gone = kept.ids - await self._corpus.ids()
        if len(changed) + len(gone) > _SHARE_ANEW * len(kept.ids):
            return await self._whole(alone)
        return await self._part(kept, changed, gone)

    async def _whole(self, alone: Collection[str]) -> frozenset[str]:
        fingerprints = await self._corpus.fingerprints()
        stories = await asyncio.to_thread(group_stories, fingerprints, alone)
        self._mark = await self._corpus.save_stories(stories, basis=_basis(alone))
        kept = await asyncio.to_thread(KeptFold, fingerprints, alone, stories)
        self._kept = kept if len(fingerprints) <= _MOST_KEPT else None
        return kept.copies

    async def _part(self, kept: KeptFold, changed: Collection[str], gone: Collection[str]) -> frozenset[str]:
        steps = kept.refold(await self._corpus.fingerprints(changed), gone)
        found: tuple[Fingerprint, ...] | None = None
        while not isinstance(step := await asyncio.to_thread(_next, steps, found), Refolded):
            found = await self._corpus.fingerprints(step)
        self._mark = await self._corpus.save_stories(step.stories, among=step.among, basis=_basis(kept.alone))
        self._kept = None if kept.is_bloated or len(kept.ids) > _MOST_KEPT else kept
        return kept.copies


def _basis(alone: Collection[str]) -> str:
    return hashlib.sha256(f"{RULES}:{sorted(alone)}".encode()).hexdigest()[:16]


def _next(steps: Steps, found: Sequence[Fingerprint] | None) -> set[str] | Refolded:
    """What is needed next, or what came of it all: a generator's end can't leave a thread by itself."""
    try:
        return next(steps) if found is None else steps.send(found)
    except StopIteration as end:
        result: Refolded = end.value
        return result
