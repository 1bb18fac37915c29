"""/brief: the news as sentences that a source wrote."""

from discord.app_commands import Choice, Range, command, describe
from discord.ext.commands import Cog

from bot.services.app import Services
from bot.services.results import BriefRequest
from commands.answering import give
from commands.completion import complete
from commands.heavy import at_leisure
from commands.replies import Interaction
from commands.rights import PRIVATE, for_everybody


class Briefs(Cog):
    """Briefings on request."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @command(description="The news in sentences that a source wrote, each with its citation")
    @describe(
        topic="Only this topic",
        since="How far back: 24h, 7d, a date such as 2025-08-20, or all",
        words="At most this many words",
        private=PRIVATE,
    )
    @for_everybody
    @at_leisure
    async def brief(
        self,
        interaction: Interaction,
        topic: str | None = None,
        since: Range[str, 1, 20] = "24h",
        words: Range[int, 20, 4000] | None = None,
        private: bool = False,
    ) -> None:
        """Answer with a briefing."""
        request = BriefRequest(
            topics=(topic,) if topic else (), since=since, words=words, guild_id=interaction.guild_id
        )
        await give(self._services, interaction, request, private=private)

    @brief.autocomplete("topic")
    async def _topics(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete(self._services.names.topics, typed)
