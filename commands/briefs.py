"""/brief: the news as sentences that a source wrote."""

from discord.app_commands import Choice, Range, command, describe
from discord.ext.commands import Cog

from bot.services.app import Services
from bot.services.results import BriefRequest
from commands.completion import complete
from commands.paging import brief_view
from commands.replies import Interaction, show
from commands.rights import for_everybody


class Briefs(Cog):
    """Briefings on request."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @command(description="The news in sentences that a source wrote, each with its citation")
    @describe(
        topic="Only this topic",
        since="How far back: 24h, 7d, a date such as 2025-08-20, or all",
        words="At most this many words",
    )
    @for_everybody
    async def brief(
        self,
        interaction: Interaction,
        topic: str | None = None,
        since: Range[str, 1, 20] = "24h",
        words: Range[int, 20, 4000] | None = None,
    ) -> None:
        """Answer with a briefing."""
        await interaction.response.defer()
        request = BriefRequest(
            topics=(topic,) if topic else (), since=since, words=words, guild_id=interaction.guild_id
        )
        briefing = await self._services.briefs.brief(request)
        await show(interaction, brief_view(briefing, self._services.dossier))

    @brief.autocomplete("topic")
    async def _topics(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete(self._services.names.topics, typed)
