"""Both ways of belonging together at once: copies of one text, and the same event told in other words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.articles.events import group_events, report_of
from bot.articles.model import Article, Relation
from bot.articles.stories import fingerprint, group_stories


@dataclass(frozen=True, slots=True)
class Grouped:
    """Where an article belongs: the fuller text that it copies, if any, and the event, by its central report's id.

    `reason` is None for an article that stands alone.
    """

    article_id: str
    copy_of: str | None
    event_id: str
    reason: str | None


def group_articles(articles: Sequence[Article], stop_words: Collection[str]) -> tuple[Grouped, ...]:
    """For each article, in their order, where it belongs. A copy belongs to the event of the text it copies."""
    by_id = {article.id: article for article in articles}
    stories = group_stories(fingerprint(article) for article in articles)
    events = group_events((report_of(by_id[story.lead_id]) for story in stories), stop_words)
    told = {member.article_id: (event, member) for event in events for member in event.members}
    found: dict[str, Grouped] = {}
    for story in stories:
        event, report = told[story.lead_id]
        for member in story.members:
            is_copy = member.relation is not Relation.LEAD
            shown = [report.reason] if len(event.members) > 1 else []
            shown += [member.reason] if len(story.members) > 1 else []
            reason = member.reason if is_copy else "; ".join(shown) or None
            copy_of = story.lead_id if is_copy else None
            found[member.article_id] = Grouped(member.article_id, copy_of, event.lead_id, reason)
    return tuple(found[article.id] for article in articles)
