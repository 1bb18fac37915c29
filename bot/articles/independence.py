"""How many voices there are among several prints: copies of one text are one, and so is what one agency tells.

Two prints are one voice where they are one story, or where an agency stands behind one of them and the same agency
behind, or as the outlet of, the other, within two days. An agency's reports of different weeks are as different as
those of one paper.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from bot.articles.agencies import voice_key
from bot.articles.model import Article, Citation

_ONE_REPORT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Print:
    """One printed text: the story that holds it, the agency it names, its outlet, and when it was published."""

    story_id: str
    agency: str | None
    outlet: str | None
    published_at: datetime | None


def print_of(source: Article | Citation, story_id: str) -> Print:
    """An article, or what is cited of it, as a print."""
    return Print(story_id, source.agency, source.outlet, source.published.at if source.published else None)


def count_voices(prints: Iterable[Print]) -> int:
    """How many independent voices tell what these prints tell."""
    by_key: dict[str | None, list[Print]] = defaultdict(list)
    same = {}  # the story that each is one voice with, by story
    for one in dict.fromkeys(prints):
        same[one.story_id] = one.story_id
        by_key[voice_key(one.agency, one.outlet)].append(one)
    for key, alike in by_key.items():
        if key is not None and any(one.agency for one in alike):
            for one, other in combinations(alike, 2):
                if (one.agency or other.agency) and _are_near(one.published_at, other.published_at):
                    same[_first(same, one.story_id)] = _first(same, other.story_id)
    return len({_first(same, story) for story in same})


def _first(same: Mapping[str, str], story: str) -> str:
    """The story that stands for all that are one voice with this one."""
    while same[story] != story:
        story = same[story]
    return story


def is_one_voice(one: Print, other: Print) -> bool:
    """Whether the two count once."""
    return one.story_id == other.story_id or _rest_on_one_agency(one, other)


def is_one_report(one: Citation, other: Citation) -> bool:
    """Whether one agency stands behind both places."""
    return _rest_on_one_agency(print_of(one, ""), print_of(other, ""))


def _rest_on_one_agency(one: Print, other: Print) -> bool:
    if not (one.agency or other.agency):
        return False
    key = voice_key(one.agency, one.outlet)
    is_same = key is not None and key == voice_key(other.agency, other.outlet)
    return is_same and _are_near(one.published_at, other.published_at)


def _are_near(one: datetime | None, other: datetime | None) -> bool:
    return one is None or other is None or abs(one - other) <= _ONE_REPORT
