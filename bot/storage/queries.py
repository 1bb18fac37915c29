"""The selects of the corpus: which columns, which joins, in which order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table, and_, case, func, literal, or_, select, true, tuple_

from bot.storage.instants import Instant
from bot.storage.tables import (
    UNDATED,
    AnySelect,
    article_bodies,
    articles,
    fingerprints,
    statement_topics,
    statements,
    story_members,
)

STORY_ID = func.coalesce(story_members.c.story_id, articles.c.id).label("story_id")


def newest_first() -> tuple[ColumnElement[Any], ...]:
    """Order of articles: newest first, undated last, then by id."""
    return articles.c.published_at.desc().nulls_last(), articles.c.id


def edge_of_newest(most: int, *conditions: ColumnElement[bool]) -> AnySelect:
    """When the last of so many newest articles was published; no row where there are fewer."""
    dated = select(articles.c.published_at).where(articles.c.published_at.is_not(None), *conditions)
    return dated.order_by(articles.c.published_at.desc()).limit(1).offset(most - 1)


def whole_articles() -> AnySelect:
    """Articles with their bodies and stories, newest first."""
    columns = (articles, article_bodies.c.text, article_bodies.c.structure, article_bodies.c.reading, STORY_ID)
    joined = articles.join(article_bodies).outerjoin(story_members, story_members.c.article_id == articles.c.id)
    return select(*columns).select_from(joined).order_by(*newest_first())


def stored_fingerprints() -> AnySelect:
    """Fingerprints by article id; what they share with the article is stored there alone."""
    article = (articles.c.source_id, articles.c.published_at, articles.c.outlet, articles.c.agency)
    return select(fingerprints, *article).join(articles).order_by(fingerprints.c.article_id)


def unfolded_articles() -> AnySelect:
    """Ids of the articles that are in no story, or in one whose lead is gone."""
    lead = articles.alias("lead")
    joined = articles.outerjoin(story_members, story_members.c.article_id == articles.c.id)
    joined = joined.outerjoin(lead, lead.c.id == story_members.c.story_id)
    return select(articles.c.id).select_from(joined).where(lead.c.id.is_(None))


def statement_details() -> AnySelect:
    """Statements as stored, by article and place."""
    wanted = (statements.c.article_id, statements.c.detail)
    return select(*wanted).order_by(statements.c.article_id, statements.c.ordinal)


def within(table: Table, start: datetime | None, end: datetime | None, undated: bool) -> ColumnElement[bool]:
    """Rows of `table` whose `published_at` lies in `[start, end)`, and those without one if `undated`."""
    published_at = table.c.published_at
    bounds: list[ColumnElement[bool]] = [published_at.is_not(None)]
    bounds += [] if start is None else [published_at >= start]
    bounds += [] if end is None else [published_at < end]
    return or_(and_(*bounds), published_at.is_(None)) if undated else and_(*bounds)


def shown_statements() -> AnySelect:
    """Statements shown under somebody with what a citation needs: oldest first, undated before all."""
    article = (articles.c.location, articles.c.title, articles.c.outlet, articles.c.author, articles.c.url)
    passage = (statements.c.passage_start, statements.c.passage_end, statements.c.passage)
    dated = (articles.c.published_at, articles.c.precision, articles.c.agency, articles.c.language)
    columns = (statements.c.article_id, statements.c.detail, *passage, *article, *dated, STORY_ID)
    joined = statements.join(articles).outerjoin(story_members, story_members.c.article_id == articles.c.id)
    return (
        select(*columns)
        .select_from(joined)
        .where(statements.c.passage.is_not(None))
        .order_by(statements.c.published_at.asc().nulls_first(), statements.c.article_id, statements.c.ordinal)
    )


def is_before(until: datetime, table: Table) -> ColumnElement[bool]:
    """Rows of `statements` or `statement_topics` published before `until`, or undated."""
    if table is statement_topics:
        return table.c.sort_at < until
    return or_(table.c.published_at < until, table.c.published_at.is_(None))


def is_picked(conditions: Sequence[ColumnElement[bool]], latest: int | None) -> ColumnElement[bool]:
    """Statements whose row in `statement_topics` fulfils the conditions; per speaker and topic only the `latest`."""
    if latest is not None:
        return _is_ranked(statement_topics, statement_topics, conditions, latest)
    picked = select(statement_topics.c.article_id, statement_topics.c.ordinal).where(*conditions)
    return tuple_(statements.c.article_id, statements.c.ordinal).in_(picked)


def is_recent(
    actor_ids: AnySelect, topic_ids: AnySelect, until: datetime | None, latest: int, hidden: AnySelect | None = None
) -> ColumnElement[bool]:
    """As `is_picked` for known actors and topics: the index finds the newest of each pair without reading the rest.

    `actor_ids` and `topic_ids` are selects of one column each; so is `hidden`, articles that are passed over.
    """
    actors, topics = actor_ids.subquery(), topic_ids.subquery()
    every = actors.join(topics, true())
    pairs = select(actors.c[0].label("actor_id"), topics.c[0].label("topic_id")).select_from(every).subquery()
    near, found = statement_topics.alias("near"), statement_topics.alias("found")
    same = (near.c.actor_id == pairs.c.actor_id, near.c.topic_id == pairs.c.topic_id)
    before = [] if until is None else [near.c.sort_at < until]
    before += [] if hidden is None else [near.c.article_id.not_in(hidden)]
    bound = select(near.c.sort_at).where(*same, *before).order_by(near.c.sort_at.desc()).limit(1).offset(latest - 1)
    oldest = func.coalesce(bound.correlate(pairs).scalar_subquery(), literal(UNDATED, Instant))
    # Materialised, or SQLite turns the join around and walks through all that was ever said on the topics.
    bounds = select(pairs, oldest.label("oldest")).cte("bounds").prefix_with("MATERIALIZED")
    joined = bounds.join(found, and_(found.c.actor_id == bounds.c.actor_id, found.c.topic_id == bounds.c.topic_id))
    recent = [found.c.sort_at >= bounds.c.oldest, *([] if until is None else [found.c.sort_at < until])]
    recent += [] if hidden is None else [found.c.article_id.not_in(hidden)]
    return _is_ranked(joined, found, recent, latest)


def _is_ranked(
    source: FromClause, topics: FromClause, conditions: Sequence[ColumnElement[bool]], latest: int
) -> ColumnElement[bool]:
    places = (topics.c.article_id, topics.c.ordinal)
    newest_first = [column.desc() for column in (topics.c.sort_at, *places)]
    speaker = (topics.c.topic_id, topics.c.actor_id, topics.c.name)
    rank = func.row_number().over(partition_by=speaker, order_by=newest_first).label("rank")
    ranked = select(*places, rank).select_from(source).where(*conditions).subquery()
    picked = select(ranked.c.article_id, ranked.c.ordinal).where(ranked.c.rank <= latest)
    return tuple_(statements.c.article_id, statements.c.ordinal).in_(picked)


def latest_said() -> tuple[ColumnElement[Any], ...]:
    """Order of statements: newest first, undated last, then by place."""
    return statements.c.published_at.desc().nulls_last(), statements.c.article_id, statements.c.ordinal


def may_contain(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Whether a text may hold these words in this order. Signs that have two shapes fit any: the caller looks again."""
    pattern = "%".join(
        "".join(one if one.isascii() and one.isalnum() else "_" for one in word) for word in words.split()
    )
    return column.ilike(f"%{pattern}%")


