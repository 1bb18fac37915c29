"""Stories of a batch as a page and as JSON."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.catalogues import ntr, tr
from bot.presentation.json import VERSION
from bot.presentation.page import Page, Part, paragraph, quiet, small, strong, title
from bot.reasons import reason_words


@dataclass(frozen=True, slots=True)
class Told:
    """One file: the fuller file that it copies, the central one of its story, and why it is there."""

    name: str
    title: str | None
    copy_of: str | None
    story: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class FoundStories:
    """Files in the order they were given, and those that could not be read, with reasons."""

    told: tuple[Told, ...]
    unusable: tuple[tuple[str, str], ...]


def stories_page(found: FoundStories) -> Page:
    """Each story with its files and the reason each of them belongs there."""
    stories = dict.fromkeys(one.story for one in found.told)
    texts = sum(one.copy_of is None for one in found.told)
    files = ntr("{n} file", "{n} files", len(found.told))
    counts = f"{files}, {ntr('{n} text without the copies', '{n} texts without the copies', texts)}"
    head = (title(ntr("{n} story", "{n} stories", len(stories))), small(counts))
    return (*head, *(part for story in stories for part in _story(story, found)))


def stories_json(found: FoundStories) -> dict[str, Any]:
    """The same for programs."""
    told = [
        {"file": one.name, "title": one.title, "copy_of": one.copy_of, "story": one.story, "reason": one.reason}
        for one in found.told
    ]
    return {
        "version": VERSION,
        "files": told,
        "unreadable": [{"file": name, "reason": reason} for name, reason in found.unusable],
    }


def _story(story: str, found: FoundStories) -> Iterator[Part]:
    members = [one for one in found.told if one.story == story]
    members.sort(key=lambda one: (one.name != story, one.copy_of is not None))
    yield paragraph(strong(members[0].title or story), gap=True)
    for one in members:
        how = f"{tr('copy of {file}', file=one.copy_of)}: " if one.copy_of else ""
        why = f" · {how}{reason_words(one.reason)}" if one.reason else ""
        yield paragraph(one.name, quiet(why), indent=2)
