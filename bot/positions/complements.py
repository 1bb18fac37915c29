"""What follows a cue: the complement that is the content of a report, and where it ends."""

from dataclasses import dataclass

from bot.language.clauses import starts_clause
from bot.language.noun_phrases import noun_phrase_end
from bot.language.tokens import SPEECH, Tokens
from bot.positions.cues import Cue

_NOMINAL = frozenset("DHnNMROAGls")
_FINITE = frozenset("VZvyedmX")
_STOPS = frozenset(".?;")


@dataclass(frozen=True, slots=True)
class Complement:
    """Tokens `[first, last)` of the content, and the frame that found it."""

    first: int
    last: int
    frame: str


def complement_after(tokens: Tokens, at: int, high: int, cue: Cue) -> Complement | None:
    """The complement of `cue` that begins at or soon after token `at`."""
    tags = tokens.tags
    k = at
    while k < high and tags[k] in "aY":
        k += 1
    if k >= high:
        return None
    tag = tags[k]
    frames = cue.frames
    if tag == SPEECH or (tag in ",:" and k + 1 < high and tags[k + 1] == SPEECH):
        k += tag != SPEECH
        return Complement(k, k + 1, "quote") if "quote" in frames or "clause" in frames or "object" in frames else None
    if tag == ":" and k + 1 >= high and "quote" in frames:
        return Complement(k, k + 1, "intro")
    if tag == ":" and "clause" in frames:
        return _checked(Complement(k + 1, clause_end(tokens, k + 1, high), "colon"))
    for find in (_clause, _infinitive, _prepositional, _object):
        found = find(tokens, k, high, cue)
        if found is not None:
            return _checked(found)
    return None


def _checked(found: Complement) -> Complement | None:
    return found if found.last > found.first else None


def _clause(tokens: Tokens, k: int, high: int, cue: Cue) -> Complement | None:
    tags, frames = tokens.tags, cue.frames
    if "clause" not in frames:
        return None
    if tags[k] == "q" and k + 1 < high and not (tags[k + 1] in "edmX,." and "object" in frames):
        return Complement(k, clause_end(tokens, k, high), "clause")
    if tags[k] in "wi" or (tags[k] == "z" and tokens.lower(k + 1 if k + 1 < high else k) in ("if", "though")):
        return Complement(k, clause_end(tokens, k, high), "clause")
    after = _after_adjuncts(tokens, k, high, "person" in frames)
    if after > k and after < high:
        if tags[after] == SPEECH or (tags[after] in ",:" and after + 1 < high and tags[after + 1] == SPEECH):
            after += tags[after] != SPEECH
            return Complement(after, after + 1, "quote")
        if tags[after] in "qwi":
            return Complement(after, clause_end(tokens, after, high), "clause")
        if tags[after] == ":":
            return Complement(after + 1, clause_end(tokens, after + 1, high), "colon")
        if tags[after] in "zf" and "person" in frames and tags[after] == "f":
            return Complement(after + 1, object_end(tokens, after + 1, high), "about")
        if "bare" in frames and starts_clause(tokens, after, high):
            return Complement(after, clause_end(tokens, after, high), "bare")
    if "bare" in frames and (starts_clause(tokens, k, high) or _holds_clause(tags, k, high)):
        return Complement(k, clause_end(tokens, k, high), "bare")
    return None


def _holds_clause(tags: str, k: int, high: int) -> bool:
    """Whether a noun phrase begins at `k` and a finite verb stands somewhere before the next comma."""
    if tags[k] not in "DHNSnMRE":
        return False
    comma = tags.find(",", k, high)
    end = comma if comma >= 0 else high
    return end - k > 3 and any(tag in "xedmXVZv" for tag in tags[k + 1 : end])


def _after_adjuncts(tokens: Tokens, k: int, high: int, takes_person: bool) -> int:
    """Token after addressee and adjuncts of place and time ("reporters in Berlin on Monday")."""
    tags = tokens.tags
    start = k
    if takes_person:
        k = noun_phrase_end(tokens, k, high)
    for _ in range(4):
        while k < high and tags[k] in "aY":
            k += 1
        if k < high and tags[k] in "ptf":
            end = noun_phrase_end(tokens, k + 1, high)
            if end == k + 1:
                if tags[k + 1 : k + 2] != "Y":
                    break
                end = k + 2
            k = end
            while k < high and tags[k] in "YM":
                k += 1
        else:
            break
    if k < high and tags[k] == "," and k > start and k + 1 < high and tags[k + 1] in "q~":
        k += 1
    return k


def _infinitive(tokens: Tokens, k: int, high: int, cue: Cue) -> Complement | None:
    tags, frames = tokens.tags, cue.frames
    if "to" in frames and tags[k] == "t":
        return Complement(k, clause_end(tokens, k, high), "to")
    if "to" in frames and tags[k] in "gX" and tags[k + 1 : k + 2] == "t":
        return Complement(k, clause_end(tokens, k, high), "to")
    if "to" in frames and tokens.lower(k) == "for":
        end = noun_phrase_end(tokens, k + 1, high)
        end += end == k + 1 and tags[k + 1 : k + 2] == "E"
        if end < high and tags[end] == "t":
            return Complement(k, clause_end(tokens, k, high), "to")
    if "person_to" in frames:
        end = noun_phrase_end(tokens, k, high)
        while end < high and tags[end] in "ag":
            end += 1
        if end > k and end < high and tags[end] == "t":
            return Complement(k, clause_end(tokens, k, high), "person-to")
    return None


