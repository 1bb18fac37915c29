"""Records what admins change, from the client's own events."""

import logging
from typing import Any

import discord
from discord.ext import commands as ext

from bot.errors import AttacheError
from bot.services.audit import AuditService
from commands.audited import change_of
from commands.outcomes import Outcome

_log = logging.getLogger(__name__)


def keep_audit(bot: ext.AutoShardedBot, audit: AuditService) -> None:
    """Record every change that came to its end from now on."""

    async def record(interaction: discord.Interaction[Any], outcome: Outcome) -> None:
        change = change_of(interaction) if outcome is Outcome.OK else None
        if change is None or interaction.guild_id is None:
            return
        try:
            await audit.record(interaction.guild_id, interaction.user.id, *change)
        except AttacheError as fault:
            _log.error("server %s: a change could not be recorded: %s", interaction.guild_id, fault)

    bot.add_listener(record, "on_outcome")
