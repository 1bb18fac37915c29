"""Synthetic articles, readings and occurrences: every field set to something that a mix-up would show."""

from datetime import UTC, date, datetime, timedelta

from bot.articles.model import Article, DatePrecision, Dropped, Published, Relation, Story, StoryMember
from bot.articles.stories import Fingerprint
from bot.language.blocks import Block, BlockKind
from bot.language.sentences import Sentence
from bot.language.spans import Span
from bot.positions.model import Mode, Reading, Skipped, Speaker, Stance, Statement
from bot.schedules.model import Occurrence
from bot.services.ports import Entry

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TITLE = "Harbour talks resume"
FIRST = "The envoy of Norland said “we will open the port” on Sunday."
SECOND = "Fishermen in Südhafen weren’t told. 🐟"
TEXT = f"{TITLE}\n\n{FIRST} {SECOND}"


def span_of(part: str, text: str = TEXT) -> Span:
    """Where `part` stands in `text`."""
    start = text.index(part)
    return Span(start, start + len(part))


def published(at: datetime | None = NOON, precision: DatePrecision = DatePrecision.TIME) -> Published | None:
    return None if at is None else Published(at, precision)


def article(number: int = 1, *, at: datetime | None = NOON, source_id: str = "wire", title: str = TITLE) -> Article:
    return Article(
        id=f"a{number:04}",
        source_id=source_id,
        location=f"folder/item {number}.txt",
        content_hash=f"hash{number}",
        title=title,
        outlet="The Daily Buoy",
        author="A. Writer",
        url=f"https://news.example/{number}",
        published=published(at),
        text=TEXT,
        blocks=(Block(BlockKind.TITLE, span_of(TITLE)), Block(BlockKind.PARAGRAPH, span_of(f"{FIRST} {SECOND}"))),
        dropped=(Dropped("Share this article", "share-line"), Dropped("© 2031", "copyright")),
        provenance={"title": "first line", "published": "byline"},
    )


def statement(
    actor_id: str | None = "norland", name: str | None = "Norland", topics: tuple[str, ...] = ("port", "fishing")
) -> Statement:
    """A quote in the first sentence, with every optional field set."""
    return Statement(
        sentence=0,
        mode=Mode.QUOTE,
        speaker=Speaker(
            "The envoy of Norland", span_of("The envoy of Norland"), actor_id, name, "an envoy", 0.9, "alias"
        ),
        cue="said",
        cue_span=span_of("said"),
        content=span_of("we will open the port"),
        quote=span_of("we will open the port"),
        topics=topics,
        stance=Stance.FOR if topics else None,
        shift=True,
        contested=True,
        rules=("quote", "cue.before"),
    )


def unnamed_statement() -> Statement:
    """A report under no one, with every optional field left out."""
    return Statement(
        sentence=1,
        mode=Mode.REPORTED,
        speaker=Speaker("Fishermen", None, None, None, None, 0.2, "no name"),
        cue="told",
        cue_span=None,
        content=span_of("Fishermen in Südhafen weren’t told"),
        quote=None,
    )


def reading(*statements: Statement) -> Reading:
    sentences = (Sentence(0, span_of(FIRST), 1), Sentence(1, span_of(SECOND), 1))
    return Reading(sentences, statements, (Skipped(span_of("🐟"), "no words"),))


def entry(
    one: Article | None = None,
    read: Reading | None = None,
    *,
    first_seen_at: datetime = NOON,
    analyser: str = "rules-1",
    baseline: bool = True,
    signature: bytes = b"\x00\xff signature",
) -> Entry:
    one = one or article()
    at = one.published.at if one.published else None
    mark = Fingerprint(one.id, one.source_id, 19, at, one.outlet, signature)
    return Entry(one, read or reading(statement(), unnamed_statement()), mark, analyser, first_seen_at, baseline)


def said(number: int, speaker: Statement, *, at: datetime | None = NOON) -> Entry:
    """An entry whose article holds one statement."""
    return entry(article(number, at=at), reading(speaker))


def story(lead_id: str, *copies: str) -> Story:
    """A story of a lead and its copies."""
    lead = StoryMember(lead_id, Relation.LEAD, 1.0, "fullest text")
    return Story(
        lead_id, (lead, *(StoryMember(c, Relation.COPY, 0.875, f"shares 7 of 8 with {lead_id}") for c in copies))
    )


def occurrence(schedule_id: int, day: int = 0, slot: str = "07:30") -> Occurrence:
    """A planned posting `day` days after the first."""
    return Occurrence(schedule_id, date(2031, 5, 4) + day * DAY, slot, NOON + day * DAY)
