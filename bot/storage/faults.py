"""What went wrong with a database, in words that say what to do. Nothing else catches an engine's errors."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.errors import StorageError

# Found in the engine's own message, in lower case → what it means. First match wins.
_REASONS = (
    ("file is not a database", "the file is not a SQLite database; move it away, or name another in DATABASE_URL"),
    ("malformed", "the database file is damaged; restore a copy, or move it away and load the sources again"),
    ("database is locked", "another process keeps the database locked; end it, or try again"),
    ("readonly database", "the database may only be read; make the file and its folder writable"),
    ("unable to open database file", "the file can't be opened or created; check that its folder is writable"),
    ("disk is full", "the disk is full"),
    ("disk i/o error", "the disk reports an error"),
    ("password authentication failed", "the server refuses user or password"),
    ("does not exist", "the server knows no such database or user"),
    ("too many clients", "the server has no connection left"),
    ("starting up", "the server is just starting; try again in a moment"),
    ("terminating connection", "the server has cut the connection; the next use makes a new one"),
    ("connection is closed", "the server has cut the connection; the next use makes a new one"),
    ("connection was closed", "the server has cut the connection; the next use makes a new one"),
    ("cannot switch to state", "the server has cut the connection; the next use makes a new one"),  # while it was asked
    ("permission denied", "the database refuses this user the right"),
    ("read-only transaction", "the server only allows reading (a standby?)"),
)


def explain(error: BaseException) -> str:
    """The reason in plain words, or the engine's own words where we know no better."""
    message = " ".join(str(getattr(error, "orig", None) or error).split())
    lowered = message.lower()
    for sign, reason in _REASONS:
        if sign in lowered:
            return reason
    if isinstance(error, PoolTimeoutError):
        return "all connections are busy"
    if isinstance(error, (OSError, TimeoutError)):
        return f"the server can't be reached ({message or type(error).__name__})"
    return message or type(error).__name__


@contextmanager
def storage_errors(address: str) -> Iterator[None]:
    """Turn failures of the database itself into `StorageError`; broken promises of our own SQL stay loud."""
    try:
        yield
    except (DataError, IntegrityError, ProgrammingError):
        raise
    except DBAPIError as error:
        raise StorageError(address, explain(error)) from error
    except (OSError, PoolTimeoutError) as error:
        raise StorageError(address, explain(error)) from error
