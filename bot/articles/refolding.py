"""A fold that is kept, so that the next one looks only at what changed and what depends on that.

Articles are folded from the fullest on, and each looks only at those before it that share enough keys with it, and at
their leads. So what changed is taken in that order, and whoever looks at an article with another lead than before is
looked at again: with the same result as folding everything anew.
"""

import heapq
from collections import Counter
from collections.abc import Collection, Generator, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.articles.model import Story
from bot.articles.shared_keys import COMMONEST, FEWEST, keys_of, sample_keys
from bot.articles.stories import Fingerprint, likest_lead, order_of, split_off, story_of

_Keys = NDArray[np.uint32]
_NO_KEYS: _Keys = np.empty(0, np.uint32)
MOST_BLOATED = 1.5  # entries of the index for each article


@dataclass(frozen=True, slots=True)
class Refolded:
    """The stories that are others than before, and all articles that were in them or are."""

    stories: tuple[Story, ...]
    among: frozenset[str]


Steps = Generator[set[str], Sequence[Fingerprint], Refolded]


class KeptFold:
    """The keys of every article as of the last fold, some 700 bytes each, with its place in the order and its lead."""

    def __init__(self, fingerprints: Sequence[Fingerprint], alone: Collection[str], stories: Iterable[Story]) -> None:
        self.alone = frozenset(alone)
        self._index = _Index([one for one in fingerprints if one.article_id not in self.alone])
        self._order = {one.article_id: order_of(one) for one in fingerprints}
        self._lead = {member.article_id: story.lead_id for story in stories for member in story.members}
        self._copies: dict[str, set[str]] = {}
        for article_id, lead in self._lead.items():
            if article_id != lead:
                self._copies.setdefault(lead, set()).add(article_id)

    @property
    def ids(self) -> frozenset[str]:
        """All articles of the fold."""
        return frozenset(self._order)

    @property
    def is_bloated(self) -> bool:
        """Whether too much of what is kept is of articles as they were: changed ones are added, the old stay."""
        return len(self._index) > MOST_BLOATED * len(self._order)

    @property
    def copies(self) -> frozenset[str]:
        """Those that are not the lead of their story."""
        return frozenset(one for some in self._copies.values() for one in some)

    def refold(self, changed: Sequence[Fingerprint], gone: Collection[str]) -> Steps:
        """Put these in the place of what was known of them, and forget those that are gone.

        Yields ids of articles whose fingerprints are needed, and is sent them.
        """
        revised = {one.article_id for one in changed}
        before = {lead for one in (*revised, *gone) if (lead := self._lead.get(one)) is not None}
        waiting = self._replaced(changed, gone) - set(gone)
        known = {one.article_id: one for one in changed}
        queue = [(self._order[one], one) for one in waiting if one not in self.alone]
        heapq.heapify(queue)
        seen, leads = set(waiting), before | (revised & self.alone)
        while queue:
            _, one = heapq.heappop(queue)
            near = self._index.near(one)
            candidates = {self._lead[other] for other in near if self._order[other] < self._order[one]}
            if missing := {one, *candidates} - known.keys():
                missing |= {other for _, other in queue} - known.keys()
                known |= {found.article_id: found for found in (yield missing)}
            lead = likest_lead(known[one], sorted((known[other] for other in candidates), key=order_of))
            leads |= {lead, self._lead.get(one, lead)}
            if lead != self._lead.get(one) or not revised.isdisjoint((one, lead)):
                for other in near - seen:
                    if self._order[other] > self._order[one]:
                        seen.add(other)
                        heapq.heappush(queue, (self._order[other], other))
            self._join(one, lead)
        return (yield from self._told(leads, seen, known))

    def _told(self, leads: set[str], seen: set[str], known: dict[str, Fingerprint]) -> Steps:
        """The stories of these leads, as far as they are leads still."""
        now = {one: self._copies.get(one, set()) for one in leads if self._lead.get(one) == one}
        members = {*now, *(copy for copies in now.values() for copy in copies)}
        if missing := members - known.keys():
            known |= {found.article_id: found for found in (yield missing)}
        stories = [
            split_off(known[one]) if one in self.alone else story_of(known[one], [known[copy] for copy in copies])
            for one, copies in now.items()
        ]
        return Refolded(tuple(sorted(stories, key=lambda story: story.lead_id)), frozenset(members | seen))

    def _join(self, article_id: str, lead: str) -> None:
        self._leave(article_id)
        self._lead[article_id] = lead
        if lead != article_id:
            self._copies.setdefault(lead, set()).add(article_id)

    def _leave(self, article_id: str) -> None:
        lead = self._lead.pop(article_id, article_id)
        if lead != article_id and lead in self._copies:
            self._copies[lead].discard(article_id)

    def _replaced(self, changed: Sequence[Fingerprint], gone: Collection[str]) -> set[str]:
        """Bring the index up to date; the ids of all articles that are linked otherwise now."""
        linked = [one for one in changed if one.article_id not in self.alone]
        leaving = {*gone, *(one.article_id for one in changed)}
        index = self._index
        keys = np.unique(
            np.concatenate([_NO_KEYS, *map(index.held, leaving), *(sample_keys(one.signature) for one in linked)])
        )
        touched = {other for one in leaving for other in index.near(one)} | {one.article_id for one in changed}
        before = index.holders(keys)
        index.drop(leaving)
        index.add(linked)
        for then, now in zip(before, index.holders(keys), strict=True):
            if (len(then) <= COMMONEST) != (len(now) <= COMMONEST):  # it links no longer, or again
                touched |= index.named({*then, *now})
        for article_id in gone:
            self._leave(article_id)
            self._order.pop(article_id, None)
        self._order |= {one.article_id: order_of(one) for one in changed}
        for one in changed:
            if one.article_id in self.alone:
                self._join(one.article_id, one.article_id)
        return touched


