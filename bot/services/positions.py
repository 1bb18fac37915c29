"""Positions, from what is asked to a proved answer."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from bot.dossier import Dossier
from bot.errors import InvalidInputError
from bot.positions.digests import compose_digest
from bot.positions.model import Digest, Evidence
from bot.positions.voices import voices_of
from bot.services.audience import Audience
from bot.services.editions import EditionLedger
from bot.services.names import Names, Voice
from bot.services.ports import Corpus
from bot.services.results import PositionsRequest
from bot.services.shelf import Shelf

OF_EACH = 40  # newest statements of each speaker on each topic: enough to tell a position
SMALL = 2000  # articles; an answer over so few need not be sparing
_MOST_READ = 2400  # statements, about, for one answer over more: reading takes longer than everything else
_FEWEST_OF_EACH = 5
_MOST_OTHERS = 100  # speakers outside the dossier whom an answer about everybody knows in a large corpus


def of_each(articles: int, pairs: int) -> int:
    """How many statements of each speaker on each topic are read; `pairs` is how many speakers times topics."""
    return OF_EACH if articles <= SMALL else max(_FEWEST_OF_EACH, min(OF_EACH, _MOST_READ // max(1, pairs)))


class PositionService:
    """Answers where an actor stands, or where everyone stands on a topic."""

    def __init__(
        self, *, dossier: Dossier, corpus: Corpus, names: Names, ledger: EditionLedger, audience: Audience | None = None
    ) -> None:
        """Without an `audience` everybody sees everything."""
        self._audience = audience
        self._dossier = dossier
        self._corpus = corpus
        self._names = names
        self._ledger = ledger
        self._shelf = Shelf[Digest]()

    async def positions(self, request: PositionsRequest) -> Digest:
        """The digest asked for. Raises `InvalidInputError` or `NotFoundError`."""
        seen = self if self._audience is None else await self._audience.over(self, request.guild_id)
        return await seen._positions(request)

    async def _positions(self, request: PositionsRequest) -> Digest:
        if request.actor is None and request.topic is None:
            raise InvalidInputError("actor", "", "name an actor, a topic, or both")
        voice = self._names.find_voice(request.actor) if request.actor is not None else None
        topic_id = self._names.find_topic(request.topic) if request.topic is not None else None
        until = _end_of_day(request.as_of) if request.as_of is not None else None
        asked = (voice, topic_id, until)
        digest = await self._shared(asked, partial(self._composed, *asked))
        return await self._ledger.issue(digest, request.guild_id)

    async def _shared(self, asked: Hashable, compose: Callable[[], Awaitable[Digest]]) -> Digest:
        """Of an unchanged corpus, the digest as it was composed for whoever asked the same before.

        Who is heard most outside the dossier is known from a count of its own.
        """
        return await self._shelf.answer((await self._corpus.mark(), self._names.others(_MOST_OTHERS), asked), compose)

    async def _composed(self, voice: Voice | None, topic_id: str | None, until: datetime | None) -> Digest:
        articles = await self._corpus.size()
        evidence = await self._evidence(voice, topic_id, until, articles)
        return await asyncio.to_thread(
            compose_digest,
            self._dossier,
            evidence,
            actor_id=voice.actor_id if voice else None,
            topic_id=topic_id,
            other=voice.name if voice and voice.actor_id is None else None,
            as_of=until,
            articles=articles,
        )

    async def grid(self, as_of: str | None = None, guild_id: int | None = None) -> Digest:
        """Everyone on every topic at the end of the day `as_of`, as a server sees it. Raises `InvalidInputError`."""
        seen = self if self._audience is None else await self._audience.over(self, guild_id)
        return await seen._grid(as_of, guild_id)

    async def _grid(self, as_of: str | None, guild_id: int | None) -> Digest:
        until = _end_of_day(as_of) if as_of is not None else None
        digest = await self._shared(("grid", until), partial(self._composed_grid, until))
        return await self._ledger.issue(digest, guild_id)

    async def _composed_grid(self, until: datetime | None) -> Digest:
        articles = await self._corpus.size()
        if articles <= SMALL:
            evidence = await self._corpus.evidence(topic_ids=self._disputed_topics(), until=until)
        else:
            evidence = await self._everybodys(self._disputed_topics(), until, articles)
        return await asyncio.to_thread(
            compose_digest,
            self._dossier,
            evidence,
            actor_id=None,
            topic_id=None,
            as_of=until,
            articles=articles,
        )

    def _disputed_topics(self) -> tuple[str, ...]:
        return tuple(topic.id for topic in self._dossier.topics if topic.proposition is not None)

    async def _evidence(
        self, voice: Voice | None, topic_id: str | None, until: datetime | None, articles: int
    ) -> tuple[Evidence, ...]:
        """A state is spoken for by its officials, so their statements belong to its evidence."""
        topics = (topic_id,) if topic_id is not None else tuple(topic.id for topic in self._dossier.topics)
        if voice is None:
            return await self._everybodys(topics, until, articles)
        latest = of_each(articles, len(topics))
        if voice.actor_id is None:
            return await self._corpus.evidence(names=(voice.name,), topic_ids=topics, until=until, latest=latest)
        speaking = voices_of(self._dossier, voice.actor_id)
        latest = of_each(articles, len(topics) * len(speaking))
        return await self._corpus.evidence(actor_ids=speaking, topic_ids=topics, until=until, latest=latest)

    async def _everybodys(self, topics: Sequence[str], until: datetime | None, articles: int) -> tuple[Evidence, ...]:
        """In a large corpus, of the countless others who are quoted only those who are heard most."""
        if articles <= SMALL:
            return await self._corpus.evidence(topic_ids=topics, until=until, latest=OF_EACH)
        actors = [actor.id for actor in self._dossier.actors]
        others = self._names.others(_MOST_OTHERS)
        latest = of_each(articles, len(topics) * (len(actors) + len(others)))
        known = await self._corpus.evidence(actor_ids=actors, topic_ids=topics, until=until, latest=latest)
        heard = await self._corpus.evidence(names=others, topic_ids=topics, until=until, latest=latest)
        outside = [one for one in heard if one.statement.speaker.actor_id is None]
        return (*known, *outside)


def _end_of_day(as_of: str) -> datetime:
    """The first instant (UTC) after the day `as_of`."""
    try:
        day = date.fromisoformat(as_of.strip())
        return datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)
    except (ValueError, OverflowError):
        raise InvalidInputError("as_of", as_of, "give a date such as 2025-08-20") from None
