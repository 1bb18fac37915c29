"""/setup: three steps, a look at the bot's rights before anything is saved, and a draft that outlives a restart."""

import re
from typing import Any

import pytest

from bot.schedules.model import Schedule
from tests.commands.conftest import started
from tests.discord_limits import check_limits, components_of
from tests.discord_offline import (
    CHANNEL,
    EPHEMERAL,
    GUILD,
    HISTORY,
    MANAGE_SERVER,
    MEMBER,
    SEND,
    VIEW,
    Fault,
    Offline,
    channel_data,
)
from tests.fake_services import FakeServices

POSTING = VIEW | SEND | HISTORY


def channel(permissions: int = POSTING) -> dict[str, Any]:
    return channel_data(CHANNEL, app_permissions=str(permissions))


def controls(bot: Offline) -> dict[str, Any]:
    """The controls shown last, by what they do."""
    shown = bot.transport.bodies("PATCH", "/messages/@original")[-1]
    found = [part for part in components_of(shown["components"]) if "custom_id" in part]
    return {part["custom_id"].split(":")[1]: part for part in found}


def chosen(control: dict[str, Any]) -> list[str]:
    return [option["value"] for option in control["options"] if option.get("default")]


async def press(bot: Offline, act: str) -> None:
    await bot.press(controls(bot)[act]["custom_id"], permissions=MANAGE_SERVER)


async def choose(bot: Offline, act: str, *values: str) -> None:
    await bot.choose(controls(bot)[act]["custom_id"], *values, permissions=MANAGE_SERVER)


async def choose_channel(bot: Offline, sent: dict[str, Any]) -> None:
    await bot.choose_channel(controls(bot)["channel"]["custom_id"], sent, permissions=MANAGE_SERVER)


async def saved(services: FakeServices) -> list[Schedule]:
    return [view.schedule for view in await services.schedules.list(GUILD)]


async def test_three_steps_a_preview_and_a_confirmation_make_a_schedule(
    discord_bot: Offline, services: FakeServices
) -> None:
    await discord_bot.command("setup")
    assert discord_bot.transport.bodies("POST", "/callback")[0] == {"type": 5, "data": {"flags": EPHEMERAL}}
    assert controls(discord_bot)["when"]["disabled"]  # no channel yet
    await choose_channel(discord_bot, channel())
    assert chosen(controls(discord_bot)["zone"]) == ["Europe/London"]  # the member's Discord speaks British English
    await choose(discord_bot, "hour", "07:00")
    await choose(discord_bot, "zone", "Europe/Kyiv")
    await choose(discord_bot, "days", "4", "0")
    assert chosen(controls(discord_bot)["days"]) == ["0", "4"]
    await press(discord_bot, "what")
    assert "Herring talks" in discord_bot.transport.texts()
    await choose(discord_bot, "topics", "quota")
    await press(discord_bot, "check")
    assert f"<#{CHANNEL}>: 07:00 Europe/Kyiv, Mon, Fri" in discord_bot.transport.texts()
    assert "First post: <t:" in discord_bot.transport.texts()
    await press(discord_bot, "look")
    assert services.briefs.asked[-1].topics == ("quota",)
    assert "> Mara Lind rejected" in discord_bot.transport.texts()
    assert await saved(services) == []
    await press(discord_bot, "save")
    (schedule,) = await saved(services)
    assert (schedule.channel_id, schedule.created_by) == (CHANNEL, MEMBER)
    assert (f"{schedule.local_time:%H:%M}", schedule.zone, schedule.days) == ("07:00", "Europe/Kyiv", (0, 4))
    assert schedule.scope.topics == ("quota",)


async def test_a_setup_goes_on_after_a_restart(services: FakeServices) -> None:
    async with started(services) as before:
        await before.command("setup")
        await choose_channel(before, channel())
        shown = controls(before)
    async with started(services) as after:
        await after.choose(shown["hour"]["custom_id"], "06:00", permissions=MANAGE_SERVER)
        await after.submit(
            controls(after)["type"]["custom_id"].replace("type", "typed"),
            time="6:45 pm",
            zone="lisbon",
            permissions=MANAGE_SERVER,
        )
        await press(after, "what")
        await press(after, "check")
        await press(after, "save")
        for sent in after.transport.sent:
            check_limits(sent)
    (schedule,) = await saved(services)
    assert (f"{schedule.local_time:%H:%M}", schedule.zone) == ("18:45", "Europe/Lisbon")


async def test_time_and_city_can_be_typed(discord_bot: Offline) -> None:
    await discord_bot.command("setup")
    await choose_channel(discord_bot, channel())
    await press(discord_bot, "type")
    form = discord_bot.transport.bodies("POST", "/callback")[-1]
    assert form["type"] == 9
    fields = [label["component"] for label in form["data"]["components"]]
    assert [(one["custom_id"], one["value"]) for one in fields] == [("time", "08:00"), ("zone", "Europe/London")]
    await discord_bot.submit(form["data"]["custom_id"], time="20h15", zone="kyiv", permissions=MANAGE_SERVER)
    assert chosen(controls(discord_bot)["hour"]) == ["20:15"]
    assert chosen(controls(discord_bot)["zone"]) == ["Europe/Kyiv"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"time": "25:00", "zone": "UTC"}, "no such time"), ({"time": "8:00", "zone": "Mars"}, "not a time zone")],
)
async def test_what_was_typed_wrong_is_explained_and_the_step_stays(
    discord_bot: Offline, typed: dict[str, str], said: str
) -> None:
    await discord_bot.command("setup")
    await choose_channel(discord_bot, channel())
    before = controls(discord_bot)
    await discord_bot.submit(before["type"]["custom_id"].replace("type", "typed"), permissions=MANAGE_SERVER, **typed)
    assert said in discord_bot.transport.texts()
    assert controls(discord_bot) == before
    assert discord_bot.transport.bodies("POST", "{webhook_token}")[-1]["flags"] & EPHEMERAL


