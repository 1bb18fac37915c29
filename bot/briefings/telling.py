"""What an item tells, as features to be balanced: who takes which side on what, which topics, which actors."""

from collections.abc import Sequence

from bot.briefings.model import Scope
from bot.briefings.selection import Feature
from bot.briefings.worth import Facts
from bot.positions.model import Statement

_SIDE, _SIDE_AGAIN = 1.0, 0.15  # the same side of the same actor told twice is hardly worth a line
_TOLD, _TOLD_AGAIN = 1.0, 0.5
_TOPIC, _TOPIC_AGAIN = 0.3, 0.7
_ACTOR, _ACTOR_AGAIN = 0.35, 0.7


def features_of(sentences: Sequence[Facts], scope: Scope) -> tuple[Feature, ...]:
    """Features of an item; `sentences` are the facts of its sentences, the one that matters first.

    Topics and actors asked for are in every item and so are no news in any.
    """
    main = sentences[0]
    sides = [Feature(key, _SIDE, _SIDE_AGAIN) for facts in sentences for key in map(_side, facts.statements) if key]
    told = [Feature(("told", topic), _TOLD, _TOLD_AGAIN) for topic in main.topics[:1] if not sides]
    topics = [Feature(one, _TOPIC, _TOPIC_AGAIN) for one in main.topics[:2] if one not in scope.topics]
    heard = main.speakers or main.mentioned[:2]
    actors = [Feature(one, _ACTOR, _ACTOR_AGAIN) for one in heard if one not in scope.actors]
    return tuple({feature.key: feature for feature in (*sides, *told, *topics, *actors)}.values())


def _side(statement: Statement) -> tuple[str, str, str | None] | None:
    """Who, on which topic, on which side; None where nobody is named or nothing is spoken of."""
    who = statement.speaker.actor_id or statement.speaker.name
    return (who, statement.topics[0], statement.stance) if who and statement.topics else None
