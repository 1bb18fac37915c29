"""Requests and answers of the services: plain data that commands, console and scheduler share.

`guild_id` of a request is the server that asks: it is answered from the operator's sources and its own. None is who
asks from outside of servers, and is answered from the operator's alone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from bot.articles.model import Citation
from bot.briefings.model import Briefing
from bot.schedules.model import Delivery, Schedule
from bot.services.health import FAILING, is_down
from bot.services.ports import SourceState
from bot.services.source_ports import FoundSource


@dataclass(frozen=True, slots=True)
class BriefRequest:
    """`since` is "24h", "7d", "2025-08-20" or "all"; topics and actors are names, ids or aliases as typed.

    `at` is the instant the window is counted from, None for now: a later page of a briefing asks as the first did.
    With `news_since` the window is what came in since then, whenever it was published (within days), and what the first
    load of a source brought is no news. What the channel `told_in` was told before `at` is not told again; `told` are
    the editions that hold it, where they are known already: those who ask alike share one answer.
    """

    topics: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    since: str = "24h"
    words: int | None = None
    items: int | None = None
    at: datetime | None = None
    guild_id: int | None = None
    news_since: datetime | None = None
    told_in: int | None = None
    told: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PositionsRequest:
    """At least one of actor and topic; `as_of` is a date ("2025-08-20"): what was known at its end."""

    actor: str | None = None
    topic: str | None = None
    as_of: str | None = None
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class QuotesRequest:
    """At least one of actor, text (words that stand in the quote) and topic."""

    actor: str | None = None
    text: str | None = None
    topic: str | None = None
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class TimelineRequest:
    """At least one of actor and topic."""

    actor: str | None = None
    topic: str | None = None
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShiftsRequest:
    """`since` as in a `BriefRequest`: when the later statement was published."""

    since: str = "all"
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """Two who speak, on one topic or on all."""

    first: str
    second: str
    topic: str | None = None
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class CatchUpRequest:
    """What is new for a member since it last looked; with `at`, what that was then."""

    member_id: int
    at: datetime | None = None
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """`query` is any line (see `read_query`); only what an actor said, on a topic, published since then."""

    query: str
    actor: str | None = None
    topic: str | None = None
    since: str = "all"
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class AskRequest:
    """A question in plain words."""

    question: str
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class Summed:
    """A summary of one text: sentences with their citations in the order of the text, out of so many."""

    lines: tuple[tuple[str, Citation], ...]
    sentences: int


@dataclass(frozen=True, slots=True)
class LoadProgress:
    """How far a load has come."""

    source: str
    read: int
    total: int | None
    statements: int


OnProgress = Callable[[LoadProgress], None]


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What one load of one source did. `failed` pairs a location with a reason; `error` is set if all of it failed.

    `summaries` are the articles of which the feed's summary alone is stored, as (why, how many).
    """

    source: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    folded: int = 0
    dropped_lines: int = 0
    statements: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    error: str | None = None
    summaries: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did, source by source."""

    sources: tuple[SourceReport, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as an admin sees it: with all that is remembered of it, and whether it is the server's own."""

    id: str
    name: str
    kind: str
    location: str
    status: str
    reason: str | None
    articles: int
    checked_at: datetime | None
    state: SourceState | None = None
    is_own: bool = False

    @property
    def is_failing(self) -> bool:
        """Whether it could not be read the last time, paused for that or not."""
        return self.status in FAILING or (self.state is not None and is_down(self.state))


@dataclass(frozen=True, slots=True)
class Proposal:
    """A source as it was found, and the key under which it can be saved."""

    key: str
    found: FoundSource


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list of feeds: names that are read from now on, names that were known, and what was refused."""

    added: tuple[str, ...]
    known: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """A schedule with its next run and its last outcome."""

    schedule: Schedule
    next_at: datetime | None
    last: Delivery | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a schedule would post now; without items that there is nothing new."""

    schedule: Schedule
    briefing: Briefing


@dataclass(frozen=True, slots=True)
class Delivered:
    """A delivery, and the schedule as it is by now."""

    schedule: Schedule
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class Status:
    """What the bot holds and how it fares."""

    version: str
    dossier: str
    articles: int
    undated: int
    stories: int
    statements: int
    newest: datetime | None
    sources: int
    sources_failing: int
    schedules: int
    database: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured: what and on how much, and how it came out."""

    what: str
    figure: str


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the bot was found to be, and when."""

    measured_on: date
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `doctor`. It is about the Discord channel `channel_id`, if that is given."""

    name: str
    ok: bool
    detail: str
    channel_id: int | None = None
