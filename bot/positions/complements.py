"""What follows a cue: the complement that is the content of a report."""

import re
from typing import NamedTuple

from bot.language.clauses import starts_clause
from bot.language.noun_phrases import noun_phrase_end
from bot.language.tokens import SPEECH, Tokens
from bot.positions.content_ends import clause_end, object_end
from bot.positions.cues import Cue

_NOMINAL = frozenset("DHnNMROAGlsVvBrZySwqEi")
_ASIDE = re.compile(rf"\([YM,]+\)|,(?:[YM]+(?:,M)?|[Glp][^,;:]{{1,9}})(?=,[q{SPEECH}])")
_ADJUNCTS = 4  # phrases of place, time and addressee between a cue and its clause


class Complement(NamedTuple):
    """Tokens `[first, last)` of the content, and the frame that found it."""

    first: int
    last: int
    frame: str


def complement_after(tokens: Tokens, at: int, high: int, cue: Cue) -> Complement | None:
    """The complement of `cue` that begins at or soon after token `at`."""
    k = at
    while k < high and (tokens.tags[k] in "aY" or _ends_date(tokens.tags, k)):
        k += 1
    if k >= high:
        return None
    for find in (_speech, _clause, _infinitive, _for_to, _person_to, _prepositional, _object):
        found = find(tokens, k, high, cue)
        if found is not None:
            return found if found.last > found.first else None
    return None


def _ends_date(tags: str, k: int) -> bool:
    """Whether the number at `k` is of a date ("reported June 19"), not of what follows ("said Monday 12 men ...")."""
    return tags[k - 1 : k + 1] == "YM" and tags[k + 1 : k + 2] in (",", ".", ")", "")


def _speech(tokens: Tokens, k: int, high: int, cue: Cue) -> Complement | None:
    """Direct speech, or a colon before it or before a clause."""
    tags, frames = tokens.tags, cue.frames
    spoken = k + (tags[k] in ",:")
    if spoken < high and tags[spoken] == SPEECH and frames & {"quote", "clause", "object"}:
        return Complement(spoken, spoken + 1, "quote")
    if tags[k] != ":":
        return None
    if k + 1 >= high:
        return Complement(k, k + 1, "intro") if "quote" in frames else None
    return Complement(k + 1, clause_end(tokens, k + 1, high), "colon") if "clause" in frames else None


def _clause(tokens: Tokens, k: int, high: int, cue: Cue) -> Complement | None:
    if "clause" not in cue.frames:
        return None
    if _is_marked_clause(tokens, k, high, cue):
        return Complement(k, clause_end(tokens, k, high), "clause")
    after = after_adjuncts(tokens, noun_phrase_end(tokens, k, high) if "person" in cue.frames else k, high)
    after = _after_aside(tokens, after, high)
    after += k < after < high - 1 and tokens.tags[after] == "," and tokens.tags[after + 1] in "q~"
    if k < after < high:
        found = _clause_after_adjuncts(tokens, after, high, cue)
        if found is not None:
            return found
    holds = cue.is_speech and _holds_clause(tokens.tags, k, high)
    if "bare" in cue.frames and (holds or starts_clause(tokens, k, high)):
        return Complement(k, clause_end(tokens, k, high), "bare")
    return None


def _is_marked_clause(tokens: Tokens, k: int, high: int, cue: Cue) -> bool:
    """Whether a clause with "that", a question word or "as if" begins at `k`; not "that" as a pronoun."""
    tags = tokens.tags
    if tags[k] == "q":
        return k + 1 < high and not (tags[k + 1] in "edmX,." and "object" in cue.frames)
    return tags[k] in "wi" or (tags[k] == "z" and tags[k + 1 : k + 2] in ("i", "j"))


def _clause_after_adjuncts(tokens: Tokens, k: int, high: int, cue: Cue) -> Complement | None:
    tags = tokens.tags
    spoken = _speech(tokens, k, high, cue)
    if spoken is not None:
        return spoken
    if tags[k] in "qwi":
        return Complement(k, clause_end(tokens, k, high), "clause")
    if tags[k] == "f" and "person" in cue.frames:
        return Complement(k + 1, object_end(tokens, k + 1, high), "about")
    if "bare" in cue.frames and starts_clause(tokens, k, high):
        return Complement(k, clause_end(tokens, k, high), "bare")
    return None


