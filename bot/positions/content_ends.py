"""Where a content ends: the sentence's end, or where something else takes over."""

from bot.language.clauses import starts_clause
from bot.language.tokens import SPEECH, Tokens

_MARKS = ".,;:?-"
_FINITE = frozenset("xedmXVZvy")


def clause_end(tokens: Tokens, first: int, high: int) -> int:
    """Token after a clause that begins at `first`: the sentence's end or where another clause takes over."""
    tags = tokens.tags
    for k in range(first + 1, high):
        if tags[k] == ";" or (tags[k] == SPEECH and tags[k - 1] == ":"):
            return _without_marks(tags, first, k)
        if tags[k] == "," and k + 1 < high and _takes_over(tokens, k + 1, first, high):
            if (
                tags[k + 1] == "j"
                and not _has_finite(tags, first, k)
                and _has_finite(tags, tags.find(",", k + 1), high)
            ):
                continue  # "that X, though willing, would never"
            return k
    return _without_marks(tags, first, high)


def _has_finite(tags: str, low: int, high: int) -> bool:
    return low >= 0 and any(tag in _FINITE for tag in tags[low:high])


def _takes_over(tokens: Tokens, at: int, first: int, high: int) -> bool:
    """Whether what follows a comma is the narrator's again: a contrast, a participle that reports, another source."""
    tag = tokens.tags[at]
    if tag == "k":
        return starts_clause(tokens, at + 1, high)
    if tag == "G":
        return at - first > 3
    return tag in "jK"


def object_end(tokens: Tokens, first: int, high: int) -> int:
    """Token after a noun phrase with all that hangs on it, from `first`."""
    tags = tokens.tags
    in_clause = tags[first] in "wqi"
    resume = 0  # after the apposition that a comma opened
    for k in range(first + 1, high):
        tag = tags[k]
        if tag == ",":
            if k < resume or _is_list(tags, k, high):
                continue
            resume = _after_apposition(tags, k, high)
            if not resume:
                return k
        elif tag in "hqi" or (tag == "w" and tags[k - 1] in "nNRp,"):
            in_clause = True
        elif _ends_always(tags, k, high) or (not in_clause and _ends_phrase(tags, k)):
            return max(first + 1, _without_marks(tags, first, k - (tag in "VZ" and tags[k - 1] == "S")))
    return _without_marks(tags, first, high)


def _ends_always(tags: str, k: int, high: int) -> bool:
    return tags[k] in ";:-ujK" or (tags[k] == "c" and _verb_follows(tags, k, high))


def _ends_phrase(tags: str, k: int) -> bool:
    """Whether a finite verb or a contrast ends a noun phrase that holds no relative clause."""
    tag = tags[k]
    if tag in "kwedmX" or (tag == "x" and tags[k - 1] not in "SN"):
        return True
    if tag in "vVZy" and tags[k - 1] in "nNRZyB)" and tags[k + 1 : k + 2] in tuple("DHNSOq"):
        return True
    return tag in "VZ" and tags[k - 1] == "S"


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
    """Whether an "and" is followed by a verb with its complement, or by a subject."""
    k = conjunction + 1
    while k < high and tags[k] == "a":
        k += 1
    after = tags[k + 1] if k + 1 < high else " "
    if k < high and tags[k] in "SE":
        return True
    if after == " " or k >= high:
        return False
    return (tags[k] in "Br" and after in "DHSNO") or (tags[k] in "VZvyedmXx" and after in "DHSNOqtpnMz~:aGR")


def _without_marks(tags: str, first: int, last: int) -> int:
    while last > first and tags[last - 1] in _MARKS:
        last -= 1
    return last
