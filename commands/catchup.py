"""/catchup: what is new for one member."""

from discord.app_commands import command
from discord.ext.commands import Cog

from bot.services.app import Services
from bot.services.results import CatchUpRequest
from commands.answering import give
from commands.heavy import at_leisure
from commands.replies import Interaction
from commands.rights import for_everybody


class CatchUp(Cog):
    """News for who asks."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @command(description="What is new since you last looked, for you alone; nothing comes twice")
    @for_everybody
    @at_leisure
    async def catchup(self, interaction: Interaction) -> None:
        """Answer with a briefing for one."""
        question = CatchUpRequest(interaction.user.id, guild_id=interaction.guild_id)
        await give(self._services, interaction, question, private=True)
