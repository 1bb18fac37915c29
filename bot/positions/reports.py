"""Reports in one sentence: cue, subject and complement, found by the cue lexicon and finite-state grammar."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.language.clauses import (
    Subject,
    SubjectKind,
    VerbGroup,
    clause_subject,
    noun_phrase_end,
    noun_phrase_start,
    subject_before,
    verb_group,
)
from bot.language.tokens import SPEECH, Tokens
from bot.positions.complements import Complement, clause_end, complement_after, object_end
from bot.positions.cues import Cue, CueBook
from bot.positions.model import Mode

_CUES = re.compile("[VUZBGRAK]")
_CATENATIVE = "VZBGUvyrlap"  # what may stand before an infinitive whose subject is the sentence's
_AS_CLAUSE = 10  # tokens within which the comma after "as X put it" stands
_THIRD_PERSON = frozenset({"he", "she", "it"})


@dataclass(frozen=True, slots=True)
class Report:
    """One report within a sentence, in tokens. `subject` None: nobody is named."""

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


class ReportFinder:
    """Finds reports in sentences by the compiled cues."""

    def __init__(self, cues: CueBook, unreal: frozenset[str]) -> None:
        self._cues = cues
        self._unreal = unreal

    def find(self, tokens: Tokens, low: int, high: int) -> list[Report]:
        """All reports of the sentence `[low, high)`, in order of their cues; none in a question."""
        if high > low and tokens.tags[high - 1] == "?" and SPEECH not in tokens.tags[low:high]:
            return []
        found: list[Report] = []
        for hit in _CUES.finditer(tokens.tags, low, high):
            report = self._read(tokens, hit.start(), low, high, found)
            if report is not None:
                found.append(report)
        signed = _read_signed(tokens, low, high)
        if signed is not None:
            return [signed]
        return _settled(tokens, found, low)

    def _read(self, tokens: Tokens, at: int, low: int, high: int, before: Sequence[Report]) -> Report | None:
        word = tokens.words[at].lower()
        if tokens.tags[at] == "K":
            return _read_source(tokens, at, low, high)
        if tokens.tags[at] == "A":
            return self._read_adjective(tokens, at, word, low, high)
        if word in self._cues.verbs:
            report = self._read_verb(tokens, at, word, low, high, before)
            if report is not None:
                return report
        if word in self._cues.nouns:
            return self._read_noun(tokens, at, word, low, high)
        return self._read_adjective(tokens, at, word, low, high) if word in self._cues.adjectives else None

    # ------------------------------------------------------------------ verbs
    def _read_verb(
        self, tokens: Tokens, at: int, word: str, low: int, high: int, before: Sequence[Report]
    ) -> Report | None:
        group = verb_group(tokens, at, low, self._unreal)
        if _is_noun_here(tokens, at, group, low):
            return None
        as_clause = self._read_as_clause(tokens, at, word, low, high) if not before else None
        if as_clause is not None:
            return as_clause
        if group.is_passive and tokens.tags[at] in "VU":
            return self._read_passive(tokens, at, word, low, high, group)
        for cue in self._cues.verbs[word]:
            last = _after_phrase(tokens, at + 1, high, cue)
            if last is None or _is_unreported(cue, group, tokens, at, low):
                continue
            complement = complement_after(tokens, last, high, cue)
            if complement is None and "alone" not in cue.frames:
                continue
            if (
                complement is not None
                and complement.frame == "object"
                and self._is_adjunct(tokens, at, word, high, cue)
            ):
                continue
            subject, how = self._subject(tokens, at, group, low, before)
            if how == "none" and complement is not None and not complement.frame == "quote":
                continue
            if (subject is None and how == "none") or _is_reader(tokens, subject):
                continue
            if complement is None:
                complement = Complement(
                    subject.first if subject else group.start, clause_end(tokens, at, high), "alone"
                )
            return _report(cue, (group.start if not group.has_to else at, last), subject, complement, how)
        return self._read_fronted(tokens, at, word, low, high, group, before)

    def _is_adjunct(self, tokens: Tokens, at: int, word: str, high: int, cue: Cue) -> bool:
        """Whether a cue's preposition leads an adjunct, and a that-clause follows ("insisted on television that")."""
        if not cue.rest or tokens.tags[at + 1] != "p":
            return False
        simple = (c for c in self._cues.verbs[word] if not c.rest and "clause" in c.frames)
        found = (complement_after(tokens, at + 1, high, c) for c in simple)
        return any(c is not None and c.frame == "clause" and tokens.tags[c.first] == "q" for c in found)

    def _subject(
        self, tokens: Tokens, at: int, group: VerbGroup, low: int, before: Sequence[Report]
    ) -> tuple[Subject | None, str]:
        """The subject of the verb at `at`, and how it was found ("none" where it was not)."""
        tags = tokens.tags
        edge = group.start - 1
        if tags[at] == "G" and not group.is_progressive:
            if edge >= low and tags[edge] in "nNR)D" and not group.has_to:
                return subject_before(tokens, edge, low), "subject:absolute"
            return self._shared(
                tokens, edge + 1, low, before, "participle" if edge < low or tags[edge] not in "pf" else "gerund"
            )
        if group.has_to:
            if edge < low or tags[edge] not in _CATENATIVE:
                return None, "none"
            return self._shared(tokens, edge, low, before, "infinitive")
        subject = subject_before(tokens, edge, low)
        if subject is not None:
            if not _agrees(tokens, at, subject, group):
                return None, "none"
            return subject, f"subject:{subject.kind.value}"
        if edge >= low and tags[edge] in ",ck" and tags[at] in "VZ":
            return self._shared(tokens, edge, low, before, "coordination")
        return None, "none"

    def _shared(
        self, tokens: Tokens, edge: int, low: int, before: Sequence[Report], how: str
    ) -> tuple[Subject | None, str]:
        """The subject that this verb shares with an earlier one of the sentence."""
        subject = clause_subject(tokens, edge, low)
        if subject is None and before:
            subject = before[-1].subject
        return (subject, "subject:shared " + how) if subject is not None else (None, "none")

    def _read_fronted(
        self, tokens: Tokens, at: int, word: str, low: int, high: int, group: VerbGroup, before: Sequence[Report]
    ) -> Report | None:
        """ "..., X said." / "..., said X." / "~, X said": the content comes first."""
        if tokens.tags[at] not in "VZBU" or group.is_negated:
            return None
        edge = group.start - 1
        beside_speech = SPEECH in tokens.tags[max(low, edge - 8) : group.start]
        told = [c for c in self._cues.verbs[word] if beside_speech or {"clause", "quote"} & c.frames]
        matched = ((c, end) for c in told if (end := _after_phrase(tokens, at + 1, high, c)) is not None)
        cue, last = next(matched, (None, at))
        if cue is None:
            return None
        tags = tokens.tags
        subject = subject_before(tokens, edge, low) if edge >= low and tags[edge] not in ",~" else None
        if subject is None and edge >= low and tags[edge] == ",":
            subject = _inverted(tokens, last, high) or subject_before(tokens, edge, low)
        elif subject is None and edge >= low and tags[edge] == SPEECH:
            subject = _inverted(tokens, last, high)
        if subject is None or subject.kind is SubjectKind.RELATIVE:
            return None
        start = subject.first if subject.first < at else group.start
        content = _fronted_content(tokens, start, low, last, high, before)
        if content is None:
            return None
        frame = "quote" if content[1] - content[0] == 1 and tags[content[0]] == SPEECH else "fronted"
        if frame == "fronted" and not {"clause", "quote"} & cue.frames:
            return None
        how = "subject:inverted" if subject.first > at else f"subject:{subject.kind.value}"
        return _report(cue, (group.start, last), subject, Complement(*content, frame), how)

    def _read_as_clause(self, tokens: Tokens, at: int, word: str, low: int, high: int) -> Report | None:
        """ "As X put it, ...": the content is the main clause."""
        tags = tokens.tags
        if tags[low] != "z" or tags[at] not in "VZB":
            return None
        group = verb_group(tokens, at, low, self._unreal)
        subject = subject_before(tokens, group.start - 1, low + 1)
        for cue in self._cues.verbs[word]:
            last = _after_phrase(tokens, at + 1, high, cue)
            if last is None or subject is None or not {"clause", "quote"} & cue.frames:
                continue
            comma = tags.find(",", last, min(high, last + _AS_CLAUSE))
            if comma >= 0 and comma + 2 < high:
                content = Complement(comma + 1, clause_end(tokens, comma + 1, high), "as-clause")
                return _report(cue, (group.start, last), subject, content, f"subject:{subject.kind.value}")
        return None

    def _read_passive(self, tokens: Tokens, at: int, word: str, low: int, high: int, group: VerbGroup) -> Report | None:
        """ "The plan was rejected by X": the agent speaks, the subject is the content."""
        tags = tokens.tags
        k = at + 1
        while k < high and tags[k] in "aY":
            k += 1
        if k >= high or tags[k] != "b":
            return None
        end = noun_phrase_end(tokens, k + 1, high)
        patient = subject_before(tokens, group.start - 1, low)
        if end == k + 1 or patient is None:
            return None
        cue = next((c for c in self._cues.verbs[word] if "object" in c.frames and not c.rest), None)
        if cue is None or _is_unreported(cue, group, tokens, at, low):
            return None
        agent = Subject(k + 1, end, SubjectKind.PHRASE)
        content = patient.antecedent or (patient.first, patient.last)
        return _report(cue, (at, at + 1), agent, Complement(*content, "passive"), "subject:agent")

    # ------------------------------------------------------- adjectives, nouns
    def _read_adjective(self, tokens: Tokens, at: int, word: str, low: int, high: int) -> Report | None:
        group = verb_group(tokens, at, low, self._unreal)
        if not group.is_progressive or group.is_unreal:
            return None
        for cue in self._cues.adjectives[word]:
            last = _after_phrase(tokens, at + 1, high, cue)
            if last is None:
                continue
            complement = complement_after(tokens, last, high, cue)
            subject = subject_before(tokens, group.start - 1, low)
            if complement is None or complement.frame == "colon" or subject is None or _is_dummy(tokens, subject):
                continue
            return _report(cue, (group.start, last), subject, complement, f"subject:{subject.kind.value}")
        return None

    def _read_noun(self, tokens: Tokens, at: int, word: str, low: int, high: int) -> Report | None:
        cue = self._cues.nouns[word]
        tags = tokens.tags
        holder = holder_before(tokens, at, low)
        k = at + 1
        if holder is None and k + 1 < high and tags[k] in "fb":
            end = noun_phrase_end(tokens, k + 1, high)
            if end > k + 1 and end < high and tags[end] in "tq":
                holder, k = Subject(k + 1, end, SubjectKind.PHRASE), end
        if holder is None or k >= high or tokens.words[k].lower() not in cue.complements:
            return None
        if tags[k] == "t" and k + 1 < high and tags[k + 1] in "DHNO":
            return None
        first = k if tags[k] in "tq" else k + 1
        if first >= high or tags[first] in ".,;:":
            return None
        last = clause_end(tokens, first, high) if tags[k] == "q" else object_end(tokens, first, high)
        if last <= first:
            return None
        return Report(
            cue.lemma,
            cue.mode,
            (at, at + 1),
            holder,
            (first, last),
            "noun",
            ("cue:" + cue.lemma, "frame:noun", "subject:holder"),
        )


