"""Digests: the positions of one actor on every topic, of everyone on one topic, or of one on one."""

from collections.abc import Sequence
from datetime import datetime

from bot.dossier import Dossier
from bot.positions.contested import find_contested
from bot.positions.current import current_position, holder_of, published_at, published_before
from bot.positions.model import Cell, Contested, Digest, Evidence, Holder
from bot.positions.shifts import find_shifts
from bot.positions.spoken import Spoken, Voice, is_said_by, voices

__all__ = ["compose_digest", "current_position"]


def compose_digest(
    dossier: Dossier,
    evidence: Sequence[Evidence],
    *,
    actor_id: str | None,
    topic_id: str | None,
    other: str | None = None,
    as_of: datetime | None = None,
    articles: int,
) -> Digest:
    """The digest of one actor (`actor_id`, or `other` by name), of one topic, or of both.

    `as_of` is exclusive and leaves out what is undated; `articles` is how many were read. A field without evidence is
    there with no position. The evidence of a state holds what its officials said; each piece names its speaker.
    """
    known = published_before(evidence, as_of)
    topics = [topic.id for topic in dossier.topics if topic_id in (None, topic.id)]
    holders = _holders(dossier, known, actor_id, other)
    spoken = Spoken(dossier, known)
    cells = tuple(
        Cell(holder, topic, current_position(dossier, spoken.on(holder, topic), holder=holder, topic_id=topic))
        for holder in holders
        for topic in topics
    )
    heard = frozenset(voice for holder in holders for voice in voices(dossier, holder))
    asked = [one for one in known if is_said_by(heard, one)]
    return Digest(
        dossier_id=dossier.id,
        actor_id=actor_id,
        topic_id=topic_id,
        as_of=as_of,
        cells=cells,
        shifts=tuple(shift for shift in find_shifts(dossier, asked) if shift.topic_id in topics),
        contested=tuple(
            one for one in find_contested(dossier, known) if one.topic_id in topics and _is_party(heard, one)
        ),
        articles=articles,
        undated_left_out=0 if as_of is None else _count_undated(evidence, topics, heard if actor_id or other else None),
    )


def _holders(
    dossier: Dossier, known: Sequence[Evidence], actor_id: str | None, other: str | None
) -> tuple[Holder, ...]:
    """Whom the digest is about: the one asked for, else all actors of the dossier and then all others who spoke."""
    if other is not None:
        named = (holder for one in known if (holder := holder_of(dossier, one)) is not None and holder.name == other)
        return (next(named, Holder(None, other)),)
    actors = tuple(Holder(actor.id, actor.name, actor.role) for actor in dossier.actors if actor_id in (None, actor.id))
    if actor_id is not None:
        return actors
    spoke = (holder_of(dossier, one) for one in known if one.statement.topics)
    others: dict[str, Holder] = {}
    for holder in spoke:
        if holder is not None and holder.actor_id is None:
            others.setdefault(holder.name, holder)
    return (*actors, *sorted(others.values(), key=lambda holder: holder.name))


def _count_undated(evidence: Sequence[Evidence], topics: Sequence[str], heard: frozenset[Voice] | None) -> int:
    """Undated statements on these topics, of these voices or of everybody."""
    undated = (
        one for one in evidence if published_at(one) is None and not set(topics).isdisjoint(one.statement.topics)
    )
    return sum(heard is None or is_said_by(heard, one) for one in undated)


def _is_party(heard: frozenset[Voice], contested: Contested) -> bool:
    """Whether one of those asked for makes the claim or answers it."""
    return any(one is not None and is_said_by(heard, one) for one in (contested.claim, contested.answer))
