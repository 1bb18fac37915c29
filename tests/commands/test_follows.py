"""Following and privacy in Discord: what is asked, what is answered, and what a direct message looks like."""

from dataclasses import replace

import pytest

from bot.errors import DeliveryFailedError, DeliveryRejectedError, NotFoundError
from bot.gateway.direct import DiscordMessenger
from bot.gateway.publisher import marker_of
from bot.positions.novelties import News
from bot.services.member_ports import Follow, Member
from bot.services.results import CatchUpRequest
from tests.commands.conftest import started
from tests.discord_limits import check_message
from tests.discord_offline import BOT_USER, EPHEMERAL, GUILD, MEMBER, Fault, Offline, message_data
from tests.fake_services import FakeServices
from tests.hostile import enormous, hostile
from tests.presentation.samples import BRIEFING, CONTESTED, DAY, DOSSIER, POSITION, SHIFT

NONCE = "0123456789abcdef0123"
IDA = Member(MEMBER, "en")
NEWS = News("herring", (POSITION,), (SHIFT,), (CONTESTED,), 2, "N-00000001")
FOLLOWS = (Follow(MEMBER, "actor", "lind", DAY), Follow(MEMBER, "topic", "quota", DAY))
MESSAGES = ("POST", "/channels/{channel_id}/messages")


async def test_what_is_followed_is_answered_privately(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("follow", actor="lind", topic="quota")
    assert [(one.member_id, one.kind, one.key) for one in services.follows.follows] == [
        (MEMBER, "actor", "lind"),
        (MEMBER, "topic", "quota"),
    ]
    assert discord_bot.transport.bodies("POST", "/callback")[-1]["data"]["flags"] == EPHEMERAL
    assert "- Mara Lind\n- Quota" in discord_bot.transport.texts()
    await discord_bot.command("unfollow", actor="lind", guild=False)
    assert [one.key for one in services.follows.follows] == ["quota"]
    await discord_bot.press("unfollow:all:")
    await discord_bot.command("following")
    assert "Nothing. I write to you only about what you /follow." in discord_bot.transport.texts()


async def test_only_actors_of_the_dossier_are_offered(discord_bot: Offline, services: FakeServices) -> None:
    services.names.learn_speakers([(None, "Norbert", 9)])
    offered = [one["value"] for one in await discord_bot.complete("follow", "actor", "nor")]
    assert offered == ["norland"]
    assert "Norbert" in [one["value"] for one in await discord_bot.complete("search", "actor", "nor")]


async def test_who_could_not_be_written_to_hears_of_it_once(discord_bot: Offline, services: FakeServices) -> None:
    services.follows.is_paused = True
    await discord_bot.command("status")
    await discord_bot.command("status")
    assert discord_bot.transport.texts().count("Discord refused a direct message to you") == 1


async def test_an_error_is_an_error(discord_bot: Offline, services: FakeServices) -> None:
    services.follows.fault = NotFoundError("topic", "x", [])
    await discord_bot.command("follow", topic="x")
    assert "That did not work" in discord_bot.transport.texts()


async def test_privacy_says_what_is_kept_and_asks_before_it_deletes(
    discord_bot: Offline, services: FakeServices
) -> None:
    await discord_bot.command("follow", topic="quota")
    await discord_bot.command("privacy show", guild=False)
    text = discord_bot.transport.texts()
    assert "You follow: Quota" in text
    assert "3 scheduled briefings you added" in text
    await discord_bot.command("privacy delete", guild=False)
    assert services.follows.forgotten == []
    await discord_bot.press("privacy:keep")
    assert services.follows.forgotten == []
    await discord_bot.press("privacy:delete")
    assert services.follows.forgotten == [MEMBER]


@pytest.mark.parametrize("change", [lambda one: one, hostile, lambda one: enormous(one, 2000)])
async def test_a_direct_message_is_marked_and_can_be_ended(change: object) -> None:
    news = change(NEWS)  # type: ignore[operator]
    async with started(FakeServices()) as offline:
        await DiscordMessenger(offline.bot, DOSSIER).send(IDA, news, FOLLOWS, nonce=NONCE)
    (body,) = offline.transport.bodies(*MESSAGES)
    check_message(body)
    assert (body["nonce"], body["components"][0]["id"]) == (NONCE, marker_of(NONCE))
    ids = [button["custom_id"] for button in body["components"][1]["components"]]
    assert ids == ["unfollow:actor:lind", "unfollow:topic:quota", "unfollow:all:"]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault(403, 50007, "Cannot send messages to this user").error(), DeliveryRejectedError),
        (Fault(500).error(), DeliveryFailedError),
    ],
)
async def test_what_discord_refuses_is_told_apart_from_what_may_go_through(fault: Exception, kind: type) -> None:
    async with started(FakeServices()) as offline:
        offline.transport.faults["POST", "/messages"] = fault
        with pytest.raises(kind):
            await DiscordMessenger(offline.bot, DOSSIER).send(IDA, NEWS, FOLLOWS, nonce=NONCE)


async def test_an_interrupted_message_is_found_by_its_mark() -> None:
    async with started(FakeServices()) as offline:
        messenger = DiscordMessenger(offline.bot, DOSSIER)
        assert await messenger.find_sent(MEMBER, "uk", nonce=NONCE, since=DAY) is None
        await messenger.send(IDA, replace(NEWS, left=0), FOLLOWS, nonce=NONCE)
        (body,) = offline.transport.bodies(*MESSAGES)
        offline.transport.history = [message_data(body | {"nonce": "other"}, author=BOT_USER)]
        found = await messenger.find_sent(MEMBER, "uk", nonce=NONCE, since=DAY)
        assert found is not None
        assert found.post is not None
        assert (found.post.edition_id, found.post.language, found.post.member_id) == ("N-00000001", "uk", MEMBER)
        assert await messenger.find_sent(MEMBER, "uk", nonce="another", since=DAY) is None


async def test_catching_up_is_for_one_and_its_pages_ask_for_the_same_again(
    discord_bot: Offline, services: FakeServices
) -> None:
    items = tuple(replace(BRIEFING.items[0], text=f"Sentence {n} {'and so on ' * 40}.") for n in range(40))
    services.catching_up.answer = replace(BRIEFING, items=items, composed_at=DAY)
    await discord_bot.command("catchup")
    assert discord_bot.transport.bodies("POST", "/callback")[-1]["data"]["flags"] == EPHEMERAL
    await discord_bot.press(f"page:2:k:m={MEMBER}&n={int(DAY.timestamp())}")
    assert services.catching_up.asked == [
        CatchUpRequest(MEMBER, None, GUILD),
        CatchUpRequest(MEMBER, DAY, GUILD),
    ]
    assert "Page 2 of" in discord_bot.transport.texts()
