"""Following: members who asked for it are written to when a position appears or shifts. Nobody else ever is."""

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.catalogues import ENGLISH, current_language, speaking
from bot.dossier import Dossier
from bot.errors import AttacheError, DeliveryError, DeliveryRejectedError, InvalidInputError
from bot.positions.novelties import Novelty, concerns, find_novelties, news_of
from bot.services.audience import Audience
from bot.services.correction_ports import Post
from bot.services.editions import EditionLedger
from bot.services.member_ports import DirectMessenger, Follow, Footprint, Member, Members
from bot.services.names import Names
from bot.services.ports import Corpus
from bot.services.positions import OF_EACH
from bot.services.splits import MemorySplits

LOG = logging.getLogger(__name__)
ACTOR, TOPIC = "actor", "topic"
MOST_FOLLOWED = 25
_FRESH = timedelta(hours=48)  # an article is news for so long: what the daily cap holds back may still be told
_MOST_A_DAY = 3  # messages to a member
_MOST_SHOWN = 5  # events of one message
_STALE = timedelta(minutes=10)  # a message that was claimed and neither sent nor given back: somebody crashed
_UNTOLD_FOR = timedelta(minutes=1)  # it is another process that hears of a refusal, where there are several
_DAY = timedelta(days=1)
_KEPT = timedelta(days=90)


