"""Contested claims: A says that B agreed, B (or what is told of B) says otherwise."""

from collections.abc import Sequence

from bot.positions.frames import Frames
from bot.positions.model import Stance, Statement
from bot.positions.passage import Passage
from bot.positions.views import View
from bot.positions.voices import NameIndex

_NEAR = 3  # sentences after a claim in which the narrator may dispute it
_CONTRARY = (Stance.AGAINST, Stance.CONDITIONAL)
AGREED = "claim: agreed by "


def dispute_claims(
    passage: Passage, statements: Sequence[Statement], views: Sequence[View], names: NameIndex, cues: Frames
) -> tuple[bool, ...]:
    """For each statement, whether it claims that another side agreed and the article disputes that."""
    return tuple(
        view.agreed is not None
        and (
            _is_answered(statement, view, statements, views, names)
            or _is_disputed_near(passage, statement, view.agreed, names, cues)
        )
        for statement, view in zip(statements, views, strict=True)
    )


def _is_answered(
    claim: Statement, view: View, statements: Sequence[Statement], views: Sequence[View], names: NameIndex
) -> bool:
    side = names.own_side(view.agreed)
    return any(
        other.speaker.actor_id in side
        and other.content.start > claim.content.start
        and bool(answer.topics)
        and answer.topics[0] in view.topics
        and answer.stance in _CONTRARY
        for other, answer in zip(statements, views, strict=True)
    )


def _is_disputed_near(passage: Passage, claim: Statement, agreed: str, names: NameIndex, cues: Frames) -> bool:
    """The narrator doubts it just after, where the other side is named as well."""
    last = min(claim.sentence + 1 + _NEAR, len(passage.sentences))
    after = [passage.tokens(sentence) for sentence in range(claim.sentence + 1, last)]
    is_named = any(names.actors(tokens) & names.own_side(agreed) for tokens in after)
    return is_named and any(cues.disputes.find(tokens) for tokens in after)
