"""/positions: who stands where, with the evidence."""

from discord.app_commands import Choice, Range, command, describe
from discord.ext.commands import Cog

from bot.services.app import Services
from bot.services.results import PositionsRequest
from commands.answering import give
from commands.completion import complete
from commands.heavy import at_leisure
from commands.replies import Interaction
from commands.rights import PRIVATE, for_everybody


class Positions(Cog):
    """Positions on request."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @command(description="Where an actor stands, or who stands where on a topic, with the evidence")
    @describe(
        actor="A person, state or organisation",
        topic="A topic of the negotiation",
        as_of="What was known on this date, such as 2025-08-20",
        private=PRIVATE,
    )
    @for_everybody
    @at_leisure
    async def positions(
        self,
        interaction: Interaction,
        actor: Range[str, 1, 100] | None = None,
        topic: str | None = None,
        as_of: Range[str, 1, 20] | None = None,
        private: bool = False,
    ) -> None:
        """Answer with positions."""
        request = PositionsRequest(actor=actor, topic=topic, as_of=as_of, guild_id=interaction.guild_id)
        await give(self._services, interaction, request, private=private)

    @positions.autocomplete("actor")
    async def _actors(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete(self._services.names.actors, typed)

    @positions.autocomplete("topic")
    async def _topics(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete(self._services.names.topics, typed)
