"""The one translator of errors into words: what happened, why, what to do next."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import errors

_ASKED = 5  # more names than these are a list, not a question


def explain(error: errors.AttacheError) -> str:
    """One or two calm sentences about `error`. Texts of strangers in it are left as they are: escape them as needed."""
    for kind, words in _WORDS.items():
        if isinstance(error, kind):
            return words(error)
    return f"{error}."


def _configuration(error: errors.ConfigurationError) -> str:
    return f"The configuration is not usable. {error.where}: {error.reason}. Correct it and start again."


def _invalid_input(error: errors.InvalidInputError) -> str:
    if not error.given:
        return f"{error.field} is missing: {error.reason}."
    return f"“{error.given}” does not work as {error.field}: {error.reason}."


def _not_found(error: errors.NotFoundError) -> str:
    found = f"There is no {error.kind} called “{error.name}”."
    if not error.suggestions:
        return found
    if len(error.suggestions) > _ASKED:
        return f"{found} There are: {', '.join(error.suggestions)}."
    *first, last = (f"“{name}”" for name in error.suggestions)
    return f"{found} Did you mean {', '.join(first) + ' or ' + last if first else last}?"


def _missing_permission(error: errors.MissingPermissionError) -> str:
    return f"Missing in {error.place}: {', '.join(error.permissions)}. Grant it there and try again."


def _unproved_line(error: errors.UnprovedLineError) -> str:
    return (
        "A line was held back because it is not, letter by letter, what the stored article says. Reload the sources; "
        f"if that does not help, report this: {error.article_id} [{error.start}, {error.end})."
    )


def _storage(error: errors.StorageError) -> str:
    return (
        f"The database {error.database} can't be used: {error.reason}. Check DATABASE_URL and that it can be reached."
    )


def _source(error: errors.SourceError) -> str:
    return f"The source “{error.source}” can't be read: {error.reason}. The other sources are not affected."


def _unavailable(error: errors.DiscordUnavailableError) -> str:
    return f"Discord can't be reached at {error.address}: {error.reason}. Check the network and DISCORD_API_URL."


def _rejected(error: errors.DeliveryRejectedError) -> str:
    return f"Discord does not accept posts to channel {error.channel_id}: {error.reason}. Check the bot's rights there."


def _failed(error: errors.DeliveryFailedError) -> str:
    return f"The post to channel {error.channel_id} did not go through: {error.reason}. It will be tried again."


_WORDS: Mapping[type[errors.AttacheError], Callable[[Any], str]] = {
    errors.ConfigurationError: _configuration,
    errors.InvalidInputError: _invalid_input,
    errors.NotFoundError: _not_found,
    errors.MissingPermissionError: _missing_permission,
    errors.UnprovedLineError: _unproved_line,
    errors.StorageError: _storage,
    errors.SourceError: _source,
    errors.DiscordUnavailableError: _unavailable,
    errors.DeliveryRejectedError: _rejected,
    errors.DeliveryFailedError: _failed,
}
