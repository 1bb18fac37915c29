"""Whoever asks is answered in the language of their Discord."""

from bot.catalogues import speak
from commands.replies import Interaction


def listen_to(interaction: Interaction) -> None:
    """Answer this interaction, and all that is done for it, in the member's language."""
    speak(str(interaction.locale))
