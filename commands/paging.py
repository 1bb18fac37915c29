"""Briefings and digests page by page. What a button needs stands in its custom_id, so it works after a restart too."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote

import discord

from bot.briefings.model import Briefing
from bot.dossier import Dossier
from bot.positions.model import Digest
from bot.presentation.layout import divide
from bot.presentation.sheets import briefing_sheet, digest_sheet
from bot.services.app import Services
from bot.services.results import BriefRequest, PositionsRequest
from commands.evidence_views import evidence_view, read_request
from commands.pressing import PressedItem, answering
from commands.replies import Interaction, show
from commands.turning import page_view

_TEMPLATE = re.compile(r"page:(?P<number>\d{1,4}):(?P<kind>[bpcqts]):(?P<state>.*)")


def brief_view(
    briefing: Briefing, dossier: Dossier, *, number: int = 1, late: bool = False, marker: int | None = None
) -> discord.ui.LayoutView:
    """Page `number` of a briefing: for replies, previews and scheduled posts alike."""
    screens = divide(briefing_sheet(briefing, dossier, late=late))
    return page_view(screens, number, _brief_state(briefing, late), "ask for fewer words or one topic", marker)


def positions_view(
    digest: Digest, dossier: Dossier, request: PositionsRequest, *, number: int = 1
) -> discord.ui.LayoutView:
    """Page `number` of a digest."""
    screens = divide(digest_sheet(digest, dossier))
    return page_view(screens, number, _positions_state(request), "ask for an actor and a topic")


def page_button(services: Services) -> type[PressedItem]:
    """What answers a press on *Previous* and *Next*."""

    async def turn(interaction: Interaction, match: re.Match[str], _: discord.ui.Item[Any]) -> None:
        await interaction.response.defer()
        await show(interaction, await turned_view(services, match.string, interaction.guild_id))

    return answering(_TEMPLATE, turn)


async def turned_view(services: Services, custom_id: str, guild_id: int | None = None) -> discord.ui.LayoutView:
    """The page that a button leads to. Raises what the services raise."""
    match = _TEMPLATE.fullmatch(custom_id)
    if match is None:
        raise ValueError("not a page button")
    number, parts = int(match["number"]), [unquote(part) for part in match["state"].split(":")]
    if match["kind"] == "b":
        request, late = _read_brief(parts)
        briefing = await services.briefs.brief(replace(request, guild_id=guild_id))
        return brief_view(briefing, services.dossier, number=number, late=late)
    if match["kind"] != "p":
        return await evidence_view(services, read_request(match["kind"], parts, guild_id), number=number)
    actor, topic, as_of = (part or None for part in parts)
    asked = PositionsRequest(actor, topic, as_of, guild_id)
    return positions_view(await services.positions.positions(asked), services.dossier, asked, number=number)


def _brief_state(briefing: Briefing, late: bool) -> str:
    """What asks for the same edition again."""
    at = int(briefing.composed_at.timestamp()) if briefing.composed_at else ""
    scope = (",".join(briefing.scope.topics), ",".join(briefing.scope.actors))
    known = int(briefing.baseline_until.timestamp()) if briefing.baseline_until else ""
    parts = (at, int(late), briefing.words or "", briefing.window.asked, *scope, known)
    return "b:" + ":".join(quote(str(part), safe=",") for part in parts)


def _read_brief(parts: Sequence[str]) -> tuple[BriefRequest, bool]:
    at, late, words, since, topics, actors, *more = parts
    known = next(iter(more), "")  # not on buttons of earlier versions
    request = BriefRequest(
        topics=tuple(filter(None, topics.split(","))),
        actors=tuple(filter(None, actors.split(","))),
        since=since,
        words=int(words) if words else None,
        at=datetime.fromtimestamp(int(at), UTC) if at else None,
        baseline_until=datetime.fromtimestamp(int(known), UTC) if known else None,
    )
    return request, late == "1"


def _positions_state(request: PositionsRequest) -> str:
    return "p:" + ":".join(quote(part or "", safe="") for part in (request.actor, request.topic, request.as_of))
