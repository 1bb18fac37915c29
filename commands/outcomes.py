"""How interactions end. The client tells whoever listens to its event `outcome`: figures, the audit."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from commands.replies import Interaction


class Outcome(StrEnum):
    """What came of an interaction."""

    OK = "ok"
    REFUSED = "refused"  # what was asked can't be had, and the person was told why
    FAILED = "failed"  # a fault of ours, or of something we need
    DOUBLE = "double"  # answered already, by another process or when it came the first time
    LATE = "late"  # not acknowledged within three seconds


def ended(interaction: Interaction, outcome: Outcome) -> None:
    """Tell it to whoever listens."""
    interaction.client.dispatch("outcome", interaction, outcome)


def named(interaction: Interaction) -> str:
    """What was used, out of a small set: a command's name, or what a button or form begins with."""
    if interaction.command is not None:
        return interaction.command.qualified_name
    data: Mapping[str, Any] = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    return f"control {custom_id.partition(':')[0]}" if custom_id else "unknown"
