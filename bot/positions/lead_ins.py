"""Whose point a colon makes: "Kyiv's sequence is clear: ...", or bullets under "the Kremlin's demands:"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.language.clauses import Subject
from bot.language.spans import Span
from bot.language.tokens import SPEECH, Tokens
from bot.positions.cues import CueBook
from bot.positions.model import Mode, Speaker
from bot.positions.noun_reports import holder_before
from bot.positions.reports import Report

_BETWEEN = 6  # tokens between the noun and the colon


@dataclass(frozen=True, slots=True)
class LeadIn:
    """A holder's noun before a colon. `report` is what follows in the same sentence, None where bullets follow."""

    holder: Subject
    cue_span: Span | None
    report: Report | None
    speaker: Speaker | None = None


def find_colon_report(tokens: Tokens, low: int, high: int, cues: CueBook, reports: Sequence[Report]) -> LeadIn | None:
    """The lead-in of a sentence with a colon, if a noun before the colon has a holder."""
    tags = tokens.tags
    colon = tags.find(":", low, high)
    if colon < 0 or any(report.frame in ("quote", "colon", "intro") and report.cue[0] < colon for report in reports):
        return None
    for at in range(colon - 1, max(low, colon - _BETWEEN), -1):
        if tokens.words[at].lower() not in cues.colon_nouns:
            continue
        holder = holder_before(tokens, at, low)
        if holder is None:
            return None
        cue = (at, at + 1)
        if colon + 1 >= high:
            return LeadIn(holder, tokens.span(*cue), None)
        if tags[colon + 1] == SPEECH:
            return None
        last = high - (tags[high - 1] in ".?")
        rules = ("cue:" + tokens.words[at].lower(), "frame:colon", "subject:holder")
        report = Report(tokens.words[at].lower(), Mode.REPORTED, cue, holder, (colon + 1, last), "colon", rules)
        return LeadIn(holder, tokens.span(*cue), report) if last > colon + 1 else None
    return None


def find_listing(tokens: Tokens, high: int, reports: Sequence[Report]) -> LeadIn | None:
    """The lead-in of a sentence that ends with a report and a colon ("X wants three things:")."""
    if tokens.tags[high - 1] != ":" or not reports:
        return None
    last = reports[-1]
    if last.subject is None or last.frame not in ("object", "intro", "to", "about") or last.content[1] < high - 1:
        return None
    return LeadIn(last.subject, tokens.span(*last.cue), None)


def split_items(tokens: Tokens, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Token ranges of a bullet's items: its parts between semicolons."""
    first = low
    for k in range(low, high):
        if tokens.tags[k] == ";":
            if k > first:
                yield first, k
            first = k + 1
    last = high - (high > first and tokens.tags[high - 1] in ".?")
    if last > first:
        yield first, last
