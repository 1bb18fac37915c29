"""Reports without a finite cue: "X's refusal to ...", "according to X", speech signed with a dash."""

from bot.language.clauses import Subject, SubjectKind, starts_clause, subject_before
from bot.language.noun_phrases import noun_phrase_end, noun_phrase_start
from bot.language.tokens import SPEECH, Tokens
from bot.language.verb_groups import verb_group
from bot.positions.content_ends import clause_end, object_end
from bot.positions.cues import CueBook
from bot.positions.model import Mode
from bot.positions.reports import Report, Scope, is_speech_at


class NounReports:
    """Reads a report at a noun of saying or holding."""

    def __init__(self, cues: CueBook) -> None:
        self._cues = cues

    def read(self, scope: Scope, at: int) -> Report | None:
        """The report at the noun at token `at`, if the noun has a holder and a complement."""
        tokens, tags = scope.tokens, scope.tags
        cue = self._cues.nouns[tokens.lower(at)]
        holder = holder_before(tokens, at, scope.low)
        k = at + 1
        if holder is None and k + 1 < scope.high and tags[k] in "fb":
            end = noun_phrase_end(tokens, k + 1, scope.high)
            if end > k + 1 and end < scope.high and tags[end] in "tq":
                holder, k = Subject(k + 1, end, SubjectKind.PHRASE), end
        if holder is None:
            return None
        rules = ("cue:" + cue.lemma, "frame:noun", "subject:holder")
        content = self._content(scope, at, k, cue.complements, holder)
        if content is None:
            return None
        return Report(cue.lemma, cue.mode, (at, at + 1), holder, content, "noun", rules)

    def _content(
        self, scope: Scope, at: int, k: int, complements: frozenset[str], holder: Subject
    ) -> tuple[int, int] | None:
        tokens, tags, high = scope.tokens, scope.tags, scope.high
        predicated = self._predicated(scope, at, holder)
        if predicated is not None:
            return predicated
        if k + 1 >= high or tokens.lower(k) not in complements or tags[k + 1] == ".":
            return None
        if tags[k] == "t" and (tags[k + 1] in "DHNOZy" or (tags[k + 1] == "n" and tokens.lower(k + 1).endswith("s"))):
            return None
        if tags[at - 1] == "N" and scope.low == holder.first and holder.last == at and tags[k] not in "tq":
            return None  # a capital at the start of a sentence is no proof of a name
        first = k if tags[k] in "tq" else k + 1
        if tags[first] in ".,;:":
            return None
        last = clause_end(tokens, first, high) if tags[k] == "q" else object_end(tokens, first, high)
        return (first, last) if last > first else None

    @staticmethod
    def _predicated(scope: Scope, at: int, holder: Subject) -> tuple[int, int] | None:
        """ "Withdrawal is one of X's demands": the subject is the content."""
        tags = scope.tags
        k = holder.first - 1
        while k > scope.low and tags[k] in "fMDa":
            k -= 1
        if k <= scope.low or tags[k] != "e":
            return None
        group = verb_group(scope.tokens, k + 1, scope.low, frozenset())
        subject = subject_before(scope.tokens, group.start - 1, scope.low)
        if subject is None or group.is_negated or subject.kind is SubjectKind.PRONOUN:
            return None
        first = subject.antecedent[0] if subject.antecedent else subject.first
        return first, at + 1


def holder_before(tokens: Tokens, at: int, low: int) -> Subject | None:
    """Whose noun it is: "X's repeated refusal", "his refusal", "US claims"."""
    tags = tokens.tags
    k = at - 1
    while k >= low and tags[k] in "anAvlVM" and at - k < 5:
        k -= 1
    if k < low:
        return None
    if tags[k] == "H":
        return Subject(k, k + 1, SubjectKind.PRONOUN)
    if tags[k] == "s":
        start = noun_phrase_start(tokens, k - 1, low) if k > low else None
        return None if start is None else Subject(start, k, SubjectKind.PHRASE)
    if tags[k] == "N" and k == at - 1:
        start = k
        while start > low and tags[start - 1] == "N":
            start -= 1
        return Subject(start, k + 1, SubjectKind.PHRASE)
    return None


