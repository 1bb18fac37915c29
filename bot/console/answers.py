"""One command, one answer, and out: what the commands of the command line print."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.briefings.proofs import is_held
from bot.console.commands import HERE
from bot.console.screen import Screen
from bot.console.session import load
from bot.dossier import Dossier
from bot.presentation.admin_pages import load_page
from bot.presentation.briefing_page import briefing_page
from bot.presentation.digest_page import digest_page
from bot.presentation.evidence_json import comparison_json, proof_json, quotes_json, shifts_json, timeline_json
from bot.presentation.evidence_pages import comparison_page, quotes_page, shifts_page, timeline_page
from bot.presentation.explanation_json import explanation_json
from bot.presentation.explanation_page import explanation_page
from bot.presentation.findings_json import findings_json, reply_json
from bot.presentation.findings_pages import findings_page, reply_page
from bot.presentation.json import Json, briefing_json, digest_json
from bot.presentation.page import Page
from bot.presentation.proof_page import proof_page
from bot.presentation.retrace_page import retrace_json, retrace_page
from bot.services.app import Services
from bot.services.proofs import is_edition_id
from bot.services.results import (
    AskRequest,
    BriefRequest,
    CompareRequest,
    PositionsRequest,
    QuotesRequest,
    SearchRequest,
    ShiftsRequest,
    TimelineRequest,
)

Answer = TypeVar("Answer")


async def _print(
    services: Services,
    ask: Callable[[], Awaitable[Answer]],
    page: Callable[[Answer, Dossier], Page],
    in_json: Callable[[Answer], Json],
    style: str,
) -> Answer:
    """Read what changed, then ask and print what comes."""
    screen = Screen()
    await load(services, screen)
    found = await ask()
    screen.answer(page(found, services.dossier), lambda: in_json(found), style)
    return found


async def brief(services: Services, request: BriefRequest, style: str) -> int:
    """Read what changed, then print a briefing."""
    await _print(services, lambda: services.briefs.brief(request), briefing_page, briefing_json, style)
    return 0


async def positions(services: Services, request: PositionsRequest, style: str) -> int:
    """Read what changed, then print positions."""
    await _print(services, lambda: services.positions.positions(request), digest_page, digest_json, style)
    return 0


async def quotes(services: Services, request: QuotesRequest, style: str) -> int:
    """Read what changed, then print quotes."""
    await _print(services, lambda: services.evidence.quotes(request), quotes_page, quotes_json, style)
    return 0


async def search(services: Services, request: SearchRequest, style: str) -> int:
    """Read what changed, then print the sentences found."""
    await _print(services, lambda: services.searching.search(request), findings_page, findings_json, style)
    return 0


async def ask(services: Services, request: AskRequest, style: str) -> int:
    """Read what changed, then print what answers a question. The exit code is 1 if nothing does."""
    reply = await _print(services, lambda: services.searching.ask(request), reply_page, reply_json, style)
    return int(not reply.hits)


async def timeline(services: Services, request: TimelineRequest, style: str) -> int:
    """Read what changed, then print a timeline."""
    await _print(services, lambda: services.evidence.timeline(request), timeline_page, timeline_json, style)
    return 0


async def shifts(services: Services, request: ShiftsRequest, style: str) -> int:
    """Read what changed, then print who moved."""
    await _print(services, lambda: services.evidence.shifts(request), shifts_page, shifts_json, style)
    return 0


async def compare(services: Services, request: CompareRequest, style: str) -> int:
    """Read what changed, then print two side by side."""
    await _print(services, lambda: services.evidence.compare(request), comparison_page, comparison_json, style)
    return 0


async def prove(services: Services, edition: str, line: int, style: str) -> int:
    """Read what changed, then print the proof of a line. The exit code is 1 if the line does not stand any more."""
    proof = await _print(services, lambda: services.proofs.prove(edition, line), proof_page, proof_json, style)
    return int(not is_held(proof.state))


async def explain(services: Services, article: str, change: str | None, style: str) -> int:
    """Read what changed, then print everything decided about an article; first `change` it ("split" or "join")."""
    screen = Screen()
    await load(services, screen)
    if is_edition_id(article) and change is None:
        trace = await services.explanations.explain_edition(article, HERE)
        screen.answer(retrace_page(trace), lambda: retrace_json(trace), style)
        return 0
    acts = {"split": services.explanations.split, "join": services.explanations.join}
    found = await acts.get(change or "", services.explanations.explain)(article, HERE)
    screen.answer(explanation_page(found, services.dossier), lambda: explanation_json(found, services.dossier), style)
    return 0


async def reload(services: Services) -> int:
    """Read what changed and say what it was. The exit code is 1 if something could not be read."""
    screen = Screen()
    with screen.progress() as on_progress:
        report = await services.sources.reload(None, on_progress)
    screen.show(load_page(report))
    return int(any(source.error or source.failed for source in report.sources))
