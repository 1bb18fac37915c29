"""Whoever asks is answered in the language of their Discord."""

from bot.catalogues import known_language, speak
from commands.replies import Interaction


def listen_to(interaction: Interaction) -> None:
    """Answer this interaction, and all that is done for it, in the member's language."""
    speak(str(interaction.locale))


def guild_language(interaction: Interaction) -> str:
    """The language that the server prefers, for what is posted there for all."""
    return known_language(str(interaction.guild_locale) if interaction.guild_locale else None)