def read_source(scope: Scope, at: int) -> Report | None:
    """ "According to X, ..." and "..., according to X": the phrase at token `at`."""
    tokens, tags, low, high = scope.tokens, scope.tags, scope.low, scope.high
    if tags[at + 1 : at + 2] != "t" or at + 2 >= high:
        return None
    end = noun_phrase_end(tokens, at + 2, high)
    if end == at + 2:
        return None
    if at == low or (at == low + 1 and tags[low] in "cka"):
        comma = tags.find(",", end, high)
        first, last = (comma + 1, clause_end(tokens, comma + 1, high)) if 0 < comma < high - 2 else (0, 0)
    else:
        first, last = low, at - (tags[at - 1] in ",-")
        if tags[end : end + 1] == "," and not starts_clause(tokens, low, at):  # "X, according to Y, said ..."
            last = clause_end(tokens, end, high)
    if last <= first:
        return None
    subject = Subject(at + 2, end, SubjectKind.PHRASE)
    rules = ("cue:according to", "frame:source", "subject:source")
    frame = "quote" if is_speech_at(tags, first, last) else "fronted"
    return Report("according to", Mode.INDIRECT, (at, at + 2), subject, (first, last), frame, rules)


def read_view(scope: Scope, at: int) -> Report | None:
    """ "In X's view, ..." and "in his words, ...": the noun at token `at`."""
    tokens, tags, low = scope.tokens, scope.tags, scope.low
    named = _view_of(scope, at)
    if named is not None:
        return named
    holder = holder_before(tokens, at, low)
    if holder is None or holder.first <= low or tokens.lower(holder.first - 1) != "in":
        return None
    opens = holder.first - 1 == low or tags[holder.first - 2] in ",c"
    if not opens or tags[at + 1 : at + 2] != "," or at + 3 >= scope.high:
        return None
    rules = ("cue:in the view of", "frame:source", "subject:holder")
    content = (at + 2, clause_end(tokens, at + 2, scope.high))
    frame = "quote" if is_speech_at(tags, *content) else "fronted"
    return Report("in the view of", Mode.INDIRECT, (holder.first - 1, at + 1), holder, content, frame, rules)


def _view_of(scope: Scope, at: int) -> Report | None:
    """ "In the words of X, ..." at the start of a sentence."""
    tokens, tags, low, high = scope.tokens, scope.tags, scope.low, scope.high
    if at != low + 2 or tokens.lower(low) != "in" or tags[low + 1] != "D" or tags[at + 1 : at + 2] != "f":
        return None
    end = noun_phrase_end(tokens, at + 2, high)
    comma = end
    if end < high - 2 and tags[end : end + 2] == ",N":  # "... of a retired admiral, Henrik Dahl, ..."
        comma = noun_phrase_end(tokens, end + 1, high)
    if end == at + 2 or comma > high - 2 or tags[comma] != ",":
        return None
    content = (comma + 1, clause_end(tokens, comma + 1, high))
    frame = "quote" if is_speech_at(tags, *content) else "fronted"
    rules = ("cue:in the view of", "frame:source", "subject:source")
    subject = Subject(at + 2, end, SubjectKind.PHRASE)
    return Report("in the view of", Mode.INDIRECT, (low, at + 2), subject, content, frame, rules)


def read_signed(scope: Scope) -> Report | None:
    """Speech signed with a dash and a name: "..." - Jane Doe, 25, Berlin."""
    tags, low, high = scope.tags, scope.low, scope.high
    if tags[low] != SPEECH or tags[low + 1 : low + 2] != "-" or low + 2 >= high or tags[low + 2] != "N":
        return None
    end = low + 2
    while end < high and tags[end] == "N":
        end += 1
    subject = Subject(low + 2, end, SubjectKind.PHRASE)
    rules = ("cue:dash", "frame:quote", "subject:signature")
    return Report("dash", Mode.QUOTE, (low + 1, low + 2), subject, (low, low + 1), "quote", rules)
