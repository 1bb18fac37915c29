"""Whether a cue word reports where it stands: noun or verb, agreement, negation, unreal and generic uses."""

from bot.language.clauses import Subject, SubjectKind
from bot.language.noun_phrases import noun_phrase_end, noun_phrase_start
from bot.language.tokens import Tokens
from bot.language.verb_groups import VerbGroup
from bot.positions.complements import Complement
from bot.positions.cues import Cue, CueBook
from bot.positions.model import Mode

WISHES = frozenset({"like", "love", "prefer", "rather", "welcome", "hate"})
_INVERTING = frozenset({"had", "were", "should"})
_DENYING = frozenset({"nor", "neither", "never", "not", "hardly", "once"})
_HEARSAY = 5  # tokens between a noun of hearsay and its that-clause
_SILENT_GROUP = 3  # tokens: "to say", "not to say"
_WOULD = frozenset({"would", "'d", "’d"})
_THIRD_PERSON = frozenset({"he", "she", "it"})
_PLURALS = frozenset({"people", "police", "men", "women", "americans", "many", "some", "most", "few", "others", "both"})


def phrase_end(tokens: Tokens, at: int, high: int, cue: Cue) -> int | None:
    """Token after the cue's further words, adverbs between them let through; None where they do not stand there."""
    if not cue.rest:
        return at
    if cue.rest[0] == "..." or "..." in cue.rest:
        return _split_phrase_end(tokens, at, high, cue)
    for word in cue.rest:
        while at < high and tokens.tags[at] == "a" and tokens.lower(at) != word:
            at += 1
        if at >= high or tokens.lower(at) != word:
            return None
        at += 1
    return at


def _split_phrase_end(tokens: Tokens, at: int, high: int, cue: Cue) -> int | None:
    gap = cue.rest.index("...")
    for word in cue.rest[:gap]:
        if at >= high or tokens.lower(at) != word:
            return None
        at += 1
    end = noun_phrase_end(tokens, at, high)
    tail = cue.rest[gap + 1 :]
    for k in range(end, min(end + 6, high - len(tail) + 1)):
        if k > at and all(tokens.lower(k + n) == word for n, word in enumerate(tail)):
            return k + len(tail)
    return None


def is_noun_here(tokens: Tokens, at: int, group: VerbGroup, low: int, high: int) -> bool:
    """Whether a word that could be a verb is a noun or participle by what stands beside it."""
    tags = tokens.tags
    if group.has_auxiliary or group.has_to:
        return False
    before = tags[at - 1] if at > low else " "
    after = tags[at + 1] if at + 1 < high else " "
    if tags[at] == "G":
        return before in "DHs" or (before == "f" and after == "n")
    if tags[at] in "ZB":
        is_singular = tags[at] == "B" and before in "nR" and not _is_of_many(tokens, at, low)
        is_counted = before in "DHspfAbM" or (before == "t" and tags[at] == "Z")
        return is_singular or is_counted or (after == "f" and before in "c,nRA")
    if tags[at] == "V":
        return before in "DHpfA" or (before == "s" and after in "nR")
    return tags[at] == "U"


def _is_of_many(tokens: Tokens, at: int, low: int) -> bool:
    """Whether the noun phrase before the verb at `at` is of many: by its last noun or by its head ("supporters of the
    fleet argue").
    """
    if _is_plural(tokens.lower(at - 1)):
        return True
    first = noun_phrase_start(tokens, at - 1, low)
    if first is None or (first > low and tokens.tags[first - 1] not in ",;:cqk"):
        return False
    head = next((k for k in range(first + 1, at) if tokens.tags[k] in "pf"), at) - 1
    return head < at - 1 and _is_plural(tokens.lower(head))


def _is_plural(word: str) -> bool:
    return word in _PLURALS or (word.endswith("s") and not word.endswith(("ss", "us")))


def agrees(tokens: Tokens, at: int, subject: Subject, group: VerbGroup) -> bool:
    """Whether a present form fits its subject in number; a base form needs a plural or an auxiliary."""
    tags = tokens.tags
    tag = tags[at]
    if group.has_auxiliary or group.has_to or tag not in "ZB":
        return True
    if subject.kind is SubjectKind.RELATIVE:
        return tag == "Z" or subject.antecedent is None or _is_plural(tokens.lower(subject.antecedent[1] - 1))
    word = tokens.lower(subject.last - 1)
    if subject.kind is SubjectKind.PRONOUN:
        return (word in _THIRD_PERSON) == (tag == "Z")
    last_tag = tags[subject.last - 1]
    has_plural = "c" in tags[subject.first : subject.last] or last_tag == "D" or _is_plural(word)
    if tag == "B":
        inner = (tokens.lower(k) for k in range(subject.first, subject.last) if tags[k] in "nNRZyM")
        return has_plural or any(_is_plural(one) for one in inner)
    return not (has_plural and last_tag in "nD" and subject.last - subject.first <= 2)


def is_unreported(cue: Cue, group: VerbGroup, tokens: Tokens, at: int, low: int) -> bool:
    """Whether the cue is negated, hypothetical or conditional, so that nothing is reported."""
    if cue.is_speech and group.is_negated:
        return True
    if group.is_unreal and not group.is_negated and not is_wish(tokens, group, at):
        return True
    return is_supposed(tokens, at, low)


