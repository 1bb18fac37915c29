"""Finite-state steps over classed tokens: verb groups, noun phrases, subjects, clause ends.

All functions take token indices; `low` and `high` bound the sentence. Word classes are explained in `tokens`.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.language.tokens import SPEECH, Tokens

VERBS = frozenset("VUZBGvyrl")
_FINITE = frozenset("VZvyxedmX")
_AUXILIARY = frozenset("xedmXg")
_NOUNISH = frozenset("nNMRAO)")
_ADJECTIVAL = frozenset("nNMRAla")
_POSTMODIFIER = frozenset("pbftaYzl")
_MAX_BACK = 45


class SubjectKind(StrEnum):
    """What a subject is on the page."""

    PHRASE = "phrase"
    PRONOUN = "pronoun"
    RELATIVE = "relative"  # who, which, that; `antecedent` says of whom


@dataclass(frozen=True, slots=True)
class Subject:
    """Tokens `[first, last)` that name who acts, and for a relative pronoun the tokens of its antecedent."""

    first: int
    last: int
    kind: SubjectKind
    antecedent: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """The words before a verb that belong to it: where they start, and what they make of it."""

    start: int
    is_negated: bool
    is_unreal: bool
    is_passive: bool
    is_progressive: bool
    has_to: bool
    has_auxiliary: bool


def verb_group(tokens: Tokens, verb: int, low: int, unreal: frozenset[str]) -> VerbGroup:
    """Auxiliaries, negation and adverbs to the left of `verb`."""
    tags = tokens.tags
    at = verb - 1
    negated = is_unreal = be = progressive = has_to = auxiliary = False
    while at >= low:
        tag = tags[at]
        if tag == "a" or (tag == "t" and at == verb - 1) or (tag == "t" and tags[at + 1] == "a"):
            has_to |= tag == "t"
        elif tag in _AUXILIARY:
            auxiliary = True
            negated |= tag in "gX"
            is_unreal |= tokens.lower(at) in unreal and not _is_had(tokens, at)
            be |= tag == "e" and not auxiliary_follows(tags, at, verb)
            progressive |= tag == "e"
        elif tag == "s" and at > low and tags[at - 1] in "SEhq":
            auxiliary = progressive = True
            be = True
        elif tag == "Y" and at > low and any(t in "ex" for t in tags[max(low, at - 4) : at]):
            before = skip_time_back(tokens, at, low)
            if before < low or tags[before] not in "ex":
                break
            at = before + 1
        else:
            break
        if has_to and tag == "t":
            at -= 1
            break
        at -= 1
    return VerbGroup(at + 1, negated, is_unreal, be, progressive, has_to, auxiliary)


def _is_had(tokens: Tokens, at: int) -> bool:
    """Whether a clitic 'd before a participle is had, not would ("he'd changed his mind")."""
    k = at + 1
    while k < len(tokens.tags) and tokens.tags[k] in "ag":
        k += 1
    return tokens.words[at] in ("'d", "’d") and tokens.tags[k : k + 1] in ("V", "v", "U")


def auxiliary_follows(tags: str, at: int, verb: int) -> bool:
    """Whether another auxiliary stands between `at` and the verb."""
    return any(tags[k] in "xdm" for k in range(at + 1, verb))


def skip_time_back(tokens: Tokens, at: int, low: int) -> int:
    """Index of the last token before a time phrase that ends at `at` ("on Tuesday", "last week", "in May 2016")."""
    tags = tokens.tags
    start = at
    while start >= low and tags[start] in "YM":
        start -= 1
    if start == at or not any(tags[k] == "Y" for k in range(start + 1, at + 1)):
        return at
    if start >= low and tokens.lower(start) in ("last", "this", "next", "late", "early", "on", "in", "since", "the"):
        start -= 1
    if start >= low and tags[start] == "p":
        start -= 1
    return start


def noun_phrase_start(tokens: Tokens, at: int, low: int) -> int | None:
    """First token of the noun phrase (with of- and other prepositional phrases) that ends with token `at`."""
    tags = tokens.tags
    k = at
    floor = max(low, at - _MAX_BACK)
    conjoined = False
    while k >= floor:
        tag = tags[k]
        if (
            tag in "nNMROA"
            or (tag == "s" and k > floor)
            or (tag == "a" and k < at)
            or (tag == "Y" and k < at and tags[k + 1] in "nN" and k > floor and tags[k - 1] not in "p")
        ):
            k -= 1
        elif tag in "DH":
            k -= 1
            while k >= floor and tags[k] in "DM":
                k -= 1
            if not (k > floor and tags[k] in "fp" and _ends_noun(tags, k - 1, floor)):
                break
        elif tag == ")" and "(" in tags[floor:k]:
            k = tags.rindex("(", floor, k) - 1
        elif tag in "fpt" and k < at and _ends_noun(tags, k - 1, floor):
            k -= 1
        elif tag == "b" and k < at and k > floor and tags[k - 1] in "VvU":
            k -= 2
        elif (
            tag == "c" and k < at and _ends_noun(tags, k - 1, floor) and not (tags[k + 1] == "N" and tags[k - 1] == "n")
        ):
            conjoined = True
            k -= 1
        elif (tag == "," and conjoined and _ends_noun(tags, k - 1, floor) and tags[k - 1] in "nN") or (
            tag in VERBS and _is_noun_like(tags, k, at, floor)
        ):
            k -= 1
        else:
            break
    start = _with_first_conjunct(tags, k + 1, floor)
    while start <= at and tags[start] in "aftpbc,s":
        start += 1
    if start > at:
        return None
    return _without_verbal_conjunct(tokens, start, at, low)


