"""Answers made of evidence: quotes, a timeline, a ledger of shifts, two holders side by side."""

from dataclasses import dataclass
from enum import StrEnum

from bot.briefings.model import Window
from bot.positions.model import Contested, Evidence, Holder, Position, Shift


@dataclass(frozen=True, slots=True)
class Saying:
    """What one speaker said once, however often it was printed.

    `evidence` is the fullest and earliest print; `others` are further ones of the same words, in other articles;
    `independent` counts the voices among all of them: copies, and what rests on one agency, are one.
    """

    evidence: Evidence
    others: tuple[Evidence, ...]
    independent: int


@dataclass(frozen=True, slots=True)
class Quotes:
    """Words in the source's own quotation marks, newest first. `has_more` tells that older ones were left out."""

    dossier_id: str
    holder: Holder | None
    text: str | None
    sayings: tuple[Saying, ...]
    has_more: bool
    articles: int
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """What was said, day by day, newest first and undated last. `has_more` tells that older ones were left out."""

    dossier_id: str
    holder: Holder | None
    topic_id: str | None
    sayings: tuple[Saying, ...]
    has_more: bool
    articles: int
    edition: str | None = None


class Refusal(StrEnum):
    """Why a difference between two statements is not called a shift."""

    SPEAKER = "speaker"  # two who speak for the same side
    WORDING = "wording"  # only the reporters' accounts differ


@dataclass(frozen=True, slots=True)
class Unmoved:
    """Two statements of one side that differ, and why that is no shift."""

    holder: Holder
    topic_id: str
    before: Evidence
    after: Evidence
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class ShiftLedger:
    """Who moved, newest first; and what looks like a move and is none. `has_more` tells that older ones are left out.

    `window` bounds when the later of the two statements was published.
    """

    dossier_id: str
    window: Window
    shifts: tuple[Shift, ...]
    unmoved: tuple[Unmoved, ...]
    has_more: bool
    articles: int
    edition: str | None = None


class Verdict(StrEnum):
    """How two holders stand to each other on a topic. Only stances are compared, never wordings."""

    SAME = "same"
    OPPOSITE = "opposite"
    PARTLY = "partly"  # one of them on conditions
    OPEN = "open"  # one of them unclear, or a theme without a proposition
    ONE_SILENT = "one silent"


@dataclass(frozen=True, slots=True)
class Row:
    """Two holders on one topic; None where no statement was found."""

    topic_id: str
    first: Position | None
    second: Position | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two holders side by side, opposites first. `silent` are the topics on which neither was found to speak."""

    dossier_id: str
    first: Holder
    second: Holder
    topic_id: str | None
    rows: tuple[Row, ...]
    silent: tuple[str, ...]
    contested: tuple[Contested, ...]
    articles: int
    edition: str | None = None
