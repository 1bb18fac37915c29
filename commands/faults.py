"""One translator of errors: every interaction gets an answer that says what happened, why, and what to do."""

import contextlib
import logging
import secrets

import aiohttp
import discord
from discord import app_commands

from bot.catalogues import mark, ntr, tr
from bot.errors import (
    AttacheError,
    BusyError,
    InvalidInputError,
    MissingPermissionError,
    NotFoundError,
    OutdatedError,
    SourceError,
    StorageError,
    UnusableFileError,
)
from bot.presentation.discord_messages import error_view
from bot.presentation.errors import explain
from commands.outcomes import Outcome, ended
from commands.replies import Interaction, is_public

_log = logging.getLogger(__name__)
# Logged by kind alone: what was typed (an address, say, with a password in it) is nobody else's business.
_ORDINARY = (
    BusyError,
    InvalidInputError,
    MissingPermissionError,
    NotFoundError,
    OutdatedError,
    SourceError,
    UnusableFileError,
    app_commands.AppCommandError,
)
# Not ours to mend, and many at a time when they come: a line each.
_PASSING = (
    discord.DiscordServerError,
    discord.RateLimited,
    aiohttp.ClientError,
    TimeoutError,
    ConnectionError,
    StorageError,
)
_CHANGED = mark("This command has changed since your Discord last looked. Reload Discord and try again.")
# The first that fits is said; the last is the parent of all checks.
_WORDS = (
    (
        app_commands.MissingPermissions,
        mark("This is for people who may manage the server. Ask one of them, or for the permission Manage Server."),
    ),
    (app_commands.NoPrivateMessage, mark("This works in a server only. Use it in one where I am a member.")),
    (app_commands.CommandNotFound, _CHANGED),
    (app_commands.CommandSignatureMismatch, _CHANGED),
    (
        discord.Forbidden,
        mark("Discord does not let me do that here. Check my rights in this channel and try again."),
    ),
    (discord.NotFound, mark("What this was about is gone from Discord by now. Ask again by command.")),
    (
        _PASSING[:-1],
        mark("Discord could not be reached as it should. Try again in a minute."),
    ),
    (StorageError, mark("My database can't be reached at the moment. Nothing is lost: try again in a minute.")),
    (app_commands.CheckFailure, mark("You may not use this here. Ask whoever manages the server.")),
)
_SURPRISE = mark(
    "Something unexpected went wrong here. Try again in a minute; if it stays, report the reference below."
)
_UNKNOWN_INTERACTION, _ANSWERED_ALREADY = 10062, 40060
_DEFERRED_REPLY = discord.InteractionResponseType.deferred_channel_message


async def answer_error(interaction: Interaction, error: Exception) -> None:
    """Tell the person what went wrong. Surprises get a reference, under which the log has the whole story."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, discord.NotFound) and cause.code == _UNKNOWN_INTERACTION:
        _log.warning("%s was not acknowledged within three seconds; Discord has given it up", _named(interaction))
        ended(interaction, Outcome.LATE)
        return
    if isinstance(cause, discord.HTTPException) and cause.code == _ANSWERED_ALREADY:
        _log.warning("%s came twice, or another process has answered it: left to that answer", _named(interaction))
        ended(interaction, Outcome.DOUBLE)
        return
    ended(interaction, Outcome.REFUSED if isinstance(cause, _ORDINARY) else Outcome.FAILED)
    if interaction.type is discord.InteractionType.autocomplete:  # it takes choices alone, and nobody reads an error
        with contextlib.suppress(discord.HTTPException):
            await interaction.response.autocomplete([])
        return
    reference = secrets.token_hex(4)
    if isinstance(cause, _ORDINARY):
        _log.info("reference %s: %s refused, %s", reference, _named(interaction), type(cause).__name__)
    elif isinstance(cause, _PASSING):
        kind = type(cause).__name__
        words = f"{kind}, {cause}" if isinstance(cause, StorageError) else kind  # the words of others may hold tokens
        _log.error("reference %s: %s failed: %s", reference, _named(interaction), words)
    else:
        _log.error("reference %s: %s failed", reference, _named(interaction), exc_info=cause)
    await _reply(interaction, error_view(explain_fault(cause), reference))


def explain_fault(cause: Exception) -> str:
    """`cause` in words for the person who asked: plain text."""
    match cause:
        case AttacheError() if not isinstance(cause, StorageError):  # its address is nobody's business here
            return explain(cause)
        case app_commands.CommandOnCooldown():
            seconds = max(1, round(cause.retry_after))
            return ntr(
                "That was a bit fast. Try again in {n} second.",
                "That was a bit fast. Try again in {n} seconds.",
                seconds,
            )
        case app_commands.TransformerError():
            return tr(
                "“{value}” can't be used here. Choose one of the values that are offered while you type.",
                value=cause.value,
            )
    return tr(next((words for kind, words in _WORDS if isinstance(cause, kind)), _SURPRISE))


async def _reply(interaction: Interaction, view: discord.ui.LayoutView) -> None:
    """Answer by whatever way is still open; where none is, the log knows."""
    nobody = discord.AllowedMentions.none()
    try:
        if not interaction.response.is_done():
            await _first(interaction, view)
        elif interaction.response.type is _DEFERRED_REPLY and not await _withdrawn(interaction):
            await interaction.edit_original_response(view=view, allowed_mentions=nobody)
        else:
            await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=nobody)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as fault:
        _log.warning("%s: the error could not be answered: %s", _named(interaction), fault)


async def _first(interaction: Interaction, view: discord.ui.LayoutView) -> None:
    """The first answer, as far as we know: a lost acknowledgement may have arrived."""
    nobody = discord.AllowedMentions.none()
    try:
        await interaction.response.send_message(view=view, ephemeral=True, allowed_mentions=nobody)
    except discord.HTTPException as fault:
        if fault.code != _ANSWERED_ALREADY:
            raise
        await interaction.edit_original_response(view=view, allowed_mentions=nobody)


async def _withdrawn(interaction: Interaction) -> bool:
    """Take back what everybody would see of a reply that failed; what follows is for who asked alone."""
    if not is_public(interaction):
        return False
    try:
        await interaction.delete_original_response()
    except discord.HTTPException:
        return False
    return True


def _named(interaction: Interaction) -> str:
    """What was asked, without what was typed."""
    command = interaction.command
    name = f"/{command.qualified_name}" if command else interaction.type.name
    return f"{name} (interaction {interaction.id}, server {interaction.guild_id or 'none'})"
