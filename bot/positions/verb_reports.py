"""Reports by verbs and adjectives: "X said that", "..., said X", "As X put it", "was rejected by X", "X is open to"."""

from bot.language.clauses import Subject, SubjectKind, clause_subject, subject_before
from bot.language.noun_phrases import VERBS, noun_phrase_end, noun_phrase_start
from bot.language.tokens import SPEECH, Tokens
from bot.language.verb_groups import VerbGroup, verb_group
from bot.positions.complements import Complement, complement_after
from bot.positions.content_ends import clause_end, object_end
from bot.positions.cues import Cue, CueBook
from bot.positions.fronted import read_fronted, read_inverted_lead
from bot.positions.relayed import QUOTED, quoted_person
from bot.positions.reports import UNSAID, Report, Scope, is_speech_at, make_report
from bot.positions.usage import (
    agrees,
    denial_start,
    has_would,
    is_conditional,
    is_denied_by_order,
    is_dummy,
    is_generic,
    is_hearsay,
    is_noun_here,
    is_silent_about,
    is_supposed,
    is_unreported,
    is_wish,
    phrase_end,
    tells_nothing,
)

_AS_CLAUSE = 10  # tokens within which the comma after "as X put it" stands
_RELATIVES = frozenset({"that", "which", "whom"})
_SAID_FRAMES = ("clause", "bare", "quote")
_ELLIPSIS = 4  # tokens: "as X said she would do"
_BESIDE = 8  # tokens back to speech that the sentence attributes


