"""Edits posts that are out: a note beneath what was put right, nothing else is touched."""

import logging
from collections.abc import Sequence

import aiohttp
import discord

from bot.catalogues import speaking
from bot.dossier import Dossier
from bot.gateway.refusals import translated
from bot.presentation.correction_words import note_lines
from bot.presentation.escaping import escape
from bot.services.correction_ports import Note, Post

_log = logging.getLogger(__name__)
_MOST_TEXT = 4000  # characters of one message, of which the note needs its share


class DiscordAmender:
    """`bot.services.correction_ports.Amender` on Discord."""

    def __init__(self, client: discord.Client, dossier: Dossier) -> None:
        self._client = client
        self._dossier = dossier

    async def amend(self, post: Post, notes: Sequence[Note]) -> None:
        """Add the notes to the post's own container, in its language; where they don't fit, as a reply to it."""
        with speaking(post.language):
            lines = [f"-# ✎ {escape(one)}" for one in note_lines(notes, self._dossier)]
        nobody = discord.AllowedMentions.none()
        try:
            channel = self._client.get_partial_messageable(post.channel_id)
            message = await channel.fetch_message(post.message_id)
            there = _lines(message)
            missing = [line for line in lines if line not in there]
            if not missing:
                return  # written before, by somebody who could not keep that it was
            words = "\n".join(missing)
            view = with_note(message, words)
            if view is None:
                await message.reply(words.replace("-# ", ""), mention_author=False, allowed_mentions=nobody)
            else:
                await message.edit(view=view, allowed_mentions=nobody)
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as fault:
            raise translated(post.channel_id, fault) from fault


def _lines(message: discord.Message) -> frozenset[str]:
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    view.stop()
    texts = (item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay))
    return frozenset(line for text in texts for line in text.splitlines())


def with_note(message: discord.Message, words: str) -> discord.ui.LayoutView | None:
    """The message with the words at the end of its container; None where there is no room."""
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    container = next((item for item in view.children if isinstance(item, discord.ui.Container)), None)
    if container is None or view.content_length() + len(words) > _MOST_TEXT:
        return None
    try:
        container.add_item(discord.ui.TextDisplay(words))
    except ValueError:  # as many components as a message may have
        return None
    view.stop()  # buttons are answered by their custom_id
    return view
