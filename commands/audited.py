"""What of all that admins do is a change, and in which words it is recorded."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot.catalogues import name_words, tr
from commands.outcomes import named
from commands.replies import Interaction

# Admin commands that change nothing, or ask first and have the answer recorded; all others are recorded.
_READING = frozenset({
    "setup", "doctor", "audit", "explain", "schedule list", "schedule preview", "schedule log",
    "schedule remove", "sources list",
    "sources check", "sources export", "settings export", "settings import", "corrections list", "sources add",
    "sources remove",
})  # fmt: skip
# The second part of a control's custom_id, where it does what it says.
_DECIDING = frozenset({"save", "keep", "delete", "remove", "apply", "accept", "reject"})
_LONGEST = 80


def change_of(interaction: Interaction) -> tuple[str, str] | None:
    """What was changed and with which options, for a change of a server's; None for everything else."""
    if interaction.guild_id is None:
        return None
    command = interaction.command
    if isinstance(command, app_commands.Command):
        is_admins = (command.root_parent or command).default_permissions is not None
        if not is_admins or command.qualified_name in _READING:
            return None
        options = {name: value for name, value in interaction.namespace if value is not None}
        return command.qualified_name, ", ".join(f"{name}: {_words(value)}" for name, value in options.items())
    data: Mapping[str, Any] = interaction.data or {}
    kind, act, *rest = [*str(data.get("custom_id", "")).split(":", 2), "", ""]
    if act not in _DECIDING or not interaction.permissions.manage_guild:
        return None
    return f"{named(interaction).removeprefix('control ')} {act}", rest[0][:_LONGEST] if kind != "setup" else ""


def _words(value: object) -> str:
    """An option as it was given: channels as their ids, roles and files by name."""
    if isinstance(value, discord.Attachment):
        return value.filename[:_LONGEST]
    if isinstance(value, discord.Role):
        return f"{value.name[:_LONGEST]} ({value.id})"
    number = getattr(value, "id", None)
    return str(number) if isinstance(number, int) else str(value)[:_LONGEST]


def action_words(action: str) -> str:
    """An action as `/audit` names it: commands as they are typed, presses in words."""
    pressed = {
        "setup save": tr("saved by /setup"),
        "source save": tr("source saved"),
        "source keep": tr("source removed, articles kept"),
        "source delete": tr("source and its articles deleted"),
        "schedule remove": tr("schedule removed"),
        "settings apply": tr("settings imported"),
    }
    return pressed.get(action) or f"/{' '.join(map(name_words, action.split()))}"
