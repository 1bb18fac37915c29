"""A setup over sockets: begun before a restart, ended after it, with a form."""

from pathlib import Path
from typing import Any

from tests.discord_limits import components_of
from tests.discord_offline import CHANNEL, HISTORY, MANAGE_SERVER, SEND, VIEW, channel_data, message_data
from tests.loopback.discord import Answer, LoopbackDiscord, text_of
from tests.loopback.process import prepare, running


async def use(discord: LoopbackDiscord, shown: dict[str, Any], act: str, **chosen: Any) -> Answer:
    """Somebody uses a control of the message shown."""
    control = next(one for one in components_of(shown["components"]) if f":{act}:" in one.get("custom_id", ""))
    data = {"component_type": control["type"], "custom_id": control["custom_id"], **chosen}
    return await discord.interact(3, data, MANAGE_SERVER, message=message_data({**shown, "flags": 1 << 15}))


async def test_a_setup_that_a_restart_interrupts_is_ended_with_a_form(tmp_path: Path) -> None:
    prepare(tmp_path)
    writable = channel_data(CHANNEL, app_permissions=str(VIEW | SEND | HISTORY))
    async with LoopbackDiscord().serving() as discord:
        async with running(tmp_path, discord) as bot:
            await discord.ready()
            first = await (await discord.command("setup")).shown()
            chosen = {"values": [str(CHANNEL)], "resolved": {"channels": {str(CHANNEL): writable}}}
            second = await (await use(discord, first, "channel", **chosen)).shown()
            assert await bot.terminate() == 0
        async with running(tmp_path, discord) as bot:
            await discord.ready()
            form = (await (await use(discord, second, "type")).callback)["data"]
            typed = [
                {"type": 4, "custom_id": "time", "value": "6:45"},
                {"type": 4, "custom_id": "zone", "value": "kyiv"},
            ]
            sent = {"custom_id": form["custom_id"], "components": [{"type": 18, "component": one} for one in typed]}
            below = message_data({**second, "flags": 1 << 15})
            third = await (await discord.interact(5, sent, MANAGE_SERVER, message=below)).shown()
            topics = await (await use(discord, third, "what")).shown()
            check = await (await use(discord, topics, "check")).shown()
            assert f"<#{CHANNEL}>: 06:45 Europe/Kyiv" in text_of(check)
            saved = await (await use(discord, check, "save")).shown()
            assert "All set" in text_of(saved)
            listed = await (await discord.command("schedule list")).shown()
            assert "06:45 Europe/Kyiv" in text_of(listed)
            assert await bot.terminate() == 0
    assert "Traceback" not in bot.log
    assert discord.unknown == []
