"""Questions by command and by button, answered with the same messages."""

import io
import re
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.catalogues import current_language, tr
from bot.errors import MissingPermissionError
from bot.presentation.discord_messages import notice_view
from bot.presentation.markdown import page_markdown
from bot.services.app import Services
from bot.services.correction_ports import Post
from bot.services.results import PositionsRequest
from commands.answer_rows import Place, answer_view, place_of
from commands.answers import KINDS, Answered, answer
from commands.pressing import PressedItem, answering
from commands.questions import Question, question_of
from commands.replies import Interaction, acknowledge, show

_CARRIED = rf"(?P<number>\d{{1,4}}):(?P<letter>[{''.join(KINDS)}]):(?P<state>.*)"
_TOPIC = re.compile(r"topic:positions")


async def give(services: Services, interaction: Interaction, question: Question, *, private: bool = False) -> None:
    """Answer a command: acknowledge, ask, lay out, send."""
    await acknowledge(interaction, private=private)
    answered = await answer(services, question)
    place = place_of(interaction, private=private)
    message = await show(interaction, await answer_view(services.states, services.dossier, answered, place))
    if place is Place.PUBLIC:
        await _watch(services, interaction, answered, message)


def answer_buttons(services: Services) -> tuple[type[PressedItem], ...]:
    """What answers presses on an answer's buttons, and choices from its menu of topics."""

    def pressed(act: str, what: Callable[[Services, Interaction, Answered, int], Awaitable[None]], **defer: Any) -> Any:
        async def press(interaction: Interaction, match: re.Match[str], _: discord.ui.Item[Any]) -> None:
            await interaction.response.defer(**defer)
            answered = await asked_again(services, match, interaction.guild_id)
            await what(services, interaction, answered, int(match["number"]))

        return answering(re.compile(f"{act}:{_CARRIED}"), press)

    async def choose(interaction: Interaction, _: re.Match[str], menu: discord.ui.Item[Any]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        assert isinstance(menu, discord.ui.Select)
        question = PositionsRequest(topic=menu.values[0], guild_id=interaction.guild_id)
        await _open(services, interaction, await answer(services, question), 1)

    return (
        pressed("page", _turn),
        pressed("more", _open, ephemeral=True, thinking=True),
        pressed("open", _open, ephemeral=True, thinking=True),
        pressed("file", _attach, ephemeral=True, thinking=True),
        pressed("share", _share),
        answering(_TOPIC, choose),
    )


async def asked_again(services: Services, match: re.Match[str], guild_id: int | None) -> Answered:
    """The answer that a button carries. Raises what the services raise."""
    state = await services.states.restore(match["state"])
    question = question_of(KINDS[match["letter"]].question, state, guild_id)
    return await answer(services, question, match["letter"])


async def _turn(services: Services, interaction: Interaction, answered: Answered, number: int) -> None:
    """Another page in the place of this one: nobody else reads here."""
    place = place_of(interaction)
    await show(interaction, await answer_view(services.states, services.dossier, answered, place, number=number))


async def _open(services: Services, interaction: Interaction, answered: Answered, number: int) -> None:
    """A page for who pressed, whoever else reads the message."""
    place = Place.DIRECT if interaction.context.dm_channel else Place.PRIVATE
    await show(interaction, await answer_view(services.states, services.dossier, answered, place, number=number))


async def _attach(_: Services, interaction: Interaction, answered: Answered, __: int) -> None:
    """The whole answer as a file, for who pressed."""
    name = f"{answered.edition or 'attache'}.md"
    content = page_markdown(answered.page).encode("utf-8", "replace")
    view = notice_view(tr("Full text"), tr("The whole answer as Markdown, with its links."))
    view.add_item(discord.ui.File(f"attachment://{name}"))
    await interaction.edit_original_response(
        view=view,
        attachments=[discord.File(io.BytesIO(content), name)],
        allowed_mentions=discord.AllowedMentions.none(),
    )


async def _share(services: Services, interaction: Interaction, answered: Answered, number: int) -> None:
    """The same page for the whole channel, in the name of who shared it; nobody is mentioned."""
    _require_speaking(interaction)
    note = tr("Shared by {member}", member=f"<@{interaction.user.id}>")
    view = await answer_view(services.states, services.dossier, answered, Place.PUBLIC, number=number, note=note)
    nobody = discord.AllowedMentions.none()
    message = await interaction.followup.send(view=view, ephemeral=False, allowed_mentions=nobody, wait=True)
    await _watch(services, interaction, answered, message)


async def _watch(services: Services, interaction: Interaction, answered: Answered, message: discord.Message) -> None:
    """What stands before all is looked after, where we can still edit it when this interaction is long over."""
    guild_id = interaction.guild_id
    if guild_id is None or answered.edition is None or not interaction.is_guild_integration():
        return
    at, language = discord.utils.utcnow(), current_language()
    post = Post(message.id, message.channel.id, guild_id, answered.edition, language, at)
    await services.corrections.amending.watch(post)


def _require_speaking(interaction: Interaction) -> None:
    """Raise `MissingPermissionError` for who may not write in this channel himself."""
    granted = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    if interaction.guild_id is None or (granted.send_messages_in_threads if in_thread else granted.send_messages):
        return
    raise MissingPermissionError(tr("this channel, for you"), [tr("Send Messages")])
