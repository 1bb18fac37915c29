"""The corpus in a database: articles, what was read from them, and their stories."""

import asyncio
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Table, delete, func, or_, select

from bot.articles.model import Article, Story
from bot.articles.stories import Fingerprint
from bot.briefings.findings import Match
from bot.language.seeking import Group, Query
from bot.positions.model import Evidence
from bot.services.ports import CorpusCounts, DocumentState, Entry, Listed, Revision, StoredArticle
from bot.storage import queries
from bot.storage.codec import UNQUOTED
from bot.storage.engine import Engine
from bot.storage.mark import BASIS, FOLD, note_fold, note_removal, read_mark, renew_mark
from bot.storage.newest import Newest, newest_statements
from bot.storage.rows import articles_of, evidence_of_rows, stored_articles_of
from bot.storage.saving import save_entries
from bot.storage.search import Bounds, Spoken, best_matches, is_spoken, number_of_matches
from bot.storage.stories import read_stories, replace_stories, seen_of
from bot.storage.tables import AnyRow, AnySelect, article_bodies, articles, revisions, statement_topics, statements

_AT_ONCE = 100  # rows decoded on the event loop; more go to a thread, so that commands are still acknowledged

_LOOKED_THROUGH = 3000  # articles, the newest, that a search is content with where they hold enough

Decoded = TypeVar("Decoded")
Folded = TypeVar("Folded", StoredArticle, Evidence, Match)


