"""What `attache corrections …` prints. What is put right here is put right for everybody."""

import asyncio
import sys
from collections import Counter
from pathlib import Path

from bot.catalogues import tr
from bot.console.screen import Screen
from bot.errors import InvalidInputError
from bot.positions.cases import Verdict
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
    return _shown((paragraph(tr("Reported as No. {number}", number=done.number)),))


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


async def replay(services: Services, file: Path) -> int:
    """Print how the rules read exported cases by now. The exit code is 1 if one is read wrongly."""
    content = await asyncio.to_thread(_content, file)
    judged = await services.corrections.replay(content)
    for sentence, one in judged:
        print(f"{one.verdict.value}\t{one.read}\t{' '.join(sentence.split())}")
    numbers = Counter(one.verdict for _, one in judged)
    print(", ".join(f"{numbers[verdict]} {verdict.value}" for verdict in Verdict), file=sys.stderr)
    return int(numbers[Verdict.WRONG] > 0)


def _content(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InvalidInputError("file", str(file), "it can't be read (not UTF-8)") from None
    except OSError as error:
        raise InvalidInputError("file", str(file), f"it can't be read ({error.strerror})") from error


def _shown(page: Page) -> int:
    Screen().show(page)
    return 0
