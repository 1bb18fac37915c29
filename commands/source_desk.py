"""The part of /sources that adds, looks after and removes; `commands.sources` takes it into the group."""

import io

import discord
from discord.app_commands import AppCommandChannel, Choice, Range, Transform, command, describe
from discord.ext.commands import Cog

from bot.catalogues import tr
from bot.errors import InvalidInputError
from bot.presentation.discord_messages import notice_view, page_screens
from bot.presentation.escaping import label
from bot.presentation.source_pages import check_page, imported_page
from bot.services.app import Services
from commands.completion import complete
from commands.heavy import heavy
from commands.languages import guild_language
from commands.replies import Interaction, show, show_all
from commands.rights import PostingChannel, require_posting
from commands.schedules import guild_of
from commands.source_buttons import proposal_view, removal_view

_LARGEST = 1_000_000  # bytes of a list of feeds
_FILE = "sources.opml"
Name = Range[str, 1, 100]


class SourceDesk(Cog):
    """Commands about single sources, for admins. Whoever takes them in sees to it that only admins get here."""

    _services: Services

    @command(description="Look at a feed or a site, then save it as a source of this server")
    @describe(url="Address of a feed, of a site that has one, or of a page")
    async def add(self, interaction: Interaction, url: Range[str, 1, 1000]) -> None:
        """Answer with what is there and a button to save it, privately."""
        await interaction.response.defer(ephemeral=True)
        proposal = await self._services.registry.propose(url, guild_of(interaction))
        await show(interaction, proposal_view(proposal))

    @command(description="How a source fares, and what happened at the last fetch")
    @describe(source="Its name")
    async def check(self, interaction: Interaction, source: Name) -> None:
        """Answer with numbers, privately."""
        await interaction.response.defer(ephemeral=True)
        view = await self._services.sources.check(source, guild_of(interaction))
        await show_all(interaction, page_screens(check_page(view)))

    @command(description="Read a source of this server no more, until it is resumed")
    @describe(source="Its name")
    async def pause(self, interaction: Interaction, source: Name) -> None:
        """Pause it."""
        await interaction.response.defer(ephemeral=True)
        view = await self._services.sources.pause(source, guild_of(interaction))
        words = tr("{source} is read no more until `/sources resume`. What it brought stays.", source=label(view.name))
        await show(interaction, notice_view(tr("Source paused"), words))

    @command(description="Read a paused source of this server again")
    @describe(source="Its name")
    async def resume(self, interaction: Interaction, source: Name) -> None:
        """Resume it."""
        await interaction.response.defer(ephemeral=True)
        view = await self._services.sources.resume(source, guild_of(interaction))
        one = label(view.name)
        words = tr("{source} is read again from the next round on, or now with `/sources reload`.", source=one)
        await show(interaction, notice_view(tr("Source resumed"), words))

    @command(description="Remove a source of this server, and keep or delete its articles")
    @describe(source="Its name")
    async def remove(self, interaction: Interaction, source: Name) -> None:
        """Ask what becomes of its articles."""
        await interaction.response.defer(ephemeral=True)
        await show(
            interaction, removal_view(await self._services.registry.find_removable(source, guild_of(interaction)))
        )

    @command(name="import", description="Add the feeds of an OPML file to this server's sources")
    @describe(file="As other readers export it, at most 1 MB")
    async def import_list(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Add them, and say what was known or refused, privately."""
        await interaction.response.defer(ephemeral=True)
        if file.size > _LARGEST:
            raise InvalidInputError("file", file.filename, "it is larger than 1 MB")
        with heavy(self._services, interaction, "/sources import"):
            content = await file.read()
            done = await self._services.registry.take_list(content, guild_of(interaction), interaction.user.id)
        await show_all(interaction, page_screens(imported_page(done)))

    @command(description="The feeds of this server as an OPML file")
    async def export(self, interaction: Interaction) -> None:
        """Answer with the file, privately."""
        await interaction.response.defer(ephemeral=True)
        content = await self._services.registry.give_list(guild_of(interaction))
        view = notice_view(tr("Sources"), tr("The feeds that are read for this server, the operator's included."))
        view.add_item(discord.ui.File(f"attachment://{_FILE}"))
        await interaction.edit_original_response(
            view=view,
            attachments=[discord.File(io.BytesIO(content), _FILE)],
            allowed_mentions=discord.AllowedMentions.none(),
        )

    @command(description="Say in a channel when a source is paused or back; without a channel, nowhere")
    @describe(channel="Where to say it")
    async def log(
        self, interaction: Interaction, channel: Transform[AppCommandChannel, PostingChannel] | None = None
    ) -> None:
        """Set the log channel, after a look at the bot's rights in it."""
        await interaction.response.defer(ephemeral=True)
        if channel is not None:
            await require_posting(interaction, channel)
        news, guild_id = self._services.source_news, guild_of(interaction)
        await news.set_log_channel(guild_id, channel.id if channel else None)
        await news.learn_languages({guild_id: guild_language(interaction)})
        words = (
            tr("News of sources goes to {channel}.", channel=f"<#{channel.id}>")
            if channel
            else tr("News of sources is posted nowhere.")
        )
        await show(interaction, notice_view(tr("Log channel"), words))

    @check.autocomplete("source")
    @pause.autocomplete("source")
    @resume.autocomplete("source")
    @remove.autocomplete("source")
    async def _names(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        return complete(lambda words: self._services.names.sources(words, interaction.guild_id), typed)
