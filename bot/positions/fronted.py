"""Attributions that follow their content: "..., X said.", "..., said X.", and after direct speech."""

from collections.abc import Sequence

from bot.language.clauses import Subject, SubjectKind, starts_clause, subject_before
from bot.language.noun_phrases import noun_phrase_end
from bot.language.tokens import SPEECH, Tokens
from bot.language.verb_groups import VerbGroup
from bot.positions.complements import Complement, after_adjuncts
from bot.positions.content_ends import clause_end
from bot.positions.cues import Cue
from bot.positions.reports import Report, Scope, is_speech_at, make_report
from bot.positions.usage import is_unreported, phrase_end

_BESIDE = 8  # tokens back to speech that the sentence attributes


def read_fronted(scope: Scope, at: int, cues: Sequence[Cue], group: VerbGroup) -> Report | None:
    """The report of the verb at token `at` if its content stands before it."""
    tags = scope.tags
    matched = _matching(scope, at, cues, group) if tags[at] in "VZBU" and not group.is_negated else None
    if matched is None:
        return None
    cue, last = matched
    subject = _subject(scope, group.start - 1, last, "person" in cue.frames)
    if subject is None or subject.kind is SubjectKind.RELATIVE:
        return None
    is_inverted = subject.first > at
    if not (
        is_inverted or SPEECH in tags[max(scope.low, subject.first - 2) : subject.first] or _ends_tag(scope, last, cue)
    ):
        return None
    content = _content(
        scope, group.start if is_inverted else subject.first, max(last, subject.last if is_inverted else 0)
    )
    if content is None:
        return None
    frame = "quote" if is_speech_at(tags, *content) else "fronted"
    if frame == "fronted" and not {"clause", "quote"} & cue.frames:
        return None
    how = "subject:inverted" if is_inverted else f"subject:{subject.kind.value}"
    return make_report(cue, (group.start, last), subject, Complement(*content, frame), how)


def read_inverted_lead(scope: Scope, at: int, cues: Sequence[Cue], group: VerbGroup) -> Report | None:
    """ "Said X: ..." at the start of a sentence, before direct speech."""
    tags = scope.tags
    if at != scope.low or tags[at] not in "VZ":
        return None
    subject = _inverted(scope.tokens, at + 1, scope.high)
    if subject is None or tags[subject.last : subject.last + 2] != ":" + SPEECH:
        return None
    for cue in cues:
        if "quote" in cue.frames and not cue.rest:
            content = Complement(subject.last + 1, subject.last + 2, "quote")
            return make_report(cue, (group.start, at + 1), subject, content, "subject:inverted")
    return None


def _matching(scope: Scope, at: int, cues: Sequence[Cue], group: VerbGroup) -> tuple[Cue, int] | None:
    """The first cue that fits here; beside direct speech any cue may tag it ("..." scolded X)."""
    beside = SPEECH in scope.tags[max(scope.low, group.start - 1 - _BESIDE) : group.start]
    for cue in cues:
        if not (beside or {"clause", "quote"} & cue.frames):
            continue
        last = phrase_end(scope.tokens, at + 1, scope.high, cue)
        if last is not None:
            return None if is_unreported(cue, group, scope.tokens, at, scope.low) else (cue, last)
    return None


def _subject(scope: Scope, edge: int, last: int, takes_person: bool) -> Subject | None:
    tags = scope.tags
    if edge < scope.low:
        return None
    if tags[edge] == SPEECH:
        return _inverted(scope.tokens, last, scope.high)
    if tags[edge] == ",":
        inverted = None if takes_person else _inverted(scope.tokens, last, scope.high)
        return inverted or subject_before(scope.tokens, edge, scope.low)
    return subject_before(scope.tokens, edge, scope.low)


def _ends_tag(scope: Scope, at: int, cue: Cue) -> bool:
    """Whether an attribution ends at `at`: punctuation, time, place or an addressee follow, but no object."""
    tags = scope.tags
    if at >= scope.high or tags[at] in ".,;:?-~aYptujzc)l":
        return True
    end = noun_phrase_end(scope.tokens, at, scope.high)
    return "person" in cue.frames and end > at and (end >= scope.high or tags[end] in ".,;:?pY")


def _inverted(tokens: Tokens, at: int, high: int) -> Subject | None:
    """The speaker after the verb: "said X"."""
    end = noun_phrase_end(tokens, at, high)
    if end == at:
        return None
    kind = SubjectKind.PRONOUN if tokens.tags[at] == "S" else SubjectKind.PHRASE
    return Subject(at, end, kind)


def _content(scope: Scope, start: int, after: int) -> tuple[int, int] | None:
    """The content in front of an attribution that starts at token `start` and ends before token `after`."""
    tags, low = scope.tags, scope.low
    edge = start - 1
    spoken = edge - (edge > low and tags[edge] == ",")
    if spoken >= low and tags[spoken] == SPEECH:
        return spoken, spoken + 1
    if edge <= low or tags[edge] not in ",-" or tags[low] == "z" or asked_before(scope.tokens, low, start):
        return None
    low = tags.rfind(":", low, edge) + 1 or low  # after a colon the clause is its own
    broken = _broken_clause(scope, edge, after)
    if broken is not None or edge - low < 3:
        return broken
    has_clause = starts_clause(scope.tokens, low, start) or tags[low] not in "pujDn" or _has_verb(tags, low, start)
    return (low, edge) if has_clause else None


def asked_before(tokens: Tokens, low: int, high: int) -> tuple[int, int] | None:
    """ "Asked whether X would come, he laughed": the tokens of what he was asked; None where nobody was asked."""
    asked = low + (tokens.tags[low] in "wu")  # "When asked ..."
    if asked >= high or tokens.lower(asked) not in ("asked", "pressed", "questioned", "quizzed"):
        return None
    comma = tokens.tags.find(",", low, high)
    return (low, comma) if comma > 0 else None


def _broken_clause(scope: Scope, edge: int, after: int) -> tuple[int, int] | None:
    """The whole clause that an attribution in its midst breaks: "The plan, X said, would fail." """
    tags = scope.tags
    after = after_adjuncts(scope.tokens, after, scope.high)
    if tags[after : after + 1] != ",":
        return None
    end = clause_end(scope.tokens, after, scope.high)
    opens_aside = scope.tags[scope.low] in "ipujw" and scope.tags[after + 1 : after + 2] in tuple("DHNSnE")
    if opens_aside and (starts_clause(scope.tokens, after + 1, end) or _has_verb(tags, after + 2, end)):
        return scope.low, end  # "Without a deal, X said, he would leave."
    is_short = edge - scope.low < 3 and end - after > 2
    goes_on = edge - scope.low >= 3 and tags[after + 1 : after + 2] in tuple("edmXVZvyxptq")
    return (scope.low, end) if is_short or goes_on else None


def _has_verb(tags: str, low: int, high: int) -> bool:
    return any(tag in "VUZBvyredmXx" for tag in tags[low:high])
