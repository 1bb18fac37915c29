"""What services need from the outside world. `bot.storage`, `bot.sources` and `bot.gateway` provide it."""

from collections.abc import AsyncIterator, Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.articles.model import Article, RawDocument, Story
from bot.articles.stories import Fingerprint
from bot.briefings.editions import Edition
from bot.briefings.findings import Match
from bot.dossier import Source
from bot.language.seeking import Group, Query
from bot.positions.model import Evidence, Reading

OPERATOR = 0  # the guild of what is made where the bot runs, for everybody: no server of Discord has this id


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What is stored of a document: enough to decide whether it must be read again."""

    article_id: str
    content_hash: str
    analyser: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One article with everything read from it, as stored. `analyser` is the digest of rules, lexicon and dossier."""

    article: Article
    reading: Reading
    fingerprint: Fingerprint
    analyser: str
    first_seen_at: datetime
    baseline: bool


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with its reading and the story that holds it, as it comes back."""

    article: Article
    reading: Reading
    story_id: str
    first_seen_at: datetime
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """An article of a window, before anything of it is read."""

    article_id: str
    published_at: datetime | None
    first_seen_at: datetime
    baseline: bool


@dataclass(frozen=True, slots=True)
class CorpusCounts:
    """Size of what is stored."""

    articles: int
    undated: int
    stories: int
    statements: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Revision:
    """What an article said until its publisher changed it."""

    replaced_at: datetime
    text: str


class Corpus(Protocol):
    """Articles, readings and stories. Every method is one transaction."""

    def without(self, source_ids: Collection[str]) -> "Corpus":
        """The corpus as who may not see these sources: no question is answered from their articles."""

    def refolded(self, stories: Sequence[Story]) -> "Corpus":
        """The corpus with these stories in the place of those that hold their articles: as one server wants it."""

    async def document_states(self, source_id: str) -> Mapping[str, DocumentState]:
        """State by location of every document of a source."""

    async def save(self, entries: Sequence[Entry]) -> None:
        """Insert or replace these articles and their readings; `first_seen_at` of a known article is kept."""

    async def remove(self, source_id: str, locations: Collection[str]) -> int:
        """Forget these documents; the number that was there."""

    async def fingerprints(self, article_ids: Collection[str] | None = None) -> tuple[Fingerprint, ...]:
        """Fingerprints of these articles (None: all), by article id."""

    async def save_stories(
        self, stories: Sequence[Story], *, among: Collection[str] | None = None, basis: str = ""
    ) -> str:
        """Make these the stories of the corpus, or of the articles `among`; the mark of this fold.

        `basis` stands for what decided besides the articles.
        """

    async def fold_mark(self) -> str | None:
        """The mark of the last fold: as long as it stands, nothing but the unfolded and the removed has changed."""

    async def fold_basis(self) -> str | None:
        """What the last fold was said to rest on, unless articles were removed since."""

    async def ids(self) -> frozenset[str]:
        """Of all articles."""

    async def unfolded_ids(self) -> tuple[str, ...]:
        """Of those that `unfolded` counts."""

    async def unfolded(self) -> int:
        """How many articles await `save_stories`: new or changed since, or left behind by a lead that was removed."""

    async def stories(self, article_ids: Collection[str] | None = None) -> tuple[Story, ...]:
        """Stories that hold any of these articles (None: all), by lead id."""

    async def articles_between(
        self, start: datetime | None, end: datetime | None, *, undated: bool
    ) -> tuple[StoredArticle, ...]:
        """Articles published in `[start, end)`, newest first then by id; undated ones last, where asked for."""

    async def listed_between(
        self, start: datetime | None, end: datetime | None, *, undated: bool, most: int | None = None
    ) -> tuple[Listed, ...]:
        """The same articles in the same order, unread; the first `most` of them."""

    async def number_between(self, start: datetime | None, end: datetime | None, *, undated: bool) -> int:
        """How many these are."""

    async def mark(self) -> Hashable:
        """Changes with everything that is stored or seen otherwise: under equal marks, equal questions have the same
        answers, in any process."""

    async def newest_published(self) -> datetime | None:
        """Publication time of the newest dated article."""

    async def newest_arrival(self, since: datetime) -> datetime | None:
        """Publication time of the newest dated article that came in at or after `since`, first loads left out."""

    async def arrivals(self, since: datetime) -> frozenset[str]:
        """Articles that came at or after `since`, but for those of a source's first load."""

    async def evidence(
        self,
        *,
        actor_ids: Collection[str] | None = None,
        names: Collection[str] | None = None,
        topic_ids: Collection[str] | None = None,
        until: datetime | None = None,
        latest: int | None = None,
    ) -> tuple[Evidence, ...]:
        """Statements of these speakers (by actor id or resolved name) on these topics published before `until`.

        None does not filter; undated ones always belong. Oldest first, undated first of all, then article id and place.
        Statements shown under no one (no actor, no name) are left out. With `latest`, only so many of each speaker on
        each topic, the newest; those on no topic are left out then. (An answer over 100,000 articles needs it.)
        """

    async def newest_evidence(
        self,
        *,
        actor_ids: Collection[str] | None = None,
        names: Collection[str] | None = None,
        topic_ids: Collection[str] | None = None,
        quoted: bool = False,
        containing: str | None = None,
        limit: int,
    ) -> tuple[Evidence, ...]:
        """The newest `limit` statements of these speakers on any of these topics, newest first, undated ones last.

        None does not filter. `quoted` keeps those with words in quotation marks; `containing` those whose passage may
        hold these words in this order: a coarse sieve that lets too much through (apostrophes, accents), never too
        little.
        """

    async def matches(
        self,
        query: Query,
        *,
        actor_ids: Collection[str] | None = None,
        names: Collection[str] | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        article_ids: Collection[str] | None = None,
        limit: int,
    ) -> tuple[Match, ...]:
        """The `limit` sentences that fit best, of articles published in `[start, end)`, in no order.

        With speakers only those within what is shown as a statement of theirs; with articles only their own.
        """

    async def frequencies(self, groups: Sequence[Group], most: int) -> tuple[int, ...]:
        """In how many sentences each group is fulfilled; `most` stands for as many or more."""

    async def evidence_in(
        self,
        article_ids: Collection[str],
        *,
        actor_ids: Collection[str] | None = None,
        names: Collection[str] | None = None,
    ) -> tuple[Evidence, ...]:
        """Statements of these speakers in these articles."""

    async def stored(self, article_ids: Collection[str]) -> tuple[StoredArticle, ...]:
        """These articles with their readings, those that are there, by id."""

    async def texts(self, article_ids: Collection[str]) -> Mapping[str, str]:
        """Stored text by article id."""

    async def revisions(self, article_id: str) -> tuple[Revision, ...]:
        """Former texts of an article, the one replaced last first."""

    async def find_articles(self, words: str, limit: int) -> tuple[Article, ...]:
        """Articles whose id, location or title begins with or contains `words`."""

    async def speakers(self) -> tuple[tuple[str | None, str, int], ...]:
        """(actor id, resolved name, number of statements) of everybody who speaks, most first."""

    async def counts(self) -> CorpusCounts:
        """Size of the corpus."""

    async def size(self) -> int:
        """How many articles there are: of the counts the one that is quick over any corpus."""


