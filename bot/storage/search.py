"""Full-text search over sentences: SQLite's FTS5 and PostgreSQL's vectors, asked for the same."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Boolean, ColumnElement, bindparam, cast, column, exists, func, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.articles.model import Citation
from bot.briefings.findings import Match
from bot.language.seeking import Group, Query, Term
from bot.language.spans import Span
from bot.storage.engine import Engine
from bot.storage.queries import STORY_ID, edge_of_newest
from bot.storage.rows import published_of
from bot.storage.tables import AnyRow, AnySelect, article_bodies, articles, sentences, statements, story_members

_INDEX = table("sentence_index", column("rowid"))
_LENGTH_COUNTS = 1  # ts_rank, ts_rank_cd: divided by 1 + the logarithm of the length
_MANY_WORDS = 20  # of a query, forms included: from there on ts_rank_cd takes up to half a millisecond a sentence


class Bounds(NamedTuple):
    """Which sentences may be found: of articles published in `[start, end)`, None is unbounded, and with what else.

    `is_narrow`: there are no more than some thousand such articles, of many; then `spoken` is not asked for by index.
    """

    start: datetime | None
    end: datetime | None
    conditions: Sequence[ColumnElement[bool]] = ()
    spoken: "Spoken | None" = None
    is_narrow: bool = False


class Spoken(NamedTuple):
    """Within what is shown as a statement of certain speakers: as an index knows them, and as none does."""

    by_index: ColumnElement[bool]
    beside_index: ColumnElement[bool]


async def best_matches(  # noqa: PLR0917
    connection: AsyncConnection, engine: Engine, query: Query, bounds: Bounds, limit: int, newest: int | None = None
) -> tuple[Match, ...]:
    """The sentences that fit best by the engine's own rank, newest first where it is the same; in no order.

    Where the `newest` articles, so many, hold `limit` of them, those of older articles are not looked for: to rank a
    word that stands in each tenth sentence of 100,000 articles takes seconds.
    """
    edge = await connection.scalar(edge_of_newest(newest, *_within(bounds))) if newest is not None else None
    since = edge or bounds.start
    near = bounds._replace(start=since, is_narrow=newest is not None and since is not None)
    found = (await connection.execute(_whole_matches(engine, query, near, limit))).all()
    if edge is not None and len(found) < limit:
        found = (await connection.execute(_whole_matches(engine, query, bounds, limit))).all()
    return tuple(map(_match, found))


def _whole_matches(engine: Engine, query: Query, bounds: Bounds, limit: int) -> AnySelect:
    """The sentences as they stand."""
    picked = _best(engine, query, bounds, limit).subquery()
    text = func.substr(article_bodies.c.text, sentences.c.start + 1, sentences.c.end - sentences.c.start)
    cited = (articles.c.location, articles.c.title, articles.c.outlet, articles.c.author, articles.c.url)
    columns = (sentences.c.article_id, sentences.c.start, sentences.c.end, text.label("text"), *cited)
    joined = picked.join(sentences, sentences.c.id == picked.c.id).join(articles)
    joined = joined.join(article_bodies, article_bodies.c.article_id == articles.c.id)
    joined = joined.outerjoin(story_members, story_members.c.article_id == articles.c.id)
    dated = (articles.c.published_at, articles.c.precision, articles.c.agency, articles.c.language)
    found = select(*columns, *dated, STORY_ID).select_from(joined)
    return found.order_by(sentences.c.article_id, sentences.c.start)  # of two in one passage the same is named anywhere


def number_of_matches(engine: Engine, group: Group, bounds: Bounds, most: int) -> AnySelect:
    """How many sentences fulfil a group; `most` stands for as many or more."""
    fitting, _ = _fitting(engine, Query((group,)), bounds)
    return select(func.count()).select_from(fitting.limit(most).subquery())


def is_spoken(speakers: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Sentences within what is shown as a statement of one of these speakers (conditions on `statements`)."""
    here = (statements.c.passage_start <= sentences.c.start, statements.c.passage_end >= sentences.c.end)
    return exists(select(1).where(statements.c.article_id == sentences.c.article_id, *here, *speakers))


