"""The options of /schedule: what they are called, what may be chosen, and what is meant by what was given."""

from enum import StrEnum
from typing import TypeVar

import discord
from discord.app_commands import Choice

from bot.catalogues import LANGUAGES
from bot.errors import InvalidInputError
from bot.presentation.schedule_lines import LANGUAGE_NAMES
from bot.schedules.model import Threads, WhenNothingNew
from bot.schedules.posting import PostingWish

Kind = TypeVar("Kind", bound=StrEnum)
EVERYTHING = "everything"  # of topics or actors: all of them
DESCRIBED = {
    "channel": "Where to post: a text or announcement channel, or a forum",
    "time": "Local time of day, such as 08:00",
    "zone": "Time zone, such as Europe/Kyiv: type a city",
    "days": "Weekdays: daily, mon-fri, or mon,wed,fri",
    "topics": "Only these topics, with commas between; everything stands for all",
    "actors": "Only these actors, with commas between; everything stands for all",
    "length": "At most this many words",
    "ping_role": "A role to ping with every post; @everyone stands for nobody",
    "thread": "A thread below each post, or each post a forum thread",
    "publish": "Send posts in an announcement channel on to those who follow it",
    "silent": "Post without a notification",
    "when_nothing_new": "What to do on a day without news",
    "language": "Language of headings and notes; articles are never translated",
}
RENAMED = {"ping_role": "ping-role", "when_nothing_new": "when-nothing-new"}
CHOICES = {
    "thread": [
        Choice(name="no thread", value=Threads.NONE.value),
        Choice(name="start a thread", value=Threads.AUTO.value),
        Choice(name="forum post", value=Threads.FORUM.value),
    ],
    "publish": [Choice(name="yes", value="yes"), Choice(name="no", value="no")],
    "when_nothing_new": [
        Choice(name="skip the post", value=WhenNothingNew.SKIP.value),
        Choice(name="post a short note", value=WhenNothingNew.NOTE.value),
    ],
    "language": [Choice(name=LANGUAGE_NAMES[code], value=code) for code in LANGUAGES],
}


def wish_of(  # noqa: PLR0917  # in the order of the options
    ping_role: discord.Role | None,
    thread: str | None,
    publish: str | None,
    silent: bool | None,
    when_nothing_new: str | None,
    language: str | None,
) -> PostingWish:
    """What somebody wants of the manner of posting."""
    role_id = None if ping_role is None else 0 if ping_role.is_default() else ping_role.id
    return PostingWish(
        threads=_chosen(Threads, "thread", thread),
        publish=None if publish is None else publish == "yes",
        silent=silent,
        ping_role_id=role_id,
        when_nothing_new=_chosen(WhenNothingNew, "when-nothing-new", when_nothing_new),
        language=language,
    )


def _chosen(kind: type[Kind], option: str, given: str | None) -> Kind | None:
    """What was chosen among those offered; a client may send anything all the same."""
    if given is None:
        return None
    try:
        return kind(given)
    except ValueError:
        raise InvalidInputError(option, given, f"give one of {', '.join(kind)}") from None


def names_in(typed: str | None) -> tuple[str, ...] | None:
    """The names in "Territory, Sanctions"; None where nothing was given, and none of them for `EVERYTHING`."""
    if typed is None:
        return None
    names = tuple(name for part in typed.split(",") if (name := part.strip()))
    return () if [name.casefold() for name in names] == [EVERYTHING] else names
