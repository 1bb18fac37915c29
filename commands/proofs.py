"""/prove, and *Prove* on a message: where a line stands, and why it was read so."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord.app_commands import Choice, ContextMenu, Range, command, describe
from discord.ext.commands import Cog

from bot.briefings.editions import Edition
from bot.briefings.proofs import LineState, is_held
from bot.catalogues import ntr, number_words, tr
from bot.errors import InvalidInputError
from bot.presentation.discord_messages import notice_view, page_screens
from bot.presentation.proof_page import line_label, proof_page
from bot.services.app import Services
from commands.completion import complete
from commands.pressing import PressedItem, answering
from commands.replies import Interaction, show, show_all
from commands.rights import for_everybody

_EDITION = re.compile(r"/prove edition:([A-Z]-[0-9a-f]{8,20})")  # in the small print of earlier versions
_LINES = re.compile(r"lines:(?P<edition>[A-Z]-[0-9a-f]{8,20})")
_TEMPLATE = re.compile(r"prove:(?P<edition>[A-Z]-[0-9a-f]{8,20}):\d")
_OPTIONS, _MENUS = 25, 4  # Discord's limit of a menu; more menus would not fit a phone


class Proofs(Cog):
    """Proofs on request, privately."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @command(description="Where a line of an answer stands, what stands around it, and why it was read so")
    @describe(edition="The id in the small print of an answer, such as B-1a2b3c4d", line="The line's number")
    @for_everybody
    async def prove(self, interaction: Interaction, edition: Range[str, 1, 60], line: Range[int, 1] = 1) -> None:
        """Answer with the proof."""
        await interaction.response.defer(ephemeral=True)
        await _show_proof(self._services, interaction, edition, line)

    @prove.autocomplete("edition")
    async def _editions(self, interaction: Interaction, typed: str) -> list[Choice[str]]:
        return complete(lambda words: self._services.names.editions(words, interaction.guild_id), typed)


def prove_menu(services: Services) -> ContextMenu:
    """*Prove* among a message's apps: reads the edition from the message, and offers its lines."""

    async def prove(interaction: Interaction, message: discord.Message) -> None:
        await interaction.response.defer(ephemeral=True)
        await _show_lines(services, interaction, edition_of(message, interaction.client.user))

    return for_everybody(ContextMenu(name="Prove", callback=prove))


def lines_button(services: Services) -> type[PressedItem]:
    """What answers a press on *Prove*: the lines to choose from, for who pressed."""

    async def press(interaction: Interaction, match: re.Match[str], _: discord.ui.Item[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await _show_lines(services, interaction, match["edition"])

    return answering(_LINES, press)


def line_menu(services: Services) -> type[PressedItem]:
    """What answers a choice of a line."""

    async def choose(interaction: Interaction, match: re.Match[str], menu: discord.ui.Item[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        assert isinstance(menu, discord.ui.Select)
        await _show_proof(services, interaction, match["edition"], int(menu.values[0]))

    return answering(_TEMPLATE, choose)


def edition_of(message: discord.Message, bot: discord.ClientUser | None) -> str:
    """The edition that one of our own messages shows. Raises `InvalidInputError` for any other message."""
    is_ours = bot is not None and message.author.id == bot.id
    found = list(_editions(message.components)) if is_ours else []
    if not found:
        reason = "choose an answer of mine with lines of articles; its small print names the edition"
        raise InvalidInputError("edition", "", reason)
    return found[-1]  # buttons and small print come last


def lines_view(edition: Edition, states: Sequence[LineState]) -> discord.ui.LayoutView:
    """The lines of an edition to choose from, with a count of those that do not stand any more."""
    gone = [str(number) for number, state in enumerate(states, start=1) if not is_held(state)]
    if gone:
        words = tr(
            "Of {total} lines these do not stand any more: {lines}.",
            total=number_words(len(states)),
            lines=", ".join(gone[:_OPTIONS]),
        )
    else:
        words = ntr(
            "Its {n} line stands in the stored article, character by character.",
            "All {n} lines stand in the stored articles, character by character.",
            len(states),
        )
    view = notice_view(tr("Lines of {edition}", edition=edition.id), words, tr("Choose one to see its proof."))
    options = [
        discord.SelectOption(label=label, description=start or None, value=str(number))
        for number, (line, state) in enumerate(zip(edition.lines, states, strict=True), start=1)
        for label, start in [line_label(number, line, state)]
    ]
    for menu in range(0, min(len(options), _OPTIONS * _MENUS), _OPTIONS):
        part = options[menu : menu + _OPTIONS]
        hint = tr("Lines {first} to {last}", first=menu + 1, last=menu + len(part))
        select: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"prove:{edition.id}:{menu // _OPTIONS}", placeholder=hint, options=part
        )
        view.add_item(discord.ui.ActionRow(select))
    return view


async def _show_lines(services: Services, interaction: Interaction, edition_id: str) -> None:
    """The lines to choose from; of a single one the proof itself."""
    edition, states = await services.proofs.check(edition_id, interaction.guild_id)
    if len(states) == 1:
        await _show_proof(services, interaction, edition.id, 1)
    else:
        await show(interaction, lines_view(edition, states))


async def _show_proof(services: Services, interaction: Interaction, edition: str, line: int) -> None:
    proof = await services.proofs.prove(edition, line, interaction.guild_id)
    await show_all(interaction, page_screens(proof_page(proof, services.dossier)))


def _editions(components: Sequence[Any]) -> Iterator[str]:
    """Editions that buttons and small print name, at any depth, in order."""
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield from (match[1] for match in _EDITION.finditer(component.content))
        elif match := _LINES.fullmatch(getattr(component, "custom_id", None) or ""):
            yield match["edition"]
        yield from _editions(getattr(component, "children", ()))
