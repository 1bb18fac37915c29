"""What makes a sentence worth a line in a briefing, each reason with its share, so that it can be told why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.briefings.candidates import Candidate
from bot.briefings.editor import Editor, SentenceRead
from bot.briefings.model import Scope
from bot.briefings.standing import Standing
from bot.positions.model import Mode, Stance, Statement

_DAY = 86_400.0
_STANDING = {Standing.STANDS: 1.0, Standing.LEANS: 0.85, Standing.DANGLES: 0.1, Standing.FRAGMENT: 0.02}
_PULLED_IN = 0.93  # each explaining sentence in front costs this factor
_RELEVANCE = 0.6  # its root is taken: beyond a point it is no use that still more texts have the same words
_OFF_TOPIC = 0.5
_SURMISE = 0.75
_OBSERVER = 0.6  # one who comments on the talks, as against one who is a party to them
_FOCUS = (1.0, 0.85, 0.7)
_ONLY_NAMED = 0.7
_ONLY_TOUCHED = 0.5  # "borders" on territory
_NO_CLAUSE = frozenset({"frame:object", "frame:noun", "frame:about", "frame:alone", "frame:to"})  # nothing was said
_FEWEST_WORDS = 8
_TOO_SHORT = 0.5


@dataclass(frozen=True, slots=True)
class Bonuses:
    """What each reason adds to the share of relevance. Editorial judgement, one scale for every dossier."""

    takes_stance: float = 0.40
    speaks_to_issue: float = 0.25
    speaks: float = 0.12
    own_words: float = 0.08
    shifts: float = 0.30
    contested: float = 0.30
    grave: float = 0.30
    opens: float = 0.20
    figures: float = 0.10
    newest: float = 0.30
    more: float = 0.4
    most_more: float = 0.4


BONUSES = Bonuses()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one sentence before it is judged."""

    relevance: float
    topics: tuple[str, ...]
    outright: frozenset[str]
    speakers: tuple[str, ...]
    mentioned: tuple[str, ...]
    statements: tuple[Statement, ...]
    figures: int
    is_grave: bool
    is_surmise: bool
    words: int
    place: int
    published_at: datetime | None

    @property
    def actors(self) -> tuple[str, ...]:
        """Who speaks, then who is named."""
        return tuple(dict.fromkeys((*self.speakers, *self.mentioned)))

    @property
    def is_mere_surmise(self) -> bool:
        """Whether it is the narrator who tells what may be; what somebody else says may be is what was said."""
        return self.is_surmise and all(one.mode is Mode.REPORTED for one in self.statements)

    def is_within(self, scope: Scope) -> bool:
        """Whether it speaks of one of the topics and of one of the actors asked for."""
        on_topic = not scope.topics or any(topic in scope.topics for topic in self.topics)
        on_actor = not scope.actors or any(actor in scope.actors for actor in self.actors)
        return on_topic and on_actor

    def focus(self, scope: Scope) -> float:
        """1 where the topic asked for comes first and the actor asked for speaks, less where they are but named."""
        ranks = [rank for rank, topic in enumerate(self.topics) if topic in scope.topics]
        on_topic = _FOCUS[min(ranks[0], len(_FOCUS) - 1)] if ranks else 1.0
        on_topic *= 1.0 if self.outright.intersection(scope.topics) or not scope.topics else _ONLY_TOUCHED
        speaks = not scope.actors or any(actor in scope.actors for actor in self.speakers)
        return on_topic * (1.0 if speaks else _ONLY_NAMED)


def gather_facts(
    read: SentenceRead,
    statements: tuple[Statement, ...],
    *,
    relevance: float,
    place: int,
    published_at: datetime | None,
) -> Facts:
    """Everything about one sentence. Topics are those of its statements first, then those its words speak of."""
    said = tuple(topic for statement in statements if not _only_borrows(statement) for topic in statement.topics[:1])
    return Facts(
        relevance=relevance,
        topics=tuple(dict.fromkeys((*said, *read.topics))),
        outright=read.outright | {topic for one in statements if one.stance for topic in one.topics[:1]},
        speakers=tuple(dict.fromkeys(one.speaker.actor_id for one in statements if one.speaker.actor_id)),
        mentioned=read.mentioned,
        statements=statements,
        figures=len(read.figures),
        is_grave=read.is_grave,
        is_surmise=read.is_surmise,
        words=read.length,
        place=place,
        published_at=published_at,
    )


