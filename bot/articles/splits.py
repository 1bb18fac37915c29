"""What somebody split off by hand, against what the numbers say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Split:
    """An article that is no copy of any other (`from_story`), or shares its event with no other (`from_event`).

    `by` is the Discord user who said so, 0 where the bot runs. It holds for the server `guild_id`; 0 is the operator,
    whose splits hold for all.
    """

    article_id: str
    from_story: bool
    from_event: bool
    by: int
    made_at: datetime
    guild_id: int = 0


def alone_in_story(splits: Iterable[Split]) -> frozenset[str]:
    """Ids of the articles that are folded with no other."""
    return frozenset(split.article_id for split in splits if split.from_story)


def alone_in_event(splits: Iterable[Split]) -> frozenset[str]:
    """Ids of the articles that share their event with no other."""
    return frozenset(split.article_id for split in splits if split.from_event)