class VerbReports:
    """Reads a report at a verb or adjective of the cue lexicon."""

    def __init__(self, cues: CueBook) -> None:
        self._cues = cues
        self._denying = frozenset(
            word for word, own in cues.verbs.items() if any(one.lemma in cues.denying for one in own)
        )
        self._telling = frozenset(
            word for word, own in cues.verbs.items() if any("person" in one.frames for one in own)
        )

    def read(self, scope: Scope, at: int) -> Report | None:
        """The report whose cue begins with the verb at token `at`."""
        tokens = scope.tokens
        word = tokens.lower(at)
        group = verb_group(tokens, at, scope.low, self._cues.unreal)
        if is_noun_here(tokens, at, group, scope.low, scope.high) or self._is_owned_noun(scope, at):
            return None
        apart = self._read_as_clause(scope, at, word, group) or read_inverted_lead(
            scope, at, self._cues.verbs[word], group
        )
        if apart is not None:
            return apart
        if group.is_passive and scope.tags[at] in "VU" and not _is_perfect(tokens, at, group, scope.high):
            return self._read_passive(scope, at, word, group)
        tells, tagged = word in self._telling, None
        if tells or SPEECH in scope.tags[max(scope.low, group.start - _BESIDE) : group.start]:
            tagged = read_fronted(scope, at, self._cues.verbs[word], group)
            if tagged is not None and (tagged.is_quote or (tells and not self._tells_that(scope, at, word))):
                return tagged
        return (
            (self._read_denied(scope, at, word) if word in self._denying else None)
            or self._read_relative_object(scope, at, word, group)
            or self._read_active(scope, at, word, group)
            or (None if tells else tagged or read_fronted(scope, at, self._cues.verbs[word], group))
        )

    def _is_owned_noun(self, scope: Scope, at: int) -> bool:
        """ "Danish plans to ...": before an -s form a demonym without an article is no subject."""
        tokens, tags = scope.tokens, scope.tags
        is_bare = at > scope.low and (at - 1 == scope.low or tags[at - 2] not in "DN")
        return is_bare and tags[at] == "Z" and tokens.lower(at - 1) in self._cues.demonyms

    def _tells_that(self, scope: Scope, at: int, word: str) -> bool:
        """Whether what is told follows ("Asked about it, X told the paper that ..."), so that nothing before it is."""
        found = (complement_after(scope.tokens, at + 1, scope.high, one) for one in self._cues.verbs[word])
        return any(one is not None and one.frame == "clause" and scope.tags[one.first] == "q" for one in found)

    def read_unsaid(self, scope: Scope, at: int) -> Report | None:
        """What "did not say that ..." or "might say that ..." holds: nobody says it, nor anything within it."""
        tokens = scope.tokens
        group = verb_group(tokens, at, scope.low, self._cues.unreal)
        subject = subject_before(tokens, group.start - 1, scope.low)
        is_denied = group.is_negated or (subject is not None and is_denied_by_order(tokens, subject, scope.low))
        is_denied |= group.is_unreal and not is_wish(tokens, group, at)
        if is_noun_here(tokens, at, group, scope.low, scope.high):
            return None
        for cue in self._cues.verbs[tokens.lower(at)]:
            may_be = (is_denied and cue.is_speech) or "to" in cue.frames
            last = phrase_end(tokens, at + 1, scope.high, cue) if may_be else None
            complement = complement_after(tokens, last, scope.high, cue) if last is not None else None
            is_habit = complement is not None and complement.frame == "quote" and has_would(tokens, group, at)
            if complement is None or last is None:
                continue
            is_denied_here = is_denied and cue.is_speech and complement.frame in _SAID_FRAMES and not is_habit
            if is_denied_here or is_silent_about(tokens, complement, self._cues.silence):
                return make_report(cue, (at, last), subject, complement._replace(frame=UNSAID), "subject:unsaid")
        return None

    def read_adjective(self, scope: Scope, at: int) -> Report | None:
        """ "X is reluctant to ...": the report at the adjective at token `at`."""
        tokens = scope.tokens
        group = verb_group(tokens, at, scope.low, self._cues.unreal)
        if not group.is_progressive or group.is_unreal or _is_bare_be(tokens, group, at):
            return None
        if is_supposed(tokens, at, scope.low):
            return None
        for cue in self._cues.adjectives[tokens.lower(at)]:
            last = phrase_end(tokens, at + 1, scope.high, cue)
            if last is None:
                continue
            complement = complement_after(tokens, last, scope.high, cue)
            subject = subject_before(tokens, group.start - 1, scope.low)
            if complement is None or complement.frame == "colon" or subject is None or is_dummy(tokens, subject):
                continue
            if is_generic(tokens, subject, self._cues.nobody, is_speech=False):
                return None
            return make_report(cue, (group.start, last), subject, complement, f"subject:{subject.kind.value}")
        return None

    # ----------------------------------------------------------------- active
    def _read_active(self, scope: Scope, at: int, word: str, group: VerbGroup) -> Report | None:
        tokens = scope.tokens
        for cue in self._cues.verbs[word]:
            last = phrase_end(tokens, at + 1, scope.high, cue)
            if last is None or is_unreported(cue, group, tokens, at, scope.low):
                continue
            complement = complement_after(tokens, last, scope.high, cue)
            if complement is not None and tells_nothing(tokens, cue, complement, self._cues):
                return None
            if (complement is None and "alone" not in cue.frames) or self._is_adjunct(scope, at, word, cue, complement):
                continue
            subject, how = self._subject(scope, at, group)
            is_denied = cue.is_speech and subject is not None and is_denied_by_order(tokens, subject, scope.low)
            if is_denied or is_generic(tokens, subject, self._cues.nobody, cue.is_speech):
                return None
            if subject is None or is_conditional(tokens, subject, scope.low):
                continue
            if is_hearsay(tokens, subject, scope.low, self._cues, cue.mode):
                return None
            if "alone" in cue.frames:
                complement = Complement(min(subject.first, at), clause_end(tokens, at, scope.high), "alone")
            assert complement is not None
            denied = denial_start(tokens, subject, scope.low, self._cues.evidence)
            if denied is not None and cue.is_speech:
                return None
            if denied is not None:
                complement = Complement(denied, complement.last, "denied")
            return make_report(cue, (at if group.has_to else group.start, last), subject, complement, how)
        return None

    def _read_denied(self, scope: Scope, at: int, word: str) -> Report | None:
        """ "denied saying that ...", "denied ever having told": nobody says what follows."""
        tokens = scope.tokens
        k = at + 1
        while k < scope.high and (tokens.tags[k] in "ax" or tokens.lower(k) == "having"):
            k += 1
        is_form = k < scope.high and tokens.tags[k] in "GVU"
        if not is_form or not any(one.is_speech for one in self._cues.verbs.get(tokens.lower(k), ())):
            return None
        cue = next(one for one in self._cues.verbs[word] if one.lemma in self._cues.denying)
        content = Complement(at + 1, clause_end(tokens, k, scope.high), UNSAID)
        return make_report(cue, (at, at + 1), None, content, "subject:unsaid")

    def _is_adjunct(self, scope: Scope, at: int, word: str, cue: Cue, complement: Complement | None) -> bool:
        """Whether a cue's preposition leads an adjunct, and a that-clause follows ("insisted on television that")."""
        if complement is None or complement.frame != "object" or not cue.rest or scope.tags[at + 1] != "p":
            return False
        simple = (c for c in self._cues.verbs[word] if not c.rest and "clause" in c.frames)
        found = (complement_after(scope.tokens, at + 1, scope.high, c) for c in simple)
        return any(c is not None and c.frame == "clause" and scope.tags[c.first] == "q" for c in found)

    def _subject(self, scope: Scope, at: int, group: VerbGroup) -> tuple[Subject | None, str]:
        """The subject of the verb at `at`, and the rule that found it."""
        tokens, tags, low = scope.tokens, scope.tags, scope.low
        edge = group.start - 1
        if tags[at] == "G" and not group.is_progressive:
            return self._participle_subject(scope, edge, group)
        if group.has_to and self._is_catenative(tokens, edge, low):
            return self._shared(scope, edge + 1, "infinitive")
        if group.has_to:
            caused = self._caused(scope, edge)
            return (caused, "subject:caused") if caused is not None else (None, "")
        subject = subject_before(tokens, edge, low)
        if subject is not None:
            return (subject, f"subject:{subject.kind.value}") if agrees(tokens, at, subject, group) else (None, "")
        if edge >= low and tags[edge] in ",ck" and tags[at] in "VZ":
            return self._shared(scope, edge, "coordination")
        return None, ""

    def _participle_subject(self, scope: Scope, edge: int, group: VerbGroup) -> tuple[Subject | None, str]:
        tags = scope.tags
        if edge > scope.low and tags[edge] in "nNR)D" and not group.has_to:
            own = subject_before(scope.tokens, edge, scope.low)
            is_object = own is not None and own.first > scope.low and tags[own.first - 1] in VERBS
            return (None, "") if is_object else (own, "subject:absolute")  # "the terms include X recognizing it"
        if edge > scope.low and tags[edge] == "z":
            return quoted_person(scope.tokens, edge, scope.low, self._cues.unreal), QUOTED
        if edge >= scope.low and (tags[edge] == "f" or scope.tokens.lower(edge) == "from"):
            return None, ""  # "refrained from criticising", "went from opposing it to asking how": not, or no longer
        if edge - 2 > scope.low and tags[edge - 1] == "," and tags[edge] in "pu" and tags[edge - 2] in "NS":
            beside = subject_before(scope.tokens, edge - 2, scope.low)  # "what X, after insisting on it, ..."
            if beside is not None:
                return beside, "subject:beside gerund"
        is_gerund = edge >= scope.low and tags[edge] in "p"
        if is_gerund and "i" in tags[max(scope.low, tags.rfind(",", scope.low, edge)) : edge]:
            return None, ""  # "... if they cut aid as punishment for rejecting it": only supposed
        return self._shared(scope, edge + 1, "gerund" if is_gerund else "participle")

    def _is_catenative(self, tokens: Tokens, edge: int, low: int) -> bool:
        if edge < low:
            return False
        words = [tokens.lower(edge)]
        if edge > low:
            words.append(tokens.lower(edge - 1) + " " + words[0])
        return any(word in self._cues.catenatives for word in words)

    def _caused(self, scope: Scope, edge: int) -> Subject | None:
        """ "The attack led the minister to fear ...": whom a cause brought to it."""
        tokens, low = scope.tokens, scope.low
        verb = next((k for k in range(edge - 1, low, -1) if tokens.lower(k) in self._cues.causatives), low)
        if verb == low or noun_phrase_end(tokens, verb + 1, scope.high) != edge + 1:
            return None
        group = verb_group(tokens, verb, low, self._cues.unreal)
        if group.is_negated or group.is_unreal or group.has_to or group.is_passive:
            return None
        return Subject(
            verb + 1,
            edge + 1,
            SubjectKind.PRONOUN if edge == verb + 1 and tokens.tags[edge] in "SO" else SubjectKind.PHRASE,
        )

    def _shared(self, scope: Scope, edge: int, how: str) -> tuple[Subject | None, str]:
        """The subject that this verb shares with an earlier one of the sentence, the main clause's first."""
        subject = clause_subject(scope.tokens, edge, scope.low)
        main = scope.main_subject()
        if main is not None and (subject is None or _is_inside_content(scope, subject)):
            subject = main
        return (subject, f"subject:shared {how}") if subject is not None else (None, "")

    # ---------------------------------------------------------- other orders
    def _read_relative_object(self, scope: Scope, at: int, word: str, group: VerbGroup) -> Report | None:
        """ "the plan that X rejects", "a summit that X says will come": the content is around the relative clause."""
        tokens, tags = scope.tokens, scope.tags
        if tags[at] not in "VZB" or group.has_to or _RELATIVES.isdisjoint(tokens.words[scope.low : at]):
            return None
        subject = subject_before(tokens, group.start - 1, scope.low)
        if subject is None or subject.kind is SubjectKind.RELATIVE or not agrees(tokens, at, subject, group):
            return None
        if tags[subject.last - 1] != "N" and is_generic(tokens, subject, self._cues.nobody, is_speech=False):
            return None  # "a treaty that neither side likes"; but "which neither Moscow accepts nor ..."
        pronoun = subject.first - 1
        if pronoun <= scope.low or tokens.lower(pronoun) not in _RELATIVES:
            return None
        for cue in self._cues.verbs[word]:
            last = phrase_end(tokens, at + 1, scope.high, cue)
            if last is None or is_unreported(cue, group, tokens, at, scope.low):
                continue
            found = _around_relative(scope, pronoun, last, cue)
            if found is not None:
                return make_report(cue, (group.start, last), subject, found, f"subject:{subject.kind.value}")
        return None

    def _read_as_clause(self, scope: Scope, at: int, word: str, group: VerbGroup) -> Report | None:
        """ "As X put it, ..." and "..., as X put it": the content is the main clause."""
        tokens, tags = scope.tokens, scope.tags
        if tags[at] not in "VZB" or "z" not in tags[scope.low : at]:
            return None
        subject = subject_before(tokens, group.start - 1, scope.low)
        opening = subject.first - 1 if subject is not None else -1
        if (
            subject is None
            or opening < scope.low
            or tags[opening] != "z"
            or not _is_clause_start(tags, opening, scope.low)
        ):
            return None
        for cue in self._cues.verbs[word]:
            last = phrase_end(tokens, at + 1, scope.high, cue)
            if last is None or not {"clause", "quote"} & cue.frames or is_unreported(cue, group, tokens, at, scope.low):
                continue
            own = complement_after(tokens, last, scope.high, cue)
            if own is not None and own.frame in _SAID_FRAMES and own.last - own.first > _ELLIPSIS:
                return None  # "as X insisted that it would": while X did so, of which the verb tells
            content = _beside_as_clause(scope, opening, last)
            if content is not None:
                frame = "quote" if is_speech_at(tags, *content) else "as-clause"
                how = f"subject:{subject.kind.value}"
                return make_report(cue, (group.start, last), subject, Complement(*content, frame), how)
        return None

    def _read_passive(self, scope: Scope, at: int, word: str, group: VerbGroup) -> Report | None:
        """ "The plan was rejected by X": the agent speaks, the subject is the content."""
        tokens, tags = scope.tokens, scope.tags
        k = at + 1
        while k < scope.high and tags[k] in "aY":
            k += 1
        if k >= scope.high or tags[k] != "b":
            return None
        end = noun_phrase_end(tokens, k + 1, scope.high)
        patient = subject_before(tokens, group.start - 1, scope.low)
        if end == k + 1 or patient is None:
            return None
        cue = next((c for c in self._cues.verbs[word] if "object" in c.frames and not c.rest), None)
        if cue is None or is_unreported(cue, group, tokens, at, scope.low):
            return None
        agent = Subject(k + 1, end, SubjectKind.PHRASE)
        content = patient.antecedent or (patient.first, patient.last)
        return make_report(cue, (at, at + 1), agent, Complement(*content, "passive"), "subject:agent")


