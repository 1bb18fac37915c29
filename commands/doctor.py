"""/doctor: what is wrong here, and what to do about it."""

import math
from collections.abc import Iterator

from discord.app_commands import command
from discord.ext.commands import Cog

from bot.catalogues import tr
from bot.errors import AttacheError, MissingPermissionError
from bot.presentation.admin_pages import checks_page
from bot.presentation.discord_messages import page_screens
from bot.presentation.errors import explain
from bot.presentation.page import title
from bot.services.app import Services
from bot.services.results import Check
from commands.replies import Interaction, show_all
from commands.rights import for_admins, require_manage_server, require_posting_in
from commands.schedules import guild_of

_MOST_CHANNELS = 25
_SLOW = 1.0  # seconds a heartbeat may take


class Doctor(Cog):
    """A check-up of this server, for admins, privately."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def interaction_check(self, interaction: Interaction) -> bool:
        """For who may manage the server."""
        return require_manage_server(interaction)

    @command(description="Check rights, sources, next runs, the database and the connection")
    @for_admins
    async def doctor(self, interaction: Interaction) -> None:
        """Answer with one line a check, those that fail first."""
        await interaction.response.defer(ephemeral=True)
        checks = [*await self._channels(interaction), *await self._services.checkup.examine(guild_of(interaction))]
        checks += connection_checks(interaction)
        failing, fine = [one for one in checks if not one.ok], [one for one in checks if one.ok]
        head = tr("Something needs you") if failing else tr("All is well")
        await show_all(interaction, page_screens((title(head), *checks_page([*failing, *fine]))))

    async def _channels(self, interaction: Interaction) -> list[Check]:
        """The bot's rights wherever a schedule posts."""
        views = await self._services.schedules.list(guild_of(interaction))
        channels = dict.fromkeys(view.schedule.channel_id for view in views)
        return [await _channel_check(interaction, one) for one in list(channels)[:_MOST_CHANNELS]]


async def _channel_check(interaction: Interaction, channel_id: int) -> Check:
    name = tr("channel")
    try:
        await require_posting_in(interaction, channel_id)
    except MissingPermissionError as fault:
        there = MissingPermissionError(tr("this channel"), fault.permissions)
        return Check(name, ok=False, detail=explain(there), channel_id=channel_id)
    except AttacheError as fault:
        return Check(name, ok=False, detail=explain(fault), channel_id=channel_id)
    return Check(name, ok=True, detail=tr("takes posts"), channel_id=channel_id)


def connection_checks(interaction: Interaction) -> Iterator[Check]:
    """How quickly this server's shard hears from Discord. Nothing where there is no connection to speak of."""
    guild = interaction.guild
    for shard_id, seconds in interaction.client.latencies:
        if guild is not None and shard_id == guild.shard_id:
            is_known = math.isfinite(seconds)
            heard = tr("answers in {milliseconds} ms", milliseconds=round(seconds * 1000)) if is_known else None
            detail = heard or tr("no heartbeat has been answered yet")
            yield Check(tr("shard {number}", number=shard_id), ok=is_known and seconds < _SLOW, detail=detail)
