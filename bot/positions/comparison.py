"""Two holders side by side: where they agree, where they differ, and where one of them is silent."""

from collections.abc import Sequence

from bot.dossier import Dossier
from bot.positions.answers import Comparison, Row, Verdict
from bot.positions.contested import find_contested
from bot.positions.current import current_position, is_voice
from bot.positions.model import Contested, Evidence, Holder, Position, Stance

_ORDER = tuple(Verdict[name] for name in ("OPPOSITE", "PARTLY", "SAME", "OPEN", "ONE_SILENT"))
_PLAIN = (Stance.FOR, Stance.AGAINST)


def compare_holders(
    dossier: Dossier,
    evidence: Sequence[Evidence],
    first: Holder,
    second: Holder,
    *,
    topic_id: str | None = None,
    articles: int,
) -> Comparison:
    """The comparison on one topic, or on all. What each claims of the other's consent and the other denies belongs."""
    topics = [topic.id for topic in dossier.topics if topic_id in (None, topic.id)]
    rows = [_row(dossier, evidence, first, second, topic) for topic in topics]
    spoken = [row for row in rows if row.first or row.second]
    return Comparison(
        dossier_id=dossier.id,
        first=first,
        second=second,
        topic_id=topic_id,
        rows=tuple(sorted(spoken, key=lambda row: (_ORDER.index(row.verdict), topics.index(row.topic_id)))),
        silent=tuple(row.topic_id for row in rows if not row.first and not row.second),
        contested=tuple(
            one
            for one in find_contested(dossier, evidence)
            if one.topic_id in topics and _is_between(dossier, one, first, second)
        ),
        articles=articles,
    )


def _row(dossier: Dossier, evidence: Sequence[Evidence], first: Holder, second: Holder, topic_id: str) -> Row:
    left, right = (current_position(dossier, evidence, holder=holder, topic_id=topic_id) for holder in (first, second))
    return Row(topic_id, left, right, verdict_of(left, right))


def verdict_of(first: Position | None, second: Position | None) -> Verdict:
    """How two positions on one topic stand to each other."""
    if first is None or second is None:
        return Verdict.ONE_SILENT
    stances = (first.stance, second.stance)
    if None in stances or Stance.UNCLEAR in stances:
        return Verdict.OPEN
    if first.stance == second.stance:  # two conditions may be far apart, or even exclude each other
        return Verdict.SAME if first.stance in _PLAIN else Verdict.PARTLY
    return Verdict.PARTLY if Stance.CONDITIONAL in stances else Verdict.OPPOSITE


def _is_between(dossier: Dossier, contested: Contested, first: Holder, second: Holder) -> bool:
    if contested.answer is None:
        return False
    pairs = ((contested.claim, contested.answer), (contested.answer, contested.claim))
    return any(is_voice(dossier, first, one) and is_voice(dossier, second, other) for one, other in pairs)
