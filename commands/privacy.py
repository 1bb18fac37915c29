"""/privacy: what is kept about a member, and its deletion."""

import re
from typing import Any

import discord
from discord.app_commands import command
from discord.ext.commands import GroupCog

from bot.catalogues import tr
from bot.presentation.discord_messages import notice_view
from bot.presentation.escaping import escape
from bot.presentation.member_pages import footprint_words
from bot.services.app import Services
from commands.pressing import PressedItem, answering
from commands.replies import Interaction, show
from commands.rights import for_everybody

_DELETE = re.compile(r"privacy:(?P<act>delete|keep)")


@for_everybody
class Privacy(GroupCog, group_name="privacy", group_description="What I keep about you"):
    """What is kept about who asks. Works in direct messages too."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @command(description="What I keep about you")
    async def show(self, interaction: Interaction) -> None:
        """Answer with it."""
        await interaction.response.defer(ephemeral=True)
        lines = await self._kept(interaction.user.id)
        ways = tr("I read no messages. /privacy delete removes all of this.")
        await show(interaction, notice_view(tr("What I keep about you"), *lines, f"-# {ways}"))

    @command(description="Delete all that I keep about you; asks first")
    async def delete(self, interaction: Interaction) -> None:
        """Say what would go, and ask."""
        await interaction.response.defer(ephemeral=True)
        lines = await self._kept(interaction.user.id)
        stays = tr("Scheduled briefings and sources that you added stay with their server, without your number.")
        view = notice_view(tr("Delete this?"), *lines, f"-# {stays}")
        view.add_item(
            discord.ui.ActionRow(
                discord.ui.Button(label=tr("Delete"), custom_id="privacy:delete", style=discord.ButtonStyle.danger),
                discord.ui.Button(label=tr("Keep"), custom_id="privacy:keep"),
            )
        )
        await show(interaction, view)

    async def _kept(self, member_id: int) -> tuple[str, ...]:
        kept = await self._services.follows.footprint(member_id)
        follows = [(one.kind, one.key) for one in kept.follows]
        lines = footprint_words(self._services.dossier, follows, kept.numbers)
        return tuple(f"- {escape(line)}" for line in lines) or (tr("Nothing."),)


def privacy_button(services: Services) -> type[PressedItem]:
    """What answers a press on *Delete* or *Keep*. Only who asked sees them, and it is the presser's own that goes."""

    async def press(interaction: Interaction, match: re.Match[str], _: discord.ui.Item[Any]) -> None:
        await interaction.response.defer()
        if match["act"] == "keep":
            await show(interaction, notice_view(tr("Nothing was deleted"), tr("All is as it was.")))
            return
        await services.follows.forget(interaction.user.id)
        done = tr("I keep nothing about you any more, and write to you no more.")
        await show(interaction, notice_view(tr("Deleted"), done))

    return answering(_DELETE, press)
