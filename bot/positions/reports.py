"""Reports in one sentence: cue, subject and content, in tokens."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.language.clauses import Subject
from bot.language.tokens import SPEECH, Tokens
from bot.positions.complements import Complement
from bot.positions.cues import Cue
from bot.positions.model import Mode

UNSAID = "unsaid"  # the frame of what is denied or imagined to have been said
# Prepositions too, where they may be a predicate ("is against") or a verb ("would like").
_SAID = frozenset({"clause", "bare", "fronted", "quote", "colon", "as-clause", UNSAID})  # frames of what is uttered
CUE_CLASSES = re.compile("[VUZBGRAK]|(?<=[em])p|(?<=e[aD])p")


class Report(NamedTuple):
    """One report within a sentence, in tokens. `subject` None: nobody is named.

    `frame` says how the content was found; `rules` are the names of all rules that fired.
    """

    lemma: str
    mode: Mode
    cue: tuple[int, int]
    subject: Subject | None
    content: tuple[int, int]
    frame: str
    rules: tuple[str, ...]

    @property
    def is_quote(self) -> bool:
        """Whether the content is one stretch of direct speech."""
        return self.frame == "quote"


@dataclass(frozen=True, slots=True)
class Scope:
    """A sentence `[low, high)` under reading, with the reports found in it so far."""

    tokens: Tokens
    low: int
    high: int
    before: Sequence[Report]

    @property
    def tags(self) -> str:
        """Word classes of the whole text."""
        return self.tokens.tags

    def main_subject(self) -> Subject | None:
        """Subject of the last report that is not part of another one's content."""
        settled = settle(self.tokens, self.before, self.low)
        return settled[-1].subject if settled else None


def make_report(cue: Cue, where: tuple[int, int], subject: Subject | None, complement: Complement, how: str) -> Report:
    """A report by a cue of the lexicon."""
    rules = (f"cue:{cue.lemma}", f"frame:{complement.frame}", how)
    return Report(cue.lemma, cue.mode, where, subject, (complement.first, complement.last), complement.frame, rules)


def settle(tokens: Tokens, found: Sequence[Report], low: int) -> list[Report]:
    """Cut a content where the narrator's next attribution begins, and drop what is only part of what was said.

    Within the object of an attitude another holder's view stays: "rejected Russia's demand that ...".
    """
    kept: list[Report] = []
    for report in found:
        if report.frame == "fronted" and report.lemma != "according to":  # "They agreed, X said": X says so
            kept = [other for other in kept if other.frame == "quote" or not _holds(report, other)]
        outer = next((k for k, other in enumerate(kept) if _holds(other, report)), None)
        if outer is None:
            kept.append(report)
            continue
        cut = _cut(tokens, kept[outer], report, low)
        if cut is not None:
            kept[outer] = kept[outer]._replace(content=(kept[outer].content[0], cut))
            kept.append(report)
        elif _stands_within(kept[outer], report):
            kept.append(report)
    return kept


def _holds(outer: Report, inner: Report) -> bool:
    first, last = outer.content
    return first <= inner.cue[0] < last


def _stands_within(outer: Report, inner: Report) -> bool:
    if inner.rules[2] == "subject:caused":
        return True  # "the leak forced X to concede that ...": X concedes
    if inner.frame in ("gap", "relative-object"):
        return outer.frame != "clause" or inner.subject is not None
    if inner.subject is not None and inner.subject.first == outer.content[0] and outer.frame == "object":
        return True  # "contradicting US claims that ...": claims is a noun there
    return inner.frame == "noun" and outer.frame in ("object", "to", "about", "noun", "person-to", "alone")


def _cut(tokens: Tokens, outer: Report, inner: Report, low: int) -> int | None:
    """Where the outer content ends if the inner report is the narrator's again, not part of what was said."""
    tags = tokens.tags
    start = inner.cue[0]
    if inner.subject is not None and outer.content[0] < inner.subject.first < start:
        start = inner.subject.first
    edge = start - 1
    while edge > outer.content[0] and tags[edge] in "a":
        edge -= 1
    if edge <= outer.content[0] + 1:
        return None
    if inner.rules[2] == "subject:absolute" and tags[edge] == "p" and tags[edge - 1] == ",":
        return edge - 1  # "..., with X confirming that ..."
    has_subject = inner.subject is not None and start == inner.subject.first
    if tags[edge] == "," and tags[low] in "uij" and has_subject:
        return edge
    # "He dismisses it as theatre, and he refuses to sign"
    opens_clause = has_subject and tags[edge] == "c" and outer.frame not in _SAID
    shared = inner.rules[2].startswith("subject:shared")
    is_view_within = inner.mode is Mode.REPORTED and outer.frame in ("clause", "bare") and tags[edge] == "c"
    goes_on = tags[edge] in "ck," and shared and tags[inner.cue[0]] != "B" and not is_view_within
    if opens_clause or goes_on:
        return edge - (tags[edge - 1] == ",")
    if tags[edge] in "k" and tags[edge - 1] == ",":
        return edge - 1
    return None


def is_speech_at(tags: str, first: int, last: int) -> bool:
    """Whether the tokens `[first, last)` are one stretch of direct speech."""
    return last - first == 1 and tags[first] == SPEECH