class SqlCorpus:
    """`Corpus` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine, hidden: Collection[str] = (), folded: Sequence[Story] = ()) -> None:
        """`hidden` are sources whose articles no question is answered from; `folded` stories that take the place of
        those stored for the same articles."""
        self._engine = engine
        self._hidden_sources = tuple(hidden)
        self._folded = {member.article_id: story for story in folded for member in story.members}

    def without(self, source_ids: Collection[str]) -> "SqlCorpus":
        """The corpus as who may not see these sources; itself where there are none."""
        if not source_ids:
            return self
        hidden = sorted({*self._hidden_sources, *source_ids})
        return SqlCorpus(self._engine, hidden, tuple(self._folded.values()))

    def refolded(self, stories: Sequence[Story]) -> "SqlCorpus":
        """The corpus with these stories in the place of those that hold their articles."""
        return SqlCorpus(self._engine, self._hidden_sources, stories)

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
            if entries:
                await renew_mark(connection)

    async def remove(self, source_id: str, locations: Collection[str]) -> int:
        """Forget these documents; the number that was there."""
        located = self._engine.is_among(articles.c.location, locations)
        async with self._engine.writing() as connection:
            gone = await connection.execute(delete(articles).where(articles.c.source_id == source_id, located))
            if gone.rowcount:
                await note_removal(connection)
            return gone.rowcount

    async def fingerprints(self, article_ids: Collection[str] | None = None) -> tuple[Fingerprint, ...]:
        """Fingerprints of these articles (None: all), by article id."""
        query = queries.stored_fingerprints()
        if article_ids is not None:
            query = query.where(self._engine.is_among(articles.c.id, article_ids))
        return tuple(Fingerprint(**row._mapping) for row in await self._all(query))

    async def save_stories(
        self, stories: Sequence[Story], *, among: Collection[str] | None = None, basis: str = ""
    ) -> str:
        """Make these the stories, of the articles `among`; the mark of this fold. Members not stored are left out."""
        async with self._engine.writing() as connection:
            if await replace_stories(connection, self._engine, stories, among):
                await renew_mark(connection)
            return await note_fold(connection, basis)

    async def fold_mark(self) -> str | None:
        """The mark of the last fold."""
        async with self._engine.reading() as connection:
            return await read_mark(connection, FOLD)

    async def fold_basis(self) -> str | None:
        """What the last fold was said to rest on, unless articles were removed since."""
        async with self._engine.reading() as connection:
            return await read_mark(connection, BASIS)

    async def ids(self) -> frozenset[str]:
        """Of all articles."""
        return frozenset(row.id for row in await self._all(select(articles.c.id)))

    async def unfolded_ids(self) -> tuple[str, ...]:
        """Of those that `unfolded` counts."""
        return tuple(row.id for row in await self._all(queries.unfolded_articles()))

    async def unfolded(self) -> int:
        """How many articles await `save_stories`: new or changed since, or left behind by a lead that was removed."""
        return await self._number(select(func.count()).select_from(queries.unfolded_articles().subquery()))

    async def stories(self, article_ids: Collection[str] | None = None) -> tuple[Story, ...]:
        """Stories that hold any of these articles (None: all), by lead id."""
        async with self._engine.reading() as connection:
            found = self._refolded(await read_stories(connection, self._engine, article_ids), article_ids)
            if (hidden := self._hidden()) is None:
                return found
            return seen_of(found, frozenset(await connection.scalars(hidden)))

    def _refolded(self, stories: tuple[Story, ...], article_ids: Collection[str] | None) -> tuple[Story, ...]:
        if not self._folded:
            return stories
        asked = self._folded if article_ids is None else article_ids
        anew = {id(story): story for one in asked if (story := self._folded.get(one)) is not None}
        kept = [story for story in stories if not any(member.article_id in self._folded for member in story.members)]
        return tuple(sorted((*kept, *anew.values()), key=lambda story: story.lead_id))

    def _with_story(self, found: Sequence[Folded]) -> tuple[Folded, ...]:
        """With the story of each as this server wants it."""
        return tuple(self._anew(one) for one in found) if self._folded else tuple(found)

    def _anew(self, one: Folded) -> Folded:
        article_id = one.article.id if isinstance(one, StoredArticle) else one.citation.article_id
        story = self._folded.get(article_id)
        return one if story is None else replace(one, story_id=story.lead_id)

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
        return self._with_story(await _decoded(stored_articles_of, found, said))

    async def listed_between(
        self, start: datetime | None, end: datetime | None, *, undated: bool, most: int | None = None
    ) -> tuple[Listed, ...]:
        """The same articles in the same order, unread; the first `most` of them."""
        wanted = (articles.c.id, articles.c.published_at, articles.c.first_seen_at, articles.c.baseline)
        within = (queries.within(articles, start, end, undated), *self._seen(articles.c.id))
        found = await self._all(select(*wanted).where(*within).order_by(*queries.newest_first()).limit(most))
        return tuple(Listed(row.id, row.published_at, row.first_seen_at, row.baseline) for row in found)

    async def number_between(self, start: datetime | None, end: datetime | None, *, undated: bool) -> int:
        """How many these are."""
        within = (queries.within(articles, start, end, undated), *self._seen(articles.c.id))
        return await self._number(select(func.count()).select_from(articles).where(*within))

    async def mark(self) -> Hashable:
        """Changes with everything that is stored or seen otherwise, in any process."""
        async with self._engine.reading() as connection:
            stored = await read_mark(connection)
        return stored, self._hidden_sources, tuple(sorted(self._folded.items()))

    async def newest_published(self) -> datetime | None:
        """Publication time of the newest dated article."""
        async with self._engine.reading() as connection:
            newest: datetime | None = await connection.scalar(self._newest())
            return newest

    async def newest_arrival(self, since: datetime) -> datetime | None:
        """Publication time of the newest dated article that came in at or after `since`, first loads left out."""
        arrived = (articles.c.first_seen_at >= since, articles.c.baseline.is_(False))
        query = select(func.max(articles.c.published_at)).where(*arrived, *self._seen(articles.c.id))
        async with self._engine.reading() as connection:
            found: datetime | None = await connection.scalar(query)
        return found

    async def arrivals(self, since: datetime) -> frozenset[str]:
        """Articles that came at or after `since`, but for those of a source's first load."""
        came = (articles.c.first_seen_at >= since, articles.c.baseline.is_(False))
        found = await self._all(select(articles.c.id).where(*came, *self._seen(articles.c.id)))
        return frozenset(row.id for row in found)

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
        return self._with_story(await _decoded(evidence_of_rows, await self._all(query)))

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
        said: list[ColumnElement[bool]] = []
        if quoted:
            said.append(statements.c.detail.not_like(f"%{UNQUOTED}%"))
        if containing is not None:
            said.append(queries.may_contain(statements.c.passage, containing))
        by = statements if topic_ids is None else statement_topics
        on_topic = [] if topic_ids is None else [self._engine.is_among(by.c.topic_id, topic_ids)]
        asked = Newest(by, [*on_topic, *self._speak(by, actor_ids, names), *self._seen(by.c.article_id)], said)
        async with self._engine.reading() as connection:
            rows = await newest_statements(connection, asked, limit)
        return self._with_story(await _decoded(evidence_of_rows, rows))

    async def matches(
        self,
        query: Query,
        *,
        actor_ids: Collection[str] | None = None,
        names: Collection[str] | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        article_ids: Collection[str] | None = None,
        limit: int,
    ) -> tuple[Match, ...]:
        """The `limit` sentences that fit best, of articles published in `[start, end)`, in no order.

        With speakers only those within what is shown as a statement of theirs; with articles only their own.
        Where the newest `_LOOKED_THROUGH` articles hold so many, those of older ones are not looked for.
        """
        among = [] if article_ids is None else [self._engine.is_among(articles.c.id, article_ids)]
        spoken = self._spoken(actor_ids, names)
        bounds = Bounds(start, end, [*self._seen(articles.c.id), *among], spoken)
        async with self._engine.reading() as connection:
            among_newest = None if among else _LOOKED_THROUGH
            found = await best_matches(connection, self._engine, query, bounds, limit, among_newest)
        return self._with_story(found)

    async def frequencies(self, groups: Sequence[Group], most: int) -> tuple[int, ...]:
        """In how many sentences each group is fulfilled; `most` stands for as many or more."""
        bounds = Bounds(None, None, list(self._seen(articles.c.id)))
        async with self._engine.reading() as connection:
            counted = [number_of_matches(self._engine, group, bounds, most) for group in groups]
            return tuple([await connection.scalar(query) or 0 for query in counted])

    async def evidence_in(
        self,
        article_ids: Collection[str],
        *,
        actor_ids: Collection[str] | None = None,
        names: Collection[str] | None = None,
    ) -> tuple[Evidence, ...]:
        """Statements of these speakers in these articles."""
        among = self._engine.is_among(statements.c.article_id, article_ids)
        speak = self._speak(statements, actor_ids, names, by_index=False)
        asked = [among, *speak, *self._seen(statements.c.article_id)]
        found = await self._all(queries.shown_statements().where(*asked))
        return self._with_story(await _decoded(evidence_of_rows, found))

    def _spoken(self, actor_ids: Collection[str] | None, names: Collection[str] | None) -> Spoken | None:
        if actor_ids is None and names is None:
            return None
        by_index, beside = (
            is_spoken([*self._speak(statements, actor_ids, names, by_index=one)]) for one in (True, False)
        )
        return Spoken(by_index, beside)

    async def stored(self, article_ids: Collection[str]) -> tuple[StoredArticle, ...]:
        """These articles with their readings, those that are there, by id."""
        among = self._engine.is_among(articles.c.id, article_ids)
        whole = queries.whole_articles().where(among, *self._seen(articles.c.id))
        said = queries.statement_details().where(self._engine.is_among(statements.c.article_id, article_ids))
        async with self._engine.reading() as connection:
            found = (await connection.execute(whole.order_by(None).order_by(articles.c.id))).all()
            details = (await connection.execute(said)).all()
        return self._with_story(await _decoded(stored_articles_of, found, details))

    def _speak(
        self, table: Table, actor_ids: Collection[str] | None, names: Collection[str] | None, *, by_index: bool = True
    ) -> Iterator[ColumnElement[bool]]:
        """Not `by_index` where few articles are asked: who is heard most has half of all statements."""
        wanted = [
            (column if by_index else column + "", values)  # an expression, which no index holds
            for column, values in ((table.c.actor_id, actor_ids), (table.c.name, names))
        ]
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

    async def size(self) -> int:
        """How many articles there are."""
        return await self._number(select(func.count()).select_from(articles).where(*self._seen(articles.c.id)))

    async def _number(self, query: AnySelect) -> int:
        async with self._engine.reading() as connection:
            number: int = await connection.scalar(query) or 0
            return number

    async def _all(self, query: AnySelect) -> Sequence[AnyRow]:
        async with self._engine.reading() as connection:
            return (await connection.execute(query)).all()


def _texts() -> AnySelect:
    return select(article_bodies.c.article_id, article_bodies.c.text)


async def _decoded(decode: Callable[..., Decoded], rows: Sequence[AnyRow], *more: Sequence[AnyRow]) -> Decoded:
    if len(rows) <= _AT_ONCE:
        return decode(rows, *more)
    return await asyncio.to_thread(decode, rows, *more)
