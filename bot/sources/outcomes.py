"""What comes of asking for an address."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FetchFault(StrEnum):
    """Why an address could not be had."""

    BLOCKED = "blocked"  # the publisher does not want to be read: 401, 403, 451, robots.txt
    GONE = "gone"  # 404, 410
    SLOW = "slow"
    TOO_LARGE = "too large"
    INVALID = "invalid"  # an answer that is not what it should be
    REFUSED = "refused"  # by us: the address leads where we don't go
    RATE_LIMITED = "rate limited"  # the publisher asks for patience, until an instant
    UNREACHABLE = "unreachable"  # no connection, or the server's own fault


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server calls this state of a document; sent back, it answers whether there is another one."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document. `content` is decompressed, not decoded; `moved` if every redirect on the way was for good."""

    final_url: str
    content: bytes
    content_type: str  # lower case, without parameters; "" where the server names none
    charset: str | None
    validators: Validators
    fresh_until: datetime | None
    moved: bool = False


@dataclass(frozen=True, slots=True)
class NotModified:
    """There is nothing new since the validators that were sent."""

    validators: Validators
    fresh_until: datetime | None


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing was had: `reason` in words that follow the source's name.

    `retry_at` is when the server wants to be asked again, if it says so; `wait` the same in seconds.
    """

    kind: FetchFault
    reason: str
    is_worth_retrying: bool = False  # at once
    retry_at: datetime | None = None
    wait: float | None = None


Outcome = Fetched | NotModified | Failed
