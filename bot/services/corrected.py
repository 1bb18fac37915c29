"""A corpus as somebody sees it for whom statements were put right by hand."""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.briefings.findings import Match
from bot.language.seeking import Query
from bot.positions.model import Evidence, Statement
from bot.positions.overrides import Overrides
from bot.services.ports import Corpus, StoredArticle


class CorrectedCorpus:
    """Everything as the corpus has it, but for what was put right.

    What the store found is taken as it was read; statements of the few articles with overrides are looked at once more,
    because one that was given to another speaker or side is found by its new one.
    """

    def __init__(self, corpus: Corpus, overrides: Overrides) -> None:
        self._corpus = corpus
        self._overrides = overrides

    def __getattr__(self, name: str) -> Any:
        return getattr(self._corpus, name)

    async def articles_between(
        self, start: datetime | None, end: datetime | None, *, undated: bool
    ) -> tuple[StoredArticle, ...]:
        """As the corpus."""
        return self._read(await self._corpus.articles_between(start, end, undated=undated))

    async def mark(self) -> Hashable:
        """As the corpus; what was put right belongs to it."""
        return await self._corpus.mark(), self._overrides.all

    async def stored(self, article_ids: Collection[str]) -> tuple[StoredArticle, ...]:
        """As the corpus."""
        return self._read(await self._corpus.stored(article_ids))

    async def evidence(self, **asked: Any) -> tuple[Evidence, ...]:
        """As the corpus: oldest first, undated first of all."""
        found = await self._put_right(await self._corpus.evidence(**asked), _filter(asked))
        return tuple(sorted(found, key=_oldest_first))

    async def newest_evidence(self, *, limit: int, **asked: Any) -> tuple[Evidence, ...]:
        """As the corpus: newest first, undated last."""
        found = await self._corpus.newest_evidence(limit=limit, **asked)
        right = await self._put_right(found, _filter(asked))
        return right if right == found else tuple(sorted(right, key=_newest_first))[:limit]

    async def evidence_in(self, article_ids: Collection[str], **asked: Any) -> tuple[Evidence, ...]:
        """As the corpus."""
        found = await self._corpus.evidence_in(article_ids, **asked)
        fits = _filter(asked)
        return await self._put_right(found, lambda one: one.citation.article_id in article_ids and fits(one))

    async def matches(self, query: Query, **asked: Any) -> tuple[Match, ...]:
        """As the corpus. With speakers, articles with overrides are searched for all that is theirs by now."""
        found = await self._corpus.matches(query, **asked)
        who = {key: asked[key] for key in ("actor_ids", "names") if asked.get(key) is not None}
        if not who:
            return tuple(one for one in found if not self._overrides.withdraws(one.citation.article_id, one.text))
        corrected = self._overrides.article_ids
        anyones = {key: value for key, value in asked.items() if key not in who}
        there = await self._corpus.matches(query, **anyones, article_ids=corrected)
        said = [one.citation for one in await self.evidence_in(corrected, **who)]
        theirs = [
            one
            for one in there
            if any(one.citation.article_id == at.article_id and at.span.contains(one.citation.span) for at in said)
        ]
        return (*(one for one in found if one.citation.article_id not in corrected), *theirs)

    def _read(self, found: Sequence[StoredArticle]) -> tuple[StoredArticle, ...]:
        return tuple(replace(one, reading=self._overrides.of_reading(one.article, one.reading)) for one in found)

    async def _put_right(self, found: tuple[Evidence, ...], fits: Callable[[Evidence], bool]) -> tuple[Evidence, ...]:
        said = await self._corpus.evidence_in(self._overrides.article_ids)
        known = [one for one in said if self._overrides.touches(one)]
        if not known:
            return found
        rest = [one for one in found if not self._overrides.touches(one)]
        return (*rest, *(one for one in self._overrides.of_evidence(known) if fits(one)))


def _filter(asked: dict[str, Any]) -> Callable[[Evidence], bool]:
    """Whether evidence is what was asked for."""
    actors, names, topics, until = (asked.get(key) for key in ("actor_ids", "names", "topic_ids", "until"))

    def fits(one: Evidence) -> bool:
        said: Statement = one.statement
        published = one.citation.published
        by_actor = actors is not None and said.speaker.actor_id in actors
        by_name = names is not None and said.speaker.name in names
        return (
            (by_actor or by_name or (actors is None and names is None))
            and (topics is None or not set(topics).isdisjoint(said.topics))
            and (until is None or published is None or published.at < until)
            and (not asked.get("quoted") or said.quote is not None)
            and (asked.get("latest") is None or bool(said.topics))
        )

    return fits


def _oldest_first(one: Evidence) -> tuple[bool, float, str, int]:
    published = one.citation.published
    at = published.at.timestamp() if published else 0.0
    return published is not None, at, one.citation.article_id, one.statement.content.start


def _newest_first(one: Evidence) -> tuple[bool, float, str, int]:
    published = one.citation.published
    at = -published.at.timestamp() if published else 0.0
    return published is None, at, one.citation.article_id, one.statement.content.start