def _with_first_conjunct(tags: str, start: int, floor: int) -> int:
    """ "He and his envoy": a pronoun or name before the and, where it opens the clause, belongs to the subject."""
    if start - 2 < floor or tags[start - 1] != "c" or tags[start] not in "DH":
        return start
    first = start - 2
    if tags[first] == "N":
        while first > floor and tags[first - 1] == "N":
            first -= 1
    elif tags[first] != "S":
        return start
    return first if first == floor or tags[first - 1] in ",;:kq~" else start


def _ends_noun(tags: str, at: int, floor: int) -> bool:
    return at >= floor and (tags[at] in "nNMRO)DY" or (tags[at] in "yZBr" and at > floor and tags[at - 1] in "DHnRAM"))


def _is_noun_like(tags: str, k: int, at: int, floor: int) -> bool:
    """Whether a word with a verb's form is part of a noun phrase here."""
    tag = tags[k]
    before = tags[k - 1] if k > floor else " "
    after = tags[k + 1] if k < at else " "
    if tag in "VvU":
        return (before in "DHAsa,~; " and after in "nRNA") or (before in "nRN)" and after in "pbfta" and before != " ")
    if tag in "Zy":
        return before in "DHnRAsM" or (k < at and before == "N" and after == "f")
    if tag in "Br":
        return before in "DHnRAsNM" or after in "nR"
    if tag in "Gl":
        return before in "DHsAnR" or after in "nR"
    return False


def _without_verbal_conjunct(tokens: Tokens, start: int, at: int, low: int) -> int:
    """Drop "... Putin and" from "met Putin and Zelensky": there the and joins clauses, not names."""
    tags = tokens.tags
    before = start - 1
    if before >= low and (tags[before] in VERBS or tags[before] in "pt") and "c" in tags[start:at]:
        return tags.rindex("c", start, at) + 1
    if before >= low and tags[before] == "p" and (before == low or tags[before - 1] in ",;:kcq"):
        names = at
        while names > start and tags[names - 1] == "N":
            names -= 1
        if tags[at] == "N" and names > start and tags[names - 1] in "nRY":
            return names
    return start


def noun_phrase_end(tokens: Tokens, at: int, high: int) -> int:
    """Token after the noun phrase that starts at `at` (with of-phrases), `at` itself where none starts."""
    tags = tokens.tags
    k = at
    while k < high and tags[k] in "DM":
        k += 1
    if k < high and tags[k] in "H":
        k += 1
    if k < high and tags[k] in "SO":
        return k + 1
    start = k
    while k < high:
        tag = tags[k]
        if (
            tag in "nNMRA"
            or (tag == "s" and k > start)
            or (tag in "DH" and tags[k - 1] in "sfc")
            or (tag == "f" and k > at and k + 1 < high and tags[k + 1] in "nNMRADHOlvVBZ")
            or (
                tag in "yZrBlGvV"
                and k + 1 < high
                and (k == start or tags[k - 1] in "DHAnsf")
                and tags[k + 1] in "nNR"
                and k > at
            )
            or (tag in "ZyBr" and k > at and tags[k - 1] in "DHAs")
            or (tag == "c" and k > at and k + 1 < high and tags[k + 1] in "N" and tags[k - 1] == "N")
            or (tag == "a" and k == start and k + 1 < high and tags[k + 1] in "nA")
        ):
            k += 1
        else:
            break
    return k if k > at else at


def starts_clause(tokens: Tokens, at: int, high: int) -> bool:
    """Whether a noun phrase and then a finite verb begin at `at`."""
    tags = tokens.tags
    if at >= high:
        return False
    if tags[at] == "E":
        return True
    if tags[at] in "iuq":
        return True
    end = noun_phrase_end(tokens, at, high)
    if end == at:
        return False
    for _ in range(5):  # "the president of France in his speech on Monday will ..."
        while end < high and tags[end] in "aY":
            end += 1
        if end < high and tags[end] in "xedmXVZyv":
            return True
        if (
            end < high
            and tags[end] in "sBrU"
            and (tags[end - 1] in "SN" or (tags[end - 1] == "n" and tokens.words[end - 1].endswith("s")))
        ):
            return True
        if end < high and tags[end] in "pf":
            following = noun_phrase_end(tokens, end + 1, high)
            if following == end + 1:
                return False
            end = following
        else:
            return False
    return False


