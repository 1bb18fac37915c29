"""Buttons under proposals and questions about sources. What they need stands in their custom_id or in the database."""

import re
from typing import Any

import discord

from bot.catalogues import ntr, tr
from bot.presentation.admin_pages import load_page
from bot.presentation.discord_messages import notice_view, page_screens, screen_view
from bot.presentation.escaping import label
from bot.presentation.source_pages import proposal_page
from bot.services.app import Services
from bot.services.results import Proposal, SourceView
from commands.pressing import PressedItem, answering
from commands.replies import Interaction, show, show_all
from commands.rights import require_manage_server

_TEMPLATE = re.compile(r"source:(?P<act>save|keep|delete):(?P<key>[\w-]{1,60})")


def proposal_view(proposal: Proposal) -> discord.ui.LayoutView:
    """What was found, with *Save*."""
    save: discord.ui.Button[Any] = discord.ui.Button(
        label=tr("Save"), style=discord.ButtonStyle.success, custom_id=f"source:save:{proposal.key}"
    )
    return screen_view(page_screens(proposal_page(proposal))[0], rows=((save,),))


def removal_view(view: SourceView) -> discord.ui.LayoutView:
    """The question what becomes of a source's articles."""
    keep: discord.ui.Button[Any] = discord.ui.Button(
        label=tr("Remove, keep articles"), style=discord.ButtonStyle.primary, custom_id=f"source:keep:{view.id}"
    )
    delete: discord.ui.Button[Any] = discord.ui.Button(
        label=tr("Remove and delete articles"), style=discord.ButtonStyle.danger, custom_id=f"source:delete:{view.id}"
    )
    words = ntr("It brought {n} article.", "It brought {n} articles.", view.articles)
    words += " " + tr("Nothing happens unless you choose.")
    asked = notice_view(tr("Remove {source}?", source=label(view.name)), words)
    return asked.add_item(discord.ui.ActionRow(keep, delete))


def source_button(services: Services) -> type[PressedItem]:
    """What answers a press."""

    async def press(interaction: Interaction, match: re.Match[str], _: discord.ui.Item[Any]) -> None:
        require_manage_server(interaction)
        await interaction.response.defer()
        await _act(services, interaction, match)

    return answering(_TEMPLATE, press)


async def _act(services: Services, interaction: Interaction, match: re.Match[str]) -> None:
    assert interaction.guild_id is not None
    guild_id = interaction.guild_id
    if match["act"] == "save":
        view = await services.registry.save(match["key"], guild_id, interaction.user.id)
        await show(
            interaction,
            notice_view(tr("Saved"), tr("{source} is read for the first time now.", source=label(view.name))),
        )
        report = await services.sources.reload(view.name, None, guild_id)
        await show_all(interaction, page_screens(load_page(report)))
        return
    keeps = match["act"] == "keep"
    source = await services.registry.remove(match["key"], guild_id, keeps_articles=keeps)
    left = tr("Its articles stay.") if keeps else tr("Its articles are deleted.")
    gone = tr("{source} is read no more.", source=label(source.name))
    await show(interaction, notice_view(tr("Source removed"), f"{gone} {left}"))
