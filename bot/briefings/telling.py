"""What an item tells, as features to be balanced: who takes which side on what, topics, actors, and whose story."""

from collections.abc import Iterator, Sequence

from bot.briefings.model import Scope
from bot.briefings.selection import Feature
from bot.briefings.worth import Facts
from bot.positions.model import Stance, Statement

_SIDE, _SIDE_AGAIN = 1.0, 0.15  # the same side of the same actor told twice is hardly worth a line
_TOLD, _TOLD_AGAIN = 1.0, 0.5
_TOPIC, _TOPIC_AGAIN = 0.4, 0.7
_ACTOR, _ACTOR_AGAIN = 0.9, 0.6
_STORY, _STORY_AGAIN = 0.3, 0.8


def features_of(sentences: Sequence[Facts], scope: Scope, story: str) -> tuple[Feature, ...]:
    """Features of an item; `sentences` are the facts of its sentences, the one that matters first.

    `story` is the story it comes from. Topics and actors asked for are in every item and so are no news in any.
    """
    main = sentences[0]
    said = [statement for facts in sentences for statement in facts.statements]
    sides = [feature for statement in said for feature in _sides(statement)]
    told = [Feature(("told", topic), _TOLD, _TOLD_AGAIN) for topic in main.topics[:1] if not sides]
    topics = [Feature(one, _TOPIC, _TOPIC_AGAIN) for one in main.topics[:2] if one not in scope.topics]
    heard = main.speakers or main.mentioned[:2]
    actors = [Feature(one, _ACTOR, _ACTOR_AGAIN) for one in heard if one not in scope.actors]
    heard_from = Feature(("story", story), _STORY, _STORY_AGAIN)
    return tuple({feature.key: feature for feature in (*sides, *told, *topics, *actors, heard_from)}.values())


def _sides(statement: Statement) -> Iterator[Feature]:
    """Who takes which side on which topic. Who has taken one has also spoken: to hear that he spoke is no news then."""
    who = statement.speaker.actor_id or statement.speaker.name
    if not who or not statement.topics:
        return
    side = None if statement.stance is Stance.UNCLEAR else statement.stance
    yield Feature((who, statement.topics[0], None), 0.0 if side else _SIDE, _SIDE_AGAIN)
    if side:
        yield Feature((who, statement.topics[0], side), _SIDE, _SIDE_AGAIN)
