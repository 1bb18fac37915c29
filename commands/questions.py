"""What was asked, written short enough for a button: only what differs from the usual, a letter for each field."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode

from bot.errors import OutdatedError
from bot.services.results import (
    AskRequest,
    BriefRequest,
    CatchUpRequest,
    CompareRequest,
    PositionsRequest,
    QuotesRequest,
    SearchRequest,
    ShiftsRequest,
    TimelineRequest,
)

Question = (
    BriefRequest
    | PositionsRequest
    | CompareRequest
    | QuotesRequest
    | ShiftsRequest
    | TimelineRequest
    | SearchRequest
    | AskRequest
    | CatchUpRequest
)

UNSAID = ("guild_id", "told")  # known again when a button is pressed: by who presses, and by the channel
# Letters are never given to another field: buttons of years ago still carry them.
LETTERS: Mapping[str, str] = {
    "topics": "t",
    "actors": "a",
    "since": "s",
    "words": "w",
    "items": "i",
    "at": "n",
    "news_since": "e",
    "told_in": "h",
    "actor": "p",
    "topic": "q",
    "as_of": "d",
    "first": "f",
    "second": "g",
    "text": "x",
    "query": "u",
    "question": "v",
    "member_id": "m",
}
_FIELDS = {letter: name for name, letter in LETTERS.items()}
_NUMBERS = ("words", "items", "told_in", "member_id")
_INSTANTS = ("at", "news_since")
_LISTS = ("topics", "actors")


def state_of(question: Question) -> str:
    """The request as text, without who asks: `"s=7d&t=quota"`."""
    said: list[tuple[str, str]] = []
    for field in fields(question):
        value = getattr(question, field.name)
        if field.name in UNSAID or value == field.default or value is None:
            continue
        if field.name in _LISTS:
            said += [(LETTERS[field.name], one) for one in value]
        else:
            said.append((LETTERS[field.name], str(int(value.timestamp()) if isinstance(value, datetime) else value)))
    return urlencode(said, errors="replace")


def question_of(kind: type[Question], state: str, guild_id: int | None) -> Question:
    """The request that `state_of` wrote, asked by this server.

    Raises `OutdatedError` for what this version can't read.
    """
    given: dict[str, object] = {}
    try:
        for letter, value in parse_qsl(state, strict_parsing=bool(state)):
            name = _FIELDS[letter]
            if name in _LISTS:
                given[name] = (*given.get(name, ()), value)  # type: ignore[misc]  # a tuple, put there above
            else:
                given[name] = _read(name, value)
        return replace(kind(**given), guild_id=guild_id)  # type: ignore[arg-type]  # each by its own reader
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        raise OutdatedError(state) from None


def _read(name: str, value: str) -> object:
    if name in _NUMBERS:
        return int(value)
    return datetime.fromtimestamp(int(value), UTC) if name in _INSTANTS else value
