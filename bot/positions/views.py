"""Where the speaker of one statement stands on its first topic, and whether the statement tells of a shift."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.language.spans import Span
from bot.positions.frames import Frames
from bot.positions.model import Mode, Stance, Statement
from bot.positions.passage import Passage, Piece
from bot.positions.phrases import Token, longest, places_under
from bot.positions.reach import Clause, FrameHit, Owner, Voice
from bot.positions.stances import Anchor, combine, judge
from bot.positions.subject import Subject, echoed_at, hits_in, pointing_back
from bot.positions.topics import TopicFinder
from bot.positions.voices import NameIndex

AGREED = "claim: agreed by "
_BEFORE = 6  # words before a statement that may take it back
_NEAR = 7  # words before a shift that may deny it


class View(NamedTuple):
    """What the rules make of one statement; `agreed` is the actor it says has agreed."""

    topics: tuple[str, ...]
    stance: Stance | None
    shift: bool
    agreed: str | None
    rules: tuple[str, ...]


class ViewTaker:
    """Takes views with one lexicon and dossier."""

    def __init__(
        self, cues: Frames, names: NameIndex, finder: TopicFinder, givers: Mapping[str, frozenset[str]]
    ) -> None:
        self._cues = cues
        self._names = names
        self._finder = finder
        self._givers = givers

    def take(self, passage: Passage, statement: Statement, subject: Subject) -> View:
        """The view of `statement`, whose subject is known."""
        is_issue = bool(subject.topics) and not self._finder.is_theme(subject.topics[0])
        if not is_issue and not any(passage.may_tell_of_shift(piece.sentence) for piece in subject.pieces):
            return View(subject.topics, None, False, None, subject.rules)
        pieces = [self._widened(passage, piece) for piece in subject.pieces]
        if subject.antecedent is not None and subject.antecedent.is_gap:
            pieces = [self._relative_alone(passage, piece, statement.content.start) for piece in pieces]
        clauses = [(piece, self._clause(passage, statement, piece)) for piece in pieces]
        shifts = [self._shift(clause, statement) for _, clause in clauses]
        rules = subject.rules + tuple(rule for _, rule in shifts if rule)
        is_shift = any(rule for _, rule in shifts)
        if not is_issue:
            return View(subject.topics, None, is_shift, None, rules)
        verdicts = [
            judge(clause, self._anchors(passage, piece, clause, subject, statement.content), since=since)
            for (piece, clause), (since, _) in zip(clauses, shifts, strict=True)
        ]
        verdict = combine(verdicts, has_concession=any(clause.concessions for _, clause in clauses))
        if statement.mode is not Mode.QUOTE and any(_is_of_before(clause) for _, clause in clauses):
            return View(subject.topics, Stance.UNCLEAR, is_shift, None, (*rules, "stance: an earlier one"))
        if any(
            self._is_about_another(passage, piece, since, subject.topics[0])
            for piece, (since, _) in zip(pieces, shifts, strict=True)
        ):
            return View(
                subject.topics, Stance.UNCLEAR, is_shift, None, (*rules, "stance: the change is about another topic")
            )
        claim = (f"{AGREED}{verdict.agreed}",) if verdict.agreed is not None else ()
        return View(subject.topics, verdict.stance, is_shift, verdict.agreed, rules + verdict.rules + claim)

    def _is_about_another(self, passage: Passage, piece: Piece, since: int, topic: str) -> bool:
        """Whether what stood before the change names other issues and not this one."""
        before = {hit.value.topic_id for hit in hits_in(passage, piece) if hit.head[0] - piece.first < since}
        issues = {one for one in before if not self._finder.is_theme(one)}
        return bool(issues) and topic not in issues

    def _widened(self, passage: Passage, piece: Piece) -> Piece:
        """The piece with the words right before it that take it back: "no sign that ...", "dropped his ..."."""
        is_possessive = passage.tokens(piece.sentence)[piece.first].word in self._cues.third_person
        marks = passage.marks(piece.sentence).frames
        for hit in marks:
            takes_back = hit.value.kind in ("opaque", "if") or (hit.value.kind == "reversal" and is_possessive)
            if takes_back and hit.end == piece.first and hit.start >= piece.first - _BEFORE:
                return Piece(piece.sentence, _with_denial(marks, hit.start), piece.last)
        return piece

    def _relative_alone(self, passage: Passage, piece: Piece, content: int) -> Piece:
        """The relative clause without the main clause that goes on after it ("... could come soon | is a dream")."""
        tokens = passage.tokens(piece.sentence)
        for place in range(piece.first + 1, piece.last):
            before = tokens[place - 1]
            goes_on = before.start >= content and before.word not in self._cues.auxiliaries | self._cues.coordinators
            if goes_on and tokens[place].word in self._cues.resuming:
                return Piece(piece.sentence, piece.first, place)
        return piece

    def _clause(self, passage: Passage, statement: Statement, piece: Piece) -> Clause:
        tokens = passage.tokens(piece.sentence)[piece.first : piece.last]
        voice = Voice(
            own=self._names.own_side(statement.speaker.actor_id),
            places=_places(tokens, statement.speaker.span),
            cues=_places(tokens, statement.cue_span),
            is_quote=statement.mode is Mode.QUOTE,
        )
        marks = passage.marks_in(piece)
        names = [
            hit.moved(-piece.first)
            for hit in passage.names(piece.sentence)
            if piece.first <= hit.start and hit.end <= piece.last
        ]
        return Clause(tokens, marks, names, voice, cues=self._cues, lead=self._lead(passage, statement, tokens))

    def _lead(self, passage: Passage, statement: Statement, tokens: Sequence[Token]) -> FrameHit | None:
        """A cue that stands over all of the content: in a line above ("the demands:"), or before a colon."""
        if statement.cue_span is None or statement.mode is Mode.QUOTE:
            return None
        if _places(tokens, statement.cue_span) and not _colon_between(tokens, statement):
            return None
        hits = longest(passage.marks_of(statement.cue_span).frames)
        return next((hit for hit in hits if hit.value.kind in ("attitude", "verdict", "lead")), None)

    def _anchors(self, passage: Passage, piece: Piece, clause: Clause, subject: Subject, content: Span) -> list[Anchor]:
        topic = subject.topics[0]
        anchors = [
            Anchor(hit.parts, hit.value.sign * clause.direction(hit.start, self._givers.get(topic, frozenset())))
            for hit in (one.moved(-piece.first) for one in hits_in(passage, piece) if one.value.topic_id == topic)
        ]
        before = subject.antecedent
        if before is not None and before.is_gap and before.topic_id == topic:
            start = next((place for place, token in enumerate(clause.tokens) if token.start >= content.start), 0)
            anchors.append(Anchor(((start, start),), before.sign))
        elif before is not None and before.topic_id == topic:
            anaphors = pointing_back(clause.tokens, clause.marks, self._cues)
            sign = max(before.sign, 0)  # a pronoun for the opposite of the proposition may mean the issue as well
            anchors += [Anchor((hit.head,), sign) for hit in anaphors if not (hit.value.flag and before.turned)]
            echoed = () if before.turned else echoed_at(clause.tokens, clause.marks)
            anchors += [Anchor(((place, place + 1),), sign) for place in echoed]
        return anchors

    def _shift(self, clause: Clause, statement: Statement) -> tuple[int, str | None]:
        """The token from which the new position is told, and the rule; (0, None) where no own shift is told."""
        for hit in longest(clause.marks.of("shift")):
            if self._is_denied(clause, hit.start):
                continue
            owners = {clause.owner_at(*part).owner for part in (hit.parts[0], hit.head)}
            if Owner.OWN in owners and not (statement.mode is Mode.QUOTE and not clause.is_first_person(hit.start)):
                return hit.start, f"shift: {hit.pattern}"
        return 0, None

    def _is_denied(self, clause: Clause, start: int) -> bool:
        if any(hit.end == start for hit in clause.marks.of("shift-allowance")):
            return False
        return any(
            start - 1 <= hit.end <= start and hit.start >= start - _NEAR for hit in clause.marks.of("shift-denial")
        )


def _is_of_before(clause: Clause) -> bool:
    """Whether the cue itself is said of an earlier time ("initially ruled out", "had once opposed")."""
    return any(
        first <= hit.start < last or hit.end == first
        for hit in clause.marks.of("earlier")
        for first, last in clause.voice.cues
    )


def _with_denial(frames: Sequence[FrameHit], start: int) -> int:
    """Where "has not dropped" begins: with the no before the word at `start`."""
    denials = (hit.start for hit in frames if hit.value.kind == "negation" and 0 <= start - hit.end <= 1)
    return min(denials, default=start)


def _places(tokens: Sequence[Token], span: Span | None) -> tuple[tuple[int, int], ...]:
    if span is None:
        return ()
    places = places_under(tokens, span.start, span.end)
    return () if places is None else (places,)


def _colon_between(tokens: Sequence[Token], statement: Statement) -> bool:
    cue = statement.cue_span
    return cue is not None and any(
        token.word == ":" and cue.end <= token.start <= statement.content.start for token in tokens
    )
