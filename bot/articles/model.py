"""What comes in, what is kept of it, and how copies belong together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.language.blocks import Block
from bot.language.spans import Span


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as a source gave it: bytes not yet decoded, and what the source itself says about it.

    `location` is its identity within the source: a path relative to the source's folder (with `/`), or an address.
    `hints` are facts from the channel (a feed's title, author, outlet, published, url), all optional; `origins` says
    of a hint where the channel has it from ("feed", "JSON-LD"), "source" if nothing is said.
    """

    source_id: str
    location: str
    content: bytes
    media_type: str = "text/plain"  # text/plain, text/markdown or text/html
    hints: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unusable:
    """A document that holds no article, and why. One never stops a load."""

    location: str
    reason: str


class DatePrecision(StrEnum):
    """How exactly a publication time is known."""

    DAY = "day"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Published:
    """Publication instant (aware, UTC). With precision DAY it is that date's midnight UTC."""

    at: datetime
    precision: DatePrecision

    def iso(self) -> str:
        """ISO 8601: a date where only the day is known, else date and time with zone."""
        return self.at.date().isoformat() if self.precision is DatePrecision.DAY else self.at.isoformat()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that cleaning left out, and the rule that did it."""

    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Article:
    """Cleaned text with identity. `text` holds title (if it stood there), headings, paragraphs and bullets.

    Where cleaning dropped nothing, `text` equals the decoded document less outer white space, so that offsets
    are the reader's own. `provenance` says for each metadata field where it came from.
    """

    id: str
    source_id: str
    location: str
    content_hash: str
    title: str | None
    outlet: str | None
    author: str | None
    url: str | None
    published: Published | None
    text: str
    blocks: tuple[Block, ...]
    dropped: tuple[Dropped, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)
    agency: str | None = None  # the news agency whose text it is, or whose report it rests on
    language: str | None = None  # two letters, as the publisher says; None where it is the dossier's own, or not said


class Relation(StrEnum):
    """Why an article belongs to a story."""

    LEAD = "lead"
    COPY = "copy"  # the same text, perhaps edited a little
    TRUNCATED = "truncated"  # a part of the lead's text
    SYNDICATED = "syndicated"  # the same agency text in another outlet


@dataclass(frozen=True, slots=True)
class StoryMember:
    """One article of a story; `reason` is plain words with the numbers that decided."""

    article_id: str
    relation: Relation
    similarity: float
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """Near-duplicate articles; the lead is the fullest text. Its id is the lead's."""

    lead_id: str
    members: tuple[StoryMember, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer to one stretch of one stored article, with what a person needs to find it."""

    article_id: str
    location: str
    title: str | None
    outlet: str | None
    author: str | None
    url: str | None
    published: Published | None
    span: Span
    agency: str | None = None
    language: str | None = None


def cite(article: Article, span: Span) -> Citation:
    """The citation of `span` in `article`."""
    return Citation(
        article_id=article.id,
        location=article.location,
        title=article.title,
        outlet=article.outlet,
        author=article.author,
        url=article.url,
        published=article.published,
        span=span,
        agency=article.agency,
        language=article.language,
    )
