"""Stance towards a topic's proposition, worked out from the cues whose reach covers what is said of the topic.

From the keyword outwards every cue in whose scope it stands is applied: a reversal ("lifting"), a negation, an
attitude ("rejects"), a judgement ("unacceptable"). Signs multiply; what counts in the end is the outermost attitude or
judgement, and only if it is the speaker's own. No such cue, somebody else's, or too many turns: unclear rather than
a guess.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.positions.model import Stance
from bot.positions.reach import OWN, Clause, FrameHit, Owner, Ownership

_MOST_TURNS = 3
_CLOSE = 2  # words between a negation and the cue that it denies


class Anchor(NamedTuple):
    """Where a clause speaks of the topic: token ranges (the last is the head), and the side these words take."""

    parts: tuple[tuple[int, int], ...]
    sign: int
    segment: int | None = None  # where it is not the head's own

    @property
    def head(self) -> tuple[int, int]:
        """Token range that the cues must reach."""
        return self.parts[-1]

    def segment_in(self, clause: Clause) -> int:
        """The segment of the clause that the anchor belongs to."""
        return clause.segments[self.head[0]] if self.segment is None else self.segment

    def shares(self, hit: FrameHit) -> bool:
        """Whether the cue lies within the keyword itself, which then speaks for both."""
        return any(hit.covers(first, last) for first, last in self.parts)


class Verdict(NamedTuple):
    """A stance with the cues that made it; `agreed` is the other side that is said to have agreed."""

    stance: Stance
    rules: tuple[str, ...] = ()
    agreed: str | None = None


@dataclass(slots=True)
class _Chain:
    """The state while cues are applied from the keyword outwards."""

    sign: int
    turns: int = 0
    owner: Ownership | None = None
    giver: Ownership | None = None  # who gives up what is in reach
    was_against: bool = False
    softened: bool = False
    conditional: bool = False
    supposed: bool = False
    accepts: bool = False
    is_if: bool = False
    judged: FrameHit | None = None
    told: Ownership | None = None  # who else says what is in reach
    rules: list[str] = field(default_factory=list)


def judge(clause: Clause, anchors: Sequence[Anchor], *, since: int = 0) -> Verdict:
    """The speaker's stance in one clause; anchors before token `since` tell of an earlier position and don't count."""
    counting = [anchor for anchor in anchors if anchor.head[0] >= since and anchor.sign]
    verdicts = [_judge_anchor(clause, anchor) for anchor in counting + _relative_anchors(clause, counting)]
    return combine(verdicts, has_concession=bool(clause.concessions))


def _relative_anchors(clause: Clause, anchors: Sequence[Anchor]) -> list[Anchor]:
    """ "Troops, which Moscow rejects": they are meant once more where the object of the relative clause would stand."""
    found = []
    for segment in clause.relatives:
        before = [anchor for anchor in anchors if anchor.segment_in(clause) == segment - 1]
        place = clause.object_gap(segment)
        if before and place is not None:
            found.append(Anchor(((place, place),), before[-1].sign, segment))
    return found


def combine(verdicts: Iterable[Verdict], *, has_concession: bool) -> Verdict:
    """One verdict of several: a yes and a no set against each other are a condition, else unclear."""
    found = list(verdicts)
    rules = tuple(dict.fromkeys(rule for verdict in found for rule in verdict.rules))
    agreed = next((verdict.agreed for verdict in found if verdict.agreed), None)
    stances = {verdict.stance for verdict in found} - {Stance.UNCLEAR}
    if not stances:
        return Verdict(Stance.UNCLEAR, rules, agreed)
    if len(stances) == 1:
        return Verdict(stances.pop(), rules, agreed)
    if Stance.CONDITIONAL in stances or has_concession:
        return Verdict(Stance.CONDITIONAL, (*rules, "stance: yes and no"), agreed)
    return Verdict(Stance.UNCLEAR, (*rules, "stance: contradictory"), agreed)


def _judge_anchor(clause: Clause, anchor: Anchor) -> Verdict:
    chain = _Chain(sign=anchor.sign)
    for hit in _in_reach(clause, anchor):
        if hit.end <= anchor.head[0] and (hit.value.kind == "requirement" or _is_missed(clause, hit, anchor)):
            chain.owner, chain.supposed = OWN, False
            chain.rules.append(_rule(hit))
            break
        _apply(chain, hit, clause, anchor)
    _apply_lead(chain, clause, anchor)
    chain.is_if = chain.is_if or _follows_condition(clause, anchor)
    return _result(chain, clause, anchor)


def _is_missed(clause: Clause, hit: FrameHit, anchor: Anchor) -> bool:
    """ "Without a truce we cannot talk": a no after it makes of the absence a requirement."""
    return hit.value.kind == "absence" and any(
        other.start >= anchor.head[1] and (other.value.kind == "negation" or other.value.polarity < 0)
        for other in clause.frames
    )


def _follows_condition(clause: Clause, anchor: Anchor) -> bool:
    """ "If he refuses, ...": the clause before the anchor's begins with a condition."""
    segment = anchor.segment_in(clause) - 1
    return any(
        hit.value.kind in ("if", "requirement")
        and clause.segments[hit.start] == segment
        and (hit.start == 0 or clause.segments[hit.start - 1] != segment)
        for hit in clause.frames
    )


