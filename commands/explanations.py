"""/explain: everything that was decided about one article."""

from discord.app_commands import Choice, Range, command, describe
from discord.ext.commands import Cog

from bot.presentation.discord_messages import page_screens
from bot.presentation.explanation_page import explanation_page
from bot.presentation.retrace_page import retrace_page
from bot.services.app import Services
from bot.services.proofs import is_edition_id
from commands.completion import complete, found_in_time
from commands.replies import Interaction, show_all
from commands.rights import for_admins, require_manage_server


class Explanations(Cog):
    """Explanations on request, for admins, privately."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def interaction_check(self, interaction: Interaction) -> bool:
        """For who may manage the server."""
        return require_manage_server(interaction)

    @command(description="An article: what was dropped, folded and read, and what was told of it, with the reasons")
    @describe(article="Its title, address or id; or a briefing's, such as B-1a2b3c4d")
    @for_admins
    async def explain(self, interaction: Interaction, article: Range[str, 1, 200]) -> None:
        """Answer with the explanation."""
        await interaction.response.defer(ephemeral=True)
        if is_edition_id(article):
            trace = await self._services.explanations.explain_edition(article, interaction.guild_id)
            await show_all(interaction, page_screens(retrace_page(trace)))
            return
        found = await self._services.explanations.explain(article, interaction.guild_id)
        await show_all(interaction, page_screens(explanation_page(found, self._services.dossier)))

    @explain.autocomplete("article")
    async def _articles(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        return await complete_articles(self._services, interaction, typed)


async def complete_articles(services: Services, interaction: Interaction, typed: str) -> list[Choice[str]]:
    """Articles that this server may see; a search of the store, which has an index for it."""
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        return []
    found = await found_in_time(services.explanations.suggest(typed, interaction.guild_id))
    return complete(lambda _: found, typed)
