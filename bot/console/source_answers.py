"""What `attache sources …` prints. What is added here is the operator's: every server sees it."""

import asyncio
from pathlib import Path

from bot.catalogues import tr
from bot.console.screen import Screen
from bot.errors import InvalidInputError
from bot.presentation.admin_pages import load_page, sources_page
from bot.presentation.page import Page, paragraph, small
from bot.presentation.source_pages import check_page, imported_page, proposal_page
from bot.services.app import Services
from bot.services.ports import OPERATOR


async def list_sources(services: Services) -> int:
    """Print every source with its state."""
    return _shown(sources_page(await services.sources.list(OPERATOR)))


async def add(services: Services, url: str, *, only_look: bool) -> int:
    """Print what is at an address; save it unless it should only be looked at."""
    proposal = await services.registry.propose(url, OPERATOR)
    if only_look:
        return _shown((*proposal_page(proposal), small(tr("Nothing was saved."), gap=True)))
    view = await services.registry.save(proposal.key, OPERATOR, OPERATOR)
    saved = tr("Saved as {source}. It is read with the next load.", source=view.name)
    return _shown((*proposal_page(proposal), paragraph(saved, gap=True)))


async def check(services: Services, source: str) -> int:
    """Print how a source fares. The exit code is 1 if it can't be read."""
    view = await services.sources.check(source, OPERATOR)
    _shown(check_page(view))
    return int(view.is_failing)


async def pause(services: Services, source: str) -> int:
    """Read a source no more."""
    view = await services.sources.pause(source, OPERATOR)
    return _shown((paragraph(tr("{source} is paused. What it brought stays.", source=view.name)),))


async def resume(services: Services, source: str) -> int:
    """Read a paused source again."""
    view = await services.sources.resume(source, OPERATOR)
    return _shown((paragraph(tr("{source} is read again with the next load.", source=view.name)),))


async def remove(services: Services, source: str, *, keeps_articles: bool) -> int:
    """Remove a source that was added here."""
    view = await services.registry.find_removable(source, OPERATOR)
    removed = await services.registry.remove(view.id, OPERATOR, keeps_articles=keeps_articles)
    left = tr("Its articles stay.") if keeps_articles else tr("Its articles are deleted.")
    gone = tr("{source} is read no more.", source=removed.name)
    return _shown((paragraph(f"{gone} {left}"),))


async def reload(services: Services, source: str | None) -> int:
    """Read what changed and say what it was. The exit code is 1 if something could not be read."""
    screen = Screen()
    with screen.progress() as on_progress:
        report = await services.sources.reload(source, on_progress, OPERATOR)
    screen.show(load_page(report))
    return int(any(one.error or one.failed for one in report.sources))


async def import_file(services: Services, file: Path) -> int:
    """Add the feeds of an OPML file."""
    try:
        content = await asyncio.to_thread(file.read_bytes)
    except OSError as error:
        raise InvalidInputError("file", str(file), f"it can't be read ({error.strerror})") from None
    return _shown(imported_page(await services.registry.take_list(content, OPERATOR, OPERATOR)))


async def export_file(services: Services, file: Path | None) -> int:
    """Write the feeds as an OPML file, or print it."""
    content = await services.registry.give_list(OPERATOR)
    if file is None:
        print(content.decode(), end="")
        return 0
    try:
        await asyncio.to_thread(file.write_bytes, content)
    except OSError as error:
        raise InvalidInputError("file", str(file), f"it can't be written ({error.strerror})") from None
    return _shown((paragraph(tr("Written to {file}.", file=file)),))


def _shown(page: Page) -> int:
    Screen().show(page)
    return 0
