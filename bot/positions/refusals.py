"""What looks like a shift and is none: another spokesman, or another reporter's wording.

The mirror of `shifts`: every two clear statements of a side on consecutive days that differ, less the shifts.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.dossier import Dossier
from bot.positions.answers import Refusal, Unmoved
from bot.positions.current import holder_of, published_at, stance_on
from bot.positions.model import Evidence, Holder, Mode, Shift, Stance

_CLEAR = (Stance.FOR, Stance.AGAINST, Stance.CONDITIONAL)


def find_refusals(dossier: Dossier, evidence: Sequence[Evidence], shifts: Sequence[Shift]) -> tuple[Unmoved, ...]:
    """Differences within a side that are no shift, newest first. `shifts` are those found in the same evidence."""
    told = {(_place(shift.before), _place(shift.after)) for shift in shifts if shift.before is not None}
    ends = {place for pair in told for place in pair}
    found = [
        one
        for (holder, topic_id), spoken in _by_side(dossier, evidence).items()
        for one in _differences(holder, topic_id, spoken)
        if (_place(one.before), _place(one.after)) not in told
        and not (one.refusal is Refusal.WORDING and _place(one.after) in ends)
        and not one.after.statement.shift
    ]
    return tuple(sorted(found, key=_newest_first))


def _by_side(dossier: Dossier, evidence: Sequence[Evidence]) -> dict[tuple[Holder, str], list[Evidence]]:
    """Dated, clear evidence of each side (of each speaker who has none) by topic."""
    sides: dict[tuple[Holder, str], list[Evidence]] = defaultdict(list)
    for one in evidence:
        holder = _side_of(dossier, one)
        topic_id = next(iter(one.statement.topics), None)
        if holder and topic_id and published_at(one) and stance_on(one, topic_id) in _CLEAR:
            sides[holder, topic_id].append(one)
    return sides


def _side_of(dossier: Dossier, evidence: Evidence) -> Holder | None:
    actor = dossier.actor(evidence.statement.speaker.actor_id or "")
    side = dossier.actor(actor.side) if actor and actor.side else None
    return Holder(side.id, side.name, side.role) if side else holder_of(dossier, evidence)


def _differences(holder: Holder, topic_id: str, spoken: Sequence[Evidence]) -> Iterator[Unmoved]:
    ordered = sorted(spoken, key=lambda one: (published_at(one), _place(one)))
    for before, after in pairwise(ordered):
        refusal = _refusal(before, after)
        if stance_on(before, topic_id) != stance_on(after, topic_id) and refusal is not None:
            yield Unmoved(holder, topic_id, before, after, refusal)


def _refusal(before: Evidence, after: Evidence) -> Refusal | None:
    if before.story_id == after.story_id or _day(before) == _day(after):
        return None  # one text or one day: two sides of one argument
    if before.statement.speaker.actor_id != after.statement.speaker.actor_id:
        return Refusal.SPEAKER
    return Refusal.WORDING if Mode.REPORTED in (before.statement.mode, after.statement.mode) else None


def _day(evidence: Evidence) -> str:
    at = published_at(evidence)
    return at.date().isoformat() if at else ""


def _place(evidence: Evidence) -> tuple[str, int, int]:
    content = evidence.statement.content
    return evidence.citation.article_id, content.start, content.end


def _newest_first(unmoved: Unmoved) -> float:
    at = published_at(unmoved.after)
    return -at.timestamp() if at else 0.0
