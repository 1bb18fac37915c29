"""Answers to an interaction that was deferred: the reply is filled in, never sent twice."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from bot.presentation.discord_messages import screen_view
from bot.presentation.layout import Screen

_MOST_SCREENS = 5  # of one list; who has more than that is better served by the command line

Interaction = discord.Interaction[Any]
_IS_PUBLIC = "attache.public"
Tree = app_commands.CommandTree[Any]


async def acknowledge(interaction: Interaction, *, private: bool) -> None:
    """Defer the reply, and remember whether everybody will see it: an error must not be shown to all."""
    interaction.extras[_IS_PUBLIC] = not private
    await interaction.response.defer(ephemeral=private)


def is_public(interaction: Interaction) -> bool:
    """Whether a reply was deferred for everybody to see."""
    return bool(interaction.extras.get(_IS_PUBLIC))


async def show(interaction: Interaction, view: discord.ui.LayoutView) -> discord.Message:
    """Fill the deferred reply; the message."""
    return await interaction.edit_original_response(view=view, allowed_mentions=discord.AllowedMentions.none())


async def show_all(interaction: Interaction, screens: Sequence[Screen]) -> None:
    """Fill the deferred reply with the first screen and let the others follow, private where the reply is."""
    await show(interaction, screen_view(screens[0]))
    for screen in screens[1:_MOST_SCREENS]:
        await interaction.followup.send(
            view=screen_view(screen),
            ephemeral=not is_public(interaction),
            allowed_mentions=discord.AllowedMentions.none(),
        )
