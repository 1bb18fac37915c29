"""Contested claims: A says that B agreed, B (or what is told of B) says otherwise."""

from collections import defaultdict
from collections.abc import Sequence
from operator import itemgetter

from bot.dossier import Dossier
from bot.positions.current import published_at
from bot.positions.model import Contested, Evidence, Stance, Statement
from bot.positions.passage import Passage
from bot.positions.views import AGREED, View
from bot.positions.voices import NameIndex, voices_of

_NEAR = 3  # sentences after a claim in which the narrator may dispute it
_CONTRARY = (Stance.AGAINST, Stance.CONDITIONAL)
_TEXT_RULE = "contested: the article itself disputes it"


def dispute_claims(
    passage: Passage, statements: Sequence[Statement], views: Sequence[View], names: NameIndex
) -> tuple[bool, ...]:
    """For each statement, whether it claims that another side agreed and the article disputes that."""
    return tuple(
        view.agreed is not None
        and (
            _is_answered(statement, view, statements, views, names)
            or _is_disputed_near(passage, statement, view.agreed, names)
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


def _is_disputed_near(passage: Passage, claim: Statement, agreed: str, names: NameIndex) -> bool:
    """The narrator doubts it just after: in a sentence that names the other side, or in the next that names nobody."""
    side = names.own_side(agreed)
    for sentence in range(claim.sentence + 1, min(claim.sentence + 1 + _NEAR, len(passage.sentences))):
        if passage.marks(sentence).of("dispute"):
            named = {hit.value for hit in passage.names(sentence)}
            if named & side or (not named and sentence == claim.sentence + 1):
                return True
    return False


def find_contested(dossier: Dossier, evidence: Sequence[Evidence]) -> tuple[Contested, ...]:
    """Every claim that another side agreed which that side, in this or a later article, or the article disputes."""
    found: dict[tuple[str, str | None, str], Contested] = {}
    contrary: dict[str | None, list[tuple[int, Evidence]]] = defaultdict(list)  # by speaker, with its place
    for place, one in enumerate(evidence):
        if one.statement.stance in _CONTRARY:
            contrary[one.statement.speaker.actor_id].append((place, one))
    for claim in evidence:
        agreed = _agreed(claim)
        if agreed is None:
            continue
        side = _side(dossier, agreed)
        said = sorted((place for actor_id in side for place in contrary.get(actor_id, ())), key=itemgetter(0))
        answers = [one for _, one in said if _answers(claim, one)]
        if answers or claim.statement.contested:
            answer = max(answers, key=lambda one: _closeness(claim, one), default=None)
            rule = f"contested: {answer.statement.stance}" if answer is not None else _TEXT_RULE
            key = (claim.story_id, claim.statement.speaker.name, claim.statement.topics[0])
            found.setdefault(key, Contested(claim.statement.topics[0], claim, answer, rule))
    return tuple(found.values())


def _agreed(evidence: Evidence) -> str | None:
    """The actor that the statement says has agreed."""
    if not evidence.statement.topics:
        return None
    claims = (rule for rule in evidence.statement.rules if rule.startswith(AGREED))
    return next((rule.removeprefix(AGREED) for rule in claims), None)


def _side(dossier: Dossier, agreed: str) -> frozenset[str]:
    actor = dossier.actor(agreed)
    return voices_of(dossier, actor.side or agreed if actor else agreed) | {agreed}


def _answers(claim: Evidence, other: Evidence) -> bool:
    """Whether a contrary statement comes after the claim, on its topic."""
    statement = other.statement
    if statement.topics[0] not in claim.statement.topics:
        return False
    if other.citation.article_id == claim.citation.article_id:
        return statement.content.start > claim.statement.content.start
    said, answered = published_at(claim), published_at(other)
    return said is not None and answered is not None and answered >= said


def _closeness(claim: Evidence, answer: Evidence) -> tuple[bool, bool, float]:
    """A plain no first, then one of the same article, then the earliest."""
    at = published_at(answer)
    return (
        answer.statement.stance is Stance.AGAINST,
        answer.citation.article_id == claim.citation.article_id,
        -at.timestamp() if at is not None else 0.0,
    )
