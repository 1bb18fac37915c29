"""The one translator of errors into words: what happened, why, what to do next."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import errors
from bot.catalogues import mark, name_words, quoted, tr
from bot.reasons import NOT_ASKED, reason_words

_LONGEST = 80  # characters of what was given that are said again
_ASKED = 5  # more names than these are a list, not a question
_ABSENT = {
    "actor": mark("There is no actor called “{name}”."),
    "actor of the dossier": mark("There is no actor of the dossier called “{name}”."),
    "article": mark("There is no article called “{name}”."),
    "command": mark("There is no command called “{name}”."),
    "correction": mark("There is no report number {name}."),
    "edition": mark("There is no edition called “{name}”."),
    "file to apply (import it again)": mark("There is no file to apply any more. Import it again."),
    "method": mark("There is no method called “{name}”."),
    "schedule": mark("There is no schedule number {name}."),
    "single actor": mark("“{name}” is a name of several actors."),
    "single article": mark("There is no single article called “{name}”."),
    "source": mark("There is no source called “{name}”."),
    "topic": mark("There is no topic called “{name}”."),
    "answer behind this button (ask again)": mark("The answer behind this button is gone. Ask again by command."),
    "proposal to save (look at the address again)": mark(
        "There is no proposal to save any more. Look at the address again."
    ),
}

_OFFERED = ("actor", "article", "single article", "edition", "source", "topic")  # while somebody types


def explain(error: errors.AttacheError) -> str:
    """One or two calm sentences about `error`. Texts of strangers in it are left as they are: escape them as needed."""
    for kind, words in _WORDS.items():
        if isinstance(error, kind):
            return words(error)
    return f"{error}."


def _configuration(error: errors.ConfigurationError) -> str:
    return tr(
        "The configuration is not usable. {where}: {reason}. Correct it and start again.",
        where=error.where,
        reason=reason_words(error.reason),
    )


def _invalid_input(error: errors.InvalidInputError) -> str:
    field, reason = name_words(error.field), reason_words(error.reason)
    if not error.given.strip():
        return tr("{field} is missing: {reason}.", field=field, reason=reason)
    return tr("“{given}” does not work as {field}: {reason}.", given=_short(error.given), field=field, reason=reason)


def _unusable_file(error: errors.UnusableFileError) -> str:
    return tr(
        "This file can't be used: {reason}. Nothing was changed. Give one that {command} wrote, or correct it.",
        reason=reason_words(error.reason),
        command=error.command,
    )


def _elsewhere(error: errors.ElsewhereError) -> str:
    words = tr("{command} is for Discord only.", command=error.command)
    if not error.instead:
        return words
    if error.instead.startswith("/"):
        return f"{words} {tr('Here, use {instead}.', instead=error.instead)}"
    return f"{words} {tr('Outside of the console, use {instead}.', instead=error.instead)}"


def _not_found(error: errors.NotFoundError) -> str:
    absent, name = _ABSENT.get(error.kind), _short(error.name)
    found = tr(absent, name=name) if absent else tr("There is nothing called “{name}”.", name=name)
    choose = tr("Type a part of the name and choose from what is offered.")
    if not error.name.strip() and error.kind in _OFFERED:
        return f"{tr('No name was given.')} {choose}"
    if not error.suggestions:
        return f"{found} {choose}" if error.kind in _OFFERED else found
    if len(error.suggestions) > _ASKED or error.kind == "schedule":
        return f"{found} {tr('There are: {names}.', names=', '.join(error.suggestions))}"
    *first, last = map(quoted, error.suggestions)
    names = tr("{names} or {last}", names=", ".join(first), last=last) if first else last
    return f"{found} {tr('Did you mean {names}?', names=names)}"


def _short(given: str) -> str:
    """What somebody gave, as far as it takes to know it again."""
    line = " ".join(given.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _missing_permission(error: errors.MissingPermissionError) -> str:
    rights = ", ".join(tr(one) for one in error.permissions)
    return tr("Missing in {place}: {rights}. Grant it there and try again.", place=error.place, rights=rights)


def _outdated(_: errors.OutdatedError) -> str:
    return tr("This belongs to another version of me and can't be used any more. Ask again by command.")


def _busy(error: errors.BusyError) -> str:
    return tr(
        "{job} is still at work here, and one such job at a time is enough. Try again when it has ended.", job=error.job
    )


def _unproved_line(error: errors.UnprovedLineError) -> str:
    return tr(
        "A line was held back because it is not, letter by letter, what the stored article says. Reload the sources; "
        "if that does not help, report this: {line}.",
        line=f"{error.article_id} [{error.start}, {error.end})",
    )


def _storage(error: errors.StorageError) -> str:
    return tr(
        "The database {database} can't be used: {reason}. Check DATABASE_URL and that it can be reached.",
        database=error.database,
        reason=reason_words(error.reason),
    )


def _source(error: errors.SourceError) -> str:
    return tr(
        "The source “{source}” can't be read: {reason}.",
        source=error.source,
        reason=reason_words(error.reason.removeprefix(NOT_ASKED)),
    )


def _unavailable(error: errors.DiscordUnavailableError) -> str:
    return tr(
        "Discord can't be reached at {address}: {reason}. Check the network and DISCORD_API_URL.",
        address=error.address,
        reason=error.reason,
    )


def _rejected(error: errors.DeliveryRejectedError) -> str:
    return tr(
        "Discord does not accept posts to channel {channel}: {reason}. Check the bot's rights there.",
        channel=error.channel_id,
        reason=reason_words(error.reason),
    )


def _failed(error: errors.DeliveryFailedError) -> str:
    return tr(
        "The post to channel {channel} did not go through: {reason}. It will be tried again.",
        channel=error.channel_id,
        reason=reason_words(error.reason),
    )


def _unknown_outcome(error: errors.OutcomeUnknownError) -> str:
    return tr(
        "Whether the post to channel {channel} went through is not known: {reason}. It is not sent again until it is.",
        channel=error.channel_id,
        reason=reason_words(error.reason),
    )


_WORDS: Mapping[type[errors.AttacheError], Callable[[Any], str]] = {
    errors.ConfigurationError: _configuration,
    errors.InvalidInputError: _invalid_input,
    errors.UnusableFileError: _unusable_file,
    errors.ElsewhereError: _elsewhere,
    errors.NotFoundError: _not_found,
    errors.MissingPermissionError: _missing_permission,
    errors.OutdatedError: _outdated,
    errors.BusyError: _busy,
    errors.UnprovedLineError: _unproved_line,
    errors.StorageError: _storage,
    errors.SourceError: _source,
    errors.DiscordUnavailableError: _unavailable,
    errors.DeliveryRejectedError: _rejected,
    errors.DeliveryFailedError: _failed,
    errors.OutcomeUnknownError: _unknown_outcome,
}
