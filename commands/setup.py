"""/setup: the first scheduled briefing, or changes to one, in three steps."""

import re
import zoneinfo
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import discord
from discord.app_commands import AppCommandChannel, command
from discord.ext.commands import Cog

from bot.catalogues import tr
from bot.errors import InvalidInputError, MissingPermissionError
from bot.presentation.discord_messages import notice_view
from bot.presentation.schedule_lines import schedule_lines
from bot.schedules.parsing import parse_local_time, parse_zone
from bot.schedules.posting import PostingWish
from bot.schedules.zones import likely_zones
from bot.services.app import Services
from bot.services.results import BriefRequest
from commands.answer_rows import Place, answer_view
from commands.answers import answer
from commands.languages import guild_language
from commands.modals import Form, show_form
from commands.pressing import PressedItem, answering
from commands.replies import Interaction, show
from commands.rights import for_admins, require_manage_server, require_posting, require_posting_in
from commands.schedules import guild_of
from commands.setup_draft import Draft, decode_draft, draft_of
from commands.setup_views import NEW, Screens

_PRESSED = re.compile(
    r"setup:(?P<act>which|channel|where|when|hour|zone|days|type|what|topics|check|look|save|cancel):(?P<draft>.+)"
)
_TYPED = re.compile(r"setup:typed:(?P<draft>.+)")
_ZONES = frozenset(zoneinfo.available_timezones())


