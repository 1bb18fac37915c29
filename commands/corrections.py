"""*Report* on an answer or a message, and /corrections: the queue, its decisions, and what was put right."""

import asyncio
import io
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Literal

import discord
from discord.app_commands import Choice, ContextMenu, Range, command, describe
from discord.ext.commands import GroupCog

from bot.catalogues import tr
from bot.errors import InvalidInputError, StorageError
from bot.presentation.corrections_page import REASONS, corrections_page, decided_page, queue_page
from bot.presentation.discord_messages import notice_view, page_screens
from bot.presentation.proof_page import line_label
from bot.services.app import Services
from bot.services.correction_ports import Reason
from bot.services.corrections import LONGEST_NOTE, NOBODY_TYPED, Decision
from commands.completion import complete
from commands.modals import Form, show_form
from commands.pressing import PressedItem, answering
from commands.proofs import edition_of
from commands.replies import Interaction, show, show_all
from commands.rights import for_everybody, require_manage_server
from commands.schedules import guild_of

_BUTTON = re.compile(r"report:(?P<edition>[A-Z]-[0-9a-f]{8,20})")
_FORM = re.compile(r"reported:(?P<edition>[A-Z]-[0-9a-f]{8,20})")
_OPTIONS = 25  # Discord's limit of a menu
_OFFERED = (Reason.SPEAKER, Reason.STANCE, Reason.TEXT, Reason.OTHER)
_FILE = "corrections.jsonl"
_PATIENCE = 1.0  # seconds that the form waits for the lines to choose from
Number = Range[int, 1]


def report_button(services: Services) -> type[PressedItem]:
    """What answers *Report* beneath an answer, `report:EDITION`."""

    async def press(interaction: Interaction, match: re.Match[str], _: discord.ui.Item[Any]) -> None:
        await _ask(services, interaction, match["edition"])

    return answering(_BUTTON, press)


def report_menu(services: Services) -> ContextMenu:
    """*Report* among a message's apps."""

    async def report(interaction: Interaction, message: discord.Message) -> None:
        await _ask(services, interaction, edition_of(message, interaction.client.user))

    return for_everybody(ContextMenu(name="Report", callback=report))


def report_form(services: Services) -> Form:
    """What takes a report."""

    async def take(interaction: Interaction, match: re.Match[str], typed: Mapping[str, str]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        if not typed["line"].isdecimal():
            raise InvalidInputError("line", typed["line"], "give a line's number")
        one = await services.corrections.report(
            match["edition"],
            int(typed["line"]),
            Reason(typed["reason"]),
            typed.get("note", ""),
            guild_id=interaction.guild_id,
            user_id=interaction.user.id,
        )
        words = tr("Thank you. An admin of this server decides about it; `/corrections list` shows what was put right.")
        await show(interaction, notice_view(tr("Reported as No. {number}", number=one.number), words))

    return Form(_FORM, take)


async def _ask(services: Services, interaction: Interaction, edition_id: str) -> None:
    """Open the form, with the lines to choose from where they are at hand: Discord waits three seconds for it.

    Whatever was not looked at now is when the form is sent in.
    """
    looking = asyncio.create_task(services.proofs.check(edition_id, interaction.guild_id))
    looking.add_done_callback(_heard)
    await asyncio.wait((looking,), timeout=_PATIENCE)
    labels: list[tuple[str, str]] = []
    if looking.done():
        with suppress(StorageError):
            edition, states = looking.result()
            edition_id = edition.id
            lines = zip(edition.lines, states, strict=True)
            labels = [line_label(number, line, state) for number, (line, state) in enumerate(lines, 1)]
    await show_form(interaction, _modal(edition_id, labels))


def _heard(looking: asyncio.Task[object]) -> None:
    """Its exception is of interest to nobody any more, where it comes too late."""
    if not looking.cancelled():
        looking.exception()


def _modal(edition_id: str, labels: list[tuple[str, str]]) -> discord.ui.Modal:
    """Without labels, or with more than a menu holds, the line's number is typed."""
    modal = discord.ui.Modal(title=tr("Report a line"), custom_id=f"reported:{edition_id}", timeout=None)
    line: discord.ui.Item[Any]
    if 0 < len(labels) <= _OPTIONS:
        options = [
            discord.SelectOption(label=name, description=start or None, value=str(number), default=len(labels) == 1)
            for number, (name, start) in enumerate(labels, start=1)
        ]
        line = discord.ui.Select(custom_id="line", options=options)
    else:
        line = discord.ui.TextInput(custom_id="line", max_length=3)
    reasons = [discord.SelectOption(label=tr(REASONS[one]), value=one.value) for one in _OFFERED]
    note: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="note", style=discord.TextStyle.paragraph, max_length=LONGEST_NOTE, required=False
    )
    modal.add_item(discord.ui.Label(text=tr("Which line"), component=line))
    modal.add_item(
        discord.ui.Label(text=tr("What is wrong"), component=discord.ui.Select(custom_id="reason", options=reasons))
    )
    return modal.add_item(discord.ui.Label(text=tr("A word on it, if you like"), component=note))


