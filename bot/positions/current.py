"""The current position of a holder on a topic: what the latest good evidence says, and which evidence that is."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from bot.articles.independence import count_voices, print_of
from bot.dossier import Dossier
from bot.positions.model import Evidence, Holder, Mode, Position, Stance
from bot.positions.voices import voices_of

_OVERRULES_FOR = timedelta(days=7)  # a principal's word stands this long against a later one of a minister
_NEVER = datetime.min.replace(tzinfo=UTC)
_KINDS = {Mode.QUOTE: 2, Mode.INDIRECT: 1, Mode.REPORTED: 0}
_OPPOSITES = {Stance.FOR, Stance.AGAINST}


def holder_of(dossier: Dossier, evidence: Evidence) -> Holder | None:
    """Who holds what the evidence tells; None where the speaker is not known by name."""
    speaker = evidence.statement.speaker
    actor = dossier.actor(speaker.actor_id) if speaker.actor_id is not None else None
    if actor is not None:
        return Holder(actor.id, actor.name, actor.role)
    return Holder(None, speaker.name, speaker.description) if speaker.name is not None else None


def is_voice(dossier: Dossier, holder: Holder, evidence: Evidence) -> bool:
    """Whether the speaker is the holder or speaks for it."""
    speaker = evidence.statement.speaker
    if holder.actor_id is not None:
        return speaker.actor_id in voices_of(dossier, holder.actor_id)
    return speaker.actor_id is None and speaker.name == holder.name


def stance_on(evidence: Evidence, topic_id: str) -> Stance | None:
    """The stance on this topic: a statement takes one on its first topic; what else it touches stays unclear."""
    statement = evidence.statement
    if statement.topics[:1] == (topic_id,) or statement.stance is None:
        return statement.stance
    return Stance.UNCLEAR


def published_at(evidence: Evidence) -> datetime | None:
    """When the article that holds the evidence was published, if that is known."""
    published = evidence.citation.published
    return published.at if published is not None else None


def published_before(evidence: Iterable[Evidence], as_of: datetime | None) -> tuple[Evidence, ...]:
    """Evidence published before `as_of`, if given; of undated evidence that can't be known."""
    return tuple(one for one in evidence if as_of is None or ((at := published_at(one)) is not None and at < as_of))


def current_position(
    dossier: Dossier, evidence: Sequence[Evidence], *, holder: Holder, topic_id: str, as_of: datetime | None = None
) -> Position | None:
    """The position of `holder` on a topic from all evidence given; None where nothing speaks of it.

    Clear statements count before unclear ones and dated before undated. Among those of a state, the word of its
    principal stands against a minister's for a week. Of one day, a reported change counts first, then own words, then
    indirect speech, then the narrator; a yes and a no of one day and kind leave the position unclear. On a theme, which
    has no sides, what names it in so many words comes before what only stands beside such words.
    """
    known = [
        one
        for one in published_before(evidence, as_of)
        if topic_id in one.statement.topics and is_voice(dossier, holder, one)
    ]
    if not known:
        return None
    pool, rule = _deciding(dossier, holder, known, topic_id)
    best = max(pool, key=lambda one: _weight(one, topic_id))
    stance = stance_on(best, topic_id)
    if _is_contradictory(pool, best, topic_id):
        stance, rule = Stance.UNCLEAR, f"a yes and a no{' of one day' if published_at(best) else ', undated'}"
    listed = _listed(best, known)
    return Position(
        holder=holder,
        topic_id=topic_id,
        stance=stance,
        as_of=published_at(best),
        kind=best.statement.mode,
        evidence=listed,
        independent=count_voices(
            print_of(one.citation, one.story_id)
            for one in (best, *(other for other in listed if stance_on(other, topic_id) == stance))
        ),
        rule=rule + _spoken_for(dossier, holder, best),
    )