def _in_reach(clause: Clause, anchor: Anchor) -> list[FrameHit]:
    """Frames whose scope covers the anchor, the innermost first."""
    before, after = [], []
    for hit in clause.frames:
        if anchor.shares(hit):
            continue
        if _stands_before(hit, anchor) and _reaches_right(clause, hit, anchor):
            before.append(hit)
        elif hit.start < anchor.head[0] and hit.end > anchor.head[1]:
            before.append(hit)  # "ruled the levy out"
        elif hit.start >= anchor.head[1] and _reaches_left(clause, hit, anchor):
            after.append(hit)
    before += [hit for hit in clause.frames if hit.value.kind == "negation" and _answers_label(clause, hit, anchor)]
    before = [hit for hit in before if not hit.value.over_cues or _stands_over_cue(hit, before)]
    compound = [hit for hit in after if hit.value.kind == "reversal" and hit.start == anchor.head[1]]
    after = [hit for hit in after if hit not in compound]
    if any(hit.value.kind == "verdict" for hit in after):  # "considers the levy illegal": the judgement counts
        is_said_twice = clause.is_judged_at(anchor.head[1])
        before = [
            hit
            for hit in before
            if not (hit.value.kind == "attitude" and (is_said_twice or (hit.value.soft and hit.words == 1)))
        ]
    return [*compound, *reversed(before), *reversed(after)]  # after the anchor, what is nearer rules what follows it


def _answers_label(clause: Clause, hit: FrameHit, anchor: Anchor) -> bool:
    """ "Observers: none on our soil": what answers the label of a list; in "Levy: no new taxes" the no is another's."""
    end = anchor.head[1]
    is_whole = hit.value.answers or hit.end == len(clause.tokens)
    return hit.start == end + 1 and clause.tokens[end].word == ":" and is_whole


def _stands_over_cue(hit: FrameHit, before: Sequence[FrameHit]) -> bool:
    return any(other.start >= hit.end and other.value.kind == "attitude" for other in before)


def _stands_before(hit: FrameHit, anchor: Anchor) -> bool:
    """Of a negation in two parts ("neither ... nor") the first decides."""
    return (_first_head(hit) if hit.value.kind == "negation" else hit.end - 1) < anchor.head[0]


def _first_head(hit: FrameHit) -> int:
    return hit.parts[0][0] if hit.value.kind == "negation" else hit.head[0]


def _reaches_right(clause: Clause, hit: FrameHit, anchor: Anchor) -> bool:
    between = {clause.tokens[place].word for place in range(hit.end, anchor.head[0])}
    if (hit.value.kind == "negation" and "and" in between) or hit.value.not_over in between:
        return False
    if clause.segments[_first_head(hit)] != anchor.segment_in(clause):
        return False
    if hit.value.kind in ("attitude", "reversal") and clause.is_replaced(
        hit, 1 + min(first for first, _ in anchor.parts)
    ):
        return False
    if hit.value.polarity > 0 and not clause.is_realized(hit, min(first for first, _ in anchor.parts)):
        return False
    if hit.value.scope in ("left", "around") or (clause.is_passive(hit) and hit.value.kind in ("attitude", "reversal")):
        return False
    return hit.value.kind != "if" or not _has_comma(clause, hit.end, anchor.head[0])