def subject_before(tokens: Tokens, at: int, low: int) -> Subject | None:
    """The subject whose last token is `at` or who stands before a parenthesis that ends at `at`."""
    tags = tokens.tags
    if at < low:
        return None
    at = skip_time_back(tokens, at, low)
    if at < low:
        return None
    tag = tags[at]
    if tag in ",-)":
        return _subject_before_parenthesis(tokens, at, low)
    if tag in "h" or (tag in "wq" and tokens.lower(at) in ("which", "that") and at > low):
        return _relative(tokens, at, low)
    if tag == "S":
        return Subject(at, at + 1, SubjectKind.PRONOUN)
    if tag == "D" and (at == low or tags[at - 1] in ",;:kcuq~-"):
        return Subject(at, at + 1, SubjectKind.PHRASE)
    if tag in _NOUNISH or tag in "ZyBrlGDs" or tag in "VvU":
        start = noun_phrase_start(tokens, at, low)
        if start is None:
            return None
        if start > low and tags[start - 1] in VERBS | _AUXILIARY:
            return _behind_relative(tokens, start - 1, at, low) or Subject(start, at + 1, SubjectKind.PHRASE)
        return Subject(start, at + 1, SubjectKind.PHRASE)
    return None


def _behind_relative(tokens: Tokens, verb: int, at: int, low: int) -> Subject | None:
    """ "people who back the plan" before the verb: the noun before the relative pronoun begins the subject."""
    tags = tokens.tags
    for k in range(verb, max(low, verb - 14), -1):
        if tags[k] in ",;:~-kcu":
            return None
        if tags[k] == "h" and k > low and tags[k - 1] in "nNRD":
            start = noun_phrase_start(tokens, k - 1, low)
            return None if start is None else Subject(start, at + 1, SubjectKind.PHRASE)
    return None


def _relative(tokens: Tokens, at: int, low: int) -> Subject | None:
    tags = tokens.tags
    end = at - 1
    if end >= low and tags[end] in "pf":  # "of whom"
        end -= 1
    if end >= low and tags[end] in ",-)":
        end -= 1
    if end < low or not (tags[end] in _NOUNISH or tags[end] in "DYZyBrl"):
        return Subject(at, at + 1, SubjectKind.RELATIVE) if tags[at] == "h" else None
    start = noun_phrase_start(tokens, end, low)
    if start is None:
        return None
    if tags[at] == "q" and tags[at - 1] == ",":
        return None
    if tags[at] == "h" and tags[end] == "N" and tags[end + 1] == "," and any(tag in "pt" for tag in tags[start:end]):
        start = end
        while tags[start - 1] == "N":
            start -= 1
    first, last = _head_of_apposition(tokens, start, end + 1, low)
    return Subject(at, at + 1, SubjectKind.RELATIVE, (first, last))


def _head_of_apposition(tokens: Tokens, start: int, last: int, low: int) -> tuple[int, int]:
    """For "Jane Doe, a former judge," take the name before the description."""
    tags = tokens.tags
    if start - 2 >= low and tags[start - 1] == "," and tags[start - 2] == "N" and tags[start] != "N":
        name = noun_phrase_start(tokens, start - 2, low)
        if name is not None and _is_boundary(tags, name - 1, low):
            return name, start - 1
    return start, last


def _is_boundary(tags: str, at: int, low: int) -> bool:
    return at < low or tags[at] in ",;:kcqui~-w(.p?" or tags[at] in VERBS


def _subject_before_parenthesis(tokens: Tokens, at: int, low: int) -> Subject | None:
    """The subject before an apposition or aside that ends with the comma, dash or bracket at `at`."""
    tags = tokens.tags
    mark = "(" if tags[at] == ")" else tags[at]
    opening = at
    for _ in range(6):
        opening = tags.rfind(mark, low, opening)
        if opening <= low:
            return None
        if SPEECH in tags[opening:at]:
            return None
        end = skip_time_back(tokens, opening - 1, low)
        if end < low:
            return None
        if tags[end] == "S":
            return Subject(end, end + 1, SubjectKind.PRONOUN)
        if tags[end] == "h":
            return _relative(tokens, end, low)
        if not (tags[end] in _NOUNISH or tags[end] in "ZyBrl"):
            continue
        start = noun_phrase_start(tokens, end, low)
        if start is None or not _is_boundary(tags, start - 1, low):
            continue
        first, last = _head_of_apposition(tokens, start, end + 1, low)
        return Subject(first, last, SubjectKind.PHRASE)
    return None


def clause_subject(tokens: Tokens, before: int, low: int) -> Subject | None:
    """Subject of the nearest finite verb to the left of `before`: who an -ing form or infinitive belongs to.

    A relative clause lends its subject only where no main clause does.
    """
    tags = tokens.tags
    relative: Subject | None = None
    for k in range(before - 1, low, -1):
        if tags[k] not in _FINITE:
            continue
        group = verb_group(tokens, k, low, frozenset())
        if group.start > low:
            subject = subject_before(tokens, group.start - 1, low)
            if subject is not None and subject.last <= k:
                if subject.kind is not SubjectKind.RELATIVE:
                    return subject
                relative = relative or subject
    return relative
