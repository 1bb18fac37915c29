"""Posts that broke off, over sockets: what is repeated, what is looked for, and what then can't be told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.errors import ChannelGoneError, DeliveryError, DeliveryFailedError, OutcomeUnknownError
from bot.gateway import forums, history
from bot.gateway.publisher import LOOKS_AT_ONCE, DiscordPublisher
from bot.gateway.traffic import PAUSES, Pacer
from bot.schedules.model import Posting, Threads
from bot.services.long_states import LongStates
from bot.services.schedule_ports import Address, Posted
from tests.discord_offline import CHANNEL, GUILD, MEMBER, channel_data
from tests.fake_services import FakeMemory
from tests.gateway.test_traffic import client_at
from tests.loopback.channels import ANNOUNCEMENT, FORUM
from tests.loopback.discord import LoopbackDiscord
from tests.loopback.limits import Mishap, Weather
from tests.presentation.samples import BRIEFING, DOSSIER

TO = Address(GUILD, CHANNEL, "0123456789abcdef01234567", date(2025, 5, 4))
BOARD = 2003
IN_FORUM = replace(TO, channel_id=BOARD, posting=Posting(Threads.FORUM))


@dataclass(frozen=True)
class Desk:
    """A publisher, and the Discord that it posts to."""

    discord: LoopbackDiscord
    publisher: DiscordPublisher

    async def publish(self, to: Address = TO) -> Posted:
        return await self.publisher.publish(to, BRIEFING, late=False)

    async def breaks_off(self, to: Address = TO, mishap: Mishap = Mishap.CUT_AFTER) -> bool:
        """Post, and have it fail; whether the message may stand for all that the error says."""
        self.discord.weather = Weather(seed=1, share=1.0, weights={mishap: 1}, only="POST")
        with pytest.raises(DeliveryError) as caught:
            await self.publish(to)
        self.discord.weather = None
        return caught.value.may_stand

    async def find(self, to: Address = TO, ago: float = 60) -> Posted | None:
        return await self.publisher.find_posted(to, since=datetime.now(UTC) - timedelta(seconds=ago))


@pytest.fixture
async def desk(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    monkeypatch.setattr("bot.gateway.traffic.PAUSES", (0.01,) * len(PAUSES))
    async with at_desk() as opened:
        yield opened


@asynccontextmanager
async def at_desk() -> AsyncIterator[Desk]:
    server = LoopbackDiscord()
    server.channels.is_limited = False
    server.limit.a_second = 10_000
    server.channels.known[str(BOARD)] = channel_data(
        BOARD, type=FORUM, available_tags=[], default_sort_order=None, default_forum_layout=0,
        default_reaction_emoji=None,
    )  # fmt: skip
    async with server.serving(), client_at(server, Pacer(rate=10_000)) as client:
        yield Desk(server, DiscordPublisher(client, DOSSIER, LongStates(FakeMemory())))


@pytest.mark.parametrize("to", [TO, IN_FORUM], ids=["channel", "forum"])
async def test_what_broke_off_is_found_however_busy_the_channel_is(desk: Desk, to: Address) -> None:
    assert await desk.breaks_off(to)
    assert len(desk.discord.messages) == 1
    desk.discord.channels.fill(str(CHANNEL), 1500, datetime.now(UTC) - timedelta(seconds=30))
    found = await desk.find(to)
    assert found is not None
    assert str(found.message_id) == desk.discord.messages[0]["id"]


async def test_what_did_not_arrive_is_not_found(desk: Desk) -> None:
    assert await desk.breaks_off(mishap=Mishap.CUT_BEFORE)
    desk.discord.channels.fill(str(CHANNEL), 250, datetime.now(UTC) - timedelta(seconds=30))
    assert await desk.find() is None
    assert await desk.find(IN_FORUM) is None


async def test_what_was_written_before_the_try_is_not_read(desk: Desk) -> None:
    desk.discord.channels.fill(str(CHANNEL), 1000, datetime.now(UTC) - timedelta(hours=1))
    assert await desk.find() is None
    reads = [one for one in desk.discord.sent if one.method == "GET" and one.path.endswith("/messages")]
    assert len(reads) == 1


async def test_another_occurrences_and_somebody_elses_message_are_not_taken_for_it(desk: Desk) -> None:
    await desk.publish(replace(TO, nonce="f" * 24))
    await desk.publish(replace(TO, nonce="e" * 24))
    copy = dict(
        desk.discord.messages[0], author={"id": str(MEMBER), "username": "x", "discriminator": "0", "avatar": None}
    )
    desk.discord.channels.of(str(CHANNEL))[0] = copy
    assert await desk.find() is None
    assert await desk.find(replace(TO, nonce="f" * 24)) is None
    assert await desk.find(replace(TO, nonce="e" * 24)) is not None


@pytest.mark.parametrize("to", [TO, IN_FORUM], ids=["channel", "forum"])
async def test_an_empty_history_that_may_not_be_read_is_no_proof(desk: Desk, to: Address) -> None:
    await desk.publish(to)
    desk.discord.channels.unreadable |= {str(CHANNEL), str(BOARD)}
    for thread in desk.discord.channels.known.values():
        thread.get("thread_metadata", {})["archived"] = True
    desk.discord.faults = {("GET", "/archived/public"): [403]}
    with pytest.raises(OutcomeUnknownError, match="may not read the message history"):
        await desk.find(to)


async def test_more_than_can_be_looked_through_is_no_proof(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST", 300)
    desk.discord.channels.fill(str(CHANNEL), 300, datetime.now(UTC) - timedelta(seconds=30))
    await desk.publish()
    with pytest.raises(OutcomeUnknownError, match="too much was written"):
        await desk.find()


async def test_of_archived_posts_all_since_the_try_are_looked_through(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forums, "_A_PAGE", 2)
    posted = await desk.publish(IN_FORUM)
    for number in range(7):
        await desk.publish(replace(IN_FORUM, nonce=f"{number:024}"))
    threads = [one for one in desk.discord.channels.known.values() if "thread_metadata" in one]
    for age, thread in enumerate(threads):  # the one that is looked for was archived first
        at = datetime.now(UTC) + timedelta(seconds=age)
        thread["thread_metadata"] |= {"archived": True, "archive_timestamp": at.isoformat()}
    assert await desk.find(IN_FORUM) == posted
    monkeypatch.setattr(forums, "_PAGES", 2)
    with pytest.raises(OutcomeUnknownError, match="too much was written"):
        await desk.find(IN_FORUM)


async def test_a_channel_that_is_gone_is_gone_with_all_that_was_in_it(desk: Desk) -> None:
    desk.discord.faults = {("GET", "/messages"): [404]}
    with pytest.raises(ChannelGoneError):
        await desk.find()


async def test_a_forum_post_that_was_one_too_many_is_made_when_it_may(desk: Desk) -> None:
    desk.discord.faults = {("POST", "/threads"): [429, 429]}
    posted = await desk.publish(IN_FORUM)
    assert [one["id"] for one in desk.discord.messages] == [str(posted.message_id)]


async def test_a_forum_post_of_which_nobody_knows_is_not_made_again(desk: Desk) -> None:
    desk.discord.faults = {("POST", "/threads"): [429, 502]}
    with pytest.raises(DeliveryFailedError, match="did not say whether") as caught:
        await desk.publish(IN_FORUM)
    assert caught.value.may_stand
    assert desk.discord.messages == []


async def test_a_refusal_after_an_open_try_leaves_it_open(desk: Desk) -> None:
    """Discord made the message and said 502; when it was asked again the right was gone."""
    desk.discord.faults = {("POST", "/messages"): [502, 403]}
    with pytest.raises(DeliveryError) as caught:
        await desk.publish()
    assert caught.value.may_stand


async def test_a_refusal_alone_rules_it_out(desk: Desk) -> None:
    desk.discord.faults = {("POST", "/messages"): [429, 403]}
    with pytest.raises(DeliveryError) as caught:
        await desk.publish()
    assert not caught.value.may_stand


@pytest.mark.parametrize("mishap", [Mishap.CUT_BEFORE, Mishap.CUT_AFTER])
@pytest.mark.parametrize(
    ("kind", "posting"),
    [(ANNOUNCEMENT, Posting(publish=True)), (0, Posting(Threads.AUTO))],
    ids=["sent on", "with a thread"],
)
async def test_what_comes_with_a_post_is_repeated_and_done_once(
    desk: Desk, mishap: Mishap, kind: int, posting: Posting
) -> None:
    channels = desk.discord.channels
    channels.known[str(CHANNEL)] = channel_data(CHANNEL, type=kind)

    def begin(_: object) -> None:
        """From the answer to the post itself on, every connection breaks twice."""
        loop = asyncio.get_running_loop()
        loop.call_soon(lambda: setattr(desk.discord, "weather", Weather(1, 1.0, {mishap: 1}, most=2)))

    channels.when_posted = begin
    posted = await desk.publish(replace(TO, posting=posting))
    assert posted.flaw is None
    assert len(channels.messages) == 1
    threads = [one for one in channels.known.values() if "thread_metadata" in one]
    assert (channels.crossposted, len(threads)) == (([str(posted.message_id)], 0) if kind else ([], 1))
    assert desk.discord.weather is not None
    assert desk.discord.weather.happened == 2


async def test_what_a_dead_process_had_in_hand_is_looked_for_a_few_at_a_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, most = 0, 0

    async def look(*_: object, **__: object) -> AsyncIterator[object]:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1
        nothing: tuple[object, ...] = ()
        for message in nothing:
            yield message

    monkeypatch.setattr("bot.gateway.publisher.messages_since", look)
    found = await asyncio.gather(*(desk.find(replace(TO, channel_id=CHANNEL + one)) for one in range(64)))
    assert found == [None] * 64
    assert most == LOOKS_AT_ONCE