def _holds_clause(tags: str, k: int, high: int) -> bool:
    """Whether a noun phrase begins at `k` and a finite verb stands somewhere before the next comma."""
    if tags[k] not in "DHNSnMRE":
        return False
    end = next((j for j in range(k, high) if tags[j] in ",:;"), high)
    return end - k > 3 and any(tag in "xedmXVZv" for tag in tags[k + 1 : end])


def after_adjuncts(tokens: Tokens, k: int, high: int) -> int:
    """Token after adverbs and phrases of place, time and addressee ("in Berlin on Monday")."""
    for _ in range(_ADJUNCTS):
        after = _after_adjunct(tokens, k, high)
        if after == k:
            break
        k = after
    return k


def _after_aside(tokens: Tokens, k: int, high: int) -> int:
    """Token after a date or a participle between marks ("on Monday (May 4, 2031) that", "said, citing X, that")."""
    found = _ASIDE.match(tokens.tags, k, high)
    return k if found is None else found.end()


def _after_adjunct(tokens: Tokens, k: int, high: int) -> int:
    """Token after one adverb, time or prepositional phrase, `k` itself where none stands."""
    tags = tokens.tags
    while k < high and tags[k] in "aY":
        k += 1
    if k >= high or tags[k] not in "ptfb":
        return k
    end = noun_phrase_end(tokens, k + 1, high)
    if end == k + 1 and tags[k + 1 : k + 2] != "Y":
        return k
    while end < high and tags[end] in "YM":
        end += 1
    return end


def _infinitive(tokens: Tokens, k: int, high: int, cue: Cue) -> Complement | None:
    tags = tokens.tags
    is_infinitive = tags[k] == "t" or (tags[k] in "gX" and tags[k + 1 : k + 2] == "t")
    return Complement(k, clause_end(tokens, k, high), "to") if is_infinitive and "to" in cue.frames else None


def _for_to(tokens: Tokens, k: int, high: int, cue: Cue) -> Complement | None:
    """ "prefers for the talks to go on"."""
    if "to" not in cue.frames or tokens.lower(k) != "for":
        return None
    end = noun_phrase_end(tokens, k + 1, high)
    end += end == k + 1 and tokens.tags[k + 1 : k + 2] == "E"
    is_infinitive = end < high and tokens.tags[end] == "t"
    return Complement(k, clause_end(tokens, k, high), "to") if is_infinitive else None


def _person_to(tokens: Tokens, k: int, high: int, cue: Cue) -> Complement | None:
    """ "urged Norway to lift the ban"."""
    if "person_to" not in cue.frames:
        return None
    end = noun_phrase_end(tokens, k, high)
    while k < end < high and tokens.tags[end] in "ag":
        end += 1
    is_infinitive = k < end < high and tokens.tags[end] == "t" and tokens.tags[end + 1 : end + 2] not in tuple("NDHOY")
    return Complement(k, clause_end(tokens, k, high), "person-to") if is_infinitive else None


def _prepositional(tokens: Tokens, k: int, high: int, cue: Cue) -> Complement | None:
    if not cue.prepositions:
        return None
    if cue.rest:  # the preposition is part of the cue itself
        return _nominal(tokens, k, high, "about")
    if tokens.lower(k) in cue.prepositions and k + 1 < high:
        return _nominal(tokens, k + 1, high, "about")
    end = noun_phrase_end(tokens, k, high) if "person" in cue.frames else k
    if k < end < high - 1 and tokens.lower(end) in cue.prepositions and tokens.tags[end] != "t":
        return _nominal(tokens, end + 1, high, "about")
    return None


def _object(tokens: Tokens, k: int, high: int, cue: Cue) -> Complement | None:
    return _nominal(tokens, k, high, "object") if "object" in cue.frames else None


def _nominal(tokens: Tokens, k: int, high: int, frame: str) -> Complement | None:
    tags = tokens.tags
    if k >= high or tags[k] not in _NOMINAL:
        return None
    if tags[k] == "S" and tokens.lower(k) not in ("it", "you"):
        return None
    return Complement(k, object_end(tokens, k, high), frame)
