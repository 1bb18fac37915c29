"""/settings: what a server has set, as a file and from a file."""

import io
import re
from collections.abc import Iterator
from typing import Any

import discord
from discord.app_commands import command, describe
from discord.ext.commands import GroupCog

from bot.catalogues import tr
from bot.errors import AttacheError, UnusableFileError
from bot.presentation.discord_messages import notice_view
from bot.presentation.errors import explain
from bot.presentation.escaping import escape, with_channels
from bot.services.app import Services
from bot.services.guild_settings import LARGEST, Plan, plan_lines
from commands.languages import guild_language
from commands.pressing import PressedItem, answering
from commands.replies import Interaction, show
from commands.rights import for_admins, require_manage_server, require_posting_in
from commands.schedules import guild_of

_TEMPLATE = re.compile(r"settings:(?P<act>apply|cancel):(?P<key>[0-9a-f]{16})")
_FILE = "attache-settings.json"
_MOST_SHOWN = 30


@for_admins
class SettingsFile(GroupCog, group_name="settings", group_description="This server's settings as a file"):
    """Export and import, for admins, privately."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def interaction_check(self, interaction: Interaction) -> bool:
        """For who may manage the server."""
        return require_manage_server(interaction)

    @command(description="Schedules, own sources and log channel of this server as a file")
    async def export(self, interaction: Interaction) -> None:
        """Answer with the file."""
        await interaction.response.defer(ephemeral=True)
        content = await self._services.settings.export(guild_of(interaction))
        view = notice_view(tr("Settings"), tr("Keep the file, or import it on another server."))
        view.add_item(discord.ui.File(f"attachment://{_FILE}"))
        await interaction.edit_original_response(
            view=view,
            attachments=[discord.File(io.BytesIO(content), _FILE)],
            allowed_mentions=discord.AllowedMentions.none(),
        )

    @command(name="import", description="See what a settings file would change here, then apply it")
    @describe(file="As /settings export gives it")
    async def import_file(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Answer with what would change, and a button to do it."""
        await interaction.response.defer(ephemeral=True)
        if file.size > LARGEST:
            raise UnusableFileError(tr("it is larger than {size} kB", size=LARGEST // 1000), "settings export")
        content = await file.read()
        plan = await _plan(self._services, interaction, content)
        await self._services.settings.stage(content, guild_of(interaction))
        await show(interaction, plan_view(plan))


def settings_button(services: Services) -> type[PressedItem]:
    """What answers *Apply* and *Cancel*."""

    async def press(interaction: Interaction, match: re.Match[str], _: discord.ui.Item[Any]) -> None:
        require_manage_server(interaction)
        await interaction.response.defer()
        if match["act"] == "cancel":
            await show(interaction, notice_view(tr("Import cancelled"), tr("Nothing was changed.")))
            return
        guild_id = guild_of(interaction)
        content = await services.settings.staged(match["key"], guild_id)
        plan = await _plan(services, interaction, content)  # anew: minutes may have gone by
        await services.settings.apply(plan, guild_id, interaction.user.id)
        await services.source_news.learn_languages({guild_id: guild_language(interaction)})
        await show(interaction, notice_view(tr("Settings imported"), *_lines(plan)))

    return answering(_TEMPLATE, press)


def plan_view(plan: Plan) -> discord.ui.LayoutView:
    """What would change, with *Apply* where something would."""
    view = notice_view(tr("This would change"), *_lines(plan))
    apply: discord.ui.Button[Any] = discord.ui.Button(
        label=tr("Apply"), style=discord.ButtonStyle.success, custom_id=f"settings:apply:{plan.key}"
    )
    apply.disabled = plan.is_empty
    cancel: discord.ui.Button[Any] = discord.ui.Button(label=tr("Cancel"), custom_id=f"settings:cancel:{plan.key}")
    return view.add_item(discord.ui.ActionRow(apply, cancel))


def _lines(plan: Plan) -> Iterator[str]:
    return (with_channels(escape(line)) for line in plan_lines(plan)[:_MOST_SHOWN])


async def _plan(services: Services, interaction: Interaction, content: bytes) -> Plan:
    """The plan, without channels that are not this server's or that the bot may not post in."""
    refused = {}
    for channel_id in services.settings.channels(content):
        try:
            await require_posting_in(interaction, channel_id)
        except AttacheError as fault:
            refused[channel_id] = explain(fault)
    return await services.settings.plan(content, guild_of(interaction), refused)
