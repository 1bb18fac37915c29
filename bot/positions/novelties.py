"""What is new of somebody's positions: a stance that was not there before, a shift, a claim that is contested."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.briefings.model import Scope
from bot.dossier import Dossier
from bot.positions.current import is_voice, stance_on
from bot.positions.model import Contested, Evidence, Position, Shift, Stance
from bot.positions.standings import find_standings
from bot.positions.voices import voices_of

_CLEAR = (Stance.FOR, Stance.AGAINST, Stance.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class Novelty:
    """One event. `key` is the same for the same event, whoever prints it and however often it is looked for."""

    key: str
    what: Position | Shift | Contested

    @property
    def topic_id(self) -> str | None:
        """The topic it is about."""
        return self.what.topic_id


@dataclass(frozen=True, slots=True)
class News:
    """What is new on what somebody follows, with its evidence. `left` counts what there was no room for."""

    dossier_id: str
    positions: tuple[Position, ...]
    shifts: tuple[Shift, ...]
    contested: tuple[Contested, ...]
    left: int = 0
    edition: str | None = None


def find_novelties(dossier: Dossier, fresh: Sequence[Evidence], history: Sequence[Evidence]) -> tuple[Novelty, ...]:
    """What `fresh` evidence tells that `history` (which may hold it again) did not: shifts first."""
    positions, shifts, contested = find_standings(dossier, fresh, history, Scope())
    new = {one.citation.article_id for one in fresh}
    before = [one for one in history if one.citation.article_id not in new]
    found = [
        *(Novelty(_key("shift", one.holder.name, one.topic_id, _words(one.after)), one) for one in shifts),
        *(Novelty(_key("contested", one.topic_id or "", _words(one.claim)), one) for one in contested),
        *(
            Novelty(_key("position", one.holder.name, one.topic_id, str(one.stance)), one)
            for one in positions
            if _is_first(dossier, one, before, new)
        ),
    ]
    return tuple({one.key: one for one in found}.values())


def concerns(dossier: Dossier, novelty: Novelty, actors: Collection[str], topics: Collection[str]) -> bool:
    """Whether it is about one of these topics, or of one of these actors or those who speak for them."""
    if novelty.topic_id in topics:
        return True
    voices = {voice for actor in actors for voice in voices_of(dossier, actor)}
    return any(speaker in voices for speaker in _speakers(novelty.what))


def news_of(dossier_id: str, novelties: Sequence[Novelty], most: int) -> News:
    """The first `most` of them."""
    shown = [one.what for one in novelties[:most]]
    return News(
        dossier_id=dossier_id,
        positions=tuple(one for one in shown if isinstance(one, Position)),
        shifts=tuple(one for one in shown if isinstance(one, Shift)),
        contested=tuple(one for one in shown if isinstance(one, Contested)),
        left=max(0, len(novelties) - most),
    )


def _is_first(dossier: Dossier, position: Position, before: Sequence[Evidence], new: Collection[str]) -> bool:
    """Whether its deciding evidence is new, and its holder had no clear stance on the topic before."""
    if position.evidence[0].citation.article_id not in new:
        return False
    held = (one for one in before if is_voice(dossier, position.holder, one))
    return not any(
        stance_on(one, position.topic_id) in _CLEAR for one in held if position.topic_id in one.statement.topics
    )


def _speakers(what: Position | Shift | Contested) -> Iterator[str | None]:
    match what:
        case Position() | Shift():
            yield what.holder.actor_id
        case Contested():
            yield from (one.statement.speaker.actor_id for one in (what.claim, what.answer) if one is not None)


def _words(evidence: Evidence) -> str:
    return " ".join(evidence.text.split()).casefold()


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
