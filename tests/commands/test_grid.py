"""/grid through the real command tree."""

from dataclasses import replace

from bot.errors import InvalidInputError
from tests.discord_offline import Offline
from tests.fake_services import FakeServices
from tests.presentation.samples import DIGEST


async def test_the_picture_comes_with_its_description_and_its_text_twin(
    discord_bot: Offline, services: FakeServices
) -> None:
    await discord_bot.command("grid", as_of="2031-05-04")
    assert services.positions.grids == ["2031-05-04"]
    [(name, picture)] = discord_bot.transport.files
    assert (name, picture[:4]) == ("grid.png", b"\x89PNG")
    gallery = discord_bot.transport.bodies("PATCH", "@original")[-1]["components"][0]
    assert gallery["items"][0]["media"] == {"url": "attachment://grid.png"}
    assert "Mara Lind: Quota opposed" in gallery["items"][0]["description"]
    assert "**Mara Lind**: Quota opposed (" in discord_bot.transport.texts()


async def test_without_any_position_no_empty_picture_is_drawn(discord_bot: Offline, services: FakeServices) -> None:
    services.positions.answer = replace(DIGEST, cells=())
    await discord_bot.command("grid")
    assert discord_bot.transport.files == []
    assert "No statement found." in discord_bot.transport.texts()


async def test_a_date_that_is_none_is_explained(discord_bot: Offline, services: FakeServices) -> None:
    services.positions.answer = InvalidInputError("as_of", "yesteryear", "give a date such as 2025-08-20")
    await discord_bot.command("grid", as_of="yesteryear")
    assert "give a date such as 2025" in discord_bot.transport.texts()