def _reaches_left(clause: Clause, hit: FrameHit, anchor: Anchor) -> bool:
    kind = hit.value.kind
    if not _is_linked(clause, hit, anchor) or _is_supposed(clause, hit, anchor):
        return False
    if kind in ("condition", "requirement", "if", "hedge"):
        return True
    if hit.value.adjacent and hit.start != anchor.head[1]:
        return False
    if hit.value.scope in ("left", "both") or clause.is_passive(hit):
        return True
    if kind == "reversal" and hit.start == anchor.head[1] and clause.turns_back(hit):
        return True
    return kind == "negation" and _denies_predicate(clause, hit, anchor)


def _is_supposed(clause: Clause, hit: FrameHit, anchor: Anchor) -> bool:
    """ "Would withdraw the ships if the toll were dropped": what is dropped is the toll, not the ships."""
    if hit.value.kind in ("condition", "requirement", "if", "hedge"):
        return False
    return any(other.value.kind == "if" and anchor.head[1] <= other.start < hit.start for other in clause.frames)


def _is_linked(clause: Clause, hit: FrameHit, anchor: Anchor) -> bool:
    """In one segment; or in a relative clause right after the anchor's; or, for conditions, anywhere after it."""
    own, other = anchor.segment_in(clause), clause.segments[hit.head[0]]
    if own == other:
        return True
    if hit.value.kind in ("requirement", "if", "condition"):
        return own < other and not clause.coordinate.intersection(range(own + 1, other + 1))
    return other == own + 1 and (other in clause.relatives or _resumes(clause, hit, other))


def _resumes(clause: Clause, hit: FrameHit, segment: int) -> bool:
    """ "A truce before a border is agreed would be a gift": after the insertion the main clause goes on."""
    opening = clause.segments.index(segment)
    words = [token.word for token in clause.tokens[opening : hit.start]]
    return hit.value.kind == "verdict" and words[:1] in (["before"], ["after"]) and "would" in words


def _denies_predicate(clause: Clause, hit: FrameHit, anchor: Anchor) -> bool:
    """ "Troops will not be accepted", "a truce is no longer needed": it stands right before a cue that reaches back."""
    return any(
        0 <= other.start - hit.end <= _CLOSE and _reaches_left(clause, other, anchor)
        for other in clause.frames
        if other.value.kind not in ("negation", "absence")
    )


def _apply(chain: _Chain, hit: FrameHit, clause: Clause, anchor: Anchor) -> None:
    frame = hit.value
    if frame.kind == "hedge":
        chain.softened = True
    elif frame.kind == "condition" and frame.polarity:
        chain.softened = True
        chain.owner = chain.owner or OWN
    elif frame.kind in ("condition", "requirement"):
        chain.conditional = True
    elif frame.kind == "if":
        if hit.end <= anchor.head[0]:
            chain.supposed = True
        else:
            chain.is_if = True
    elif frame.kind == "opaque":
        chain.supposed = True
    elif frame.kind in ("negation", "reversal", "absence"):
        _turn(chain)
        if frame.kind == "reversal" and not hit.value.over_cues:
            chain.giver = clause.owner(hit)
        elif frame.kind == "negation" and chain.giver is not None and chain.owner is None:
            chain.owner = chain.giver  # who has not given something up stays with it
    elif frame.kind == "speech":
        _attribute(chain, clause.owner(hit))
        return
    elif frame.kind in ("attitude", "verdict"):
        _hold(chain, hit, clause)
    chain.rules.append(_rule(hit))


def _apply_lead(chain: _Chain, clause: Clause, anchor: Anchor) -> None:
    """ "The demands: no troops": the cue over the content counts where nothing within it does."""
    lead = clause.lead
    if lead is None or chain.owner is not None:
        return
    if lead.value.polarity < 0 and chain.turns:
        return  # "red lines: no troops" and "red lines: troops" mean the same
    chain.owner = OWN
    if lead.value.polarity < 0:
        _turn(chain)
    if _follows_before(clause, anchor):
        chain.conditional = True
    chain.rules.append(_rule(lead))