def tells_nothing(tokens: Tokens, cue: Cue, complement: Complement, cues: CueBook) -> bool:
    """Whether a cue with this complement reports neither words nor a view."""
    if _is_silent(tokens, complement, cues.silence) or (cue.sense == "show" and _is_handed_over(tokens, complement)):
        return True
    return (
        cue.lemma in cues.citing
        and complement.frame in ("object", "bare")
        and _is_source(tokens, complement, cues.cited)
    )


def _is_source(tokens: Tokens, complement: Complement, cited: frozenset[str]) -> bool:
    """Whether names alone, or people and papers without a name, are cited ("two officials", "a report")."""
    first = complement.first + (tokens.tags[complement.first] in "vU")  # "unnamed diplomats"
    end = noun_phrase_end(tokens, first, complement.last)
    if "h" in tokens.tags[end : complement.last]:  # "citing a source who called it unwise"
        return False
    return set(tokens.tags[first:end]) == {"N"} or tokens.lower(end - 1) in cited


def is_silent_about(tokens: Tokens, complement: Complement, silence: frozenset[str]) -> bool:
    """Whether a clause follows that somebody did not want to say ("declined to say whether he supports it")."""
    clause = next((k for k in range(complement.first, complement.last) if tokens.tags[k] in "wqi"), complement.last)
    return clause - complement.first <= _SILENT_GROUP and _is_silent(tokens, complement, silence)


def _is_silent(tokens: Tokens, complement: Complement, silence: frozenset[str]) -> bool:
    """Whether somebody only refused to speak, or to be named ("declined to comment", "asked not to be named")."""
    k = complement.first
    while k < complement.last and (tokens.tags[k] in "gXta" or tokens.lower(k) == "be"):
        k += 1
    return complement.frame == "to" and k < complement.last and tokens.lower(k) in silence


def _is_handed_over(tokens: Tokens, complement: Complement) -> bool:
    """Whether somebody shows something to somebody: two noun phrases follow ("showed reporters a photograph")."""
    end = noun_phrase_end(tokens, complement.first, complement.last)
    return complement.frame == "object" and end < complement.last and tokens.tags[end] in "DH"


def is_supposed(tokens: Tokens, at: int, low: int) -> bool:
    """Whether the word at `at` stands in the if-clause that opens the sentence ("Had X ..." is one too)."""
    opens = tokens.tags[low] == "i" or _is_inverted_condition(tokens, low)
    return opens and "," not in tokens.tags[low:at]


def _is_inverted_condition(tokens: Tokens, low: int) -> bool:
    return tokens.lower(low) in _INVERTING and tokens.tags[low + 1 : low + 2] in tuple("NSDHnE")


def is_denied_by_order(tokens: Tokens, subject: Subject, low: int) -> bool:
    """Whether an auxiliary before the subject follows a no: "Nor has X said", "Never did X say"."""
    at = subject.first - 1
    return at > low and tokens.tags[at] in "xdme" and tokens.lower(at - 1) in _DENYING


def is_wish(tokens: Tokens, group: VerbGroup, at: int) -> bool:
    """Whether "would" makes a verb of wanting no less real: "would like to", "would prefer"."""
    return tokens.lower(at) in WISHES and has_would(tokens, group, at)


def has_would(tokens: Tokens, group: VerbGroup, at: int) -> bool:
    """Whether the verb at `at` stands with "would", which may tell of a habit too ("he would say: ...")."""
    return any(tokens.lower(k) in _WOULD for k in range(group.start, at))


def denial_start(tokens: Tokens, subject: Subject, low: int, evidence: frozenset[str]) -> int | None:
    """Where "no sign that X ..." begins before its subject; None where nothing denies the report."""
    at = subject.first - 1
    if at - 2 < low or tokens.lower(at) != "that" or tokens.lower(at - 1) not in evidence:
        return None
    k = at - 2
    while k > low and tokens.tags[k] in "nA":
        k -= 1
    return k if tokens.lower(k) in ("no", "little", "without") else None


def is_generic(tokens: Tokens, subject: Subject | None, nobody: frozenset[str], is_speech: bool) -> bool:
    """Whether the subject is nobody in particular: "anyone", "you", "a president who ..."."""
    if subject is None:
        return False
    if tokens.lower(subject.first) in nobody:
        return True
    if subject.antecedent is None or is_speech or tokens.tags[subject.first] != "h":
        return False
    return tokens.lower(subject.antecedent[0]) in ("a", "an", "any", "every", "no", "those", "anyone", "someone")


def is_conditional(tokens: Tokens, subject: Subject, low: int) -> bool:
    """Whether an "if" stands before the subject: what follows is supposed, not reported."""
    return subject.first > low and tokens.tags[subject.first - 1] == "i"


def is_hearsay(tokens: Tokens, subject: Subject, low: int, cues: CueBook, mode: Mode) -> bool:
    """Whether the narrator leaves open or only passes on what the subject holds ("whether X wants", "talk that X"), or
    that the subject said it ("rumours that X had said").
    """
    first = (subject.antecedent or (subject.first, 0))[0]
    if first <= low:
        return False
    before = tokens.lower(first - 1)
    if mode is Mode.REPORTED and before in cues.open_questions:
        return True
    told = tokens.words[max(low, first - 1 - _HEARSAY) : first - 1] if before == "that" else ()
    nouns = cues.hearsay if mode is Mode.REPORTED else cues.rumours
    return any(word.lower() in nouns for word in told)


def is_dummy(tokens: Tokens, subject: Subject) -> bool:
    """Whether the subject is an empty pronoun ("it is clear that")."""
    return tokens.lower(subject.first) in ("it", "there", "this", "that", "which")