def _read_signed(tokens: Tokens, low: int, high: int) -> Report | None:
    """Speech signed with a dash and a name: "..." - Jane Doe, 25, Berlin."""
    tags = tokens.tags
    if tags[low] != SPEECH or tags[low + 1 : low + 2] != "-" or low + 2 >= high or tags[low + 2] != "N":
        return None
    end = low + 2
    while end < high and tags[end] == "N":
        end += 1
    subject = Subject(low + 2, end, SubjectKind.PHRASE)
    rules = ("cue:dash", "frame:quote", "subject:signature")
    return Report("dash", Mode.QUOTE, (low + 1, low + 2), subject, (low, low + 1), "quote", rules)


def _read_source(tokens: Tokens, at: int, low: int, high: int) -> Report | None:
    """ "According to X, ..." and "..., according to X"."""
    tags = tokens.tags
    if tags[at + 1 : at + 2] != "t" or at + 2 >= high:
        return None
    end = noun_phrase_end(tokens, at + 2, high)
    if end == at + 2:
        return None
    if at - low <= 1:
        comma = tags.find(",", end, high)
        first, last = (comma + 1, clause_end(tokens, comma + 1, high)) if 0 < comma < high - 2 else (0, 0)
    else:
        first, last = low, at - (tags[at - 1] in ",-")
    if last <= first:
        return None
    subject = Subject(at + 2, end, SubjectKind.PHRASE)
    rules = ("cue:according to", "frame:source", "subject:source")
    frame = "quote" if last - first == 1 and tags[first] == SPEECH else "fronted"
    return Report("according to", Mode.INDIRECT, (at, at + 2), subject, (first, last), frame, rules)