@for_everybody
class Corrections(GroupCog, group_name="corrections", group_description="What was reported, and what was put right"):
    """The list for everybody; queue and decisions for admins."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @command(name="list", description="What was put right: when, which line, what changed, and why")
    async def list_all(self, interaction: Interaction) -> None:
        """Answer with what holds here."""
        await interaction.response.defer(ephemeral=True)
        found = await self._services.corrections.list(interaction.guild_id)
        await show_all(interaction, page_screens(corrections_page(found, self._services.dossier)))

    @command(description="Reports that wait (admins)")
    async def queue(self, interaction: Interaction) -> None:
        """Answer with this server's reports."""
        require_manage_server(interaction)
        await interaction.response.defer(ephemeral=True)
        found = await self._services.corrections.queue(guild_of(interaction))
        await show_all(interaction, page_screens(queue_page(found)))

    @command(description="Put a reported line right on this server (admins)")
    @describe(
        number="The report's number",
        speaker="Who really said it, or nobody",
        stance="The right stance",
        withdraw="Show the line no more",
        of="Whose statement is meant, where several speak in the line",
    )
    async def accept(  # noqa: PLR0917  # Discord reads options from the parameters
        self,
        interaction: Interaction,
        number: Number,
        speaker: Range[str, 1, 100] | None = None,
        stance: Literal["for", "against", "conditional", "unclear"] | None = None,
        withdraw: bool = False,
        of: Range[str, 1, 100] | None = None,
    ) -> None:
        """Store what is right, and edit posts that are out."""
        require_manage_server(interaction)
        await interaction.response.defer(ephemeral=True)
        decision = Decision(speaker, stance, withdraw, of)
        guild_id, user_id = guild_of(interaction), interaction.user.id
        done = await self._services.corrections.accept(number, decision, guild_id=guild_id, user_id=user_id)
        await self._services.audit.record(guild_id, user_id, "corrections accept", f"{done.number}: {done.change}")
        await show_all(interaction, page_screens(decided_page(done, self._services.dossier)))

    @command(description="Leave a reported line as it is (admins)")
    @describe(number="The report's number")
    async def reject(self, interaction: Interaction, number: Number) -> None:
        """Close the report."""
        require_manage_server(interaction)
        await interaction.response.defer(ephemeral=True)
        guild_id, user_id = guild_of(interaction), interaction.user.id
        done = await self._services.corrections.reject(number, guild_id=guild_id, user_id=user_id)
        await self._services.audit.record(guild_id, user_id, "corrections reject", str(done.number))
        await show_all(interaction, page_screens(decided_page(done, self._services.dossier)))

    @command(description="What was put right as regression cases, one JSON object a line (admins)")
    async def export(self, interaction: Interaction) -> None:
        """Answer with the file."""
        require_manage_server(interaction)
        await interaction.response.defer(ephemeral=True)
        content = await self._services.corrections.export(guild_of(interaction))
        view = notice_view(tr("Corrections"), tr("What was put right, as cases that a change of the rules must pass."))
        view.add_item(discord.ui.File(f"attachment://{_FILE}"))
        await interaction.edit_original_response(
            view=view,
            attachments=[discord.File(io.BytesIO(content.encode()), _FILE)],
            allowed_mentions=discord.AllowedMentions.none(),
        )

    @accept.autocomplete("speaker")
    @accept.autocomplete("of")
    async def _actors(self, _: Interaction, typed: str) -> list[Choice[str]]:
        nobody = [Choice(name=tr("nobody"), value=NOBODY_TYPED)] if NOBODY_TYPED.startswith(typed.casefold()) else []
        return [*nobody, *complete(self._services.names.actors, typed)][:_OPTIONS]
