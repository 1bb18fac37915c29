"""/audit: who changed what here, and when."""

import re

from discord.app_commands import command
from discord.ext.commands import Cog

from bot.catalogues import tr
from bot.presentation.discord_messages import notice_screens
from bot.presentation.escaping import escape, label, timestamp
from bot.services.app import Services
from bot.services.audit import AuditEntry
from commands.audited import action_words
from commands.replies import Interaction, show_all
from commands.rights import for_admins, require_manage_server
from commands.schedules import guild_of

_CHANNEL = re.compile(r"\bchannel: (\d{1,20})\b")


class Audit(Cog):
    """Changes of this server, for admins, privately."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def interaction_check(self, interaction: Interaction) -> bool:
        """For who may manage the server."""
        return require_manage_server(interaction)

    @command(description="Who changed schedules, sources and settings here, and when")
    @for_admins
    async def audit(self, interaction: Interaction) -> None:
        """Answer with the last changes, newest first."""
        await interaction.response.defer(ephemeral=True)
        entries = await self._services.audit.newest(guild_of(interaction))
        lead = "" if entries else tr("Nothing was changed in the last year.")
        screens = notice_screens(tr("Changes"), [_line(entry) for entry in entries], lead=lead)
        await show_all(interaction, screens)


def _line(entry: AuditEntry) -> str:
    who = f"<@{entry.member_id}>" if entry.member_id else tr("somebody who asked to be forgotten")
    detail = f"\n-# {_linked(label(entry.detail, 300))}" if entry.detail else ""
    return f"{timestamp(entry.at, 'R')} {who}: {escape(action_words(entry.action))}{detail}"


def _linked(detail: str) -> str:
    """What was given, with channels by their names: Discord shows them for a mention of their numbers."""
    return _CHANNEL.sub(r"channel: <#\1>", detail)