def _report(cue: Cue, where: tuple[int, int], subject: Subject | None, complement: Complement, how: str) -> Report:
    rules = (f"cue:{cue.lemma}", f"frame:{complement.frame}", how)
    return Report(cue.lemma, cue.mode, where, subject, (complement.first, complement.last), complement.frame, rules)


def _after_phrase(tokens: Tokens, at: int, high: int, cue: Cue) -> int | None:
    """Token after the cue's further words, None where they do not stand there."""
    if not cue.rest:
        return at
    if "..." in cue.rest:
        return _after_split_phrase(tokens, at, high, cue)
    if at + len(cue.rest) > high:
        return None
    if any(tokens.words[at + k].lower() != word for k, word in enumerate(cue.rest)):
        return None
    return at + len(cue.rest)


def _after_split_phrase(tokens: Tokens, at: int, high: int, cue: Cue) -> int | None:
    end = noun_phrase_end(tokens, at, high)
    tail = cue.rest[1:]
    for k in range(end, min(end + 5, high - len(tail) + 1)):
        if k > at and all(tokens.words[k + n].lower() == word for n, word in enumerate(tail)):
            return k + len(tail)
    return None


def _is_noun_here(tokens: Tokens, at: int, group: VerbGroup, low: int) -> bool:
    """Whether a word that could be a verb is a noun or participle by what stands before it."""
    tags = tokens.tags
    before = tags[at - 1] if at > low else " "
    if group.has_auxiliary or group.has_to:
        return False
    if tags[at] == "G":
        return before in "DHs" or (before == "f" and tags[at + 1 : at + 2] in "n")
    if tags[at] in "ZB":
        return before in "DHspfAbM" or (before == "t" and tags[at] == "Z")
    if tags[at] == "V":
        return before in "DHpfA" or (before == "s" and tags[at + 1 : at + 2] in "nR")
    return tags[at] == "U"


