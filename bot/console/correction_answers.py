"""What `attache corrections …` prints. What is put right here is put right for everybody."""

from bot.console.screen import Screen
from bot.errors import InvalidInputError
from bot.presentation.corrections_page import corrections_page, decided_page, queue_page
from bot.presentation.page import Page, paragraph
from bot.services.app import Services
from bot.services.correction_ports import Reason
from bot.services.corrections import Decision


async def list_all(services: Services) -> int:
    """Print what holds for everybody."""
    return _shown(corrections_page(await services.corrections.list(None), services.dossier))


async def queue(services: Services) -> int:
    """Print what waits."""
    return _shown(queue_page(await services.corrections.queue(None)))


async def report(services: Services, edition: str, line: int, reason: str, note: str) -> int:
    """Put a line into the queue."""
    try:
        why = Reason(reason)
    except ValueError:
        raise InvalidInputError("reason", reason, "give speaker, stance, text or other") from None
    done = await services.corrections.report(edition, line, why, note)
    return _shown((paragraph(f"Reported as No. {done.number}."),))


async def accept(services: Services, number: int, decision: Decision) -> int:
    """Put it right."""
    return _shown(decided_page(await services.corrections.accept(number, decision), services.dossier))


async def reject(services: Services, number: int) -> int:
    """Leave it as it is."""
    return _shown(decided_page(await services.corrections.reject(number), services.dossier))


async def export(services: Services) -> int:
    """Print regression cases."""
    print(await services.corrections.export(None), end="")
    return 0


def _shown(page: Page) -> int:
    Screen().show(page)
    return 0
