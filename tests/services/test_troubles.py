"""Who is told that a schedule can't be posted: once, by the way that is open, and again when it is over."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import ChannelGoneError, DeliveryFailedError, PostingForbiddenError
from bot.schedules.model import DeliveryState, TroubleKind
from tests.services.conftest import Stores
from tests.services.test_delivery import DUE_AT, GRACE, Post

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def post(stores: Stores) -> Post:
    return Post(stores)


async def test_lost_rights_are_told_once_and_so_is_their_return(post: Post) -> None:
    schedule = await post.schedule()
    post.guilds.channels = {1: 900}
    post.refuse(PostingForbiddenError(100, "no rights"))
    worker = post.worker()
    for minutes in (0, 1, 3, 7):
        await post.sweep_at(DUE_AT + minutes * MINUTE, worker)
    await post.sweep_at(DUE_AT + DAY, post.worker("after a restart"))
    told = [("channel", 900, [(schedule.id, TroubleKind.FORBIDDEN)])]
    assert post.herald.told == told
    post.publisher.answer = None
    await post.sweep_at(DUE_AT + DAY + 15 * MINUTE, worker)
    assert post.publisher.channels == [100]
    assert post.herald.told == [*told, ("channel", 900, [(schedule.id, None)])]
    assert [row.late for row in await post.records() if row.state is DeliveryState.SENT] == [True]


@pytest.mark.parametrize(
    ("log", "refused", "way"),
    [
        ({1: 900}, set(), ("channel", 900)),
        ({}, set(), ("server", 1)),
        ({1: 900}, {"channel"}, ("server", 1)),
        ({2: 900}, {"server"}, ("member", 7)),
        ({1: 900}, {"channel", "server"}, ("member", 7)),
    ],
)
async def test_it_is_told_by_the_first_way_that_is_open(
    post: Post, log: dict[int, int], refused: set[str], way: tuple[str, int]
) -> None:
    await post.schedule()
    post.guilds.channels, post.herald.refused = log, refused
    post.refuse(ChannelGoneError(100, "the channel is gone"))
    await post.sweep_at(DUE_AT)
    assert [one[:2] for one in post.herald.told] == [way]


async def test_several_of_a_server_are_told_in_one_message(post: Post) -> None:
    ids = [(await post.schedule(channel)).id for channel in (1, 2, 3)]
    post.refuse(ChannelGoneError(0, "gone"))
    await post.sweep_at(DUE_AT)
    ((_, _, said),) = post.herald.told
    assert sorted(said) == [(one, TroubleKind.GONE) for one in ids]


async def test_where_nobody_can_be_told_it_ends_there(post: Post) -> None:
    await post.schedule()
    post.herald.refused = {"server", "member"}
    post.refuse(ChannelGoneError(100, "gone"))
    await post.sweep_at(DUE_AT)
    assert await post.stores.troubles.untold() == ()


async def test_an_hour_without_discord_is_no_trouble_if_it_ends_in_time(post: Post) -> None:
    await post.schedule()
    worker = post.worker()
    post.refuse(DeliveryFailedError(100, "Discord answered 503"))
    for minutes in (0, 1, 3, 7, 15, 30, 45, 60):
        await post.sweep_at(DUE_AT + minutes * MINUTE, worker)
    post.publisher.answer = None
    await post.sweep_at(DUE_AT + 75 * MINUTE, worker)
    assert [(late, channel) for channel, _, late, _ in post.publisher.posts] == [(True, 100)]
    assert post.herald.told == []


async def test_a_post_that_was_lost_is_told_when_discord_is_back(post: Post) -> None:
    schedule = await post.schedule()
    worker = post.worker()
    post.refuse(DeliveryFailedError(100, "Discord answered 503"))
    post.herald.failing = True
    at = DUE_AT
    while at <= DUE_AT + GRACE:
        await post.sweep_at(at, worker)
        at = await worker.next_wake(at) or at
    assert post.herald.told == []
    post.herald.failing = False
    await post.sweep_at(DUE_AT + GRACE + timedelta(hours=1), worker)
    assert post.herald.told == [("server", 1, [(schedule.id, TroubleKind.UNREACHABLE)])]


async def test_a_surprise_while_telling_is_tried_again_and_stops_no_post(post: Post) -> None:
    schedule = await post.schedule()
    worker = post.worker()
    post.refuse(ChannelGoneError(100, "gone"))
    post.herald.surprises = [KeyError("ours"), asyncio.CancelledError()]
    await post.sweep_at(DUE_AT, worker)
    with pytest.raises(asyncio.CancelledError):  # called off: it is given back all the same
        await post.sweep_at(DUE_AT + 6 * MINUTE, worker)
    assert post.herald.told == []
    await post.sweep_at(DUE_AT + 12 * MINUTE, worker)
    assert post.herald.told == [("server", 1, [(schedule.id, TroubleKind.GONE)])]


async def test_who_does_not_answer_holds_nobody_up(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.troubles.A_MESSAGE", 0.05)
    await post.schedule()
    post.refuse(ChannelGoneError(100, "gone"))
    post.herald.surprises = [asyncio.Event().wait()]
    await post.sweep_at(DUE_AT)
    assert post.herald.told == []
    assert len(await post.stores.troubles.untold()) == 1


async def test_rights_that_stay_away_pause_it_in_the_end(post: Post) -> None:
    schedule = await post.schedule()
    worker = post.worker()
    post.refuse(PostingForbiddenError(100, "no rights"))
    for day in range(9):
        await post.sweep_at(DUE_AT + day * DAY, worker)
    kept = await post.stores.schedules.get(schedule.id)
    assert kept is not None
    assert kept.paused
    assert [said for _, _, said in post.herald.told] == [
        [(schedule.id, TroubleKind.FORBIDDEN)],
        [(schedule.id, TroubleKind.HOPELESS)],
    ]
