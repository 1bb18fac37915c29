"""/summarize and *Summarize* on a message: the sentences that say most, word for word. Nothing is stored."""

import re
from dataclasses import dataclass

import discord
from discord.app_commands import ContextMenu, Range, command, describe
from discord.ext.commands import Cog

from bot.errors import InvalidInputError
from bot.presentation.discord_messages import page_screens
from bot.presentation.summary_page import given_page
from bot.services.app import Services
from bot.services.results import Summed
from bot.services.summaries import check_file
from commands.heavy import at_leisure, heavy
from commands.replies import Interaction, acknowledge, show_all
from commands.rights import PRIVATE, for_everybody

_LINK = re.compile(r"https?://[^\s<>()\[\]]+")
_USUAL = 5  # sentences
_FEWEST_WORDS = 40  # of a message that is taken for a text of its own, and not for a link with a remark


@dataclass(frozen=True, slots=True)
class _Given:
    """One of link, text and file."""

    link: str | None = None
    text: str | None = None
    file: discord.Attachment | None = None
    sentences: int = _USUAL


class Summaries(Cog):
    """Summaries on request."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @command(description="The sentences that say most of a link, a text or a file, word for word")
    @describe(
        link="Address of an article",
        text="A text, pasted",
        file="Text, Markdown or HTML, at most 1 MB",
        sentences="How many sentences",
        private=PRIVATE,
    )
    @for_everybody
    @at_leisure
    async def summarize(  # noqa: PLR0917  # Discord passes options by name; the library wants them as parameters
        self,
        interaction: Interaction,
        link: Range[str, 4, 1000] | None = None,
        text: Range[str, 1, 6000] | None = None,
        file: discord.Attachment | None = None,
        sentences: Range[int, 1, 10] = _USUAL,
        private: bool = False,
    ) -> None:
        """Answer with a summary of the one thing given."""
        await acknowledge(interaction, private=private)
        given = [one for one in (link, text, file.filename if file else None) if one is not None]
        if not given:
            raise InvalidInputError("link", "", "give one of link, text and file")
        if len(given) > 1:
            raise InvalidInputError("link", given[0], "give only one of link, text and file")
        await _show(interaction, await _summed(self._services, interaction, _Given(link, text, file, sentences)))


def summarize_menu(services: Services) -> ContextMenu:
    """*Summarize* among a message's apps: its text if it is long, else its first link, else its file; privately."""

    async def summarize(interaction: Interaction, message: discord.Message) -> None:
        await acknowledge(interaction, private=True)
        link = match[0].rstrip(".,;:!?'\"") if (match := _LINK.search(message.content)) else None
        words = len(_LINK.sub("", message.content).split())
        file = message.attachments[0] if message.attachments else None
        if words >= _FEWEST_WORDS or (message.content and link is None and file is None):
            given = _Given(text=message.content)
        elif link or file:
            given = _Given(link=link, file=None if link else file)
        else:
            raise InvalidInputError("message", "", "choose one with a text, a link or a file")
        await _show(interaction, await _summed(services, interaction, given))

    return for_everybody(ContextMenu(name="Summarize", callback=summarize))


async def _summed(services: Services, interaction: Interaction, given: _Given) -> Summed:
    if given.file is not None:
        check_file(given.file.filename, given.file.size)
        return await services.summaries.of_file(given.file.filename, await given.file.read(), given.sentences)
    if given.link is not None:
        with heavy(services, interaction, "/summarize"):
            return await services.summaries.of_link(given.link, given.sentences)
    return await services.summaries.of_text(given.text or "", given.sentences)


async def _show(interaction: Interaction, summed: Summed) -> None:
    await show_all(interaction, page_screens(given_page(summed)))