def _only_borrows(statement: Statement) -> bool:
    """Whether an act or attitude has its topic from the text around it alone ("applauded him down a red carpet")."""
    return statement.has_borrowed_theme and not _NO_CLAUSE.isdisjoint(statement.rules)


def merit(editor: Editor, facts: Facts, newest: datetime | None) -> tuple[float, tuple[str, ...]]:
    """Merit of a sentence before it is judged, and the reasons beside relevance."""
    reasons = [*_said(editor, facts), *_told(facts)]
    value = _RELEVANCE * facts.relevance**0.5 + sum(bonus for bonus, _ in reasons)
    value += BONUSES.newest * freshness(facts.published_at, newest)
    words = [reason for _, reason in reasons]
    if not facts.topics:
        value *= _OFF_TOPIC
    if facts.is_mere_surmise:
        value *= _SURMISE
        words.append("tells what may be, not what is")
    if facts.words < _FEWEST_WORDS:
        value *= _TOO_SHORT
    return value, tuple(words)


def _said(editor: Editor, facts: Facts) -> Iterator[tuple[float, str]]:
    """What it is worth that somebody of the dossier speaks."""
    speaks = [one for one in facts.statements if one.speaker.actor_id]
    if not speaks:
        return
    weight = 1.0 if any(editor.is_party(one.speaker.actor_id) for one in speaks) else _OBSERVER
    if any(one.stance not in (None, Stance.UNCLEAR) for one in speaks):
        yield weight * BONUSES.takes_stance, "takes a stance"
    elif any(one.stance for one in speaks):
        yield weight * BONUSES.speaks_to_issue, "speaks to an issue on the table"
    else:
        yield weight * BONUSES.speaks, "an actor of the dossier speaks"
    if any(one.mode is Mode.QUOTE for one in speaks):
        yield weight * BONUSES.own_words, "in the speaker's own words"
    if any(one.shift for one in speaks):
        yield weight * BONUSES.shifts, "a position moved"
    if any(one.contested for one in speaks):
        yield weight * BONUSES.contested, "the other side disputes it"


def _told(facts: Facts) -> Iterator[tuple[float, str]]:
    """What it is worth whoever tells it."""
    if facts.is_grave:
        yield BONUSES.grave, "people were killed or hurt"
    if facts.place == 0:
        yield BONUSES.opens, "opens its article"
    if facts.figures:
        yield BONUSES.figures, "gives figures"


def freshness(published_at: datetime | None, newest: datetime | None) -> float:
    """1 for the newest article of the window, half of it a day later, a third after two days; 0.5 where undated."""
    if published_at is None or newest is None:
        return 0.5
    return 1 / (1 + max(0.0, (newest - published_at).total_seconds()) / _DAY)


def richness(editor: Editor, others: Sequence[Facts]) -> float:
    """What a stretch of several sentences is worth beyond its best one: a share of what is said in the `others`."""
    said = sum(bonus for facts in others for bonus, _ in _said(editor, facts))
    return min(BONUSES.most_more, BONUSES.more * said)


def standing_factor(candidate: Candidate, main: Facts) -> float:
    """What is left of merit by how well the stretch stands alone, how much must be told with it, and what leads it in.

    `main` are the facts of its main sentence, which for a list is the one above it.
    """
    is_list = candidate.sentence < candidate.last
    surmise = _SURMISE if is_list and main.is_mere_surmise and not candidate.statements else 1.0
    pulled_in = 0 if is_list else candidate.sentence - candidate.first
    return _STANDING[candidate.standing] * _PULLED_IN**pulled_in * surmise
