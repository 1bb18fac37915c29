"""Evidence by who speaks and on what, so that one position is not looked for in everything that was ever said."""

from collections import defaultdict
from collections.abc import Sequence

from bot.dossier import Dossier
from bot.positions.model import Evidence, Holder
from bot.positions.voices import voices_of

Voice = tuple[str | None, str | None]  # an actor's id, or the name of somebody outside the dossier


class Spoken:
    """What was said, by voice and topic, in its order."""

    def __init__(self, dossier: Dossier, evidence: Sequence[Evidence]) -> None:
        self._dossier = dossier
        self._evidence = evidence
        self._places: dict[tuple[Voice, str], list[int]] = defaultdict(list)
        for place, one in enumerate(evidence):
            for topic_id in dict.fromkeys(one.statement.topics):
                self._places[_voice(one), topic_id].append(place)

    def on(self, holder: Holder, topic_id: str) -> tuple[Evidence, ...]:
        """What the holder, and who speaks for it, said on a topic."""
        places = [place for voice in voices(self._dossier, holder) for place in self._places.get((voice, topic_id), ())]
        return tuple(self._evidence[place] for place in sorted(places))


def voices(dossier: Dossier, holder: Holder) -> frozenset[Voice]:
    """Whose statements count for a holder."""
    if holder.actor_id is None:
        return frozenset({(None, holder.name)})
    return frozenset((actor_id, None) for actor_id in voices_of(dossier, holder.actor_id))


def is_said_by(heard: frozenset[Voice], evidence: Evidence) -> bool:
    """Whether the speaker is one of these voices."""
    return _voice(evidence) in heard


def _voice(evidence: Evidence) -> Voice:
    speaker = evidence.statement.speaker
    return (speaker.actor_id, None) if speaker.actor_id is not None else (None, speaker.name)
