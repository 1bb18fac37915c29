"""What each statement is about: its own keywords, what its pronouns stand for, and what is spoken of around it."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.positions.frames import Frames, Mark, Marks
from bot.positions.model import THEME_AROUND, Mode, Statement
from bot.positions.passage import Passage, Piece
from bot.positions.phrases import Hit, Token, count_before, longest
from bot.positions.topics import TopicFinder, TopicHit

_MOST_TOPICS = 3
_FAR = 2  # sentences back that a pronoun may reach
_NEAR = 3  # words between the head of a relative clause and the clause
_EMPTY_REACH = 7  # words within which the clause must begin that an empty subject stands for
_DASHES = ("—", "–")
_TAKING_SIDES = ("attitude", "verdict", "reversal")


class Antecedent(NamedTuple):
    """What a pronoun stands for: a topic and its side. `turned`: the words there deny it."""

    topic_id: str
    sign: int
    turned: bool
    is_gap: bool = False  # no pronoun: the subject of the content stands before a relative clause


class Subject(NamedTuple):
    """Topics of a statement, best first, and how they were found."""

    pieces: tuple[Piece, ...]
    topics: tuple[str, ...]
    antecedent: Antecedent | None
    rules: tuple[str, ...]


def find_subjects(
    passage: Passage, statements: Sequence[Statement], finder: TopicFinder, cues: Frames
) -> tuple[Subject, ...]:
    """The subject of every statement, in the same order."""
    own = [_own_subject(passage, statement, finder, cues) for statement in statements]
    return tuple(
        subject
        if subject.topics
        else _as_named_above(passage, statements, place, subject, finder)
        or _as_beside(passage, statements, own, place, finder)
        or _as_around(passage, subject, finder)
        for place, subject in enumerate(own)
    )


def _own_subject(passage: Passage, statement: Statement, finder: TopicFinder, cues: Frames) -> Subject:
    pieces = tuple(passage.pieces(statement))
    hits = [hit for piece in pieces for hit in hits_in(passage, piece)]
    topics = finder.rank(hits)
    rules = tuple(f"topic: {topic} ({_patterns(hits, topic)})" for topic in topics[:_MOST_TOPICS])
    antecedent = _antecedent(passage, pieces, finder) or _head_before(passage, statement, pieces, cues)
    if antecedent is not None:
        topics = (antecedent.topic_id, *(topic for topic in topics if topic != antecedent.topic_id))
        how = "said of" if antecedent.is_gap else "a pronoun for"
        rules = (f"topic: {antecedent.topic_id} ({how} what was named before)", *rules)
    return Subject(pieces, topics[:_MOST_TOPICS], antecedent, rules[:_MOST_TOPICS])


def hits_in(passage: Passage, piece: Piece) -> list[TopicHit]:
    """Topic keywords whose head lies in the piece."""
    return [hit for hit in passage.hits(piece.sentence) if piece.first <= hit.head[0] and hit.head[1] <= piece.last]


def issues_in(passage: Passage, piece: Piece) -> list[TopicHit]:
    """Those of them whose topic has a proposition."""
    return [hit for hit in passage.issues(piece.sentence) if piece.first <= hit.head[0] and hit.head[1] <= piece.last]


def _antecedent(passage: Passage, pieces: Sequence[Piece], finder: TopicFinder) -> Antecedent | None:
    """The topic that a pronoun in the clause of the first cue stands for, where that clause names no topic itself."""
    for piece in pieces:
        issues = issues_in(passage, piece)
        if not issues and not any(
            passage.issues(one) for one in (piece.sentence, *passage.before(piece.sentence, _FAR))
        ):
            continue  # nothing around that a pronoun could stand for
        tokens = passage.tokens(piece.sentence)[piece.first : piece.last]
        for first, last, stands_for in _siding_segments(tokens, passage.marks_in(piece), passage.rules.cues):
            if any(first <= hit.head[0] - piece.first < last for hit in issues):
                return None
            found = _look_back(passage, (piece.sentence, piece.first + first), finder, stands_for)
            if found is not None:
                return found
    return None


def _head_before(passage: Passage, statement: Statement, pieces: Sequence[Piece], cues: Frames) -> Antecedent | None:
    """ "The truce that Norland says must come first": what the content is about stands before the relative clause."""
    span = statement.speaker.span
    if span is None or not pieces or issues_in(passage, pieces[0]):
        return None
    issues, tokens = passage.issues(pieces[0].sentence), passage.tokens(pieces[0].sentence)
    opener = count_before(tokens, span.start) - 1
    if not issues or opener < 0 or tokens[opener].word not in cues.gap_openers:
        return None
    end = _before_insertion([token.word for token in tokens[:opener]])
    named = [hit for hit in issues if end - _NEAR <= hit.end <= end]
    return Antecedent(named[-1].value.topic_id, named[-1].value.sign, False, True) if named else None


def _before_insertion(words: Sequence[str]) -> int:
    """Where the words end, without what stands between dashes at their end."""
    if words and words[-1] in _DASHES:
        opening = [place for place, word in enumerate(words[:-1]) if word in _DASHES]
        return opening[-1] if opening else len(words)
    return len(words)


def _siding_segments(
    tokens: Sequence[Token], marks: Marks, cues: Frames
) -> list[tuple[int, int, frozenset[str] | None]]:
    """Token ranges of the clauses that take sides or tell of a shift, with what points back in each.

    None: a pronoun, which may stand for anything; else the stems that must be found where it points ("such a levy").
    """
    siding = {hit.head[0] for hit in marks.frames if hit.value.kind in _TAKING_SIDES}
    shifts = {hit.head[0] for hit in marks.of("shift")}
    if not siding and not shifts:
        return []
    cuts = sorted({0, len(tokens), *(hit.start for hit in marks.of("boundary"))})
    pointing = {hit.start for hit in pointing_back(tokens, marks, cues)} | shifts
    echoed = echoed_at(tokens, marks)
    found = []
    for first, last in pairwise(cuts):
        if any(first <= place < last for place in siding | shifts):
            is_open = any(first <= place < last for place in pointing)
            stems = frozenset(tokens[place].stem for place in echoed if first <= place < last)
            found.append((first, last, None if is_open else stems))
    return found


def pointing_back(tokens: Sequence[Token], marks: Marks, cues: Frames) -> list[Hit[Mark]]:
    """Pronouns that may stand for a topic: not those that take sides themselves ("it refuses ...")."""
    attitudes = {
        hit.start for hit in marks.frames if hit.value.kind in ("attitude", "reversal") and hit.value.scope == "right"
    }
    return [
        hit
        for hit in longest(marks.of("anaphor"))
        if not _takes_sides(tokens, hit.end, attitudes, cues)
        and not _is_article(tokens, hit, cues)
        and not _is_empty(tokens, hit, cues)
    ]


def _is_article(tokens: Sequence[Token], hit: Hit[Mark], cues: Frames) -> bool:
    """ "This week": no pronoun but an article of the noun after it."""
    if hit.words > 1 or tokens[hit.start].word not in cues.determiners or hit.end >= len(tokens):
        return False
    after = tokens[hit.end].word
    return after.isalnum() and (after not in cues.light or after in cues.times)


def _is_empty(tokens: Sequence[Token], hit: Hit[Mark], cues: Frames) -> bool:
    """ "It was long overdue to settle": the subject stands for the clause that follows, not for what was named."""
    if tokens[hit.start].word not in cues.empty_subjects:
        return False
    rest = [token.word for token in tokens[hit.end : hit.end + _EMPTY_REACH]]
    verb = next((place for place, word in enumerate(rest) if word in cues.passive), None)
    if verb is None or any(word not in cues.light and word not in cues.between for word in rest[:verb]):
        return False
    opener = next((place for place, word in enumerate(rest) if place > verb + 1 and word in cues.empty_clauses), None)
    if opener is None or opener + 1 >= len(rest):
        return False
    after = tokens[hit.end + opener + 1]
    is_phrase = after.word in cues.determiners or after.word in cues.third_person or after.surface[:1].isupper()
    return rest[opener] != cues.infinitive or not is_phrase


def _takes_sides(tokens: Sequence[Token], place: int, attitudes: set[int], cues: Frames) -> bool:
    for later in range(place, len(tokens)):
        word = tokens[later].word
        if later in attitudes:
            return word.endswith("ing") or tokens[later - 1].word not in cues.passive
        if word not in cues.light and not word.endswith("ly"):
            return False
    return False


def echoed_at(tokens: Sequence[Token], marks: Marks) -> list[int]:
    """Places of the nouns after "such a"."""
    return [hit.end for hit in longest(marks.of("echo")) if hit.end < len(tokens)]


def _look_back(
    passage: Passage, place: tuple[int, int], finder: TopicFinder, echoed: frozenset[str] | None
) -> Antecedent | None:
    places = [place, *((other, len(passage.tokens(other))) for other in passage.before(place[0], _FAR))]
    for other, end in places:
        named = [hit for hit in passage.issues(other) if hit.end <= end]
        siding = {hit.value.topic_id for hit in named if hit.value.sign}
        hits = [hit for hit in named if hit.value.topic_id in siding]
        if echoed is not None and echoed.isdisjoint(token.stem for token in passage.tokens(other)[:end]):
            continue
        if hits:
            topic = finder.rank(reversed(hits))[0]  # of equals, the one named last
            last = max(
                (hit for hit in hits if hit.value.topic_id == topic), key=lambda hit: (hit.value.sign != 0, hit.head)
            )
            return Antecedent(topic, last.value.sign, _is_turned(passage.marks(other), end, last))
    return None


def _is_turned(marks: Marks, end: int, hit: TopicHit) -> bool:
    """Whether the words around the antecedent deny it, so that "this" may mean the denial."""
    return any(
        frame.value.kind in ("negation", "reversal") or frame.value.polarity < 0
        for frame in marks.frames
        if frame.end <= end and not hit.covers(*frame.head)
    )


def _as_beside(
    passage: Passage, statements: Sequence[Statement], subjects: Sequence[Subject], place: int, finder: TopicFinder
) -> Subject | None:
    """The topics of the same speaker's words in the sentences beside: all of one speech, else the themes alone."""
    for other in _same_speaker_beside(passage, statements, place):
        goes_on = statements[other].mode is Mode.QUOTE or other < place
        is_one_speech = statements[place].mode is Mode.QUOTE and goes_on
        topics = tuple(topic for topic in subjects[other].topics if is_one_speech or finder.is_theme(topic))
        if topics:
            rule = "topic: as in the same speaker's words beside"
            return Subject(subjects[place].pieces, topics, None, (rule,))
    return None