async def test_rights_are_looked_at_before_the_next_step(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("setup")
    await choose_channel(discord_bot, channel(VIEW))
    assert "Missing in #news: Send Messages, Read Message History" in discord_bot.transport.texts()
    assert controls(discord_bot)["when"]["disabled"]
    await choose_channel(discord_bot, channel())
    assert "hour" in controls(discord_bot)
    assert await saved(services) == []


async def test_rights_are_looked_at_again_before_saving(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("setup")
    await choose_channel(discord_bot, channel())
    await press(discord_bot, "what")
    await press(discord_bot, "check")
    discord_bot.transport.faults[("GET", "/channels/{channel_id}")] = Fault(403, 50001).error()
    await press(discord_bot, "save")
    assert "Missing in" in discord_bot.transport.texts()
    assert await saved(services) == []


async def test_used_again_it_changes_what_is_there(discord_bot: Offline, services: FakeServices) -> None:
    for time in ("08:00", "09:00"):
        await services.schedules.add(
            guild_id=GUILD, channel_id=CHANNEL, user_id=1, time=time, zone="Europe/Paris", days="mon-fri",
            topics=("quota",), words=100,
        )  # fmt: skip
    await discord_bot.command("setup")
    assert chosen(controls(discord_bot)["which"]) == ["1"]
    await choose(discord_bot, "which", "2")
    await press(discord_bot, "when")
    assert chosen(controls(discord_bot)["hour"]) == ["09:00"]
    await choose(discord_bot, "hour", "10:00")
    await press(discord_bot, "what")
    assert chosen(controls(discord_bot)["topics"]) == ["quota"]
    await choose(discord_bot, "topics")
    await press(discord_bot, "check")
    await press(discord_bot, "save")
    first, second = await saved(services)
    assert f"{first.local_time:%H:%M}" == "08:00"
    assert (f"{second.local_time:%H:%M}", second.zone, second.words) == ("10:00", "Europe/Paris", 100)
    assert second.scope.topics == ()


async def test_another_one_can_be_added(discord_bot: Offline, services: FakeServices) -> None:
    await services.schedules.add(guild_id=GUILD, channel_id=CHANNEL, user_id=1, time="8:00", zone="UTC", days="daily")
    await discord_bot.command("setup")
    await choose(discord_bot, "which", "new")
    await choose_channel(discord_bot, channel())
    await choose(discord_bot, "hour", "12:00")
    await press(discord_bot, "what")
    await press(discord_bot, "check")
    await press(discord_bot, "save")
    assert len(await saved(services)) == 2


async def test_a_schedule_that_is_gone_by_now_is_not_saved_anew(discord_bot: Offline, services: FakeServices) -> None:
    await services.schedules.add(guild_id=GUILD, channel_id=CHANNEL, user_id=1, time="8:00", zone="UTC", days="daily")
    await discord_bot.command("setup")
    await press(discord_bot, "when")
    await press(discord_bot, "what")
    await press(discord_bot, "check")
    await services.schedules.remove(GUILD, 1)
    await press(discord_bot, "save")
    assert "no schedule number 1" in discord_bot.transport.texts()
    assert await saved(services) == []


async def test_back_keeps_what_was_chosen_and_cancel_saves_nothing(
    discord_bot: Offline, services: FakeServices
) -> None:
    await discord_bot.command("setup")
    await choose_channel(discord_bot, channel())
    await choose(discord_bot, "hour", "05:00")
    await press(discord_bot, "what")
    await press(discord_bot, "when")
    assert chosen(controls(discord_bot)["hour"]) == ["05:00"]
    await press(discord_bot, "where")
    assert controls(discord_bot)["channel"]["default_values"] == [{"id": str(CHANNEL), "type": "channel"}]
    await press(discord_bot, "cancel")
    assert "Nothing was changed." in discord_bot.transport.texts()
    assert controls(discord_bot) == {}
    assert await saved(services) == []


async def test_who_may_not_manage_the_server_gets_no_further(discord_bot: Offline, services: FakeServices) -> None:
    await discord_bot.command("setup", permissions=0)
    assert "may manage the server" in discord_bot.transport.texts()
    await discord_bot.command("setup")
    await choose_channel(discord_bot, channel())
    before = len(discord_bot.transport.bodies("PATCH", "/messages/@original"))
    hour = controls(discord_bot)["hour"]["custom_id"]
    await discord_bot.choose(hour, "05:00")
    await discord_bot.submit(re.sub("hour", "typed", hour), time="5:00", zone="UTC")
    assert len(discord_bot.transport.bodies("PATCH", "/messages/@original")) == before
    assert await saved(services) == []


async def test_a_form_of_another_version_is_answered(discord_bot: Offline) -> None:
    await discord_bot.submit("other:form", time="5:00")
    assert "another version of me" in discord_bot.transport.texts()
