"""Nothing leaves a service unproved: every line is compared with the stored text at its span."""

from collections.abc import Iterable, Iterator

from bot.articles.model import Citation
from bot.briefings.model import Briefing
from bot.positions.model import Contested, Digest, Evidence, Position, Shift
from bot.presentation.proof import prove
from bot.services.ports import Corpus

_Line = tuple[Citation, str]


async def prove_briefing(briefing: Briefing, corpus: Corpus) -> Briefing:
    """`briefing` itself, if each of its lines is the stored text at its span; else `UnprovedLineError`."""
    lines = [(citation, item.text) for item in briefing.items for citation in item.citations]
    lines += _of_evidence(_evidence(briefing.positions, briefing.shifts, briefing.contested))
    await _prove(lines, corpus)
    return briefing


async def prove_digest(digest: Digest, corpus: Corpus) -> Digest:
    """`digest` itself, if each of its lines is the stored text at its span; else `UnprovedLineError`."""
    positions = [cell.position for cell in digest.cells if cell.position is not None]
    await _prove(_of_evidence(_evidence(positions, digest.shifts, digest.contested)), corpus)
    return digest


async def _prove(lines: list[_Line], corpus: Corpus) -> None:
    texts = await corpus.texts({citation.article_id for citation, _ in lines})
    for citation, shown in lines:
        prove(texts, citation, shown)


def _of_evidence(evidence: Iterable[Evidence]) -> list[_Line]:
    return [(one.citation, one.text) for one in evidence]


def _evidence(
    positions: Iterable[Position], shifts: Iterable[Shift], contested: Iterable[Contested]
) -> Iterator[Evidence]:
    for position in positions:
        yield from position.evidence
    for shift in shifts:
        yield from (one for one in (shift.before, shift.after) if one is not None)
    for dispute in contested:
        yield from (one for one in (dispute.claim, dispute.answer) if one is not None)