def _as_named_above(
    passage: Passage, statements: Sequence[Statement], place: int, subject: Subject, finder: TopicFinder
) -> Subject | None:
    """The one issue that the sentence names before the statement ("On coal, X ..."), else the heading; no side.

    What the same speaker says besides in the sentence counts too, but for direct speech.
    """
    statement = statements[place]
    spans = [span for span in (statement.content, statement.cue_span, statement.speaker.span) if span is not None]
    others = [one.content for one in statements if _is_besides(one, statement)]
    for piece in subject.pieces[:1]:
        heading = passage.section_over(piece.sentence)
        first = count_before(passage.tokens(piece.sentence), min(span.start for span in spans))
        tokens = passage.tokens(piece.sentence)
        named = [
            hit
            for hit in passage.issues(piece.sentence)
            if hit.end <= first or any(tokens[hit.head[0]].overlaps(span) for span in others)
        ]
        beside = [("the sentence", named)]
        if heading is not None:
            hits = passage.hits_of(heading)
            beside.append(("the heading", [hit for hit in hits if not finder.is_theme(hit.value.topic_id)]))
        for where, hits in beside:
            topics = finder.rank(hits)
            if len(topics) == 1:
                return Subject(subject.pieces, topics, None, (f"topic: {topics[0]} (named in {where})",))
    return None


