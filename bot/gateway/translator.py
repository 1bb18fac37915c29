"""Names and descriptions of commands in the languages of the catalogues, for Discord's own localisation."""

import discord
from discord import app_commands

from bot.catalogues import name_words, speaking, tr

LOCALES = {
    discord.Locale.ukrainian: "uk",
    discord.Locale.russian: "ru",
    discord.Locale.german: "de",
    discord.Locale.french: "fr",
    discord.Locale.spain_spanish: "es",
    discord.Locale.latin_american_spanish: "es",
}
_NAMES = (
    app_commands.TranslationContextLocation.command_name,
    app_commands.TranslationContextLocation.group_name,
    app_commands.TranslationContextLocation.parameter_name,
)


class CatalogueTranslator(app_commands.Translator):
    """Asked by the library once for each text and locale when commands are registered."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """The text in that locale; None where it is the same as in English or not known."""
        language = LOCALES.get(locale)
        if language is None:
            return None
        is_typed = context.location in _NAMES and not isinstance(context.data, app_commands.ContextMenu)
        with speaking(language):
            found = name_words(string.message) if is_typed else tr(string.message)
        return found if found != string.message else None
