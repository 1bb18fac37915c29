"""Quotes, timelines, shifts and comparisons as messages, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from urllib.parse import quote

import discord

from bot.presentation.discord_messages import page_screens
from bot.presentation.evidence_pages import comparison_page, quotes_page, shifts_page, timeline_page
from bot.presentation.page import Page
from bot.services.app import Services
from bot.services.results import CompareRequest, QuotesRequest, ShiftsRequest, TimelineRequest
from commands.turning import page_view

Request = CompareRequest | QuotesRequest | ShiftsRequest | TimelineRequest

_KINDS: Mapping[str, type[Request]] = {
    "c": CompareRequest,
    "q": QuotesRequest,
    "s": ShiftsRequest,
    "t": TimelineRequest,
}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}


async def evidence_view(services: Services, request: Request, *, number: int = 1) -> discord.ui.LayoutView:
    """Page `number` of the answer to a request. Raises what the services raise."""
    page, edition = await _answer(services, request)
    screens = page_screens(page, foot=1 if edition else 0)
    asked = astuple(request)[:-1]  # who asks is known again when the button is pressed
    state = ":".join((_LETTERS[type(request)], *(quote(part or "", safe="") for part in asked)))
    return page_view(screens, number, state, "ask for one topic or other words")


def read_request(kind: str, parts: Sequence[str], guild_id: int | None) -> Request:
    """The request that a page button carries: its kind, and its parts in order; asked by this server."""
    asked = _KINDS[kind](*(part or None for part in parts))  # type: ignore[arg-type]  # what is needed was not empty
    return replace(asked, guild_id=guild_id)


async def _answer(services: Services, request: Request) -> tuple[Page, str | None]:
    """The page, and the edition that its last line names."""
    dossier = services.dossier
    match request:
        case CompareRequest():
            comparison = await services.evidence.compare(request)
            return comparison_page(comparison, dossier), comparison.edition
        case QuotesRequest():
            quotes = await services.evidence.quotes(request)
            return quotes_page(quotes, dossier), quotes.edition
        case TimelineRequest():
            timeline = await services.evidence.timeline(request)
            return timeline_page(timeline, dossier), timeline.edition
        case ShiftsRequest():
            shifts = await services.evidence.shifts(request)
            return shifts_page(shifts, dossier), shifts.edition
