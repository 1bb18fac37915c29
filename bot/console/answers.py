"""One command, one answer, and out: what `brief`, `positions` and `reload` print."""

from bot.console.screen import Screen
from bot.console.session import load
from bot.presentation.admin_pages import load_page
from bot.presentation.briefing_page import briefing_page
from bot.presentation.digest_page import digest_page
from bot.presentation.json import briefing_json, digest_json
from bot.services.app import Services
from bot.services.results import BriefRequest, PositionsRequest


async def brief(services: Services, request: BriefRequest, style: str) -> int:
    """Read what changed, then print a briefing."""
    screen = Screen()
    await load(services, screen)
    briefing = await services.briefs.brief(request)
    screen.answer(briefing_page(briefing, services.dossier), lambda: briefing_json(briefing), style)
    return 0


async def positions(services: Services, request: PositionsRequest, style: str) -> int:
    """Read what changed, then print positions."""
    screen = Screen()
    await load(services, screen)
    digest = await services.positions.positions(request)
    screen.answer(digest_page(digest, services.dossier), lambda: digest_json(digest), style)
    return 0


async def reload(services: Services) -> int:
    """Read what changed and say what it was. The exit code is 1 if something could not be read."""
    screen = Screen()
    with screen.progress() as on_progress:
        report = await services.sources.reload(None, on_progress)
    screen.show(load_page(report))
    return int(any(source.error or source.failed for source in report.sources))
