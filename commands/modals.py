"""Forms that are known by their custom_id alone, and so outlive a restart, as buttons do (`commands.pressing`)."""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.errors import OutdatedError
from commands.faults import answer_error
from commands.languages import listen_to
from commands.outcomes import Outcome, ended
from commands.replies import Interaction

Take = Callable[[Interaction, re.Match[str], Mapping[str, str]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Form:
    """What takes a form whose custom_id fits `template`: it is given what was typed, by the fields' custom_ids."""

    template: re.Pattern[str]
    take: Take


async def show_form(interaction: Interaction, modal: discord.ui.Modal) -> None:
    """Open a form. The library need not keep it: what is sent in is known by its custom_id."""
    modal.stop()
    await interaction.response.send_modal(modal)


async def take_form(interaction: Interaction, forms: Iterable[Form]) -> None:
    """Hand what was sent in to whom it belongs; nothing for other interactions. Errors are answered here."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    data: Mapping[str, Any] = interaction.data or {}
    for form in forms:
        match = form.template.fullmatch(data["custom_id"])
        if match is None:
            continue
        try:
            listen_to(interaction)
            await form.take(interaction, match, dict(_typed(data["components"])))
            ended(interaction, Outcome.OK)
        except Exception as error:
            await answer_error(interaction, error)
        return
    listen_to(interaction)
    await answer_error(interaction, OutdatedError(str(data["custom_id"])))


def _typed(components: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The custom_id and the text of every field, at any depth."""
    for component in components:
        if "custom_id" in component and isinstance(component.get("value"), str):
            yield component["custom_id"], component["value"]
        if "custom_id" in component and component.get("values"):  # a menu of which one is chosen
            yield component["custom_id"], str(component["values"][0])
        inner = component.get("component")
        yield from _typed([*component.get("components", ()), *([inner] if inner else [])])
