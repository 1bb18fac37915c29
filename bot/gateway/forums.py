"""Posts in forums: each is a thread of its own, with the tags that fit, and found again among the others."""

import io
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import discord
from discord.http import Route, handle_message_parameters

from bot.briefings.model import Briefing
from bot.dossier import Dossier
from bot.errors import DeliveryFailedError, DeliveryRejectedError, OutcomeUnknownError
from bot.gateway.doubts import Doubt, doubting
from bot.gateway.history import SKEW, TOO_MUCH, UNREADABLE, may_read
from bot.services.names import folded
from bot.services.schedule_ports import Address

MOST_TAGS = 5
_PAGES, _A_PAGE = 50, 100  # of archived threads


class _Once(discord.File):
    """Goes along with a request as a file would: the library rewinds it before each try.

    Discord knows no nonce here, so a request that failed on its side may have made a thread all the same: there is no
    second try but after refusals for going too fast, which are waited out.
    """

    def __init__(self, channel_id: int, doubt: Doubt) -> None:
        super().__init__(io.BytesIO(), "once")
        self._channel_id = channel_id
        self._doubt = doubt

    def reset(self, *, seek: int | bool = True) -> None:
        """Called with the number of tries that there were."""
        if seek > self._doubt.refused:
            reason = "Discord did not say whether it took the post"
            raise DeliveryFailedError(self._channel_id, reason, may_stand=True)


async def open_thread(
    client: discord.Client, to: Address, name: str, tags: Sequence[int], **message: Any
) -> tuple[int, int]:
    """A thread with its first message: the ids of both. Raises the library's errors, or `DeliveryFailedError`."""
    with handle_message_parameters(**message) as parameters:
        assert parameters.payload is not None
        body = {"name": name, "message": parameters.payload}
    if tags:
        body["applied_tags"] = [str(tag) for tag in tags]
    route = Route("POST", "/channels/{channel_id}/threads", channel_id=to.channel_id)
    with doubting() as doubt:
        made = await client.http.request(route, json=body, files=[_Once(to.channel_id, doubt)])
    return int(made["id"]), int(made.get("message", made)["id"])


async def forum_of(client: discord.Client, channel_id: int, *, anew: bool = False) -> discord.ForumChannel:
    """The forum or media channel, `anew` from Discord itself. Raises `DeliveryRejectedError` if it is none."""
    found = (None if anew else client.get_channel(channel_id)) or await client.fetch_channel(channel_id)
    if not isinstance(found, discord.ForumChannel):
        raise DeliveryRejectedError(channel_id, "it is not a forum any more")
    return found


def fitting_tags(forum: discord.ForumChannel, briefing: Briefing, dossier: Dossier) -> tuple[int, ...]:
    """Tags named like a topic that the briefing tells of or is about, the one told most first.

    Where a forum wants a tag and none fits, its first one that is not for moderators.
    """
    free = [tag for tag in forum.available_tags if not tag.moderated]
    by_name = {folded(tag.name): tag.id for tag in free}
    told = [topic for item in briefing.items for topic in item.topics]
    topics = sorted(dict.fromkeys([*briefing.scope.topics, *told]), key=lambda topic: -told.count(topic))
    fitting = [
        by_name[name]
        for topic in topics
        for name in _names(topic, dossier)
        if name in by_name
    ]  # fmt: skip
    chosen = tuple(dict.fromkeys(fitting))[:MOST_TAGS]
    if not chosen and forum.flags.require_tag and free:
        return (free[0].id,)
    return chosen


def _names(topic_id: str, dossier: Dossier) -> Iterable[str]:
    topic = dossier.topic(topic_id)
    return (folded(topic.name), folded(topic_id)) if topic else (folded(topic_id),)


async def threads_since(client: discord.Client, to: Address, since: datetime) -> AsyncIterator[discord.Message]:
    """The first messages of our own threads in a forum from then on: of those that are open, then of archived ones.

    Raises what `messages_since` raises.
    """
    first, me = discord.utils.time_snowflake(since - SKEW), client.user.id if client.user else 0
    async for thread in _threads(client, to, since - SKEW):
        is_there = int(thread.get("parent_id") or 0) == to.channel_id and int(thread.get("owner_id") or 0) == me
        if not is_there or int(thread["id"]) < first:
            continue
        starter = client.get_partial_messageable(int(thread["id"])).get_partial_message(int(thread["id"]))
        try:
            yield await starter.fetch()
        except discord.NotFound:
            continue  # somebody deleted it
    if not await may_read(client, to.guild_id, to.channel_id):
        raise OutcomeUnknownError(to.channel_id, UNREADABLE)


async def _threads(client: discord.Client, to: Address, since: datetime) -> AsyncIterator[Mapping[str, Any]]:
    """All that are open, and all that were archived since: what was made later can't have been archived before."""
    for thread in (await client.http.get_active_threads(to.guild_id))["threads"]:
        yield thread
    before: str | None = None
    for _ in range(_PAGES):
        page = await client.http.get_public_archived_threads(to.channel_id, before, _A_PAGE)
        for thread in page["threads"]:
            yield thread
            before = thread["thread_metadata"]["archive_timestamp"]
        if not page["has_more"] or before is None or datetime.fromisoformat(before) < since:
            return
    raise OutcomeUnknownError(to.channel_id, TOO_MUCH)
