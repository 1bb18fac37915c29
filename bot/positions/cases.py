"""Regression cases: what somebody put right in the reading of a sentence, and whether the rules say so by now."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.language.spans import Span
from bot.positions.model import Reading, Stance, Statement
from bot.positions.overrides import NOBODY, Override, origin_of

_HALF = 0.5  # of the content: a statement that covers less is another one


class Verdict(StrEnum):
    """What became of a case."""

    RIGHT = "right"  # the rules read it as it was put right
    WRONG = "wrong"
    GONE = "gone"  # the article is not at hand, or does not say it any more


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and how the sentence is read now (`speaker (stance)`, several joined by "; ")."""

    verdict: Verdict
    read: str = ""


def case_json(override: Override) -> dict[str, Any]:
    """An override as a case; what is expected of speaker and stance is there where it was put right."""
    expected: dict[str, object] = {"withdrawn": override.withdrawn}
    if override.speaker is not None:
        expected["speaker"] = override.speaker or None
    if override.stance is not None:
        expected["stance"] = override.stance.value
    start = override.sentence.find(override.content)
    return {
        "article": override.article_id,
        "sentence": override.sentence,
        "content": override.content,
        "span": [start, start + len(override.content)] if start >= 0 else None,
        "was": override.origin,
        "expected": expected,
    }


def read_case(data: Mapping[str, Any]) -> Override:
    """Inverse of `case_json`, of whatever else stands in the object. Raises `ValueError` for what is no case."""
    try:
        expected = data["expected"]
        speaker = (expected["speaker"] or NOBODY) if "speaker" in expected else None
        stance = Stance(expected["stance"]) if "stance" in expected else None
        article, sentence, content = (str(data[key]) for key in ("article", "sentence", "content"))
        return Override(0, 0, article, sentence, content, data["was"], speaker, stance, bool(expected["withdrawn"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a case") from error


def judge(case: Override, text: str | None, reading: Reading | None) -> Judged:
    """Whether the rules, which read this text so, would need the override no more. None: the text is not at hand.

    Right is: the statement stands under the speaker and the stance it was given, and under nobody else's. What was
    withdrawn is right when the rules read no such statement any more.
    """
    start = -1 if text is None else text.find(case.sentence)
    if text is None or reading is None or start < 0:
        return Judged(Verdict.GONE)
    at = max(case.sentence.find(case.content), 0)
    place = Span(start + at, start + at + len(case.content or case.sentence))
    found = [one for one in reading.statements if _covers(one, place, whole=bool(case.content))]
    meant = [one for one in found if case.speaker is not None or origin_of(one) == case.origin]
    read = "; ".join(dict.fromkeys(_words(one) for one in found)) or "no statement"
    if case.withdrawn:
        is_right = not (meant if case.content else found)
    else:
        is_right = all(_agrees(one, case) for one in meant) and (bool(meant) or case.speaker == NOBODY)
    return Judged(Verdict.RIGHT if is_right else Verdict.WRONG, read)


def _agrees(one: Statement, case: Override) -> bool:
    is_speaker = case.speaker is None or (one.speaker.actor_id or "") == case.speaker
    if case.speaker == NOBODY:
        is_speaker = origin_of(one) is None
    return is_speaker and (case.stance is None or one.stance is case.stance)


def _covers(one: Statement, place: Span, *, whole: bool) -> bool:
    """Whether a statement is about the place: for the most part, or (for a line without content) at all."""
    shared = min(one.content.end, place.end) - max(one.content.start, place.start)
    return shared >= _HALF * (place.end - place.start) if whole else shared > 0


def _words(one: Statement) -> str:
    stance = f" ({one.stance.value})" if one.stance else ""
    return f"{origin_of(one) or 'nobody'}{stance}"
