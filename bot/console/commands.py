"""What each command does: one service call, and the page that shows its answer."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace

from bot.catalogues import tr
from bot.console.grammar import Typed
from bot.console.pages import about_page, help_page
from bot.errors import InvalidInputError
from bot.presentation.admin_pages import load_page, schedule_page, schedules_page, sources_page, status_page
from bot.presentation.briefing_page import briefing_page
from bot.presentation.corrections_page import corrections_page
from bot.presentation.digest_page import digest_page
from bot.presentation.evidence_pages import comparison_page, quotes_page, shifts_page, timeline_page
from bot.presentation.explanation_page import explanation_page
from bot.presentation.findings_pages import findings_page, reply_page
from bot.presentation.grid import grid_lines, grid_title, plan_grid, rests_on
from bot.presentation.page import Page, paragraph, small, title
from bot.presentation.proof_page import proof_page
from bot.presentation.retrace_page import retrace_page
from bot.presentation.wording import title_words
from bot.services.app import Services
from bot.services.proofs import is_edition_id
from bot.services.results import (
    AskRequest,
    BriefRequest,
    CompareRequest,
    OnProgress,
    PositionsRequest,
    QuotesRequest,
    SearchRequest,
    ShiftsRequest,
    TimelineRequest,
)

_LONGEST_ID = 20  # digits of a 64-bit number
HERE = 0  # guild, channel and user of what is made in a console: no server of Discord has this id

_Values = Mapping[str, str]
_Answer = Callable[[Services, _Values], Awaitable[Page]]


async def answer(services: Services, typed: Typed, progress: Callable[[], AbstractContextManager[OnProgress]]) -> Page:
    """The page that answers what was typed; `progress` is opened around what takes long. Raises `AttacheError`."""
    if typed.command.name == "/sources reload":
        with progress() as on_progress:
            return load_page(await services.sources.reload(typed.values.get("source"), on_progress))
    return await _ANSWERS[typed.command.name](services, typed.values)


async def _brief(services: Services, values: _Values) -> Page:
    request = BriefRequest(
        topics=_one(values, "topic"), since=values.get("since", "24h"), words=_number(values, "words")
    )
    return briefing_page(await services.briefs.brief(request), services.dossier)


async def _positions(services: Services, values: _Values) -> Page:
    request = PositionsRequest(values.get("actor"), values.get("topic"), values.get("as_of"))
    return digest_page(await services.positions.positions(request), services.dossier)


async def _grid(services: Services, values: _Values) -> Page:
    grid = plan_grid(await services.positions.grid(values.get("as_of")), services.dossier)
    lines = grid_lines(grid) or (tr("No statement found."),)
    return (title(grid_title(grid)), *(paragraph(line, gap=True) for line in lines), small(rests_on(grid), gap=True))


async def _compare(services: Services, values: _Values) -> Page:
    request = CompareRequest(values["first"], values["second"], values.get("topic"))
    return comparison_page(await services.evidence.compare(request), services.dossier)


async def _quotes(services: Services, values: _Values) -> Page:
    request = QuotesRequest(values.get("actor"), values.get("text"), values.get("topic"))
    return quotes_page(await services.evidence.quotes(request), services.dossier)


async def _search(services: Services, values: _Values) -> Page:
    request = SearchRequest(values["query"], values.get("actor"), values.get("topic"), values.get("since", "all"))
    return findings_page(await services.searching.search(request), services.dossier)


async def _ask(services: Services, values: _Values) -> Page:
    return reply_page(await services.searching.ask(AskRequest(values["question"])), services.dossier)


async def _timeline(services: Services, values: _Values) -> Page:
    request = TimelineRequest(values.get("actor"), values.get("topic"))
    return timeline_page(await services.evidence.timeline(request), services.dossier)


async def _shifts(services: Services, values: _Values) -> Page:
    request = ShiftsRequest(values.get("since", "all"))
    return shifts_page(await services.evidence.shifts(request), services.dossier)


async def _prove(services: Services, values: _Values) -> Page:
    number = _number(values, "line")
    proof = await services.proofs.prove(values["edition"], 1 if number is None else number)
    return proof_page(proof, services.dossier)


async def _explain(services: Services, values: _Values) -> Page:
    if is_edition_id(values["article"]):
        return retrace_page(await services.explanations.explain_edition(values["article"], HERE))
    return explanation_page(await services.explanations.explain(values["article"], HERE), services.dossier)


async def _sources_split(services: Services, values: _Values) -> Page:
    return explanation_page(await services.explanations.split(values["article"], HERE, HERE), services.dossier)


async def _sources_join(services: Services, values: _Values) -> Page:
    return explanation_page(await services.explanations.join(values["article"], HERE), services.dossier)


async def _corrections_list(services: Services, _: _Values) -> Page:
    return corrections_page(await services.corrections.list(None), services.dossier)


async def _sources_list(services: Services, _: _Values) -> Page:
    return sources_page(await services.sources.list())


async def _schedule_add(services: Services, values: _Values) -> Page:
    channel_id = _channel(values)
    view = await services.schedules.add(
        guild_id=HERE,
        channel_id=channel_id,
        user_id=HERE,
        time=values["time"],
        zone=values["zone"],
        days=values.get("days", "daily"),
        topics=_one(values, "topic"),
        actors=_one(values, "actor"),
        words=_number(values, "words"),
    )
    where = (
        tr("The bot posts it while it runs.") if channel_id else tr("It is for previews here: no channel was given.")
    )
    return (*schedule_page(view, services.dossier), small(where, gap=True))


async def _schedule_list(services: Services, _: _Values) -> Page:
    return schedules_page(await services.schedules.list(HERE), services.dossier)


async def _schedule_remove(services: Services, values: _Values) -> Page:
    await services.schedules.remove(HERE, _id(values))
    return (paragraph(tr("Schedule {number} is removed.", number=_id(values))),)


async def _schedule_preview(services: Services, values: _Values) -> Page:
    preview = await services.schedules.preview(HERE, _id(values))
    return briefing_page(preview.briefing, services.dossier)


async def _status(services: Services, _: _Values) -> Page:
    status = await services.status.status()
    return status_page(replace(status, dossier=title_words(services.dossier)))


async def _help(services: Services, values: _Values) -> Page:
    return help_page(services.names, values.get("command"))


async def _about(services: Services, _: _Values) -> Page:
    return about_page(services.dossier)


_ANSWERS: Mapping[str, _Answer] = {
    "/brief": _brief,
    "/positions": _positions,
    "/grid": _grid,
    "/compare": _compare,
    "/quotes": _quotes,
    "/timeline": _timeline,
    "/search": _search,
    "/ask": _ask,
    "/shifts": _shifts,
    "/prove": _prove,
    "/explain": _explain,
    "/corrections list": _corrections_list,
    "/sources list": _sources_list,
    "/sources split": _sources_split,
    "/sources join": _sources_join,
    "/schedule add": _schedule_add,
    "/schedule list": _schedule_list,
    "/schedule remove": _schedule_remove,
    "/schedule preview": _schedule_preview,
    "/status": _status,
    "/help": _help,
    "/about": _about,
}


def _one(values: _Values, name: str) -> tuple[str, ...]:
    return (values[name],) if name in values else ()


def _number(values: _Values, name: str) -> int | None:
    given = values.get(name)
    if given is None:
        return None
    if not (given.isascii() and given.isdigit()) or len(given) > 9:
        raise InvalidInputError(name, given, "give a whole number, such as 200")
    return int(given)


def _channel(values: _Values) -> int:
    given = values.get("channel", str(HERE))
    if not (given.isascii() and given.isdigit()) or len(given) > _LONGEST_ID:
        raise InvalidInputError("channel", given, "give the channel's id: in Discord, right-click it, Copy Channel ID")
    return int(given)


def _id(values: _Values) -> int:
    number = _number(values, "id")
    if number is None:
        raise InvalidInputError("id", "", "/schedule list shows the numbers")
    return number