class Setup(Cog):
    """The way in, for admins, privately."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def interaction_check(self, interaction: Interaction) -> bool:
        """For who may manage the server."""
        return require_manage_server(interaction)

    @command(description="Set up a daily briefing in three steps, or change one")
    @for_admins
    async def setup(self, interaction: Interaction) -> None:
        """Answer with the first step."""
        await interaction.response.defer(ephemeral=True)
        there = await self._services.schedules.list(guild_of(interaction))
        zone = likely_zones(str(interaction.locale), _ZONES)[0]
        draft = draft_of(there[0].schedule) if there else Draft(zone=zone)
        screens = Screens(self._services.dossier)
        await show(interaction, screens.where(draft, [one.schedule for one in there]))


def setup_control(services: Services) -> type[PressedItem]:
    """What answers the buttons and menus of a setup."""
    desk = _Desk(services)

    async def press(interaction: Interaction, match: re.Match[str], item: discord.ui.Item[Any]) -> None:
        require_manage_server(interaction)
        draft = desk.read(match["draft"])
        if match["act"] == "type":
            await show_form(interaction, desk.screens.form(draft))
            return
        await interaction.response.defer()
        await desk.answer(match["act"], interaction, draft, item)

    return answering(_PRESSED, press)


def setup_form(services: Services) -> Form:
    """What takes time and zone as they were typed."""
    desk = _Desk(services)

    async def take(interaction: Interaction, match: re.Match[str], typed: Mapping[str, str]) -> None:
        require_manage_server(interaction)
        await interaction.response.defer()
        time, zone = parse_local_time(typed.get("time", "")), parse_zone(typed.get("zone", ""), _ZONES)
        draft = replace(desk.read(match["draft"]), time=f"{time:%H:%M}", zone=zone)
        await show(interaction, desk.screens.when(draft, str(interaction.locale), _ZONES))

    return Form(_TYPED, take)


class _Desk:
    """Takes a draft from screen to screen."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._topics = tuple(topic.id for topic in services.dossier.topics)
        self.screens = Screens(services.dossier)

    def read(self, state: str) -> Draft:
        """The draft that a control carries."""
        return decode_draft(state, self._topics)

    async def answer(self, act: str, interaction: Interaction, draft: Draft, item: discord.ui.Item[Any]) -> None:
        """Do what a control is for. The interaction has been acknowledged."""
        chosen: list[Any] = getattr(item, "values", [])
        acts: Mapping[str, Callable[[], Awaitable[discord.ui.LayoutView | None]]] = {
            "which": lambda: self._change_which(interaction, draft, chosen[0]),
            "channel": lambda: self._take_channel(interaction, draft, chosen[0]),
            "where": lambda: self._where(interaction, draft),
            "when": lambda: self._to_when(interaction, draft),
            "hour": lambda: self._when(interaction, replace(draft, time=chosen[0])),
            "zone": lambda: self._when(interaction, replace(draft, zone=chosen[0])),
            "days": lambda: self._when(interaction, replace(draft, days=tuple(sorted(map(int, chosen))))),
            "what": lambda: self._what(draft),
            "topics": lambda: self._what(replace(draft, topics=tuple(chosen))),
            "check": lambda: self._check(draft),
            "look": lambda: self._look(interaction, draft),
            "save": lambda: self._save(interaction, draft),
            "cancel": _cancelled,
        }
        view = await acts[act]()
        if view is not None:
            await show(interaction, view)

    async def _change_which(self, interaction: Interaction, draft: Draft, chosen: str) -> discord.ui.LayoutView:
        there = [one.schedule for one in await self._services.schedules.list(guild_of(interaction))]
        found = next((one for one in there if str(one.id) == chosen), None)
        fresh = Draft(zone=draft.zone) if chosen == NEW else draft
        return self.screens.where(draft_of(found) if found else fresh, there)

    async def _take_channel(
        self, interaction: Interaction, draft: Draft, channel: AppCommandChannel
    ) -> discord.ui.LayoutView:
        """Look at the bot's rights at once: nobody should come to the end for nothing."""
        changed = replace(draft, channel_id=channel.id)
        try:
            await require_posting(interaction, channel)
        except MissingPermissionError as missing:
            return await self._where(interaction, changed, missing)
        return await self._when(interaction, changed)

    async def _where(
        self, interaction: Interaction, draft: Draft, missing: MissingPermissionError | None = None
    ) -> discord.ui.LayoutView:
        there = await self._services.schedules.list(guild_of(interaction))
        return self.screens.where(draft, [one.schedule for one in there], missing)

    async def _to_when(self, interaction: Interaction, draft: Draft) -> discord.ui.LayoutView:
        try:
            await require_posting_in(interaction, _channel(draft))
        except MissingPermissionError as missing:
            return await self._where(interaction, draft, missing)
        return await self._when(interaction, draft)

    async def _when(self, interaction: Interaction, draft: Draft) -> discord.ui.LayoutView:
        return self.screens.when(draft, str(interaction.locale), _ZONES)

    async def _what(self, draft: Draft) -> discord.ui.LayoutView:
        return self.screens.what(draft)

    async def _check(self, draft: Draft) -> discord.ui.LayoutView:
        schedules = self._services.schedules
        return self.screens.check(draft, schedules.first_run(time=draft.time, zone=draft.zone, days=draft.days))

    async def _look(self, interaction: Interaction, draft: Draft) -> None:
        """The briefing as it would be today, below the setup."""
        request = BriefRequest(topics=draft.topics, guild_id=interaction.guild_id)
        answered = await answer(self._services, request)
        view = await answer_view(self._services.states, self._services.dossier, answered, Place.PRIVATE)
        await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=discord.AllowedMentions.none())

    async def _save(self, interaction: Interaction, draft: Draft) -> discord.ui.LayoutView:
        """Rights once more: minutes may have gone by."""
        channel_id = _channel(draft)
        try:
            kind = await require_posting_in(interaction, channel_id)
        except MissingPermissionError as missing:
            return await self._where(interaction, draft, missing)
        days = ",".join(_DAY_WORDS[day] for day in draft.days)
        changes: Mapping[str, Any] = {
            "channel_id": channel_id, "time": draft.time, "zone": draft.zone, "days": days, "topics": draft.topics,
            "kind": kind,
        }  # fmt: skip
        guild_id, schedules = guild_of(interaction), self._services.schedules
        if draft.schedule_id is None:
            wish = PostingWish(language=guild_language(interaction))
            view = await schedules.add(guild_id=guild_id, user_id=interaction.user.id, wish=wish, **changes)
        else:
            view = await schedules.edit(guild_id, draft.schedule_id, **changes)
        hint = tr("Try `/schedule preview`, or run `/setup` again to change it.")
        return notice_view(tr("All set"), schedule_lines(view, self._services.dossier), hint)


_DAY_WORDS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _channel(draft: Draft) -> int:
    if draft.channel_id is None:
        raise InvalidInputError(tr("A channel"), "", tr("choose one first"))
    return draft.channel_id


async def _cancelled() -> discord.ui.LayoutView:
    return notice_view(tr("Set up cancelled"), tr("Nothing was changed."))
