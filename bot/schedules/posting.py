"""Whether a manner of posting goes with a channel, and what it is where nobody said."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.errors import InvalidInputError
from bot.schedules.model import Posting, Threads, WhenNothingNew


class ChannelKind(StrEnum):
    """What a channel can do."""

    TEXT = "text"
    NEWS = "news"  # what stands there can be sent on to the servers that follow
    FORUM = "forum"  # media channels too


@dataclass(frozen=True, slots=True)
class PostingWish:
    """What somebody wants of a manner of posting; None leaves it as it is. Role 0 is nobody."""

    threads: Threads | None = None
    publish: bool | None = None
    silent: bool | None = None
    ping_role_id: int | None = None
    when_nothing_new: WhenNothingNew | None = None
    language: str | None = None


NO_WISH = PostingWish()


def fit_posting(posting: Posting, wish: PostingWish, kind: ChannelKind, *, is_new: bool = False) -> Posting:
    """`posting` with the wish, as it goes with such a channel. Raises `InvalidInputError` for what can't be had.

    What was right for another channel and can't be had in this one is given up, unless it is wished for. A new schedule
    sends on whatever it can.
    """
    threads = _threads(posting.threads, wish.threads, kind)
    if wish.publish and kind is not ChannelKind.NEWS:
        raise InvalidInputError("publish", "yes", "only posts in announcement channels can be sent on")
    publish = wish.publish if wish.publish is not None else posting.publish or is_new
    role = wish.ping_role_id if wish.ping_role_id is not None else posting.ping_role_id
    return replace(
        posting,
        threads=threads,
        publish=publish and kind is ChannelKind.NEWS,
        silent=posting.silent if wish.silent is None else wish.silent,
        ping_role_id=role or None,
        when_nothing_new=wish.when_nothing_new or posting.when_nothing_new,
        language=wish.language or posting.language,
    )


def _threads(known: Threads, wanted: Threads | None, kind: ChannelKind) -> Threads:
    if kind is ChannelKind.FORUM:
        if wanted not in (None, Threads.FORUM):
            raise InvalidInputError("thread", str(wanted), "every post in a forum is a thread; leave the option out")
        return Threads.FORUM
    if wanted is Threads.FORUM:
        raise InvalidInputError("thread", str(wanted), "choose a forum channel for it")
    return wanted or (Threads.NONE if known is Threads.FORUM else known)