def _prepositional(tokens: Tokens, k: int, high: int, cue: Cue) -> Complement | None:
    if not cue.prepositions:
        return None
    tags = tokens.tags
    if cue.sense == "speak-about":  # the preposition is part of the cue itself
        return _nominal(tokens, k, high, "about")
    if tokens.lower(k) in cue.prepositions and k + 1 < high:
        return _nominal(tokens, k + 1, high, "about")
    if "person" in cue.frames:
        end = noun_phrase_end(tokens, k, high)
        if end > k and end + 1 < high and tokens.lower(end) in cue.prepositions and tags[end] != "t":
            return _nominal(tokens, end + 1, high, "about")
    return None


def _object(tokens: Tokens, k: int, high: int, cue: Cue) -> Complement | None:
    return _nominal(tokens, k, high, "object") if "object" in cue.frames else None


def _nominal(tokens: Tokens, k: int, high: int, frame: str) -> Complement | None:
    tags = tokens.tags
    if k >= high or (tags[k] not in _NOMINAL and tags[k] not in "VvBrZySwqEi") or tags[k] in ".,;":
        return None
    if tags[k] == "S" and tokens.lower(k) in ("he", "she", "they", "we", "i"):
        return None
    return Complement(k, object_end(tokens, k, high), frame)


def clause_end(tokens: Tokens, first: int, high: int) -> int:
    """Token after a clause that begins at `first`: the sentence's end or where another clause takes over."""
    tags = tokens.tags
    for k in range(first + 1, high):
        tag = tags[k]
        if tag in ";" or (tag == SPEECH and tags[k - 1] in ":"):
            return _without_marks(tags, first, k)
        if tag == "," and k + 1 < high:
            following = tags[k + 1]
            if following == "k" and starts_clause(tokens, k + 2, high):
                return k
            if following == "u" and tokens.lower(k + 1) in ("while", "although", "though", "whereas"):
                return k
            if following == "G" and k - first > 2:
                return k
            if tokens.lower(k + 1) in ("according", "per"):
                return k
    return _without_marks(tags, first, high)


def object_end(tokens: Tokens, first: int, high: int) -> int:
    """Token after a noun phrase with all that hangs on it, from `first`."""
    tags = tokens.tags
    in_clause = tags[first] in "wqi"
    resume = 0  # after the apposition that a comma opened
    for k in range(first + 1, high):
        tag = tags[k]
        if tag in ";:-" or (tag in "k" and not in_clause):
            return _without_marks(tags, first, k)
        if tag == ",":
            if k < resume or _is_list(tags, k, high):
                continue
            resume = _after_apposition(tags, k, high)
            if not resume:
                return k
        elif tag in "hq" or (tag == "w" and tags[k - 1] in "nNRp,"):
            in_clause = True
        elif tag == "u" or (tag == "w" and not in_clause):
            return k
        elif tag == "c" and _verb_follows(tags, k, high):
            return k
        elif tag in "edmX" and not in_clause:
            return _without_marks(tags, first, k)
        elif tag in "vVZy" and not in_clause and tags[k - 1] in "nNRZyB)" and tags[k + 1 : k + 2] in tuple("DHNSOq"):
            return k if k > first + 1 else k + 1
        elif tag in "VZ" and not in_clause and tags[k - 1] in "S":
            return _without_marks(tags, first, k - 1)
        elif tokens.words[k] == "according":
            return k
    return _without_marks(tags, first, high)


def _after_apposition(tags: str, comma: int, high: int) -> int:
    """Token after ", Name," where the phrase goes on behind it ("accused the leader, Kim, of"); 0 where it does not."""
    k = comma + 1
    while k < high and tags[k] == "N":
        k += 1
    goes_on = k > comma + 1 and tags[k : k + 1] == "," and tags[k + 1 : k + 2] in tuple("fpzt")
    return k + 1 if goes_on else 0


def _is_list(tags: str, comma: int, high: int) -> bool:
    """Whether the comma stands in an enumeration that goes on with "and"."""
    k = comma + 1
    while k < high and tags[k] in "DHnNMRAasflGvp,":
        k += 1
    return k < high and tags[k] == "c" and k > comma + 1 and not _verb_follows(tags, k, high)


def _verb_follows(tags: str, conjunction: int, high: int) -> bool:
    k = conjunction + 1
    while k < high and tags[k] == "a":
        k += 1
    if k < high and tags[k] in "SE":
        return True
    if k + 1 < high and tags[k] in "Br" and tags[k + 1] in "DHSNO":
        return True
    return k + 1 < high and tags[k] in "VZvyedmXx" and tags[k + 1] in "DHSNOqtpnMz~:aGR"


def _without_marks(tags: str, first: int, last: int) -> int:
    while last > first and tags[last - 1] in ".,;:?-":
        last -= 1
    return last