def is_found(words: str) -> tuple[ColumnElement[bool], ColumnElement[Any]]:
    """Whether an article's id, location or title holds `words`, and an order: beginnings before middles."""
    sought = words.casefold().strip()
    begins = or_(
        articles.c.id.startswith(sought, autoescape=True),
        articles.c.lookup.startswith(sought, autoescape=True),
        articles.c.lookup.contains("\n" + sought, autoescape=True),
    )
    return or_(begins, articles.c.lookup.contains(sought, autoescape=True)), case((begins, 0), else_=1)


def speaker_counts() -> AnySelect:
    """Everybody who speaks with the number of statements, most first."""
    who = (statements.c.actor_id, statements.c.name)
    number = func.count().label("number")
    named = or_(statements.c.actor_id.is_not(None), statements.c.name.is_not(None))
    return select(*who, number).where(named).group_by(*who).order_by(number.desc(), statements.c.name, who[0])


def corpus_counts(hidden: AnySelect | None = None) -> AnySelect:
    """One row: articles, undated ones, stories, statements, newest publication; without the `hidden` articles."""
    seen = [] if hidden is None else [articles.c.id.not_in(hidden)]
    said = [] if hidden is None else [statements.c.article_id.not_in(hidden)]
    undated = select(articles.c.id).where(articles.c.published_at.is_(None), *seen)
    ids = articles.outerjoin(story_members, story_members.c.article_id == articles.c.id)
    return select(
        _number(select(articles.c.id).where(*seen)).label("articles"),
        _number(undated).label("undated"),
        _number(select(STORY_ID).select_from(ids).where(*seen).distinct()).label("stories"),
        _number(select(statements.c.ordinal).where(*said)).label("statements"),
        select(func.max(articles.c.published_at)).where(*seen).scalar_subquery().label("newest"),
    )


def _number(query: AnySelect) -> ColumnElement[int]:
    return select(func.count()).select_from(query.subquery()).scalar_subquery()
