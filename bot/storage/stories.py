"""Which article belongs to which story, and why."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.articles.model import Relation, Story, StoryMember
from bot.storage.engine import Engine
from bot.storage.saving import upsert
from bot.storage.tables import AnyRow, articles, story_members

_SEEN_FIRST = "the first print that is read here"
_COPIES_ALIKE = "most of its wording is the same"
_MEMBER = (
    story_members.c.story_id,
    story_members.c.place,
    story_members.c.relation,
    story_members.c.similarity,
    story_members.c.reason,
)


async def read_stories(
    connection: AsyncConnection, engine: Engine, article_ids: Collection[str] | None
) -> tuple[Story, ...]:
    """Stories that hold any of these articles (None: all), by lead id, members in their order."""
    query = select(story_members.c.article_id, *_MEMBER)
    if article_ids is not None:
        held = engine.is_among(story_members.c.article_id, article_ids)
        query = query.where(story_members.c.story_id.in_(select(story_members.c.story_id).where(held)))
    found = await connection.execute(query.order_by(story_members.c.story_id, story_members.c.place))
    return tuple(Story(story_id, tuple(map(_member, rows))) for story_id, rows in groupby(found, _story_id))


async def replace_stories(
    connection: AsyncConnection, engine: Engine, stories: Sequence[Story], among: Collection[str] | None = None
) -> bool:
    """Make these the stories, of the articles `among` (None: all); rows that are so already are not touched.

    The caller commits. Whether any was touched.
    """
    joined = articles.outerjoin(story_members, story_members.c.article_id == articles.c.id)
    query = select(articles.c.id, *_MEMBER).select_from(joined)
    if among is not None:
        query = query.where(engine.is_among(articles.c.id, among))
    found = await connection.execute(query)
    stored = {article_id: tuple(row) for article_id, *row in found}
    wanted = {article_id: row for article_id, row in _wanted(stories).items() if article_id in stored}
    changed = [article_id for article_id, row in wanted.items() if stored[article_id] != row]
    gone = [article_id for article_id, row in stored.items() if row[0] is not None and article_id not in wanted]
    if gone:
        await connection.execute(delete(story_members).where(engine.is_among(story_members.c.article_id, gone)))
    columns = [column.name for column in _MEMBER]
    rows = [{"article_id": i, **dict(zip(columns, wanted[i], strict=True))} for i in changed]
    await upsert(connection, story_members, rows)
    return bool(gone or rows)


def _wanted(stories: Sequence[Story]) -> dict[str, tuple[Any, ...]]:
    return {
        member.article_id: (story.lead_id, place, member.relation.value, member.similarity, member.reason)
        for story in stories
        for place, member in enumerate(story.members)
    }


def _story_id(row: AnyRow) -> str:
    return str(row.story_id)


def _member(row: AnyRow) -> StoryMember:
    return StoryMember(row.article_id, Relation(row.relation), row.similarity, row.reason)


def seen_of(stories: Sequence[Story], hidden: Collection[str]) -> tuple[Story, ...]:
    """The stories without hidden members; where nobody is left, without the story."""
    return tuple(seen for story in stories if (seen := _seen_story(story, hidden)) is not None)


def _seen_story(story: Story, hidden: Collection[str]) -> Story | None:
    """A reason may name the outlet of the lead: whoever must not see that is not told."""
    kept = tuple(member for member in story.members if member.article_id not in hidden)
    if not kept or story.lead_id not in hidden:
        return replace(story, members=kept) if kept else None
    lead, *rest = kept
    told = [replace(one, relation=Relation.COPY, reason=_COPIES_ALIKE) for one in rest]
    first = replace(lead, relation=Relation.LEAD, reason=_SEEN_FIRST)
    return Story(lead.article_id, (first, *told))
