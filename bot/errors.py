"""One small error tree. Each error carries facts; `presentation.errors` alone turns facts into words."""

from collections.abc import Sequence
from datetime import datetime


class AttacheError(Exception):
    """Root of every failure that somebody can act on."""


class ConfigurationError(AttacheError):
    """Settings, a dossier or the lexicon are wrong: `where` names file and key or line, `reason` says why."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class InvalidInputError(AttacheError):
    """A value a person gave is not usable: which `field`, what was given, and why not."""

    def __init__(self, field: str, given: str, reason: str) -> None:
        super().__init__(f"{field}: {reason} (given: {given!r})")
        self.field = field
        self.given = given
        self.reason = reason


class UnusableFileError(AttacheError):
    """A file somebody gave is not what it must be.

    `reason` names what is wrong in it by its entry; `command` ("settings export") writes a right one.
    """

    def __init__(self, reason: str, command: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.command = command


class ElsewhereError(AttacheError):
    """A `command` that is there, but not here; `instead` is what to use here, if anything does."""

    def __init__(self, command: str, instead: str | None = None) -> None:
        super().__init__(f"{command} is for Discord")
        self.command = command
        self.instead = instead


class NotFoundError(AttacheError):
    """Nothing of this `kind` answers to `name`; `suggestions` are the nearest names that exist."""

    def __init__(self, kind: str, name: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(f"no {kind} named {name!r}")
        self.kind = kind
        self.name = name
        self.suggestions = tuple(suggestions)


class MissingPermissionError(AttacheError):
    """The bot or the person lacks `permissions` in `place`."""

    def __init__(self, place: str, permissions: Sequence[str]) -> None:
        super().__init__(f"missing in {place}: {', '.join(permissions)}")
        self.place = place
        self.permissions = tuple(permissions)


class OutdatedError(AttacheError):
    """A button or a form of another version: `what` it carries can't be read any more."""

    def __init__(self, what: str) -> None:
        super().__init__(f"not a state of this version: {what!r}")
        self.what = what


class BusyError(AttacheError):
    """A heavy `job` (a command's name) of the same server is running; another one has to wait."""

    def __init__(self, job: str) -> None:
        super().__init__(f"{job} is running")
        self.job = job


class UnprovedLineError(AttacheError):
    """A line was about to be shown that is not the stored article's text at its span. Never expected."""

    def __init__(self, article_id: str, start: int, end: int) -> None:
        super().__init__(f"line is not the text of article {article_id} at [{start}, {end})")
        self.article_id = article_id
        self.start = start
        self.end = end


class StorageError(AttacheError):
    """The database can't be reached or used; `database` is its address without the password."""

    def __init__(self, database: str, reason: str) -> None:
        super().__init__(f"{database}: {reason}")
        self.database = database
        self.reason = reason


class SourceError(AttacheError):
    """A source as a whole can't be read: which, and why.

    `kind` is the value of the `SourceStatus` it gets; `retry_at` when its server wants to be asked again.
    """

    def __init__(self, source: str, reason: str, *, kind: str = "failing", retry_at: datetime | None = None) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason
        self.kind = kind
        self.retry_at = retry_at


class DiscordUnavailableError(AttacheError):
    """Discord can't be reached at `address`: `reason` says how it failed."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"Discord can't be reached at {address}: {reason}")
        self.address = address
        self.reason = reason


class DeliveryError(AttacheError):
    """A post did not go through as far as we know; `may_stand` if it may stand in the channel all the same."""

    def __init__(self, channel_id: int, reason: str, *, may_stand: bool = False) -> None:
        super().__init__(f"channel {channel_id}: {reason}")
        self.channel_id = channel_id
        self.reason = reason
        self.may_stand = may_stand


class DeliveryRejectedError(DeliveryError):
    """Discord refuses the post itself: another try would end the same."""


class ChannelGoneError(DeliveryRejectedError):
    """The channel is no more, and with it every reason to try again."""


class PostingForbiddenError(DeliveryRejectedError):
    """The bot's rights in the channel do not suffice (any more). They may be given back."""


class DeliveryFailedError(DeliveryError):
    """A post did not go through this time; another try may."""


class OutcomeUnknownError(DeliveryError):
    """Whether an earlier try went through can't be found out: the channel can't be looked through."""