def _agrees(tokens: Tokens, at: int, subject: Subject, group: VerbGroup) -> bool:
    """Whether a present form fits its subject in number; a base form needs a plural or an auxiliary."""
    tag = tokens.tags[at]
    if group.has_auxiliary or group.has_to or tag not in "ZB":
        return True
    word = tokens.words[subject.last - 1].lower()
    if subject.kind is SubjectKind.RELATIVE:
        return True
    if subject.kind is SubjectKind.PRONOUN:
        return (word in _THIRD_PERSON) == (tag == "Z")
    plural = (
        word.endswith("s") or "c" in tokens.tags[subject.first : subject.last] or tokens.tags[subject.last - 1] == "D"
    )
    plural = plural or word in ("people", "police", "men", "women", "americans", "many", "some")
    if tag == "B":
        return plural or any(tokens.words[k].lower().endswith("s") for k in range(subject.first, subject.last))
    return not (plural and tokens.tags[subject.last - 1] in "nD" and subject.last - subject.first <= 2)


def _is_reader(tokens: Tokens, subject: Subject | None) -> bool:
    """Whether "you" is the subject: the reader at large, who says nothing."""
    return subject is not None and tokens.lower(subject.first) == "you"


def _is_dummy(tokens: Tokens, subject: Subject) -> bool:
    return tokens.words[subject.first].lower() in ("it", "there", "this", "that", "which")


