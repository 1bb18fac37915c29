"""Copies and events at once."""

from collections.abc import Callable

from bot.articles.grouping import Grouped, group_articles
from bot.articles.model import Article

STOP = frozenset({"the", "a", "of", "and", "on", "in", "to", "was", "that", "were", "by", "for", "with"})
FERRY = (
    "A ferry with ninety passengers ran aground off the Norland coast on Tuesday in thick fog.\n\n"
    "The harbour master said that nobody was hurt and that tugs would pull the ship free at high water.\n\n"
    "It was the third such accident on that stretch of coast since the light on the cape was switched off.\n\n"
    "The company has promised an inquiry and offered every passenger a free journey in the spring season.\n"
)
OTHER_WORDS = (
    "Ninety passengers were brought ashore after their ferry ran aground near Norland in the fog.\n\n"
    "Nobody was injured, but some spent the night in a school hall, wrapped in blankets by volunteers.\n"
)
APPLES = "Growers in the valley picked the first apples of the year three weeks before the usual date, they said.\n"


def test_a_copy_belongs_to_the_event_of_its_lead(clean: Callable[..., Article]) -> None:
    given = [
        clean(FERRY.rpartition("\n\n")[0], location="copy", title="Ferry runs aground off Norland"),
        clean(APPLES, location="apples", title="Apple harvest comes early"),
        clean(OTHER_WORDS, location="told", title="Ninety rescued from Norland ferry"),
        clean(FERRY, location="full", title="Ferry runs aground off Norland"),
    ]
    names = {article.id: article.location for article in given}
    copy, apples, told, full = group_articles(given, STOP)
    assert [names[one.article_id] for one in (copy, apples, told, full)] == ["copy", "apples", "told", "full"]
    assert copy.copy_of == full.article_id
    assert copy.event_id == told.event_id == full.event_id != apples.event_id
    assert copy.reason is not None
    assert "stands in the fuller text" in copy.reason
    assert full.reason is not None
    assert full.reason.endswith("the fullest text (72 words)")
    assert apples == Grouped(apples.article_id, None, apples.article_id, None)


def test_nothing_given_nothing_grouped() -> None:
    assert group_articles([], STOP) == ()