def _is_clause_start(tags: str, at: int, low: int) -> bool:
    return at == low or tags[at - 1] in (",", "-", "(", SPEECH)


def _beside_as_clause(scope: Scope, opening: int, last: int) -> tuple[int, int] | None:
    """The main clause after an as-clause, or before it where the sentence ends with it."""
    comma = scope.tags.find(",", last, min(scope.high, last + _AS_CLAUSE))
    if 0 <= comma < scope.high - 2 or (comma >= 0 and scope.tags[comma + 1 : comma + 2] == SPEECH):
        if scope.tags[comma + 1] == SPEECH:
            return comma + 1, comma + 2
        return comma + 1, clause_end(scope.tokens, comma + 1, scope.high)
    spoken = opening - 1 - (scope.tags[opening - 1] == ",")
    if spoken >= scope.low and scope.tags[spoken] == SPEECH:
        return spoken, spoken + 1
    if opening > scope.low + 2:
        return scope.low, opening - 1
    return None


def _is_perfect(tokens: Tokens, at: int, group: VerbGroup, high: int) -> bool:
    """Whether 's before a participle is has: an object follows ("he's adopted the line")."""
    k = group.start
    return tokens.words[k] in ("'s", "’s") and at + 1 < high and tokens.tags[at + 1] in "DHNnOqw"


