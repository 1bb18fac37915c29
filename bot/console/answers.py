"""One command, one answer, and out: what `brief`, `positions`, `reload` and `summarize` print."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.batch.summaries import Summarizer
from bot.console.screen import Screen
from bot.console.session import load
from bot.presentation.admin_pages import load_page
from bot.presentation.briefing_page import briefing_page
from bot.presentation.digest_page import digest_page
from bot.presentation.json import briefing_json, digest_json
from bot.presentation.markdown import page_markdown
from bot.presentation.page import Page
from bot.presentation.summary_page import summary_page
from bot.services.app import Services
from bot.services.results import BriefRequest, PositionsRequest

DEFAULT_SENTENCES = 5


async def brief(services: Services, request: BriefRequest, style: str) -> int:
    """Read what changed, then print a briefing."""
    screen = Screen()
    await load(services, screen)
    briefing = await services.briefs.brief(request)
    _print(screen, style, briefing_page(briefing, services.dossier), lambda: briefing_json(briefing))
    return 0


async def positions(services: Services, request: PositionsRequest, style: str) -> int:
    """Read what changed, then print positions."""
    screen = Screen()
    await load(services, screen)
    digest = await services.positions.positions(request)
    _print(screen, style, digest_page(digest, services.dossier), lambda: digest_json(digest))
    return 0


async def reload(services: Services) -> int:
    """Read what changed and say what it was. The exit code is 1 if something could not be read."""
    screen = Screen()
    with screen.progress() as on_progress:
        report = await services.sources.reload(None, on_progress)
    screen.show(load_page(report))
    return int(any(source.error or source.failed for source in report.sources))


async def summarize(
    summarizer: Summarizer, paths: Sequence[Path], *, words: int | None, sentences: int | None, style: str
) -> int:
    """Print a summary of files. The exit code is 1 if one could not be read."""
    screen = Screen()
    articles, failed = await summarizer.files(paths)
    for name, reason in failed:
        screen.note(f"Not read: {name}: {reason}.")
    limit = sentences if sentences or words else DEFAULT_SENTENCES
    summary = summarizer.articles(articles, words=words, sentences=limit)
    _print(screen, style, summary_page(summary.lines(), len(articles)), summary.as_json)
    return int(bool(failed))


def _print(screen: Screen, style: str, page: Page, data: Callable[[], dict[str, Any]]) -> None:
    if style == "json":
        screen.write(json.dumps(data(), ensure_ascii=False, indent=2) + "\n")
    elif style == "markdown":
        screen.write(page_markdown(page))
    else:
        screen.show(page, paged=True)
