"""/grid: everyone on every topic, as a picture and in words."""

import asyncio

import discord
from discord.app_commands import Range, command, describe
from discord.ext.commands import Cog

from bot.presentation.grid import Grid, plan_grid
from bot.presentation.grid_message import grid_file, grid_view
from bot.services.app import Services
from commands.heavy import at_leisure, heavy
from commands.replies import Interaction, acknowledge
from commands.rights import PRIVATE, for_everybody


class GridPicture(Cog, name="Grid"):
    """The position grid on request."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @command(description="A picture of who stands where: actors by topics")
    @describe(as_of="What was known on this date, such as 2025-08-20", private=PRIVATE)
    @for_everybody
    @at_leisure
    async def grid(
        self, interaction: Interaction, as_of: Range[str, 1, 20] | None = None, private: bool = False
    ) -> None:
        """Answer with the grid."""
        await acknowledge(interaction, private=private)
        digest = await self._services.positions.grid(as_of, interaction.guild_id)
        grid = plan_grid(digest, self._services.dossier)
        with heavy(self._services, interaction, "/grid"):
            picture = await asyncio.to_thread(_draw, grid) if grid.actors else None
        await interaction.edit_original_response(
            view=grid_view(grid),
            attachments=[grid_file(picture)] if picture else [],
            allowed_mentions=discord.AllowedMentions.none(),
        )


def _draw(grid: Grid) -> bytes:
    """Drawn in a worker thread, where the drawing library is also imported: at the first picture, not at the start."""
    from bot.presentation.grid_picture import draw_grid  # noqa: PLC0415

    return draw_grid(grid)