def _is_bare_be(tokens: Tokens, group: VerbGroup, at: int) -> bool:
    """Whether "be" stands without its modal, which an aside has cut off ("would, if it came to it, be ready")."""
    words = [tokens.lower(k) for k in range(group.start, at)]
    return "be" in words and not group.has_to and not any(tokens.tags[k] in "mXd" for k in range(group.start, at))


def _is_inside_content(scope: Scope, subject: Subject) -> bool:
    return any(r.content[0] <= subject.first < r.content[1] for r in scope.before) or subject.antecedent is not None


def _around_relative(scope: Scope, pronoun: int, last: int, cue: Cue) -> Complement | None:
    tags = scope.tags
    k = last
    while k < scope.high and tags[k] == "a":
        k += 1
    if k < scope.high and tags[k] in "mexdX" and "clause" in cue.frames:
        return Complement(k, object_end(scope.tokens, min(k + 1, scope.high - 1), scope.high), "gap")
    if not {"object", "clause"} & cue.frames or (k < scope.high and tags[k] not in ".,;:)pujkac-"):
        return None
    end = pronoun - 1
    if end > scope.low and tags[end] in ",(":
        end -= 1
    if tags[end] not in "nNR)yZBrM":
        return None
    first = noun_phrase_start(scope.tokens, end, scope.low)
    if first is None:
        return None
    preposition = max(tags.rfind("p", first, end), tags.rfind("t", first, end))
    return Complement(max(first, preposition + 1), last, "relative-object")
