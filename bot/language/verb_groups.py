"""The verb group: auxiliaries, negation and adverbs before a verb, and what they make of it."""

import re
from typing import NamedTuple

from bot.language.noun_phrases import skip_time_back
from bot.language.tokens import Tokens

AUXILIARIES = frozenset("xedmXg")
_INSERTED = re.compile("(?:,a+,|(?<=[xm])[pu][DHnaMYAR]{0,4})$")  # "does, however, ...", "had for months ..."
_INSERTION_ENDS = frozenset(",puDHnaMYAR")
_LONGEST_INSERTION = 6  # tokens


class VerbGroup(NamedTuple):
    """The words before a verb that belong to it: where they start, and what they make of it."""

    start: int
    is_negated: bool
    is_unreal: bool
    is_passive: bool
    is_progressive: bool
    has_to: bool
    has_auxiliary: bool


def verb_group(tokens: Tokens, verb: int, low: int, unreal: frozenset[str]) -> VerbGroup:
    """What stands to the left of `verb` and belongs to it; `unreal` are the words that make it hypothetical."""
    tags = tokens.tags
    start, has_to = _group_start(tokens, verb, low)
    auxiliaries = [k for k in range(start, verb) if tags[k] in AUXILIARIES or tags[k] == "s"]
    if not auxiliaries:
        return VerbGroup(start, False, False, False, False, has_to, False)
    return VerbGroup(
        start,
        is_negated=any(tags[k] in "gX" for k in auxiliaries),
        is_unreal=any(tokens.lower(k) in unreal and not _is_had(tokens, k) for k in auxiliaries),
        is_passive=any(tags[k] in "es" and not _auxiliary_follows(tags, k, verb) for k in auxiliaries),
        is_progressive=any(tags[k] in "es" for k in auxiliaries),
        has_to=has_to,
        has_auxiliary=bool(auxiliaries),
    )


def _group_start(tokens: Tokens, verb: int, low: int) -> tuple[int, bool]:
    tags = tokens.tags
    at = verb - 1
    while at >= low:
        tag = tags[at]
        if at > low and tokens.lower(at) == "longer" and tokens.lower(at - 1) == "no":
            at -= 2
            continue
        if tag == "t":
            is_infinitive = at == verb - 1 or tags[at + 1] == "a"
            return (at, True) if is_infinitive else (at + 1, False)
        if tag == "Y":
            before = _auxiliary_before_time(tokens, at, low)
            if before is None:
                break
            at = before
        elif not (tag == "a" or tag in AUXILIARIES):
            if tag not in _INSERTION_ENDS:
                break
            inserted = _INSERTED.search(tags, max(low, at - _LONGEST_INSERTION), at + 1)
            if inserted is None or inserted.start() <= low or tags[inserted.start() - 1] not in AUXILIARIES:
                break
            at = inserted.start() - 1
        else:
            at -= 1
    return at + 1, False


def _auxiliary_before_time(tokens: Tokens, at: int, low: int) -> int | None:
    """ "was on Monday speaking": the auxiliary before a time phrase within the group."""
    before = skip_time_back(tokens, at, low)
    return before if low <= before < at and tokens.tags[before] in "ex" else None


def _is_had(tokens: Tokens, at: int) -> bool:
    """Whether a clitic 'd before a participle is had, not would ("he'd changed his mind")."""
    k = at + 1
    while k < len(tokens.tags) and tokens.tags[k] in "ag":
        k += 1
    return tokens.words[at] in ("'d", "’d") and tokens.tags[k : k + 1] in ("V", "v", "U")


def _auxiliary_follows(tags: str, at: int, verb: int) -> bool:
    return any(tags[k] in "xdm" for k in range(at + 1, verb))
