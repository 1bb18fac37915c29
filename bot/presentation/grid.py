"""The position grid (actors × topics) as data: what the picture, its description and its text twin all show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.catalogues import ntr, tr
from bot.dossier import Dossier
from bot.positions.model import Digest, Holder, Position, Stance
from bot.presentation.visible import visible
from bot.presentation.wording import (
    before_words,
    day_words,
    holder_words,
    notes_words,
    stance_words,
    title_words,
    topic_words,
)

MOST_ROWS = 16  # more are not readable on a phone; the fullest rows stay
MOST_DESCRIBED = 1024  # characters of a picture's description on Discord


@dataclass(frozen=True, slots=True)
class Field:
    """One field: a stance with its date, or nothing found."""

    stance: Stance | None
    as_of: datetime | None
    is_found: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of actors, columns of topics, `fields[row][column]`. `left_out` actors have positions but no row."""

    title: str
    actors: tuple[str, ...]
    topics: tuple[str, ...]
    fields: tuple[tuple[Field, ...], ...]
    left_out: int
    articles: int
    notes: tuple[str, ...] = ()


def plan_grid(digest: Digest, dossier: Dossier, most_rows: int = MOST_ROWS) -> Grid:
    """The grid of a digest over all actors and topics: topics with a proposition, actors with a position on one.

    Actors keep the dossier's order; where there are too many, those with the most clear positions stay.
    """
    topics = [topic for topic in dossier.topics if topic.proposition is not None]
    held: dict[Holder, dict[str, Position]] = {}
    for cell in digest.cells:
        if cell.position is not None and cell.topic_id in {topic.id for topic in topics}:
            held.setdefault(cell.holder, {})[cell.topic_id] = cell.position
    fullest = sorted(held, key=lambda holder: -_clear(held[holder].values()))[:most_rows]
    shown = [holder for holder in held if holder in fullest]
    return Grid(
        title=visible(title_words(dossier)),
        actors=tuple(visible(holder_words(holder, dossier)) for holder in shown),
        topics=tuple(visible(topic_words(dossier, topic.id)) for topic in topics),
        fields=tuple(tuple(_field(held[holder].get(topic.id)) for topic in topics) for holder in shown),
        left_out=len(held) - len(shown),
        articles=digest.articles,
        notes=(*before_words(digest), *notes_words(digest, dossier)),
    )


def describe_grid(grid: Grid) -> str:
    """The picture in words, for those who don't see it; at most 1,024 characters, cut after a whole row."""
    actors, topics = ntr("{n} actor", "{n} actors", len(grid.actors)), ntr("{n} topic", "{n} topics", len(grid.topics))
    text = tr("Position grid: {actors}, {topics}.", actors=actors, topics=topics)
    more = " " + tr("The text of this answer has the rest.")
    for actor, fields in zip(grid.actors, grid.fields, strict=True):
        row = f" {actor}: {_row_words(grid.topics, fields)}."
        if len(text) + len(row) > MOST_DESCRIBED - len(more):
            return text + more
        text += row
    return text


def grid_lines(grid: Grid) -> tuple[str, ...]:
    """The text twin: a line for each actor with everything the picture shows, dates included."""
    lines = [
        f"{actor}: {_row_words(grid.topics, fields, dated=True)}"
        for actor, fields in zip(grid.actors, grid.fields, strict=True)
    ]
    if grid.left_out:
        lines.append(
            ntr(
                "{n} more with fewer positions: ask with /positions.",
                "{n} more with fewer positions: ask with /positions.",
                grid.left_out,
            )
        )
    return tuple(lines)


def grid_title(grid: Grid) -> str:
    """What stands above it."""
    return tr("{topic}: who stands where", topic=grid.title)


def rests_on(grid: Grid) -> str:
    """What an empty field means, in how many articles was looked, and what a reader must know besides."""
    looked = ntr(
        "No entry: no statement found in {n} article.", "No entry: no statement found in {n} articles.", grid.articles
    )
    return " ".join((looked, *grid.notes))


def _row_words(topics: tuple[str, ...], fields: tuple[Field, ...], *, dated: bool = False) -> str:
    found = [
        f"{topic} {stance_words(field.stance)}{_when(field) if dated else ''}"
        for topic, field in zip(topics, fields, strict=True)
        if field.is_found
    ]
    return ", ".join(found)


def _when(field: Field) -> str:
    return f" ({day_words(field.as_of) if field.as_of else tr('undated')})"


def _field(position: Position | None) -> Field:
    if position is None:
        return Field(None, None, is_found=False)
    return Field(position.stance, position.as_of, is_found=True)


def _clear(positions: Iterable[Position]) -> int:
    return sum(position.stance not in (None, Stance.UNCLEAR) for position in positions)