def _is_besides(one: Statement, other: Statement) -> bool:
    return (
        one is not other
        and other.mode is not Mode.QUOTE
        and one.sentence == other.sentence
        and _speaker(one) is not None
        and _speaker(one) == _speaker(other)
    )


def _as_around(passage: Passage, subject: Subject, finder: TopicFinder) -> Subject:
    """The themes of the sentences around, else of the article; a theme takes no stance, so little can go wrong."""
    topics = _themes_around(passage, subject.pieces[0].sentence, finder) if subject.pieces else ()
    if topics:
        return Subject(subject.pieces, topics, None, (f"{THEME_AROUND}the sentences around",))
    theme = passage.leading_theme
    if theme is None:
        return subject
    return Subject(subject.pieces, (theme,), None, (f"{THEME_AROUND}the article",))


def _same_speaker_beside(passage: Passage, statements: Sequence[Statement], place: int) -> list[int]:
    own = statements[place]
    beside = [
        other
        for other, statement in enumerate(statements)
        if other != place
        and abs(statement.sentence - own.sentence) <= 1
        and passage.is_same_block(statement.sentence, own.sentence)
        and _speaker(statement) == _speaker(own)
    ]
    return sorted(beside, key=lambda other: (abs(other - place), other))


def _speaker(statement: Statement) -> str | None:
    return statement.speaker.actor_id or statement.speaker.name


def _themes_around(passage: Passage, sentence: int, finder: TopicFinder) -> tuple[str, ...]:
    for hits in _hits_around(passage, sentence):
        themes = finder.rank(hit for hit in hits if finder.is_theme(hit.value.topic_id))
        if themes:
            return themes[:_MOST_TOPICS]
    return ()


def _hits_around(passage: Passage, sentence: int) -> Iterator[list[TopicHit]]:
    """Keywords of the sentence, of those before, of the next, of the heading above."""
    yield passage.hits(sentence)
    yield from map(passage.hits, passage.before(sentence, _FAR))
    if sentence + 1 < len(passage.sentences):
        yield passage.hits(sentence + 1)
    heading = passage.heading_over(sentence)
    if heading is not None:
        yield passage.hits_of(heading)


def _patterns(hits: Sequence[TopicHit], topic: str) -> str:
    return ", ".join(dict.fromkeys(hit.pattern for hit in hits if hit.value.topic_id == topic))
