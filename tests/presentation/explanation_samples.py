"""An explanation of an article of the invented negotiation."""

from dataclasses import replace

from bot.articles.events import Event, EventMember
from bot.articles.model import Dropped, Relation, Story, StoryMember
from bot.articles.splits import Split
from bot.briefings.explanation import Explanation
from bot.briefings.model import Window, WindowReason
from bot.briefings.trace import Fate
from bot.language.sentences import Sentence
from bot.positions.model import Reading, Skipped
from tests.presentation.samples import ARTICLE, DAY, QUOTED, SECOND, TEXT, span_of

FIRST = span_of(TEXT, "Mara Lind rejected a higher quota on Tuesday.")
QUOTE = span_of(TEXT, "“We will not fish these waters empty,” she said.")
LAST = span_of(TEXT, "Her neighbours disagreed.")

EXPLAINED = replace(
    ARTICLE,
    dropped=(Dropped("By Ida Berg", "byline"), Dropped("Share this", "sharing"), Dropped("Print this", "sharing")),
    provenance={"title": "source", "author": "text: byline"},
)
EXPLANATION = Explanation(
    article=EXPLAINED,
    reading=Reading(
        (Sentence(0, FIRST, 0), Sentence(1, QUOTE, 0), Sentence(2, LAST, 0)),
        (QUOTED.statement,),
        (Skipped(LAST, "nobody is named"),),
    ),
    source="Norland Post",
    first_seen_at=DAY,
    story=Story(
        "a1",
        (
            StoryMember("a1", Relation.LEAD, 1.0, "the fullest text (19 words)"),
            StoryMember("a3", Relation.TRUNCATED, 0.9, "90 % of it stands in the fuller text (9 of 19 words)"),
        ),
    ),
    event=Event(
        "a2",
        (
            EventMember("a2", 1.0, "the report most like the others"),
            EventMember("a1", 0.31, "headline and opening are alike to 0.31 of 1; both say “quota”"),
        ),
    ),
    others={"a2": SECOND},
    split=Split("a1", True, False, 905, DAY),
    window=Window(DAY, None, WindowReason.ASKED, "2031-05-03"),
    items=12,
    fates=(
        Fate(0, FIRST, 1, "gain 1.20; relevance 0.90 of 1; takes a stance"),
        Fate(1, QUOTE, None, "merit 0.40, number 3 of 9; says what line 1 says (cosine 0.61, 70% of the words)"),
        Fate(2, LAST, None, "merit 0.10, number 9 of 9; can't be quoted alone: opens with “Her”, which points back"),
    ),
)
ALONE = replace(
    EXPLANATION,
    article=replace(ARTICLE, title=None),
    story=Story("a1", EXPLANATION.story.members[:1]),
    event=Event("a1", EXPLANATION.event.members[1:]),
    others={},
    split=None,
    fates=(),
)
