"""The proof of one line: where it stands, what stands around it, what was understood of it, who else carries it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.articles.model import Article, Citation, Relation, StoryMember, cite
from bot.briefings.editions import Edition, Line
from bot.language.spans import Span
from bot.positions.model import Reading, Statement
from bot.positions.overrides import Override, overlap


class LineState(StrEnum):
    """Whether the stored text still holds the line."""

    HOLDS = "holds"  # character by character, at its place
    MOVED = "moved"  # character by character, at another place: the article has changed elsewhere
    CHANGED = "changed"  # the article is there and does not hold the line any more
    WITHDRAWN = "withdrawn"  # the article is not there any more
    RETRACTED = "retracted"  # the article still says it, and somebody decided here that it is not to be shown


@dataclass(frozen=True, slots=True)
class Carrier:
    """Another place that carries the line. With a `relation` it is one story with the line's own article."""

    citation: Citation
    relation: Relation | None
    reason: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was put right in a line after report `number`, by an admin of the server or (for all) by the operator.

    `overrides` are those of it that bear on the line; all say the same of their statements.
    """

    number: int
    decided_at: datetime
    by_operator: bool
    overrides: tuple[Override, ...]

    @property
    def withdraws(self) -> bool:
        """Whether the line is not to be shown any more."""
        return any(one.withdrawn for one in self.overrides)


@dataclass(frozen=True, slots=True)
class Proof:
    """Everything that speaks for line `number` of an edition. All texts are verbatim.

    `citation` is where the line stands now, or stood. `sha256` (hexadecimal) and `length` (characters) are those of the
    stored text (UTF-8); `statements` are what the rules read in the line.
    """

    edition: Edition
    number: int
    line: Line
    state: LineState
    citation: Citation
    sha256: str | None = None
    length: int | None = None
    stored_at: datetime | None = None
    before: str | None = None
    after: str | None = None
    statements: tuple[Statement, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    removed_at: datetime | None = None  # when the publisher's text without the line was first read
    rulings: tuple[Ruling, ...] = ()  # newest first


def prove_line(
    edition: Edition, number: int, *, article: Article | None, reading: Reading | None, stored_at: datetime | None
) -> Proof:
    """The proof of line `number` (from 1) against the article as it is stored now, or None where it is gone."""
    line = edition.lines[number - 1]
    if article is None or reading is None:
        return Proof(edition, number, line, LineState.WITHDRAWN, line.citation)
    state, span = _find(line, article.text)
    proof = Proof(
        edition=edition,
        number=number,
        line=line,
        state=state,
        citation=line.citation if span is None else cite(article, span),
        sha256=hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
        length=len(article.text),
        stored_at=stored_at,
    )
    return proof if span is None else _with_surroundings(proof, article, reading, span)


def is_held(state: LineState) -> bool:
    """Whether the line may be repeated: the store says the same, and nobody took it back here."""
    return state in (LineState.HOLDS, LineState.MOVED)


def state_of(line: Line, text: str | None) -> LineState:
    """Whether the stored text (None: there is none) still holds the line."""
    return LineState.WITHDRAWN if text is None else _find(line, text)[0]


def ruled(proof: Proof, rulings: Sequence[Ruling]) -> Proof:
    """The proof with what was decided about its line; one that was withdrawn so is told of, and not repeated."""
    is_retracted = any(one.withdraws for one in rulings) and is_held(proof.state)
    if not is_retracted:
        return replace(proof, rulings=tuple(rulings))
    return replace(
        proof, state=LineState.RETRACTED, rulings=tuple(rulings), before=None, after=None, statements=(), carriers=()
    )


def bears_on(override: Override, line: Line) -> bool:
    """Whether something was put right in what a line shows."""
    return override.article_id == line.citation.article_id and overlap(line.text, override.sentence)


def find_carriers(
    line: Line, members: Sequence[tuple[StoryMember, Article]], others: Sequence[Article]
) -> tuple[Carrier, ...]:
    """Members of the line's own story that carry it (but for spacing), then the further places it was shown with.

    `others` are the articles of those places, as far as they are still stored.
    """
    sought, own = _spaced(line.text), line.citation.article_id
    relations = {article.id: member for member, article in members}
    found = {
        article.id: cite(article, _whole(article, line.text))
        for _, article in members
        if article.id != own and sought in _spaced(article.text)
    }
    there = {article.id for article in others}
    for citation in line.others:
        if citation.article_id in there:
            found.setdefault(citation.article_id, citation)
    return tuple(_carrier(citation, relations.get(article_id)) for article_id, citation in found.items())


def _carrier(citation: Citation, member: StoryMember | None) -> Carrier:
    if member is None:
        return Carrier(citation, None, "another story with the same words")
    return Carrier(citation, member.relation, member.reason)


def _find(line: Line, text: str) -> tuple[LineState, Span | None]:
    span = line.citation.span
    if span.of(text) == line.text:
        return LineState.HOLDS, span
    start = text.find(line.text)
    if start < 0:
        return LineState.CHANGED, None
    return LineState.MOVED, Span(start, start + len(line.text))


def _with_surroundings(proof: Proof, article: Article, reading: Reading, span: Span) -> Proof:
    before = [one.span for one in reading.sentences if one.span.end <= span.start]
    after = [one.span for one in reading.sentences if one.span.start >= span.end]
    return replace(
        proof,
        before=before[-1].of(article.text) if before else None,
        after=after[0].of(article.text) if after else None,
        statements=tuple(one for one in reading.statements if one.content.overlaps(span)),
    )


def _whole(article: Article, text: str) -> Span:
    """Where the line stands in a copy; a line that is spaced otherwise there is cited by the article as a whole."""
    start = article.text.find(text)
    return Span(start, start + len(text)) if start >= 0 else Span(0, len(article.text))


def _spaced(text: str) -> str:
    return " ".join(text.split())
