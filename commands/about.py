"""/status, /help and /about: what it holds, what it can do, what it is."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from discord.app_commands import command, describe
from discord.ext.commands import Cog

from bot import __version__
from bot.catalogues import tr
from bot.presentation.admin_pages import status_page
from bot.presentation.discord_messages import notice_view, page_screens
from bot.presentation.escaping import label
from bot.presentation.quality_lines import measured_words, quality_lines
from bot.presentation.wording import title_words
from bot.services.app import Services
from bot.services.results import Quality
from commands.help_tasks import Task, help_sections
from commands.replies import Interaction, show, show_all
from commands.rights import for_everybody


class About(Cog):
    """The bot about itself. `command_ids` makes commands clickable; it is filled once they are registered."""

    def __init__(self, services: Services, command_ids: Mapping[str, int]) -> None:
        self._services = services
        self._command_ids = command_ids

    @command(description="What I hold, and how the sources fare")
    @for_everybody
    async def status(self, interaction: Interaction) -> None:
        """Answer with counts."""
        await interaction.response.defer(ephemeral=True)
        status = await self._services.status.status(interaction.guild_id)
        kind = "PostgreSQL" if status.database.startswith("postgres") else "SQLite"  # where, is nobody's business here
        said = replace(status, database=kind, dossier=title_words(self._services.dossier))
        await show_all(interaction, page_screens(status_page(said)))

    @command(description="What I can do, by task")
    @for_everybody
    async def help(self, interaction: Interaction) -> None:
        """Answer with the commands by task, to be clicked."""
        await interaction.response.defer(ephemeral=True)
        sections = help_sections(interaction.client.tree, for_admin=interaction.permissions.manage_guild)
        blocks = ("\n".join((f"### {title}", *map(self._line, tasks))) for title, tasks in sections)
        await show(interaction, notice_view(tr("What I can do"), *blocks))

    @command(description="How I work, how good I am, what I keep, and under which licence")
    @describe(section="Only this: quality for everything that was measured")
    @for_everybody
    async def about(self, interaction: Interaction, section: Literal["quality"] | None = None) -> None:
        """Answer with version, method, measured quality, privacy and licence; or with all that was measured."""
        await interaction.response.defer(ephemeral=True)
        if section == "quality":
            await show(interaction, notice_view(tr("How good I am"), *quality_lines(self._services.quality)))
            return
        await show(
            interaction,
            notice_view(tr("About Attaché"), *about_lines(title_words(self._services.dossier), self._services.quality)),
        )

    def _line(self, task: Task) -> str:
        return f"{self.mention(task.command)} {task.words}"

    def mention(self, name: str) -> str:
        """A command as something to click, or as text where its id is not known."""
        number = self._command_ids.get(name.partition(" ")[0])
        return f"</{name}:{number}>" if number else f"`/{name}`"


def about_lines(dossier_title: str, quality: Quality) -> tuple[str, ...]:
    """What `/about` says, a paragraph each."""
    return (
        tr("I read the news on {dossier} and say who said what.", dossier=f"**{label(dossier_title)}**"),
        tr(
            "**Method** Every line of content is a sentence that a source wrote, with its citation. I write none of my "
            "own: rules choose sentences, resolve who speaks, and label stances. Where they are not sure, I say "
            "unclear."
        ),
        f"**{tr('How good I am')}** {measured_words(quality)}",
        tr(
            "**What I keep** Articles, and for schedules the ids of server, channel and the member who added them. I "
            "do not read messages. Removing a schedule deletes it. For 14 days I know which of my messages show which "
            "lines, to correct them."
        ),
        f"-# {tr('Attaché {version}, MIT licence', version=__version__)}",
    )