def _deciding(dossier: Dossier, holder: Holder, known: Sequence[Evidence], topic_id: str) -> tuple[list[Evidence], str]:
    """The evidence of the deciding day, and the rule in words."""
    moved = _last_moves(known, topic_id)
    standing = [one for one in known if one.statement.content.start >= moved.get(_teller(one), 0)]
    clear = [one for one in standing if _is_clear(one, topic_id)]
    pool = clear or standing
    dated = [one for one in pool if published_at(one) is not None]
    if not dated:
        return pool, "undated statement" if clear else "unclear, undated statement"
    newest = max(at for one in dated if (at := published_at(one)))
    principal = [one for one in dated if _is_principal(dossier, holder, one) and _at(one) >= newest - _OVERRULES_FOR]
    rule = "latest dated statement" if clear else "latest dated statement, unclear"
    if principal and max(_at(one) for one in principal) < newest:
        rule = "the principal's word over a later one"
    chosen = principal or dated
    last = max(_at(one) for one in chosen).date()
    return [one for one in chosen if _at(one).date() == last], rule


def _is_clear(evidence: Evidence, topic_id: str) -> bool:
    """A stance that can be named; a theme has none, and a reported change counts even where the new side is unclear."""
    stance = stance_on(evidence, topic_id)
    return stance is not Stance.UNCLEAR or (evidence.statement.shift and evidence.statement.topics[:1] == (topic_id,))


def _last_moves(known: Sequence[Evidence], topic_id: str) -> dict[tuple[str, str | None], int]:
    """Where an article last says that a speaker changed position: what the speaker said before that is superseded."""
    moved: dict[tuple[str, str | None], int] = {}
    for one in known:
        if one.statement.shift and one.statement.topics[:1] == (topic_id,):
            moved[_teller(one)] = max(moved.get(_teller(one), 0), one.statement.content.start)
    return moved


def _teller(evidence: Evidence) -> tuple[str, str | None]:
    """A speaker in an article."""
    return evidence.citation.article_id, evidence.statement.speaker.actor_id


def _is_principal(dossier: Dossier, holder: Holder, evidence: Evidence) -> bool:
    actor = dossier.actor(evidence.statement.speaker.actor_id or "")
    return actor is not None and actor.principal and actor.id != holder.actor_id


def _weight(evidence: Evidence, topic_id: str) -> tuple[bool, bool, bool, int, int]:
    statement = evidence.statement
    clear = statement.stance is not Stance.UNCLEAR
    names_theme = stance_on(evidence, topic_id) is None and statement.names(topic_id)
    return clear, statement.shift, names_theme, _KINDS[statement.mode], statement.content.start


def _is_contradictory(pool: Sequence[Evidence], best: Evidence, topic_id: str) -> bool:
    if best.statement.shift:
        return False
    same = {stance_on(one, topic_id) for one in pool if one.statement.mode is best.statement.mode}
    return same >= _OPPOSITES


def _listed(best: Evidence, known: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The deciding evidence first, then the newest; what a copy of the same story repeats is left out."""
    rest = sorted((one for one in known if one is not best), key=_order, reverse=True)
    listed: dict[tuple[str, str], Evidence] = {}
    for one in (best, *rest):
        listed.setdefault((one.story_id, _words(one)), one)
    return tuple(listed.values())


def _order(evidence: Evidence) -> tuple[bool, datetime, int]:
    at = published_at(evidence)
    return (at is not None, at or _NEVER, evidence.statement.content.start)


def _words(evidence: Evidence) -> str:
    span = evidence.statement.content
    start = evidence.citation.span.start
    return " ".join(evidence.text[max(0, span.start - start) : span.end - start].split()).casefold()


def _spoken_for(dossier: Dossier, holder: Holder, evidence: Evidence) -> str:
    speaker = evidence.statement.speaker
    if speaker.actor_id is None or speaker.actor_id == holder.actor_id:
        return ""
    actor = dossier.actor(speaker.actor_id)
    return f", spoken for it by {actor.name if actor else speaker.name}"


def _at(evidence: Evidence) -> datetime:
    return published_at(evidence) or _NEVER