def _follows_before(clause: Clause, anchor: Anchor) -> bool:
    """ "Recognition before any truce": what is demanded comes first, and the anchor only after it."""
    return any(
        clause.tokens[hit.start].word == "before" and 0 <= anchor.head[0] - hit.end <= _CLOSE
        for hit in clause.marks.of("boundary")
    )


def _turn(chain: _Chain) -> None:
    chain.sign = -chain.sign
    chain.turns += 1
    if chain.was_against:
        chain.softened = True


def _attribute(chain: _Chain, owner: Ownership) -> None:
    """What another one says or thinks is that one's view, not the speaker's."""
    if owner.owner is not Owner.OWN:
        chain.told = owner
        if chain.owner is not None:
            chain.owner, chain.accepts = owner, False


def _hold(chain: _Chain, hit: FrameHit, clause: Clause) -> None:
    """An attitude or judgement: it counts as the speaker's if it is the speaker's own."""
    frame = hit.value
    owner = OWN if frame.kind == "verdict" else clause.owner(hit)
    if frame.own and owner.owner is not Owner.OWN:
        return
    is_repeated = frame.kind == "verdict" and chain.judged is not None and _is_near(chain.judged, hit)
    if frame.kind == "verdict":
        chain.judged = hit
    if frame.polarity < 0 and not is_repeated:
        _turn(chain)
        chain.was_against = not chain.was_against
    if frame.name == "must" and chain.owner is not None and chain.owner.owner is Owner.OWN:
        return
    chain.owner = owner
    chain.softened = chain.softened or frame.soft
    chain.accepts = frame.accepts


def _is_near(one: FrameHit, other: FrameHit) -> bool:
    """ "Unreasonable and unachievable" is one judgement in two words."""
    return one.value.polarity == other.value.polarity and max(one.start - other.end, other.start - one.end) <= 1


def _result(chain: _Chain, clause: Clause, anchor: Anchor) -> Verdict:
    rules = tuple(chain.rules)
    owner = chain.told if chain.judged is not None and chain.told is not None else chain.owner  # "X said it was wrong"
    if owner is None:
        if chain.conditional and chain.turns:
            return Verdict(Stance.CONDITIONAL, rules)
        return Verdict(Stance.UNCLEAR, (*rules, "stance: only mentioned"))
    if owner.owner is not Owner.OWN:
        agreed = owner.actor_id if chain.accepts and chain.sign > 0 and not chain.supposed else None
        return Verdict(Stance.UNCLEAR, (*rules, "stance: somebody else's"), agreed)
    if chain.supposed or chain.turns > _MOST_TURNS:
        return Verdict(Stance.UNCLEAR, (*rules, "stance: left open" if chain.supposed else "stance: too many turns"))
    return Verdict(_side(chain, clause, anchor), rules)


def _side(chain: _Chain, clause: Clause, anchor: Anchor) -> Stance:
    if chain.conditional:
        return Stance.CONDITIONAL
    if chain.sign < 0:
        return Stance.CONDITIONAL if chain.is_if and not chain.softened else Stance.AGAINST
    limited = chain.softened or chain.is_if or _has_limit_after(clause, anchor)
    return Stance.CONDITIONAL if limited else Stance.FOR


def _has_limit_after(clause: Clause, anchor: Anchor) -> bool:
    """ "... will help, but without troops": a concession with a no in it follows the yes."""
    return any(
        hit.start >= anchor.head[1]
        and clause.segments[hit.start] in clause.concessions
        and clause.segments[hit.start] > anchor.segment_in(clause)
        and (hit.value.kind in ("negation", "absence", "hedge", "condition", "requirement") or hit.value.polarity < 0)
        for hit in clause.frames
    )


def _has_comma(clause: Clause, first: int, last: int) -> bool:
    return any(clause.tokens[place].word == "," for place in range(first, last))


def _rule(hit: FrameHit) -> str:
    return f"stance: {hit.value.name} ({hit.pattern})"
