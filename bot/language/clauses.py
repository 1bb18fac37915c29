"""Subjects and clauses in classed tokens. All indices are tokens; `low` and `high` bound the sentence."""

from enum import StrEnum
from typing import NamedTuple

from bot.language.noun_phrases import VERBS, noun_phrase_end, noun_phrase_start, skip_time_back
from bot.language.tokens import SPEECH, Tokens
from bot.language.verb_groups import AUXILIARIES, verb_group

_FINITE = frozenset("VZvyxedmX")
_NOUNISH = frozenset("nNMRAO)")
_MAYBE_NOUN = frozenset("ZyBrl")
_ASIDES = 6  # commas looked back for the start of an aside
_RELATIVE_LIMIT = 14  # tokens of a relative clause within a subject
_PHRASES = 5  # prepositional phrases between a subject and its verb


class SubjectKind(StrEnum):
    """What a subject is on the page."""

    PHRASE = "phrase"
    PRONOUN = "pronoun"
    RELATIVE = "relative"  # who, which, that; `antecedent` says of whom


class Subject(NamedTuple):
    """Tokens `[first, last)` that name who acts, and for a relative pronoun the tokens of its antecedent."""

    first: int
    last: int
    kind: SubjectKind
    antecedent: tuple[int, int] | None = None


def starts_clause(tokens: Tokens, at: int, high: int) -> bool:
    """Whether a noun phrase and then a finite verb begin at `at`."""
    tags = tokens.tags
    if at >= high or tags[at] in "Eiujq":
        return at < high
    end = noun_phrase_end(tokens, at, high)
    if end == at:
        return False
    for _ in range(_PHRASES):  # "the president of France in his speech on Monday will ..."
        while end < high and tags[end] in "aY":
            end += 1
        if end >= high or _is_finite_here(tokens, end):
            return end < high
        following = noun_phrase_end(tokens, end + 1, high) if tags[end] in "pf" else end + 1
        following += following == end + 1 < high and tags[end] == "p" and tags[following] == "Y"
        if following == end + 1:
            return False
        end = following
    return False


def _is_finite_here(tokens: Tokens, at: int) -> bool:
    """Whether the word after a noun phrase is its finite verb; a base form needs a plural, name or pronoun before."""
    tags = tokens.tags
    if tags[at] in "xedmXVZyv":
        return True
    if tags[at] not in "sBrU":
        return False
    return tags[at - 1] in "SN" or (tags[at - 1] == "n" and tokens.words[at - 1].endswith("s"))


def subject_before(tokens: Tokens, at: int, low: int) -> Subject | None:
    """The subject whose last token is `at` or who stands before a parenthesis that ends at `at`."""
    tags = tokens.tags
    at = skip_time_back(tokens, at, low) if at >= low else at
    if at < low:
        return None
    tag = tags[at]
    if tag in ",-)":
        return _subject_before_aside(tokens, at, low)
    if tag == "h" or (at > low and tokens.lower(at) in ("which", "that")):
        return _relative(tokens, at, low)
    if tag == "S":
        return Subject(at, at + 1, SubjectKind.PRONOUN)
    if tag == "D" and (at == low or tags[at - 1] in ",;:kcujq~-"):
        return Subject(at, at + 1, SubjectKind.PHRASE)
    return _phrase_subject(tokens, at, low)


def _phrase_subject(tokens: Tokens, at: int, low: int) -> Subject | None:
    tags = tokens.tags
    if not (tags[at] in _NOUNISH or tags[at] in "ZyBrlGDsVvU"):
        return None
    start = noun_phrase_start(tokens, at, low)
    if start is None and tags[at] in "vVU":  # "an official who asked not to be named"
        start = _start_behind_relative(tokens, at, low)
    if start is None:
        return None
    verb = start - 1 - (start - 1 > low and tags[start - 1] in "pt")
    if verb > low and (tags[verb] in VERBS or tags[verb] in AUXILIARIES):
        behind = _start_behind_relative(tokens, verb, low)
        start = start if behind is None else behind
    return Subject(_start_behind_participle(tokens, start, low), at + 1, SubjectKind.PHRASE)


def _start_behind_participle(tokens: Tokens, start: int, low: int) -> int:
    """ "Lawyers representing X said", "a man held in X said", "X's successor as chancellor said": the noun before a
    participle or an "as" is who acts, not what stands beside it.
    """
    tags = tokens.tags
    verb = start - 1
    while verb > low and tags[verb] in "pteb":
        verb -= 1
    if verb <= low or tags[verb - 1] not in "nNRD)":
        return start
    is_past = tags[verb] in "vVU" and verb < start - 1 and tags[verb + 1] in "pb"
    is_as = tags[verb] == "z" and verb == start - 1 and set(tags[start : start + 2]) <= set("nA")
    if not (tags[verb] in "lG" or is_past or is_as):
        return start
    noun = noun_phrase_start(tokens, verb - 1, low)
    return start if noun is None or not _is_boundary(tags, noun - 1, low) else noun


