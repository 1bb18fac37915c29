"""One edition, and the verbatim sentences in it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.articles.model import Citation
from bot.positions.model import Contested, Position, Shift


class WindowReason(StrEnum):
    """How the window of a briefing came about."""

    ASKED = "asked"  # exactly what was asked for
    SINCE_POST = "since-post"  # what came in since a schedule's last post
    NEWEST_DAY = "newest-day"  # the hours asked for held nothing, so the newest day that holds something
    EVERYTHING = "everything"  # `all`: undated articles too


@dataclass(frozen=True, slots=True)
class Window:
    """Half-open interval of publication time (aware UTC); None is unbounded."""

    start: datetime | None
    end: datetime | None
    reason: WindowReason
    asked: str  # as the person put it: "24h", "7d", "2025-08-20", "all"

    @property
    def includes_undated(self) -> bool:
        """Undated articles belong to an unbounded window alone."""
        return self.start is None

    def holds(self, at: datetime | None) -> bool:
        """Whether what was published at `at` belongs to it; None is undated."""
        if at is None:
            return self.includes_undated
        return (self.start is None or at >= self.start) and (self.end is None or at < self.end)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a briefing is about; empty tuples mean everything."""

    topics: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefingItem:
    """One verbatim sentence with its citations: its own first, then other outlets that carry the same sentence."""

    text: str
    citations: tuple[Citation, ...]
    topics: tuple[str, ...]
    actors: tuple[str, ...]
    score: float
    why: str
    voices: int = 1  # that tell of its event and do not copy each other


@dataclass(frozen=True, slots=True)
class Coming:
    """A verbatim stretch that names a day (in the publisher's calendar) for something planned."""

    on: date
    text: str
    citation: Citation
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing was found in the window from these principals (actor ids), nor from who speaks for them, on a topic."""

    topic_id: str
    actor_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles the window held, how many stories they folded to, sentences weighed, sources failing.

    `outlets` are those the articles appeared in, `nameless` the articles that name none. `sources` are the channels
    that are read (folders, feeds, pages), whether the window has anything of them or not.
    `repeats` are sentences that were told before and therefore left out. `left_out` are older articles of the window
    that were not read, because it holds so many; they are not among `articles`.
    """

    articles: int
    stories: int
    undated: int
    sentences: int
    sources: int
    sources_failing: int
    repeats: int = 0
    left_out: int = 0
    outlets: int = 0
    nameless: int = 0


@dataclass(frozen=True, slots=True)
class Briefing:
    """One edition: items best first, the positions they rest on, what shifted, what is contested,
    what is planned for days to come, and who was silent.

    `composed_at` is the instant its window was counted from, `words` the most words asked for, `news_since` the instant
    since which something was news for the channel `told_in`: with the scope and the window, all that is needed to ask
    for the same edition again.
    """

    dossier_id: str
    dossier_title: str
    scope: Scope
    window: Window
    items: tuple[BriefingItem, ...]
    positions: tuple[Position, ...]
    shifts: tuple[Shift, ...]
    contested: tuple[Contested, ...]
    counts: Counts
    composed_at: datetime | None = None
    words: int | None = None
    news_since: datetime | None = None
    told_in: int | None = None
    watch: tuple[Coming, ...] = ()
    silences: tuple[Silence, ...] = ()
    edition: str | None = None  # under which its lines can be proved; None where it was not kept