class FollowService:
    """Remembers who follows what, and tells it after a load. `members` sees to it that nothing is told twice."""

    def __init__(
        self,
        *,
        dossier: Dossier,
        corpus: Corpus,
        names: Names,
        members: Members,
        ledger: EditionLedger,
        clock: Callable[[], datetime],
        audience: Audience | None = None,
        splits: MemorySplits | None = None,
        watch: Callable[[Post], Awaitable[None]] | None = None,
    ) -> None:
        """Direct messages are outside of servers: they are made of what everybody may see.

        `watch` hears of those that went out, to look after them.
        """
        self._dossier = dossier
        self._corpus = corpus
        self._names = names
        self._members = members
        self._ledger = ledger
        self._clock = clock
        self._audience = audience
        self._splits = splits
        self._watch = watch
        self._messenger: DirectMessenger | None = None
        self._untold: frozenset[int] | None = None
        self._untold_at = clock()

    def write_through(self, messenger: DirectMessenger) -> None:
        """Write to members from now on."""
        self._messenger = messenger

    async def follow(self, member_id: int, actor: str | None, topic: str | None) -> tuple[Follow, ...]:
        """Follow an actor, a topic or both; all that is followed now. Raises `InvalidInputError`, `NotFoundError`."""
        wanted = [Follow(member_id, kind, key, self._clock()) for kind, key in self._keys(actor, topic)]
        known = await self._members.followed_by(member_id)
        if len({(one.kind, one.key) for one in (*known, *wanted)}) > MOST_FOLLOWED:
            raise InvalidInputError(
                "actor", actor or topic or "", f"you follow {len(known)}; {MOST_FOLLOWED} is the most"
            )
        for one in wanted:
            await self._members.follow(one, current_language())
        self._untold = None
        return await self._members.followed_by(member_id)

    async def unfollow(self, member_id: int, actor: str | None, topic: str | None) -> tuple[Follow, ...]:
        """Follow it no more, nothing at all where nothing is named; what is left."""
        if actor is None and topic is None:
            await self._members.unfollow(member_id)
        for kind, key in self._keys(actor, topic) if actor or topic else ():
            await self._members.unfollow(member_id, kind, key)
        return await self._members.followed_by(member_id)

    async def unfollow_key(self, member_id: int, kind: str, key: str) -> tuple[Follow, ...]:
        """The same by kind and key, as a button carries it."""
        await self._members.unfollow(member_id, kind, key)
        return await self._members.followed_by(member_id)

    async def following(self, member_id: int) -> tuple[Follow, ...]:
        """What a member follows."""
        return await self._members.followed_by(member_id)

    async def must_be_told(self, member_id: int) -> bool:
        """Whether a message to this member was refused, and it has not heard of it; from now on it has."""
        now = self._clock()
        if self._untold is None or now - self._untold_at >= _UNTOLD_FOR:
            self._untold, self._untold_at = await self._members.untold(), now
        if member_id not in self._untold:
            return False
        self._untold -= {member_id}
        await self._members.mark_told(member_id)
        return True

    async def footprint(self, member_id: int) -> Footprint:
        """What is kept about a member."""
        kept = await self._members.footprint(member_id)
        own = sum(split.by == member_id for split in (await self._splits.all() if self._splits else ()))
        return replace(kept, numbers={**kept.numbers, "splits": own}) if own else kept

    async def forget(self, member_id: int) -> None:
        """Delete all that is kept about a member."""
        await self._members.forget(member_id)
        if self._splits:
            await self._splits.forget_member(member_id)
        self._untold = None

    async def tell(self) -> int:
        """Write to everybody who follows what is new; how many messages went out. Called after a load.

        What was kept of members for long is forgotten then, whether anybody follows anything or not.
        """
        now = self._clock()
        await self._members.prune(now - _KEPT)
        followers = await self._members.followers()
        if not followers or self._messenger is None:
            return 0
        await self._give_back(self._messenger, now, {one.member_id: one.language for one in followers})
        novelties = await self._novelties(now)
        lately = Counter(one.member_id for one in await self._members.tellings(now - _DAY))
        sent = 0
        for member, follows in followers.items() if novelties else ():
            if member.paused_at is None and lately[member.member_id] < _MOST_A_DAY:
                sent += await self._tell_in_any_case(self._messenger, member, follows, novelties)
        return sent

    async def _tell_in_any_case(
        self, messenger: DirectMessenger, member: Member, follows: Sequence[Follow], novelties: Sequence[Novelty]
    ) -> bool:
        """What goes wrong with one member costs no other."""
        try:
            return await self._tell_one(messenger, member, follows, novelties)
        except AttacheError as error:
            LOG.warning("a member is written to after the next load: %s", error)
        except Exception:
            LOG.exception("a member can't be written to")
        return False

    async def _novelties(self, now: datetime) -> tuple[Novelty, ...]:
        corpus = self._corpus if self._audience is None else await self._audience.corpus(None)
        arrived = await corpus.arrivals(now - _FRESH)
        fresh = [one for one in await corpus.evidence_in(arrived) if one.statement.topics] if arrived else []
        actors = {one.statement.speaker.actor_id for one in fresh} - {None}
        if not actors:
            return ()
        topics = {topic for one in fresh for topic in one.statement.topics}
        known = await corpus.evidence(actor_ids=sorted(filter(None, actors)), topic_ids=sorted(topics), latest=OF_EACH)
        return await asyncio.to_thread(find_novelties, self._dossier, fresh, known)

    async def _tell_one(
        self, messenger: DirectMessenger, member: Member, follows: Sequence[Follow], novelties: Sequence[Novelty]
    ) -> bool:
        """Claim what this member has not been told, and write. Whether a message went out."""
        now, member_id = self._clock(), member.member_id
        actors, topics = ({one.key for one in follows if one.kind == kind} for kind in (ACTOR, TOPIC))
        wanted = {one.key: one for one in novelties if concerns(self._dossier, one, actors, topics)}
        if not wanted:
            return False
        batch = secrets.token_hex(10)
        claimed = await self._members.claim(member_id, wanted, batch, now)
        mine = [wanted[key] for key in wanted if key in claimed]
        if not mine:
            return False
        try:
            news = await self._ledger.issue(news_of(self._dossier.id, mine, _MOST_SHOWN))
            with speaking(member.language):
                post = await messenger.send(member, news, follows, nonce=batch)
        except DeliveryRejectedError as error:
            LOG.info("a member can't be written to: %s", error)
            await self._members.settle(member_id, batch, is_sent=False)
            await self._members.pause(member_id, now)
            self._untold = None
            return False
        # What fails in another way may have gone out: whether it did is looked for after the next load.
        await self._members.settle(member_id, batch, is_sent=True)
        if post is not None and self._watch is not None:
            await self._watch(post)
        return True

    async def _give_back(self, messenger: DirectMessenger, now: datetime, languages: Mapping[int, str]) -> None:
        """After a crash or a failure: look whether the message is there before its events may be told again.

        One that is there is looked after from now on, as if it had been reported.
        """
        for one in await self._members.tellings(now - _FRESH):
            if one.is_sent or one.claimed_at > now - _STALE:
                continue
            try:
                language = languages.get(one.member_id, ENGLISH)
                found = await messenger.find_sent(one.member_id, language, nonce=one.batch, since=one.claimed_at)
            except DeliveryError as error:
                LOG.warning("a message can't be looked for: %s", error)
                continue
            await self._members.settle(one.member_id, one.batch, is_sent=found is not None)
            if found is not None and found.post is not None and self._watch is not None:
                await self._watch(found.post)

    def _keys(self, actor: str | None, topic: str | None) -> list[tuple[str, str]]:
        if actor is None and topic is None:
            raise InvalidInputError("actor", "", "name an actor, a topic, or both")
        found = []
        if actor is not None:
            found.append((ACTOR, self._names.find_actor(actor)))
        return [*found, (TOPIC, self._names.find_topic(topic))] if topic is not None else found