def _start_behind_relative(tokens: Tokens, verb: int, low: int) -> int | None:
    """ "people who back the plan" before the verb: the noun before the relative pronoun begins the subject."""
    tags = tokens.tags
    for k in range(verb, max(low, verb - _RELATIVE_LIMIT), -1):
        if tags[k] in ",;:~-kcuj":
            return None
        if tags[k] == "h" and tags[k - 1] in "nNRD":
            return noun_phrase_start(tokens, k - 1, low)
    return None


def _relative(tokens: Tokens, at: int, low: int) -> Subject | None:
    """The subject "who", "which" or "that" with its antecedent."""
    tags = tokens.tags
    end = at - 1
    if end >= low and tags[end] in "pf":  # "of whom"
        end -= 1
    if end >= low and tags[end] in ",-)":
        end -= 1
    if end < low or not (tags[end] in _NOUNISH or tags[end] in _MAYBE_NOUN or tags[end] in "DY"):
        return Subject(at, at + 1, SubjectKind.RELATIVE) if tags[at] == "h" else None
    start = noun_phrase_start(tokens, end, low)
    if start is not None and start - 3 >= low and tags[start - 2 : start] == ",g":  # "It was X, not Y, who ..."
        end = start - 3
        start = noun_phrase_start(tokens, end, low)
    if start is None or (tags[at] == "q" and tags[at - 1] == ","):
        return None
    if tags[at] == "h" and tags[end] == "N" and tags[end + 1] == "," and any(tag in "pt" for tag in tags[start:end]):
        start = end  # "an impression on Kim, who ...": the name, not the impression
        while tags[start - 1] == "N":
            start -= 1
    return Subject(at, at + 1, SubjectKind.RELATIVE, _head_of_apposition(tokens, start, end + 1, low))


def _head_of_apposition(tokens: Tokens, start: int, last: int, low: int) -> tuple[int, int]:
    """For "Jane Doe, a former judge," take the name before the description."""
    tags = tokens.tags
    if start - 2 >= low and tags[start - 1] == "," and tags[start - 2] == "N" and tags[start] != "N":
        name = noun_phrase_start(tokens, start - 2, low)
        if name is not None and _is_boundary(tags, name - 1, low):
            return name, start - 1
    return start, last


def _is_boundary(tags: str, at: int, low: int) -> bool:
    return at < low or tags[at] in ",;:kcquji~-w(.p?" or tags[at] in VERBS


def _subject_before_aside(tokens: Tokens, at: int, low: int) -> Subject | None:
    """The subject before an apposition or aside that ends with the comma, dash or bracket at `at`."""
    tags = tokens.tags
    mark = "(" if tags[at] == ")" else tags[at]
    opening = at
    for _ in range(_ASIDES):
        opening = tags.rfind(mark, low, opening)
        if opening <= low or SPEECH in tags[opening:at]:
            return None
        end = skip_time_back(tokens, opening - 1, low)
        if end < low:
            return None
        subject = _subject_at(tokens, end, low)
        if subject is not None:
            return subject
    return None


def _subject_at(tokens: Tokens, end: int, low: int) -> Subject | None:
    """The subject that ends with token `end` and begins where a clause may begin."""
    tags = tokens.tags
    if tags[end] == "S":
        return Subject(end, end + 1, SubjectKind.PRONOUN)
    if tags[end] == "h":
        return _relative(tokens, end, low)
    if not (tags[end] in _NOUNISH or tags[end] in _MAYBE_NOUN):
        return None
    start = noun_phrase_start(tokens, end, low)
    if start is None or not _is_boundary(tags, start - 1, low):
        return None
    if start - 2 > low and tags[start - 1] == "p" and tags[start - 2] in "lGvVnN":  # "X, speaking beside Y, ..."
        return None
    return Subject(*_head_of_apposition(tokens, start, end + 1, low), SubjectKind.PHRASE)


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


def opening_subject(tokens: Tokens, low: int, high: int) -> Subject | None:
    """The noun phrase that opens a sentence, if it ends before token `high`."""
    end = noun_phrase_end(tokens, low, high)
    if end == low:
        return None
    kind = SubjectKind.PRONOUN if tokens.tags[low] == "S" else SubjectKind.PHRASE
    return Subject(low, end, kind)
