"""The position grid as a Discord message: the picture with its description, and its text twin below."""

import io
from typing import Any

import discord

from bot.catalogues import tr
from bot.presentation.discord_messages import notice_screens, screen_view
from bot.presentation.escaping import escape
from bot.presentation.grid import Grid, describe_grid, grid_lines, grid_title, rests_on

FILE = "grid.png"


def grid_view(grid: Grid) -> discord.ui.LayoutView:
    """The layout; the picture itself travels as the attachment `grid_file` makes of it."""
    screen = notice_screens(
        escape(grid_title(grid)),
        ["\n".join(map(_line, grid_lines(grid))) or tr("No statement found.")],
        lead=tr("Stance towards each topic's proposition.") + " " + escape(rests_on(grid)),
    )[0]
    text = screen_view(screen)
    if not grid.actors:
        return text
    view = discord.ui.LayoutView(timeout=None)
    picture = discord.MediaGalleryItem(f"attachment://{FILE}", description=describe_grid(grid))
    view.add_item(discord.ui.MediaGallery(picture))
    for item in text.children:
        view.add_item(item)
    view.stop()  # nothing in it is ever pressed
    return view


def _line(text: str) -> str:
    """The twin stands in small print under the picture: who sees that need not read it."""
    actor, colon, rest = text.partition(": ")
    return f"-# **{escape(actor)}**: {escape(rest)}" if colon else f"-# {escape(text)}"


class _Picture(discord.File):
    """A file whose number is sent as a string, as Discord's own description has it; the library sends an integer."""

    def to_dict(self, index: int) -> dict[str, Any]:
        return {**super().to_dict(index), "id": str(index)}


def grid_file(picture: bytes) -> discord.File:
    """The attachment that `grid_view` shows."""
    return _Picture(io.BytesIO(picture), filename=FILE)
