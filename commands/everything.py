"""All commands, for the client to register."""

from collections.abc import Mapping

from discord.ext.commands import Cog

from bot.services.app import Services
from commands.about import About
from commands.briefs import Briefs
from commands.grid import GridPicture
from commands.positions import Positions
from commands.schedules import Schedules
from commands.sources import Sources


def all_commands(services: Services, command_ids: Mapping[str, int]) -> tuple[Cog, ...]:
    """Every command, given its services. `command_ids` may still be empty: it is read when somebody asks for help."""
    return (
        Briefs(services),
        Positions(services),
        GridPicture(services),
        Sources(services),
        Schedules(services),
        About(services, command_ids),
    )