class _Index:
    """Which articles hold which key: sorted arrays, and a table of what came later."""

    def __init__(self, fingerprints: Sequence[Fingerprint]) -> None:
        keys, owners, sizes = keys_of([one.signature for one in fingerprints])
        self._keys, self._owners = keys.astype(np.uint32), owners.astype(np.int32)
        self._sizes: list[int] = sizes.tolist()
        self._ids = [one.article_id for one in fingerprints]
        self._numbers = {one: number for number, one in enumerate(self._ids)}
        self._left: set[int] = set()
        self._later: dict[int, list[int]] = {}
        self._later_keys: dict[int, _Keys] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, fingerprints: Iterable[Fingerprint]) -> None:
        for one in fingerprints:
            number, keys = len(self._ids), sample_keys(one.signature)
            self._ids.append(one.article_id)
            self._numbers[one.article_id] = number
            self._sizes.append(len(keys))
            self._later_keys[number] = keys
            for key in keys.tolist():
                self._later.setdefault(key, []).append(number)

    def drop(self, article_ids: Iterable[str]) -> None:
        self._left |= {number for one in article_ids if (number := self._numbers.pop(one, None)) is not None}

    def held(self, article_id: str) -> _Keys:
        """The keys of an article; none of one that is not in here."""
        number = self._numbers.get(article_id, -1)
        later = self._later_keys.get(number)
        return self._keys[self._owners == number] if later is None else later

    def named(self, numbers: Iterable[int]) -> set[str]:
        return {self._ids[number] for number in numbers}

    def near(self, article_id: str) -> set[str]:
        """Whom an article shares enough keys with."""
        keys, own = self.held(article_id), self._numbers.get(article_id)
        holders = (one for one in self.holders(keys) if len(one) <= COMMONEST)
        shared = Counter(number for one in holders for number in one if number != own)
        return self.named(
            number for number, count in shared.items() if count >= FEWEST * min(len(keys), self._sizes[number])
        )

    def holders(self, keys: _Keys) -> list[list[int]]:
        """Who holds each of these keys."""
        starts = np.searchsorted(self._keys, keys, side="left").tolist()
        ends = np.searchsorted(self._keys, keys, side="right").tolist()
        every = (
            (*self._owners[start:end].tolist(), *self._later.get(key, ()))
            for key, start, end in zip(keys.tolist(), starts, ends, strict=True)
        )
        return [[number for number in one if number not in self._left] for one in every]
