"""Buttons and menus that are known by their custom_id alone, and so outlive a restart."""

import logging
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import discord

from bot.errors import OutdatedError
from commands.faults import answer_error
from commands.languages import listen_to
from commands.outcomes import Outcome, ended
from commands.replies import Interaction

_log = logging.getLogger(__name__)
Act = Callable[[Interaction, re.Match[str], discord.ui.Item[Any]], Awaitable[None]]
PressedItem = discord.ui.DynamicItem[discord.ui.Item[Any]]


def answering(template: re.Pattern[str], act: Act) -> type[PressedItem]:
    """What answers a press on items whose custom_id fits `template`; the client registers it at every start.

    `act` acknowledges and answers. Errors of such items reach no handler of the library's, so they are answered here.
    """

    class Answering(PressedItem, template=template):
        """An item known by its custom_id alone."""

        @classmethod
        async def from_custom_id(cls, _: Interaction, item: discord.ui.Item[Any], __: re.Match[str], /) -> "Answering":
            return cls(item)

        async def callback(self, interaction: Interaction) -> None:
            try:
                listen_to(interaction)
                match = template.fullmatch(self.custom_id)
                assert match is not None
                await act(interaction, match, self.item)
                ended(interaction, Outcome.OK)
            except Exception as error:
                await answer_error(interaction, error)

    return Answering


def template_of(item: type[discord.ui.DynamicItem[Any]]) -> re.Pattern[str]:
    """The library gives it of an instance alone."""
    template: re.Pattern[str] = item.__discord_ui_compiled_template__
    return template


async def answer_stranger(interaction: Interaction, items: Iterable[type[discord.ui.DynamicItem[Any]]]) -> None:
    """Answer a press on what none of these items is, or what its message does not show (any more).

    A button of another version, or a message that was edited meanwhile: the library lets both go without a word.
    """
    if interaction.type is not discord.InteractionType.component:
        return
    data: Mapping[str, Any] = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    is_ours = any(template_of(item).fullmatch(custom_id) for item in items)
    if not is_ours or not _is_shown(interaction.message, custom_id, data.get("component_type")):
        listen_to(interaction)
        await answer_error(interaction, OutdatedError(custom_id))


def _is_shown(message: discord.Message | None, custom_id: str, kind: object) -> bool:
    """Whether the library will find the item in the message, as it looks for it."""
    if message is None:
        return False
    try:
        if message.flags.components_v2:
            found = list(discord.ui.LayoutView.from_message(message, timeout=None).walk_children())
        else:
            found = list(discord.ui.View.from_message(message, timeout=None).walk_children())
    except Exception:  # components of a kind that this version does not know
        _log.info("a message's components can't be read", exc_info=True)
        return False
    return any(one.type.value == kind and getattr(one, "custom_id", None) == custom_id for one in found)
