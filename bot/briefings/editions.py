"""Editions: the lines of an answer, numbered, under an id that the lines themselves determine, to be proved later."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.articles.model import Citation
from bot.briefings.findings import Findings, Hit, Reply
from bot.briefings.model import Briefing
from bot.positions.answers import Comparison, Quotes, Saying, ShiftLedger, Timeline
from bot.positions.model import Contested, Digest, Evidence, Position, Shift
from bot.positions.novelties import News

OUTSIDE = 0  # who asks from outside of servers, as a guild
MOST_LINES = 300  # of one edition; what stands beyond is shown without a number
EVIDENCE = 2  # pieces of evidence numbered with each position of a digest that has many

Answer = Briefing | Digest | Quotes | Timeline | ShiftLedger | Comparison | Findings | Reply | News
Place = tuple[str, int, int]
Numbers = Mapping[Place, int]
UNNUMBERED: Numbers = {}


class EditionKind(StrEnum):
    """What an edition was the answer to."""

    BRIEFING = "briefing"
    POSITIONS = "positions"
    QUOTES = "quotes"
    TIMELINE = "timeline"
    SHIFTS = "shifts"
    COMPARISON = "comparison"
    FINDINGS = "findings"
    ANSWER = "answer"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Line:
    """One verbatim stretch as it was shown; `others` are citations of further places that carry the same words."""

    text: str
    citation: Citation
    others: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a briefing was composed for, so that it can be composed again. Texts are as in a request."""

    topics: tuple[str, ...]
    actors: tuple[str, ...]
    since: str
    at: datetime
    items: int
    words: int | None = None
    news_since: datetime | None = None
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """An answer as it was given. Its first line has number 1. `digest` is the SHA-256 that `id` is the beginning of.

    `guilds` are the servers it was given to, 0 among them for who asked from outside of servers. `asked` says what a
    briefing was composed for.
    """

    id: str
    digest: str
    kind: EditionKind
    made_at: datetime
    lines: tuple[Line, ...]
    guilds: frozenset[int] = frozenset()
    asked: Asked | None = None


def lines_of(answer: Answer) -> tuple[Line, ...]:
    """The lines of an answer in the order of their numbers; a stretch that is shown twice is one line."""
    lines: dict[Place, Line] = {}
    for line in _lines(answer):
        if len(lines) < MOST_LINES:
            lines.setdefault(place_of(line.citation), line)
    return tuple(lines.values())


def numbers_of(answer: Answer) -> Numbers:
    """The number of each line by its place; none where the answer was not kept, so that nothing could be proved."""
    if answer.edition is None:
        return UNNUMBERED
    return {place_of(line.citation): number for number, line in enumerate(lines_of(answer), start=1)}


def place_of(citation: Citation) -> Place:
    """Article and offsets: what tells one line from another."""
    return citation.article_id, citation.span.start, citation.span.end


def kind_of(answer: Answer) -> EditionKind:
    """Which kind of answer it is."""
    return _KINDS[type(answer)]


def digest_of(lines: Iterable[Line]) -> str:
    """SHA-256 (hexadecimal) over the places and the texts of the lines in order."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(repr((*place_of(line.citation), line.text)).encode())
    return digest.hexdigest()


def ids_of(kind: EditionKind, digest: str) -> tuple[str, ...]:
    """Ids the edition may have, shortest first: a longer one is for the case that the shorter is another's."""
    return tuple(f"{kind.value[0].upper()}-{digest[:length]}" for length in (8, 12, 20))


def is_one_on_one(digest: Digest) -> bool:
    """Whether it is about one actor on one topic: then all its evidence is shown, not only what decides."""
    return digest.topic_id is not None and len(digest.cells) == 1


def evidence_in(answer: Answer) -> Iterator[Evidence]:
    """Every piece of evidence that an answer holds, numbered or not."""
    match answer:
        case Briefing():
            yield from _of_positions(answer.positions)
            yield from _of_changes(answer.shifts, answer.contested)
        case Digest():
            yield from _of_positions(cell.position for cell in answer.cells)
            yield from _of_changes(answer.shifts, answer.contested)
        case Comparison():
            yield from _of_positions(held for row in answer.rows for held in (row.first, row.second))
            yield from _of_changes((), answer.contested)
        case ShiftLedger():
            yield from _of_changes(answer.shifts, ())
            for unmoved in answer.unmoved:
                yield from (unmoved.before, unmoved.after)
        case Quotes() | Timeline():
            for saying in answer.sayings:
                yield from (saying.evidence, *saying.others)
        case News():
            yield from _shown_of(answer.positions, 1)
            yield from _of_changes(answer.shifts, answer.contested)
        case Findings() | Reply():
            yield from (hit.evidence for hit in answer.hits if hit.evidence is not None)


def _lines(answer: Answer) -> Iterator[Line]:
    match answer:
        case Briefing():
            cited = (item for item in answer.items if item.citations)
            yield from (Line(item.text, item.citations[0], item.citations[1:]) for item in cited)
            yield from map(_line, _of_changes(answer.shifts, answer.contested))
            yield from (Line(one.text, one.citation) for one in answer.watch)
        case Digest():
            most = MOST_LINES if is_one_on_one(answer) else EVIDENCE
            yield from map(_line, _shown_of((cell.position for cell in answer.cells), most))
            yield from map(_line, _of_changes(answer.shifts, answer.contested))
        case Comparison():
            held = (held for row in answer.rows for held in (row.first, row.second))
            yield from map(_line, _shown_of(held, 1))
            yield from map(_line, _of_changes((), answer.contested))
        case Quotes() | Timeline():
            yield from map(_line_of_saying, answer.sayings)
        case ShiftLedger() | News():
            yield from map(_line, evidence_in(answer))
        case Findings() | Reply():
            yield from map(_line_of_hit, answer.hits)


def _line(evidence: Evidence) -> Line:
    return Line(evidence.text, evidence.citation)


def _line_of_saying(saying: Saying) -> Line:
    return Line(saying.evidence.text, saying.evidence.citation, tuple(other.citation for other in saying.others))


def _line_of_hit(hit: Hit) -> Line:
    return Line(hit.text, hit.citation, hit.others)


def _of_positions(positions: Iterable[Position | None]) -> Iterator[Evidence]:
    for position in positions:
        if position is not None:
            yield from position.evidence


def _shown_of(positions: Iterable[Position | None], most: int) -> Iterator[Evidence]:
    """The first pieces of evidence of each position; several statements in one stretch are one piece."""
    for position in positions:
        distinct: dict[Place, Evidence] = {}
        for one in position.evidence if position is not None else ():
            distinct.setdefault(place_of(one.citation), one)
        yield from list(distinct.values())[:most]


def _of_changes(shifts: Iterable[Shift], contested: Iterable[Contested]) -> Iterator[Evidence]:
    pairs = [(shift.before, shift.after) for shift in shifts]
    disputes = [(dispute.claim, dispute.answer) for dispute in contested]
    for pair in (*pairs, *disputes):
        yield from (one for one in pair if one is not None)


_KINDS: Mapping[type, EditionKind] = {
    Briefing: EditionKind.BRIEFING,
    Digest: EditionKind.POSITIONS,
    Quotes: EditionKind.QUOTES,
    Timeline: EditionKind.TIMELINE,
    ShiftLedger: EditionKind.SHIFTS,
    Comparison: EditionKind.COMPARISON,
    Findings: EditionKind.FINDINGS,
    Reply: EditionKind.ANSWER,
    News: EditionKind.NEWS,
}
