"""Briefings and digests of an invented negotiation, small enough to read."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.articles.model import Article, Citation, DatePrecision, Published, cite
from bot.briefings.model import Briefing, BriefingItem, Counts, Scope, Window, WindowReason
from bot.dossier import Actor, ActorKind, Dossier, Topic
from bot.language.blocks import Block, BlockKind
from bot.language.spans import Span
from bot.positions.model import (
    Cell,
    Contested,
    Digest,
    Evidence,
    Holder,
    Mode,
    Position,
    Shift,
    Speaker,
    Stance,
    Statement,
)

DAY = datetime(2031, 5, 3, tzinfo=UTC)

TEXT = (
    "Mara Lind rejected a higher quota on Tuesday.\n\n"
    "“We will not fish these waters empty,” she said. Her neighbours disagreed."
)
LATER = "Lind's ministry would accept a quota of 40,000 tonnes, if ships are counted, it said."

DOSSIER = Dossier(
    id="herring",
    title="Herring talks",
    language="en",
    sources=(),
    actors=(
        Actor("lind", "Mara Lind", ActorKind.PERSON, ("Lind",), "fisheries minister of Norland", "norland"),
        Actor("norland", "Norland", ActorKind.STATE),
    ),
    topics=(
        Topic("quota", "Quota", ("quota", "fish"), "The quota is raised."),
        Topic("ports", "Ports", ("port",)),
    ),
    digest="d",
)


def article(text: str = TEXT, **changes: object) -> Article:
    """An article in a folder, dated and signed unless asked otherwise."""
    known = Article(
        id="a1",
        source_id="s1",
        location="north/herring.txt",
        content_hash="h",
        title="No more herring",
        outlet="Norland Post",
        author="Ida Berg",
        url=None,
        published=Published(DAY, DatePrecision.DAY),
        text=text,
        blocks=(Block(BlockKind.PARAGRAPH, Span(0, len(text))),),
    )
    return replace(known, **changes)  # type: ignore[arg-type]  # tests change what they name


ARTICLE = article()
SECOND = article(
    LATER, id="a2", location="https://coast.example/2", url="https://coast.example/2", outlet=None, author=None,
    title=None, published=None,
)  # fmt: skip


def span_of(text: str, part: str) -> Span:
    """Where `part` stands in `text`."""
    start = text.index(part)
    return Span(start, start + len(part))


def citation(of: Article, part: str) -> Citation:
    """The citation of `part`."""
    return cite(of, span_of(of.text, part))


def evidence(of: Article, part: str, *, mode: Mode, stance: Stance | None, quote: str | None = None) -> Evidence:
    """`part` as a statement of the minister's."""
    span = span_of(of.text, part)
    speaker = Speaker("she", None, "lind", "Mara Lind", None, 0.9, "pronoun for the last person named")
    statement = Statement(
        sentence=0,
        mode=mode,
        speaker=speaker,
        cue="said",
        cue_span=None,
        content=span,
        quote=span_of(of.text, quote) if quote else None,
        topics=("quota",),
        stance=stance,
        rules=("cue:said", "negation"),
    )
    return Evidence(statement, cite(of, span), part, of.id)


QUOTED = evidence(
    ARTICLE,
    "“We will not fish these waters empty,” she said.",
    mode=Mode.QUOTE,
    stance=Stance.AGAINST,
    quote="We will not fish these waters empty,",
)
TURNED = evidence(SECOND, LATER, mode=Mode.INDIRECT, stance=Stance.CONDITIONAL)
LIND = Holder("lind", "Mara Lind")
POSITION = Position(LIND, "quota", Stance.AGAINST, DAY, Mode.QUOTE, (QUOTED, TURNED), 2, "latest-own-words")
SHIFT = Shift(LIND, "quota", QUOTED, TURNED, "stance-changed")
CONTESTED = Contested("quota", QUOTED, TURNED, "denied")

DIGEST = Digest(
    dossier_id="herring",
    actor_id="lind",
    topic_id=None,
    as_of=None,
    cells=(Cell(LIND, "quota", POSITION), Cell(LIND, "ports", None)),
    shifts=(),
    contested=(),
    articles=2,
)

BRIEFING = Briefing(
    dossier_id="herring",
    dossier_title="Herring talks",
    scope=Scope(),
    window=Window(DAY, datetime(2031, 5, 4, tzinfo=UTC), WindowReason.NEWEST_DAY, "24h"),
    items=(
        BriefingItem(
            text="Mara Lind rejected a higher quota on Tuesday.",
            citations=(citation(ARTICLE, "Mara Lind rejected a higher quota on Tuesday."),),
            topics=("quota",),
            actors=("lind",),
            score=1.0,
            why="first of its event",
        ),
        BriefingItem(LATER, (citation(SECOND, LATER),), (), (), 0.5, "newest"),
    ),
    positions=(POSITION,),
    shifts=(SHIFT,),
    contested=(CONTESTED,),
    counts=Counts(articles=2, stories=2, undated=1, sentences=4, sources=1, sources_failing=0, outlets=2),
)
