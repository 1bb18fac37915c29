"""Shifts: a holder's position that differs from its own before, or a sentence that reports the change itself.

No shift is made of a difference between two spokesmen, between two outlets' wordings, between copies of one story, or
between two statements of one day.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from bot.dossier import Dossier
from bot.positions.current import current_position, holder_of, published_at, stance_on
from bot.positions.model import Evidence, Holder, Mode, Position, Shift, Stance

_CLEAR = (Stance.FOR, Stance.AGAINST, Stance.CONDITIONAL)


def find_shifts(dossier: Dossier, evidence: Sequence[Evidence]) -> tuple[Shift, ...]:
    """All shifts in the evidence, newest first, undated ones last."""
    by_voice: dict[tuple[Holder, str], list[Evidence]] = defaultdict(list)
    for one in evidence:
        holder = holder_of(dossier, one)
        if holder is not None and one.statement.topics:
            by_voice[holder, one.statement.topics[0]].append(one)
    found = [
        shift
        for (holder, topic_id), spoken in by_voice.items()
        for shift in (*_reported(holder, topic_id, spoken), *_dated(dossier, holder, topic_id, spoken))
    ]
    return tuple(sorted(found, key=_newest_first))


def _reported(holder: Holder, topic_id: str, spoken: Sequence[Evidence]) -> Iterator[Shift]:
    """One for each story that says in so many words that the position changed."""
    stories = set()
    for one in spoken:
        if one.statement.shift and one.story_id not in stories:
            stories.add(one.story_id)
            cue = next((rule for rule in one.statement.rules if rule.startswith("shift: ")), "shift: reported")
            yield Shift(holder, topic_id, None, one, cue)


def _dated(dossier: Dossier, holder: Holder, topic_id: str, spoken: Sequence[Evidence]) -> Iterator[Shift]:
    """Between one day with a clear position and the next."""
    days: dict[date, list[Evidence]] = defaultdict(list)
    for one in spoken:
        at = published_at(one)
        if at is not None and stance_on(one, topic_id) in _CLEAR:
            days[at.date()].append(one)
    held = [current_position(dossier, days[day], holder=holder, topic_id=topic_id) for day in sorted(days)]
    clear = [position for position in held if position is not None and position.stance in _CLEAR]
    for before, after in pairwise(clear):
        if _is_shift(before, after):
            yield Shift(holder, topic_id, before.evidence[0], after.evidence[0], _in_words(before, after))


def _is_shift(before: Position, after: Position) -> bool:
    old, new = before.evidence[0], after.evidence[0]
    if before.stance == after.stance or old.story_id == new.story_id or new.statement.shift:
        return False
    narrated = [one for one in (old, new) if one.statement.mode is Mode.REPORTED]
    if Stance.CONDITIONAL in (before.stance, after.stance):
        return not narrated  # whether a yes is meant without conditions may be the narrator's wording
    return len(narrated) < 2 or old.citation.outlet == new.citation.outlet


def _in_words(before: Position, after: Position) -> str:
    return f"shift: {before.stance} on {_day(before)}, {after.stance} on {_day(after)}"


def _day(position: Position) -> str:
    return position.as_of.date().isoformat() if position.as_of else "an unknown day"


def _newest_first(shift: Shift) -> tuple[bool, float]:
    at = published_at(shift.after)
    return at is None, -at.timestamp() if at else 0.0