def _is_unreported(cue: Cue, group: VerbGroup, tokens: Tokens, at: int, low: int) -> bool:
    """Whether the cue is negated, hypothetical or asked, so that nothing is reported."""
    if cue.is_speech and group.is_negated:
        return True
    if group.is_unreal and not group.is_negated:
        return True
    return tokens.tags[low] == "i" and "," not in tokens.tags[low:at]


def _inverted(tokens: Tokens, at: int, high: int) -> Subject | None:
    """The speaker after the verb: "said X"."""
    end = noun_phrase_end(tokens, at, high)
    if end == at:
        return None
    kind = SubjectKind.PRONOUN if tokens.tags[at] == "S" else SubjectKind.PHRASE
    return Subject(at, end, kind)


def _fronted_content(
    tokens: Tokens, start: int, low: int, after: int, high: int, before: Sequence[Report]
) -> tuple[int, int] | None:
    """The content in front of an attribution that starts at token `start`."""
    tags = tokens.tags
    if start - 1 >= low and tags[start - 1] == SPEECH:
        return start - 1, start
    if start - 1 > low and tags[start - 1] == "," and tags[start - 2] == SPEECH:
        return start - 2, start - 1
    if start - 1 <= low or tags[start - 1] not in ",-":
        return None
    if tags[low] == "z":
        return None
    first = low
    for report in before:
        if report.content[1] <= start and report.frame != "fronted" and report.subject is not None:
            return None
    if start - 1 - first < 3:
        end = clause_end(tokens, after, high)
        if after < high and tags[after] == "," and end - after > 3:
            return first, end
        return None
    if after < high and tags[after] == "," and after + 1 < high and tags[after + 1] in "edmXVZvyxpt":
        return first, clause_end(tokens, after, high)
    return first, start - 1


def holder_before(tokens: Tokens, at: int, low: int) -> Subject | None:
    """Whose noun it is: "X's repeated refusal", "his refusal", "US claims"."""
    tags = tokens.tags
    k = at - 1
    while k >= low and tags[k] in "anAvlVM" and at - k < 5:
        k -= 1
    if k < low:
        return None
    if tags[k] == "H":
        return Subject(k, k + 1, SubjectKind.PRONOUN)
    if tags[k] == "s":
        start = noun_phrase_start(tokens, k - 1, low) if k > low else None
        return None if start is None else Subject(start, k, SubjectKind.PHRASE)
    if tags[k] == "N" and k == at - 1:
        start = noun_phrase_start(tokens, k, low)
        if start is not None and (start == k or tags[start] in "DN"):
            return Subject(start, k + 1, SubjectKind.PHRASE)
    return None


def _settled(tokens: Tokens, found: list[Report], low: int) -> list[Report]:
    """Cut a content where the next attribution begins, and drop reports within another's clause."""
    kept: list[Report] = []
    for report in found:
        outer = next((k for k, other in enumerate(kept) if _holds(other, report)), None)
        if outer is None:
            kept.append(report)
            continue
        cut = _cut(tokens, kept[outer], report, low)
        if cut is not None:
            kept[outer] = replace(kept[outer], content=(kept[outer].content[0], cut))
            kept.append(report)
    return kept


def _holds(outer: Report, inner: Report) -> bool:
    first, last = outer.content
    return first <= inner.cue[0] < last


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
    if tags[edge] == "," and tags[low] in "ui" and inner.subject is not None and start == inner.subject.first:
        return edge
    shared = inner.rules[2].startswith("subject:shared")
    if tags[edge] in "ck," and shared and tags[inner.cue[0]] != "B":
        return edge - (tags[edge - 1] == ",")
    if tags[edge] in "k" and tags[edge - 1] == ",":
        return edge - 1
    return None
