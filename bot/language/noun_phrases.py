"""Noun phrases in classed tokens, from either end. Word classes are explained in `tokens`."""

from bot.language.tokens import Tokens

VERBS = frozenset("VUZBGvyrl")
_PARTICIPLE = frozenset("VvU")
_MAX_BACK = 45  # tokens


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
    floor = max(low, at - _MAX_BACK)
    k = at
    conjoined = False
    while k >= floor:
        if tags[k] in "c,":
            step = _over_conjunction(tags, k, at, floor, conjoined)
            conjoined |= tags[k] == "c"
        else:
            step = _step_back(tags, k, at, floor)
        if step is None:
            break
        k, goes_on = step
        if not goes_on:
            break
    start = _with_first_conjunct(tags, k + 1, floor)
    if tags[start] == "N" and "c" in tags[start:at]:
        while start - 2 > floor and tags[start - 2 : start] == "N,":  # "the leaders of A, B and the C"
            start -= 2
        if tags[start - 1] in "fN" and start > floor:
            return noun_phrase_start(tokens, start, low)
    while start <= at and tags[start] in "aftpbc,s":
        start += 1
    return None if start > at else _without_verbal_conjunct(tokens, start, at, low)


def _step_back(tags: str, k: int, at: int, floor: int) -> tuple[int, bool] | None:
    """The token before the word at `k` if that word is part of the phrase, and whether the phrase may go on there."""
    tag = tags[k]
    if tag in "DH":
        return _over_determiner(tags, k, floor)
    if tag == ")":
        opening = tags.rfind("(", floor, k)
        return None if opening < 0 else (opening - 1, True)
    if tag == "b":  # "a report released by the agency"
        return (k - 2, True) if floor < k < at and tags[k - 1] in _PARTICIPLE else None
    return (k - 1, True) if _is_part(tags, k, at, floor) else None


def _is_part(tags: str, k: int, at: int, floor: int) -> bool:
    tag = tags[k]
    if tag in "nNMRA" or (tag == "O" and k == at):
        return True
    if tag in "fpt":
        return k < at and _ends_noun(tags, k - 1, floor)
    if tag == "s":
        return k > floor
    if tag == "a":
        return k < at
    if tag == "Y":
        return floor < k < at and tags[k + 1] in "nN" and tags[k - 1] != "p"
    return tag in VERBS and _is_noun_like(tags, k, at, floor)


def _over_determiner(tags: str, k: int, floor: int) -> tuple[int, bool]:
    """A determiner begins a phrase, unless it hangs on a preposition after another noun ("one of the men")."""
    k -= 1
    while k >= floor and tags[k] in "DM":
        k -= 1
    return k, k > floor and tags[k] in "fp" and _ends_noun(tags, k - 1, floor)


def _over_conjunction(tags: str, k: int, at: int, floor: int, conjoined: bool) -> tuple[int, bool] | None:
    """Whether an "and" or a comma joins nouns. A name after "and" and a common noun before it join clauses."""
    if k == at or not _ends_noun(tags, k - 1, floor):
        return None
    if tags[k] == "c":
        return None if tags[k + 1] == "N" and tags[k - 1] in "nR" else (k - 1, True)
    return (k - 1, True) if conjoined and tags[k - 1] in "nN" else None


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
    after = tags[k + 1] if k < at else "."
    if tag in _PARTICIPLE:
        return (before in "DHAsa,~; " and after in "nRNA") or (before in "nRN)" and after in "pbfta")
    if tag in "Zy":
        return before in "DHnRAsM" or (before == "N" and after == "f")
    if tag in "Br":
        return before in "DHnRAsNM" or after in "nR"
    return before in "DHsAnR" or after in "nR"


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
    if k < high and tags[k] == "H":
        k += 1
        if k < high and tags[k] == "S":  # "told her he would": her is whom
            return k
    if k < high and tags[k] in "SO":
        return k + 1
    start = k
    while k < high and _goes_on(tags, k, at, start, high):
        k += 1
    return k


def _goes_on(tags: str, k: int, at: int, start: int, high: int) -> bool:
    """Whether the word at `k` belongs to the phrase that began at `at`, after its determiners at `start`."""
    tag = tags[k]
    after = tags[k + 1] if k + 1 < high else "."
    before = tags[k - 1] if k > at else " "
    if tag in "nNMRA":
        return True
    if tag in "lGvVBZyr":
        return _is_noun_inside(tag, before, after, k == start)
    return (
        (tag == "s" and k > start)
        or (tag in "DH" and before in "sfc")
        or (tag == "f" and k > at and after in "nNMRADHOlvVBZ")
        or (tag == "c" and before == after == "N")
        or (tag == "a" and k == start and after in "nA")
    )


def _is_noun_inside(tag: str, before: str, after: str, opens: bool) -> bool:
    if before == " ":  # "talks have stalled": a noun with a verb's form opens the phrase
        return tag in "ZyB" and after in "xedmXVvf"
    if after in "nNR" and (opens or before in "DHAnsf" or (tag in "Br" and before == "N")):
        return True
    if tag in "Gl" and before in "DA":  # "told a briefing on Tuesday"
        return after in "pfYt.,;:)xedmX"
    return tag in "ZyBr" and (before in "DHAs" or (before in "nR" and after in "xedmX"))


def conjuncts(tags: str, first: int, last: int) -> list[tuple[int, int]]:
    """The parts of a coordination "X, Y and Z"."""
    parts: list[tuple[int, int]] = []
    start = first
    for k in range(first, last + 1):
        if k == last or tags[k] in "c,":
            if k > start:
                parts.append((start, k))
            start = k + 1
    return parts
