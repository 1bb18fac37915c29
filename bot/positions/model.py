"""Who said what, and where they stand: the data of the positions room."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.articles.model import Citation
from bot.language.sentences import Sentence
from bot.language.spans import Span

THEME_AROUND = "topic: theme of "  # how the rules begin that give a statement the theme of its surroundings


class Mode(StrEnum):
    """How a statement is given: own words, a reported speech act, or the narrator's account of acts and views."""

    QUOTE = "quote"
    INDIRECT = "indirect"
    REPORTED = "reported"


class Stance(StrEnum):
    """Stance towards a topic's proposition; unclear rather than a guess."""

    FOR = "for"
    AGAINST = "against"
    CONDITIONAL = "conditional"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a statement is attributed to.

    `text` is the surface form at `span` ("he", "the foreign minister"), `span` is None where nobody is named;
    `actor_id` is the dossier's actor, or None for others; `name` is the resolved name (None: shown under no one);
    `description` is what the article says of a person outside the dossier ("a former ambassador to Ukraine");
    `certainty` in [0, 1] with `why` in words.
    """

    text: str
    span: Span | None
    actor_id: str | None
    name: str | None
    description: str | None
    certainty: float
    why: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Content attributed to a speaker. All spans point into the article's text.

    `content` is what is said (for a quote: the words within the marks); `quote` is the verbatim part inside quotation
    marks, without them, or None. `topics` are dossier topic ids, best first. `stance` is towards the first topic's
    proposition, None where it has none. `rules` is the chain of rule names that fired, in order;
    `corrected` says who put it right, if somebody did.
    """

    sentence: int
    mode: Mode
    speaker: Speaker
    cue: str
    cue_span: Span | None
    content: Span
    quote: Span | None
    topics: tuple[str, ...] = ()
    stance: Stance | None = None
    shift: bool = False
    contested: bool = False
    rules: tuple[str, ...] = ()
    corrected: str | None = None

    def names(self, topic_id: str) -> bool:
        """Whether words of its own (or what stands beside them) name the topic."""
        return any(rule.startswith(f"topic: {topic_id} (") for rule in self.rules)

    @property
    def has_borrowed_theme(self) -> bool:
        """Whether its topic is only that of the text around it."""
        return any(rule.startswith(THEME_AROUND) for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A stretch that was not read, and why (an unclosed quotation mark, say)."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the rules understood of one article. `withdrawn` are sentences that are not to be quoted any more."""

    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...]
    skipped: tuple[Skipped, ...] = ()
    withdrawn: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement together with where it can be found. `text` is the article's text at `citation.span`.

    `citation.span` covers the whole sentence or sentences that hold the statement, so that it reads on its own;
    `quote` lies within it where the statement has words in quotation marks. `story_id` groups copies: two pieces of
    evidence with one story are one voice.
    """

    statement: Statement
    citation: Citation
    text: str
    story_id: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a position: a dossier actor (`actor_id` set) or somebody else the articles name."""

    actor_id: str | None
    name: str
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A holder's stance on a topic as of a date, with its evidence, the deciding one first.

    `as_of` is None for undated evidence. `independent` counts voices: copies of a text, and
    what rests on one agency, are one. `rule` names what decided.
    """

    holder: Holder
    topic_id: str
    stance: Stance | None
    as_of: datetime | None
    kind: Mode
    evidence: tuple[Evidence, ...]
    independent: int
    rule: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A position that differs from the one before. `before` is None where one sentence reports the change itself."""

    holder: Holder
    topic_id: str
    before: Evidence | None
    after: Evidence
    rule: str


@dataclass(frozen=True, slots=True)
class Contested:
    """A claims that B agreed; B, or B's acts, say otherwise."""

    topic_id: str | None
    claim: Evidence
    answer: Evidence | None
    rule: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the grid; `position` None means: no statement found."""

    holder: Holder
    topic_id: str
    position: Position | None


@dataclass(frozen=True, slots=True)
class Digest:
    """The positions of one actor over all topics, of everyone on one topic, or both."""

    dossier_id: str
    actor_id: str | None
    topic_id: str | None
    as_of: datetime | None
    cells: tuple[Cell, ...]
    shifts: tuple[Shift, ...]
    contested: tuple[Contested, ...]
    articles: int  # how many were read
    edition: str | None = None  # under which its lines can be proved; None where it was not kept
    undated_left_out: int = 0  # statements of which can't be known whether they were made before `as_of`