class Pause(StrEnum):
    """Why a source is not read in every round."""

    ASKED = "asked"  # somebody paused it: not read at all
    FAILING = "failing"  # it has failed for long: looked at now and then


@dataclass(frozen=True, slots=True)
class Tally:
    """What the last round over a source did, in numbers; `failed` pairs the first locations with their reasons.

    `summaries` are the articles of which the feed's summary alone is stored, as (why, how many).
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    dropped_lines: int = 0
    statements: int = 0
    unread: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    summaries: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source fared. `status` is a value of `SourceStatus`; `reason` says why in words.

    `failures` are those in a row, since `failing_since`. `news_at` is when an article came that was not known before;
    before `due_at`, if that is set, no periodic round reads the source.
    """

    source_id: str
    status: str
    reason: str | None
    checked_at: datetime | None
    succeeded_at: datetime | None
    failures: int
    articles: int
    failing_since: datetime | None = None
    news_at: datetime | None = None
    due_at: datetime | None = None
    pause: Pause | None = None
    tally: Tally = Tally()


class SourceStates(Protocol):
    """Memory of how each source fared."""

    async def all(self) -> Mapping[str, SourceState]:
        """State by source id."""

    async def record(self, state: SourceState) -> None:
        """Insert or replace."""

    async def forget(self, source_id: str) -> None:
        """Forget the state of a source that is gone."""


class Editions(Protocol):
    """Answers as they were given, so that each line can be proved later."""

    async def keep(self, edition: Edition) -> bool:
        """Remember an edition, or that it was given again; False if its id belongs to another one."""

    async def get(self, edition_id: str) -> Edition | None:
        """The edition with this id, as it was kept first."""

    async def newest(self, limit: int) -> tuple[Edition, ...]:
        """The editions given last, newest first, without their lines."""

    async def prune(self, before: datetime, most: int) -> int:
        """Forget those given last before `before`, and the oldest beyond `most`; how many that were."""


class Memory(Protocol):
    """Small facts that must survive a restart (the hash of the commands registered last, say)."""

    async def get(self, key: str) -> str | None: ...
    async def put(self, key: str, value: str) -> None: ...
    async def change(self, key: str, make: Callable[[str | None], str]) -> str:
        """Put what `make` makes of the value (None: there is none), in one transaction; the new value.

        Of several that change one key at a time, in any process, each finds what the one before has made.
        """
        ...


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that could not be had, and why. One never stops a load."""

    location: str
    reason: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The document at `location` is as it was when it was read last, and is not given again; None: all of them are."""

    location: str | None


@dataclass(frozen=True, slots=True)
class Visit:
    """What is remembered of an address, so that next time only a change must be sent.

    `etag` and `last_modified` are the server's, until `fresh_until` it need not be asked at all. `digest` stands for
    what led to the visit or came of it, as its reader likes. `note` says why the summary of the feed is all that
    could be stored; None where the document itself was read.
    """

    address: str
    visited_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    fresh_until: datetime | None = None
    digest: str = ""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """The last reading of a source that was stored to its end: its visits by address, and for which analyser.

    `repeated` are the lines that were learnt to be the source's furniture.
    """

    analyser: str
    visits: Mapping[str, Visit]
    repeated: frozenset[str]


class Rounds(Protocol):
    """Memory of the last round over each source."""

    async def last(self, source_id: str) -> Round | None:
        """The last one, if any."""

    async def keep(self, source_id: str, one: Round) -> None:
        """Put it in the place of the one before."""


Finding = RawDocument | Unreadable | Unchanged | Visit


class SourceReader(Protocol):
    """Reads a source of one kind. Yields documents, or says why one can't be read or need not be.

    A reader that asks servers yields a `Visit` for every address that is to be remembered; it is kept when all
    documents are stored, and replaces what was remembered before.
    """

    async def count(self, source: Source) -> int | None:
        """How many documents there are, where that is known beforehand (for progress)."""

    def documents(self, source: Source) -> AsyncIterator[Finding]:
        """All documents, in a fixed order. Raises `SourceError` if the source as a whole can't be read."""
