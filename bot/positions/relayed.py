"""Words that somebody is quoted as having said: "a paper quoted X as saying", "X was quoted by a paper as saying"."""

from collections.abc import Sequence

from bot.language.clauses import Subject, SubjectKind, subject_before
from bot.language.noun_phrases import noun_phrase_end
from bot.language.tokens import Tokens
from bot.language.verb_groups import verb_group
from bot.positions.reports import Report

QUOTED = "subject:quoted"
_VERBS = frozenset("VUZBv")


def quoted_person(tokens: Tokens, mark: int, low: int, unreal: frozenset[str]) -> Subject | None:
    """Who is quoted by the verb before the "as" at token `mark`; None where nobody is."""
    verb = _relaying_verb(tokens, mark, low)
    if verb is None:
        return None
    group = verb_group(tokens, verb, low, unreal)
    if group.is_negated or group.is_unreal:
        return None
    if group.is_passive:
        return subject_before(tokens, group.start - 1, low)
    end = noun_phrase_end(tokens, verb + 1, mark)
    if end == verb + 1:
        return None
    is_pronoun = end == verb + 2 and tokens.tags[verb + 1] in "SOH"
    return Subject(verb + 1, end, SubjectKind.PRONOUN if is_pronoun else SubjectKind.PHRASE)


def without_relays(tokens: Tokens, found: Sequence[Report], low: int) -> list[Report]:
    """The reports without those that only relay what another one holds: whoever quotes somebody says nothing."""
    if not any(one.rules[2] == QUOTED for one in found):
        return list(found)
    relayed = {_relaying_verb(tokens, one.cue[0] - 1, low) for one in found if one.rules[2] == QUOTED}
    return [one for one in found if not any(k is not None and one.cue[0] <= k < one.cue[1] for k in relayed)]


def _relaying_verb(tokens: Tokens, mark: int, low: int) -> int | None:
    return next((k for k in range(mark - 1, low, -1) if tokens.tags[k] in _VERBS), None)
