"""The corpus in a database: articles, what was read from them, and their stories."""

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Table, delete, func, or_, select

from bot.articles.model import Article, Story
from bot.articles.stories import Fingerprint
from bot.positions.model import Evidence
from bot.services.ports import CorpusCounts, DocumentState, Entry, Revision, StoredArticle
from bot.storage import queries
from bot.storage.codec import UNQUOTED
from bot.storage.engine import Engine
from bot.storage.rows import articles_of, evidence_of_rows, stored_articles_of
from bot.storage.saving import save_entries
from bot.storage.stories import read_stories, replace_stories
from bot.storage.tables import AnyRow, AnySelect, article_bodies, articles, revisions, statement_topics, statements

_AT_ONCE = 100  # rows decoded on the event loop; more go to a thread, so that commands are still acknowledged

Decoded = TypeVar("Decoded")


class SqlCorpus:
    """`Corpus` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine, hidden: Collection[str] = ()) -> None:
        """`hidden` are sources whose articles no question is answered from."""
        self._engine = engine
        self._hidden_sources = tuple(hidden)

    def without(self, source_ids: Collection[str]) -> "SqlCorpus":
        """The corpus as who may not see these sources; itself where there are none."""
        return SqlCorpus(self._engine, sorted({*self._hidden_sources, *source_ids})) if source_ids else self

    def _hidden(self) -> AnySelect | None:
        """Ids of the articles that are not to be seen, if any."""
        if not self._hidden_sources:
            return None
        return select(articles.c.id).where(self._engine.is_among(articles.c.source_id, self._hidden_sources))

    def _seen(self, article_id: ColumnElement[str]) -> Iterator[ColumnElement[bool]]:
        if (hidden := self._hidden()) is not None:
            yield article_id.not_in(hidden)

    async def document_states(self, source_id: str) -> Mapping[str, DocumentState]:
        """State by location of every document of a source."""
        wanted = (articles.c.location, articles.c.id, articles.c.content_hash, articles.c.analyser)
        found = await self._all(select(*wanted).where(articles.c.source_id == source_id))
        return {row.location: DocumentState(row.id, row.content_hash, row.analyser) for row in found}

    async def save(self, entries: Sequence[Entry]) -> None:
        """Insert or replace these articles and their readings; `first_seen_at` and `baseline` of known ones stay."""
        async with self._engine.writing() as connection:
            await save_entries(connection, self._engine, entries)

    async def remove(self, source_id: str, locations: Collection[str]) -> int:
        """Forget these documents; the number that was there."""
        located = self._engine.is_among(articles.c.location, locations)
        async with self._engine.writing() as connection:
            gone = await connection.execute(delete(articles).where(articles.c.source_id == source_id, located))
            return gone.rowcount

    async def fingerprints(self) -> tuple[Fingerprint, ...]:
        """All fingerprints, by article id."""
        query = queries.stored_fingerprints()
        return tuple(Fingerprint(**row._mapping) for row in await self._all(query))

    async def save_stories(self, stories: Sequence[Story]) -> None:
        """Make these the stories of the corpus; writes what changed. Members no longer stored are left out."""
        async with self._engine.writing() as connection:
            await replace_stories(connection, self._engine, stories)

    async def unfolded(self) -> int:
        """How many articles await `save_stories`: new or changed since, or left behind by a lead that was removed."""
        async with self._engine.reading() as connection:
            number: int = await connection.scalar(queries.unfolded_articles()) or 0
            return number

    async def stories(self, article_ids: Collection[str] | None = None) -> tuple[Story, ...]:
        """Stories that hold any of these articles (None: all), by lead id."""
        async with self._engine.reading() as connection:
            found = await read_stories(connection, self._engine, article_ids)
            if (hidden := self._hidden()) is None:
                return found
            return _seen_of(found, frozenset(await connection.scalars(hidden)))

    async def articles_between(
        self, start: datetime | None, end: datetime | None, *, undated: bool
    ) -> tuple[StoredArticle, ...]:
        """Articles published in `[start, end)`, newest first then by id; undated ones last, where asked for."""
        whole = queries.whole_articles().where(
            queries.within(articles, start, end, undated), *self._seen(articles.c.id)
        )
        details = queries.statement_details().where(queries.within(statements, start, end, undated))
        async with self._engine.reading() as connection:
            found = (await connection.execute(whole)).all()
            said = (await connection.execute(details)).all()
        return await _decoded(stored_articles_of, found, said)

    async def newest_published(self) -> datetime | None:
        """Publication time of the newest dated article."""
        async with self._engine.reading() as connection:
            newest: datetime | None = await connection.scalar(self._newest())
            return newest

    async def newest_baseline(self) -> datetime | None:
        """When the first load of a source last brought an article."""
        query = select(func.max(articles.c.first_seen_at)).where(articles.c.baseline, *self._seen(articles.c.id))
        async with self._engine.reading() as connection:
            newest: datetime | None = await connection.scalar(query)
            return newest

    def _newest(self) -> AnySelect:
        return select(func.max(articles.c.published_at)).where(*self._seen(articles.c.id))

    async def evidence(
        self,
        *,
        actor_ids: Collection[str] | None = None,
        names: Collection[str] | None = None,
        topic_ids: Collection[str] | None = None,
        until: datetime | None = None,
        latest: int | None = None,
    ) -> tuple[Evidence, ...]:
        """Statements of these speakers (by actor id or resolved name) on these topics published before `until`.

        None does not filter; undated ones always belong. Oldest first, undated first of all, then article id and place.
        With `latest`, only so many of each speaker on each topic, the newest; those on no topic are left out then.
        """
        query = queries.shown_statements()
        if latest is not None and names is None and actor_ids is not None and topic_ids is not None:
            actors = self._engine.each(actor_ids, statement_topics.c.actor_id)
            topics = self._engine.each(topic_ids, statement_topics.c.topic_id)
            query = query.where(queries.is_recent(actors, topics, until, latest, self._hidden()))
        elif latest is not None or topic_ids is not None:
            asked = [*self._speak(statement_topics, actor_ids, names), *self._before(statement_topics, until)]
            asked += self._seen(statement_topics.c.article_id)
            if topic_ids is not None:
                asked.append(self._engine.is_among(statement_topics.c.topic_id, topic_ids))
            query = query.where(queries.is_picked(asked, latest))
        else:
            query = query.where(*self._speak(statements, actor_ids, names), *self._before(statements, until))
            query = query.where(*self._seen(statements.c.article_id))
        return await _decoded(evidence_of_rows, await self._all(query))

    def _before(self, table: Table, until: datetime | None) -> Iterator[ColumnElement[bool]]:
        if until is not None:
            yield queries.is_before(until, table)

    async def newest_evidence(
        self,
        *,
        actor_ids: Collection[str] | None = None,
        names: Collection[str] | None = None,
        topic_ids: Collection[str] | None = None,
        quoted: bool = False,
        containing: str | None = None,
        limit: int,
    ) -> tuple[Evidence, ...]:
        """The newest `limit` statements of these speakers on any of these topics, newest first, undated ones last."""
        asked = [*self._speak(statements, actor_ids, names), *self._seen(statements.c.article_id)]
        if topic_ids is not None:
            on_topic = [self._engine.is_among(statement_topics.c.topic_id, topic_ids)]
            asked.append(queries.is_picked([*on_topic, *self._speak(statement_topics, actor_ids, names)], None))
        if quoted:
            asked.append(statements.c.detail.not_like(f"%{UNQUOTED}%"))
        if containing is not None:
            asked.append(queries.may_contain(statements.c.passage, containing))
        query = queries.shown_statements().where(*asked).order_by(None).order_by(*queries.latest_said())
        return await _decoded(evidence_of_rows, await self._all(query.limit(limit)))

    async def stored(self, article_ids: Collection[str]) -> tuple[StoredArticle, ...]:
        """These articles with their readings, those that are there, by id."""
        among = self._engine.is_among(articles.c.id, article_ids)
        whole = queries.whole_articles().where(among, *self._seen(articles.c.id))
        said = queries.statement_details().where(self._engine.is_among(statements.c.article_id, article_ids))
        async with self._engine.reading() as connection:
            found = (await connection.execute(whole.order_by(None).order_by(articles.c.id))).all()
            details = (await connection.execute(said)).all()
        return await _decoded(stored_articles_of, found, details)

    def _speak(
        self, table: Table, actor_ids: Collection[str] | None, names: Collection[str] | None
    ) -> Iterator[ColumnElement[bool]]:
        wanted = ((table.c.actor_id, actor_ids), (table.c.name, names))
        speakers = [self._engine.is_among(column, values) for column, values in wanted if values is not None]
        if speakers:
            yield or_(*speakers)

    async def texts(self, article_ids: Collection[str]) -> Mapping[str, str]:
        """Stored text by article id."""
        those = self._engine.is_among(article_bodies.c.article_id, article_ids)
        found = await self._all(_texts().where(those, *self._seen(article_bodies.c.article_id)))
        return {row.article_id: row.text for row in found}

    async def revisions(self, article_id: str) -> tuple[Revision, ...]:
        """Former texts of an article, the one replaced last first."""
        query = select(revisions).where(revisions.c.article_id == article_id, *self._seen(revisions.c.article_id))
        found = await self._all(query.order_by(revisions.c.replaced_at.desc()))
        return tuple(Revision(row.replaced_at, row.text) for row in found)

    async def find_articles(self, words: str, limit: int) -> tuple[Article, ...]:
        """Articles whose id, location or title begins with or contains `words`: beginnings first, then newest."""
        is_found, rank = queries.is_found(words)
        query = (
            queries.whole_articles()
            .where(is_found, *self._seen(articles.c.id))
            .order_by(None)
            .order_by(rank, *queries.newest_first())
        )
        return articles_of(await self._all(query.limit(limit)))

    async def speakers(self) -> tuple[tuple[str | None, str, int], ...]:
        """(actor id, resolved name, number of statements) of everybody who speaks, most first."""
        found = await self._all(queries.speaker_counts().where(*self._seen(statements.c.article_id)))
        return tuple((row.actor_id, row.name or row.actor_id, row.number) for row in found)

    async def counts(self) -> CorpusCounts:
        """Size of the corpus."""
        (counted,) = await self._all(queries.corpus_counts(self._hidden()))
        return CorpusCounts(**counted._mapping)

    async def _all(self, query: AnySelect) -> Sequence[AnyRow]:
        async with self._engine.reading() as connection:
            return (await connection.execute(query)).all()


def _texts() -> AnySelect:
    return select(article_bodies.c.article_id, article_bodies.c.text)


def _seen_of(stories: Sequence[Story], hidden: Collection[str]) -> tuple[Story, ...]:
    """The stories without hidden members; where nobody is left, without the story."""
    kept = [replace(one, members=tuple(m for m in one.members if m.article_id not in hidden)) for one in stories]
    return tuple(story for story in kept if story.members)


async def _decoded(decode: Callable[..., Decoded], rows: Sequence[AnyRow], *more: Sequence[AnyRow]) -> Decoded:
    if len(rows) <= _AT_ONCE:
        return decode(rows, *more)
    return await asyncio.to_thread(decode, rows, *more)
