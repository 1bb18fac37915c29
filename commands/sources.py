"""/sources: what is read, how it fares, and a reload."""

from discord.app_commands import Choice, Range, command, describe
from discord.ext.commands import GroupCog

from bot.catalogues import ntr, tr
from bot.presentation.admin_pages import load_page, read_so_far, sources_page
from bot.presentation.discord_messages import notice_view, page_screens
from bot.presentation.escaping import label
from bot.presentation.explanation_page import explanation_page
from bot.services.app import Services
from bot.services.results import LoadProgress
from commands.completion import complete
from commands.explanations import complete_articles
from commands.heavy import heavy
from commands.progress import shown_progress
from commands.replies import Interaction, show, show_all
from commands.rights import for_admins, require_manage_server
from commands.schedules import guild_of
from commands.source_desk import SourceDesk


@for_admins
class Sources(SourceDesk, GroupCog, group_name="sources", group_description="What is read, and how it fares"):
    """Sources, for admins."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def interaction_check(self, interaction: Interaction) -> bool:
        """For who may manage the server."""
        return require_manage_server(interaction)

    @command(name="list", description="Every source with its state")
    async def list_all(self, interaction: Interaction) -> None:
        """Answer with the sources, privately."""
        await interaction.response.defer(ephemeral=True)
        views = await self._services.sources.list(guild_of(interaction))
        await show_all(interaction, page_screens(sources_page(views)))

    @command(description="Read all sources again, or one")
    @describe(source="Only this source")
    async def reload(self, interaction: Interaction, source: str | None = None) -> None:
        """Read again, show how far it is, then what came of it, privately."""
        await interaction.response.defer(ephemeral=True)

        async def edit(progress: LoadProgress) -> None:
            await show(interaction, notice_view(tr("Reading"), progress_line(progress)))

        async with shown_progress(edit) as on_progress:
            with heavy(self._services, interaction, "/sources reload"):
                report = await self._services.sources.reload(source, on_progress, guild_of(interaction))
        await show_all(interaction, page_screens(load_page(report)))

    @command(description="Take an article out of a story or an event that it does not belong to")
    @describe(article="Its title, address or id")
    async def split(self, interaction: Interaction, article: Range[str, 1, 200]) -> None:
        """Split it off and answer with what is decided about it now, privately."""
        await interaction.response.defer(ephemeral=True)
        found = await self._services.explanations.split(article, interaction.guild_id, interaction.user.id)
        await show_all(interaction, page_screens(explanation_page(found, self._services.dossier)))

    @command(description="Undo a split: the numbers decide again")
    @describe(article="Its title, address or id")
    async def join(self, interaction: Interaction, article: Range[str, 1, 200]) -> None:
        """Undo it and answer with what is decided about it now, privately."""
        await interaction.response.defer(ephemeral=True)
        found = await self._services.explanations.join(article, interaction.guild_id)
        await show_all(interaction, page_screens(explanation_page(found, self._services.dossier)))

    @split.autocomplete("article")
    @join.autocomplete("article")
    async def _articles(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        return await complete_articles(self._services, interaction, typed)

    @reload.autocomplete("source")
    async def _sources(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        return complete(lambda words: self._services.names.sources(words, interaction.guild_id), typed)


def progress_line(progress: LoadProgress) -> str:
    """How far a load is, in a line."""
    found = ntr("{n} statement found.", "{n} statements found.", progress.statements)
    return f"{label(progress.source)}: {read_so_far(progress)}, {found}"
