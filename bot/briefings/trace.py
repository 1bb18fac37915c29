"""The trace of a briefing: what became of each sentence, and which number decided it."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.briefings.candidates import Candidate, Weighed
from bot.briefings.model import BriefingItem
from bot.briefings.selection import Selection
from bot.briefings.standing import Standing
from bot.language.spans import Span

_Place = tuple[str, int]  # article id, sentence


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one sentence: `line` is the number of the item that tells it, None where it was left out."""

    sentence: int
    span: Span
    line: int | None
    why: str


class Record:
    """What a desk did, as it did it."""

    def __init__(self, places: Sequence[tuple[Weighed, int]]) -> None:
        self.weighed: frozenset[_Place] = frozenset((lead.article.id, index) for lead, index in places)
        self.merits: dict[_Place, tuple[float, int]] = {}
        self.candidates: dict[_Place, Candidate] = {}
        self.judged: tuple[Candidate, ...] = ()
        self.most = 0
        self.selection = Selection([], {})
        self.items: tuple[BriefingItem, ...] = ()

    def keep_merits(self, promising: Sequence[tuple[float, Weighed, int]], most: int) -> None:
        """Sentences within the scope, most promising first, of which the first `most` are judged."""
        self.most = most
        self.merits = {(lead.article.id, i): (value, rank) for rank, (value, lead, i) in enumerate(promising, start=1)}

    def rank_of(self, article_id: str, fate: "Fate") -> tuple[int, str, int]:
        """Order of sentences by merit; those without any last."""
        _, rank = self.merits.get((article_id, fate.sentence), (0.0, len(self.weighed) + 1))
        return rank, article_id, fate.sentence

    def keep_candidate(self, lead: Weighed, index: int, candidate: Candidate) -> None:
        """The stretch found for a sentence."""
        self.candidates[lead.article.id, index] = candidate

    def keep_choice(self, judged: Sequence[Candidate], selection: Selection, items: tuple[BriefingItem, ...]) -> None:
        """What was offered, and what was chosen of it."""
        self.judged, self.selection, self.items = tuple(judged), selection, items


def trace_article(record: Record, own: Weighed, lead: Weighed) -> tuple[Fate, ...]:
    """The fate of each sentence of `own`, whose story is told by `lead`."""
    if lead.article.id != own.article.id:
        why = f"the fullest print of its story gives the sentences: {lead.article.title or lead.article.location}"
        return tuple(Fate(one.index, one.span, None, why) for one in own.reading.sentences)
    stretches = {
        one.span: number for number, one in enumerate(record.judged) if one.weighed.article.id == own.article.id
    }
    lines = {one.index: number for number, one in enumerate(record.selection.chosen, start=1)}
    return tuple(
        Fate(one.index, one.span, *_fate(record, (own.article.id, one.index), one.span, stretches, lines))
        for one in own.reading.sentences
    )


def _fate(
    record: Record, place: _Place, span: Span, stretches: dict[Span, int], lines: dict[int, int]
) -> tuple[int | None, str]:
    told = next((lines[n] for stretch, n in stretches.items() if n in lines and stretch.contains(span)), None)
    if told is not None:
        item = record.items[told - 1]
        return told, f"gain {item.score:.2f}; {item.why}"
    if place not in record.merits:
        return None, "outside what was asked for" if place in record.weighed else "not weighed: the window is too large"
    merit, rank = record.merits[place]
    weighed = f"merit {merit:.2f}, number {rank:,} of {len(record.merits):,}"
    if place not in record.candidates:
        return None, f"{weighed}; only the first {record.most:,} are looked at more closely"
    candidate = record.candidates[place]
    number = stretches.get(candidate.span)
    if number is not None:
        return None, f"{weighed}; {record.selection.left[number]}"
    if candidate.standing < Standing.LEANS:
        return None, f"{weighed}; can't be quoted alone: {candidate.reason}"
    return None, f"{weighed}; a longer stretch of nearly the same worth says it too"
