"""What an edition can't tell: who spoke, but not on what the others spoke about, and what rests on one voice."""

from collections import Counter
from collections.abc import Iterable

from bot.briefings.model import Scope, Silence
from bot.dossier import Actor, Dossier
from bot.positions.model import Evidence

_MOST_TOPICS = 3
_MOST_NAMED = 3  # principals, those heard most
_FEWEST_VOICES = 2  # that make a topic one of the day's


def find_silences(dossier: Dossier, current: Iterable[Evidence], scope: Scope) -> tuple[Silence, ...]:
    """Who of the principals that speak in the window is silent on its issues; the issues most spoken about first.

    An issue is a topic with a proposition on which at least two sides spoke. A principal's side counts as one voice.
    """
    sides = {actor.id: actor.side or actor.id for actor in dossier.actors}
    spoken = [(sides[speaker], one) for one in current if (speaker := one.statement.speaker.actor_id) in sides]
    heard: Counter[str] = Counter(side for side, _ in spoken)
    on_topic: dict[str, set[str]] = {topic.id: set() for topic in dossier.topics if topic.proposition}
    for side, one in spoken:
        for topic in one.statement.topics:
            if topic in on_topic:
                on_topic[topic].add(side)
    principals = [one for one in dossier.actors if one.principal and heard[sides[one.id]] and _is_asked(one, scope)]
    principals.sort(key=lambda one: -heard[sides[one.id]])
    issues = [topic for topic in on_topic if not scope.topics or topic in scope.topics]
    issues.sort(key=lambda topic: -len(on_topic[topic]))
    silences = (
        Silence(topic, tuple(one.id for one in principals if sides[one.id] not in on_topic[topic])[:_MOST_NAMED])
        for topic in issues[:_MOST_TOPICS]
        if len(on_topic[topic]) >= _FEWEST_VOICES
    )
    return tuple(silence for silence in silences if silence.actor_ids)


def _is_asked(actor: Actor, scope: Scope) -> bool:
    return not scope.actors or actor.id in scope.actors
