"""One page of several, with the buttons that turn it. What a button needs stands in its custom_id."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.presentation.discord_messages import screen_view
from bot.presentation.layout import Screen

_LONGEST_ID = 100


def page_view(
    screens: Sequence[Screen], number: int, state: str, hint: str, marker: int | None = None
) -> discord.ui.LayoutView:
    """The page asked for (the last one, if there are fewer by now), with buttons where their state fits."""
    screen = screens[min(max(number, 1), len(screens)) - 1]
    ids = [f"page:{screen.number - 1}:{state}", f"page:{screen.number + 1}:{state}"]
    if screen.total == 1 or max(map(len, ids)) > _LONGEST_ID:
        return screen_view(screen, hint=hint, marker=marker)
    back: discord.ui.Button[Any] = discord.ui.Button(label="Previous", custom_id=ids[0], disabled=screen.number == 1)
    forth: discord.ui.Button[Any] = discord.ui.Button(
        label="Next", custom_id=ids[1], disabled=screen.number == screen.total
    )
    return screen_view(screen, buttons=(back, forth), marker=marker)
