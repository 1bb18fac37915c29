"""Looks at every cue word of a sentence and asks the rule of its kind for a report."""

from collections.abc import Sequence

from bot.language.tokens import SPEECH, Tokens
from bot.positions.cues import CueBook
from bot.positions.fronted import asked_before
from bot.positions.model import Mode
from bot.positions.noun_reports import NounReports, read_signed, read_source, read_view
from bot.positions.relayed import without_relays
from bot.positions.reports import CUE_CLASSES, UNSAID, Report, Scope, settle
from bot.positions.verb_reports import VerbReports


class ReportFinder:
    """Finds reports in sentences by the compiled cues."""

    def __init__(self, cues: CueBook) -> None:
        self._cues = cues
        self._verbs = VerbReports(cues)
        self._nouns = NounReports(cues)

    def find(self, tokens: Tokens, low: int, high: int) -> list[Report]:
        """All reports of the sentence `[low, high)`, in order of their cues; none in a question."""
        if tokens.tags[high - 1] == "?" and SPEECH not in tokens.tags[low:high]:
            return []
        if tokens.lower(low) in self._cues.imagining and not _is_called(tokens, low + 1, high):
            return [] if SPEECH not in tokens.tags[low:high] else [_imagined(low, high)]
        if self._is_option(tokens, low) and SPEECH not in tokens.tags[low:high]:
            return []
        found: list[Report] = []
        scope = Scope(tokens, low, high, found)
        signed = read_signed(scope)
        if signed is not None:
            return [signed]
        asked = asked_before(tokens, low, high)
        for hit in CUE_CLASSES.finditer(tokens.tags, asked[1] if asked is not None else low, high):
            report = self._read(scope, hit.start())
            if report is not None:
                found.append(report)
        found = without_relays(tokens, found, low)
        return settle(tokens, [one for one in found if not _only_relays(one, found)], low)

    def _is_option(self, tokens: Tokens, low: int) -> bool:
        """Whether the sentence tells what one way of several would bring ("In the second, ..."): nobody does it yet."""
        opening = [word.lower() for word in tokens.words[low : low + 5]]
        return opening[:1] == ["in"] and bool(self._cues.options & set(opening[1:3])) and "," in opening[2:5]

    def _read(self, scope: Scope, at: int) -> Report | None:
        tag = scope.tags[at]
        if tag == "K":
            return read_source(scope, at)
        word = scope.tokens.lower(at)
        if tag == "A" or (tag == "p" and word in self._cues.adjectives):
            return self._verbs.read_adjective(scope, at)
        if word in self._cues.view_nouns:
            report = read_view(scope, at)
            if report is not None:
                return report
        report = self._verbs.read(scope, at) if word in self._cues.verbs else None
        if report is None and word in self._cues.verbs:
            report = self._verbs.read_unsaid(scope, at)
        if report is None and word in self._cues.nouns:
            report = self._nouns.read(scope, at)
        if report is None and word in self._cues.adjectives:
            report = self._verbs.read_adjective(scope, at)
        return report


def _only_relays(source: Report, found: Sequence[Report]) -> bool:
    """ "X, according to Y, said that ...": X says it, Y only relays it."""
    if source.rules[1] != "frame:source" or not source.content[0] < source.cue[0] < source.content[1]:
        return False
    return any(
        one.mode is Mode.INDIRECT
        and one.cue[0] > source.cue[1]
        and one.subject is not None
        and one.subject.last <= source.cue[0]
        for one in found
    )


def _imagined(low: int, high: int) -> Report:
    """All of a sentence like "Imagine a leader who says: ..."; nobody says it."""
    return Report("imagine", Mode.REPORTED, (low, low + 1), None, (low + 1, high), UNSAID, ("cue:imagine",))


def _is_called(tokens: Tokens, at: int, high: int) -> bool:
    """Whether a comma or 's makes the first word a name or an address; "Imagine, for a moment, that ..." is neither."""
    tags = tokens.tags
    if tags[at : at + 1] != ",":
        return tags[at : at + 1] == "s"
    comma = tags.find(",", at + 1, high)
    return comma < 0 or tags[comma + 1 : comma + 2] != "q"
