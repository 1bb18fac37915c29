"""What a window's statements rest on: positions held now, shifts told of in it, and claims disputed in it."""

from collections.abc import Sequence

from bot.briefings.model import Scope
from bot.dossier import Dossier
from bot.positions.contested import find_contested
from bot.positions.current import current_position, holder_of
from bot.positions.model import Contested, Evidence, Holder, Position, Shift, Stance
from bot.positions.shifts import find_shifts
from bot.positions.spoken import Spoken


def find_standings(
    dossier: Dossier, current: Sequence[Evidence], history: Sequence[Evidence], scope: Scope
) -> tuple[tuple[Position, ...], tuple[Shift, ...], tuple[Contested, ...]]:
    """Positions of those who speak in the window, the shifts it tells of and the claims it disputes.

    `current` is the window's evidence, `history` what the same people said before (it may hold the window's again).
    Only clear positions on topics with a proposition count: most independent stories first, then newest.
    """
    asked = [one for one in current if _is_asked(one, scope)]
    known = _without_repeats((*asked, *(one for one in history if _is_asked(one, scope))))
    pairs: dict[tuple[Holder, str], None] = {}
    for one in asked:
        holder = holder_of(dossier, one)
        for topic_id in one.statement.topics[:1] if holder is not None else ():
            topic = dossier.topic(topic_id)
            if holder is not None and topic is not None and topic.proposition is not None:
                pairs[holder, topic_id] = None
    spoken = Spoken(dossier, known)
    held = (
        current_position(dossier, spoken.on(holder, topic_id), holder=holder, topic_id=topic_id)
        for holder, topic_id in pairs
    )
    clear = [one for one in held if one is not None and one.stance not in (None, Stance.UNCLEAR)]
    here = {_place(one) for one in asked}
    return (
        tuple(sorted(clear, key=_most_told_first)),
        tuple(one for one in find_shifts(dossier, known) if _place(one.after) in here),
        tuple(one for one in find_contested(dossier, known) if _place(one.claim) in here or _is_here(one.answer, here)),
    )


def _is_asked(evidence: Evidence, scope: Scope) -> bool:
    statement = evidence.statement
    return (not scope.topics or bool(set(scope.topics) & set(statement.topics))) and (
        not scope.actors or statement.speaker.actor_id in scope.actors
    )


def _without_repeats(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple({_place(one): one for one in reversed(evidence)}.values())[::-1]


def _place(evidence: Evidence) -> tuple[str, int, int, str | None]:
    """One statement of one article."""
    statement = evidence.statement
    return evidence.citation.article_id, statement.content.start, statement.content.end, statement.speaker.actor_id


def _is_here(answer: Evidence | None, here: set[tuple[str, int, int, str | None]]) -> bool:
    return answer is not None and _place(answer) in here


def _most_told_first(position: Position) -> tuple[int, float]:
    return -position.independent, -position.as_of.timestamp() if position.as_of else 0.0