def _match(row: AnyRow) -> Match:
    citation = Citation(
        article_id=row.article_id,
        location=row.location,
        title=row.title,
        outlet=row.outlet,
        author=row.author,
        url=row.url,
        published=published_of(row),
        span=Span(row.start, row.end),
        agency=row.agency,
        language=row.language,
    )
    return Match(row.text, citation, row.story_id)


def _within(bounds: Bounds) -> list[ColumnElement[bool]]:
    after = [] if bounds.start is None else [articles.c.published_at >= bounds.start]
    return after if bounds.end is None else [*after, articles.c.published_at < bounds.end]


def _best(engine: Engine, query: Query, bounds: Bounds, limit: int) -> AnySelect:
    fitting, rank = _fitting(engine, query, bounds)
    newest = (articles.c.published_at.desc().nulls_last(), articles.c.id, sentences.c.start)
    return fitting.order_by(rank, *newest).limit(limit)


def _fitting(engine: Engine, query: Query, bounds: Bounds) -> tuple[AnySelect, ColumnElement[Any]]:
    """Ids of the sentences, and what they are ordered by."""
    if engine.is_sqlite:
        joined = _INDEX.join(sentences, sentences.c.id == _INDEX.c.rowid).join(articles)
        name: ColumnElement[Any] = literal_column("sentence_index")
        fits: ColumnElement[Any] = name.op("MATCH")(bindparam(None, _fts5(query)))
        rank: ColumnElement[Any] = literal_column("bm25(sentence_index)")
    else:
        joined = sentences.join(articles)
        sought = cast(bindparam(None, _tsquery(query)), TSQUERY)
        # Of few articles each sentence is looked at: the function, unlike the operator, is not looked up in the index.
        by_index = sentences.c.terms.op("@@", is_comparison=True)(sought)
        fits = func.ts_match_vq(sentences.c.terms, sought, type_=Boolean) if bounds.is_narrow else by_index
        ranked = func.ts_rank if _number_of_words(query) > _MANY_WORDS else func.ts_rank_cd
        rank = ranked(sentences.c.terms, sought, _LENGTH_COUNTS).desc()
    asked = [fits, *bounds.conditions, *_within(bounds)]
    if bounds.spoken is not None:
        asked.append(bounds.spoken.beside_index if bounds.is_narrow else bounds.spoken.by_index)
    if engine.is_sqlite and bounds.is_narrow:
        # A word stands in a hundred thousand sentences: whose they are is looked up only for those of these articles.
        there = select(sentences.c.id).select_from(sentences.join(articles)).where(*_within(bounds))
        asked.append(literal_column("+sentence_index.rowid").in_(there.correlate(None)))
    return select(sentences.c.id).select_from(joined).where(*asked), rank


def _fts5(query: Query) -> str:
    """FTS5's own language. Tokens are letters and digits and stand in quotation marks: none is read as a sign."""

    def term(one: Term) -> str:
        phrase = f'"{" ".join(one.words)}"' + ("*" if one.begins else "")
        return " OR ".join([phrase, *(f'"{form}"' for form in sorted(one.forms))])

    groups = [f"({' OR '.join(map(term, group))})" for group in query.groups]
    wanted = f"({(' OR ' if query.any_group else ' AND ').join(groups)})"
    without = " OR ".join(map(term, query.without))
    return f"{wanted} NOT ({without})" if without else wanted


def _tsquery(query: Query) -> str:
    """PostgreSQL's, in the same way."""

    def term(one: Term) -> str:
        words = [f"'{word}'" for word in one.words]
        phrase = f"{words[0]}:*" if one.begins else words[0] if len(words) == 1 else f"({' <-> '.join(words)})"
        return " | ".join(dict.fromkeys([phrase, *(f"'{form}'" for form in sorted(one.forms))]))

    groups = [f"({' | '.join(map(term, group))})" for group in query.groups]
    wanted = f"({(' | ' if query.any_group else ' & ').join(groups)})"
    without = " | ".join(map(term, query.without))
    return f"{wanted} & !({without})" if without else wanted


def _number_of_words(query: Query) -> int:
    return sum(len(term.words) + len(term.forms) for group in query.groups for term in group)
