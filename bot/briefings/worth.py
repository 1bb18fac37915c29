"""What makes a sentence worth a line in a briefing, each reason with its share, so that it can be told why."""

from dataclasses import dataclass
from datetime import datetime

from bot.briefings.candidates import Candidate
from bot.briefings.editor import Editor
from bot.briefings.model import Scope
from bot.briefings.standing import Standing
from bot.positions.model import Stance, Statement

_DAY = 86_400.0
_STANDING = {Standing.STANDS: 1.0, Standing.LEANS: 0.85, Standing.DANGLES: 0.1, Standing.FRAGMENT: 0.02}
_PULLED_IN = 0.93  # each explaining sentence in front costs this factor
_OFF_TOPIC = 0.5
_FEWEST_WORDS = 8
_TOO_SHORT = 0.5


@dataclass(frozen=True, slots=True)
class Bonuses:
    """What each reason adds to relevance (which is in [0, 1]). Editorial judgement, one scale for every dossier."""

    takes_stance: float = 0.30
    speaks: float = 0.15
    shifts: float = 0.25
    contested: float = 0.20
    figures: float = 0.10
    newest: float = 0.20


BONUSES = Bonuses()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one sentence before it is judged."""

    relevance: float
    topics: tuple[str, ...]
    speakers: tuple[str, ...]
    mentioned: tuple[str, ...]
    statements: tuple[Statement, ...]
    figures: int
    words: int
    published_at: datetime | None

    @property
    def actors(self) -> tuple[str, ...]:
        """Who speaks, then who is named."""
        return tuple(dict.fromkeys((*self.speakers, *self.mentioned)))

    def is_within(self, scope: Scope) -> bool:
        """Whether it speaks of one of the topics and of one of the actors asked for."""
        on_topic = not scope.topics or any(topic in scope.topics for topic in self.topics)
        on_actor = not scope.actors or any(actor in scope.actors for actor in self.actors)
        return on_topic and on_actor


def gather_facts(
    editor: Editor,
    text: str,
    statements: tuple[Statement, ...],
    relevance: float,
    published_at: datetime | None,
) -> Facts:
    """Everything about one sentence. Topics are those of its statements first, then those its words speak of."""
    said = tuple(topic for statement in statements for topic in statement.topics[:1])
    return Facts(
        relevance=relevance,
        topics=tuple(dict.fromkeys((*said, *editor.topics_of(text)))),
        speakers=tuple(dict.fromkeys(one.speaker.actor_id for one in statements if one.speaker.actor_id)),
        mentioned=editor.mentioned(text),
        statements=statements,
        figures=len(editor.figures(text)),
        words=len(text.split()),
        published_at=published_at,
    )


def merit(facts: Facts, newest: datetime | None) -> tuple[float, tuple[str, ...]]:
    """Merit of a sentence before it is judged, and the reasons beside relevance."""
    reasons: list[str] = []
    value = facts.relevance
    speaks = [one for one in facts.statements if one.speaker.actor_id]
    if any(one.stance not in (None, Stance.UNCLEAR) for one in speaks):
        value += BONUSES.takes_stance
        reasons.append("takes a stance")
    elif speaks:
        value += BONUSES.speaks
        reasons.append("an actor of the dossier speaks")
    if any(one.shift for one in facts.statements):
        value += BONUSES.shifts
        reasons.append("a position moved")
    if any(one.contested for one in facts.statements):
        value += BONUSES.contested
        reasons.append("the other side disputes it")
    if facts.figures:
        value += BONUSES.figures
        reasons.append("gives figures")
    value += BONUSES.newest * freshness(facts.published_at, newest)
    if not facts.topics:
        value *= _OFF_TOPIC
    if facts.words < _FEWEST_WORDS:
        value *= _TOO_SHORT
    return value, tuple(reasons)


def freshness(published_at: datetime | None, newest: datetime | None) -> float:
    """1 for the newest article of the window, half of it a day later, a third after two days; 0.5 where undated."""
    if published_at is None or newest is None:
        return 0.5
    return 1 / (1 + max(0.0, (newest - published_at).total_seconds()) / _DAY)


def standing_factor(candidate: Candidate) -> float:
    """What is left of a sentence's merit by how well it stands alone and how much must be told with it."""
    pulled_in = (candidate.sentence - candidate.first) if candidate.sentence == candidate.last else 0
    return _STANDING[candidate.standing] * _PULLED_IN**pulled_in
