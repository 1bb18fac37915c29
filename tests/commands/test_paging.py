"""Page buttons: their custom_id is all they need."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import discord
import pytest

from bot.briefings.model import Scope
from bot.services.results import BriefRequest, PositionsRequest
from commands.paging import brief_view, positions_view, turned_view
from tests.fake_services import FakeServices
from tests.presentation.samples import BRIEFING, DIGEST, DOSSIER

AT = datetime(2031, 5, 4, 9, 30, 15, tzinfo=UTC)
LONG = replace(BRIEFING, items=BRIEFING.items * 40, composed_at=AT, words=900)


def parts_of(view: discord.ui.LayoutView) -> list[dict[str, Any]]:
    """The message's components, as sent."""
    parts: list[dict[str, Any]] = view.to_components()  # type: ignore[no-untyped-call]  # the library's
    return parts


def buttons(view: discord.ui.LayoutView) -> list[dict[str, Any]]:
    """The buttons of a message, as sent."""
    return [button for part in parts_of(view) if part["type"] == 1 for button in part["components"]]


async def test_a_press_asks_for_the_same_edition_again() -> None:
    services = FakeServices()
    services.briefs.answer = LONG
    edition = replace(LONG, scope=Scope(("quota", "ports"), ("lind",)))
    back, forth = buttons(brief_view(edition, DOSSIER))
    assert back["disabled"]
    await turned_view(services.as_services(), str(forth["custom_id"]))
    asked = BriefRequest(topics=("quota", "ports"), actors=("lind",), since="24h", words=900, at=AT)
    assert services.briefs.asked == [asked]


@pytest.mark.parametrize(
    "request_",
    [
        PositionsRequest("lind", None, None),
        PositionsRequest("Ångström: A, B", "quota", "2031-05-04"),
        PositionsRequest(None, "quota", None),
    ],
)
async def test_a_digest_is_asked_for_again_whatever_the_name(request_: PositionsRequest) -> None:
    services = FakeServices()
    services.positions.answer = replace(DIGEST, cells=DIGEST.cells * 40)
    _, forth = buttons(positions_view(services.positions.answer, DOSSIER, request_))
    await turned_view(services.as_services(), str(forth["custom_id"]))
    assert services.positions.asked == [request_]


async def test_a_state_too_long_for_a_button_says_how_to_ask_for_less() -> None:
    edition = replace(LONG, scope=Scope(tuple(f"topic-number-{n}" for n in range(9))))
    view = brief_view(edition, DOSSIER)
    assert buttons(view) == []
    assert "ask for fewer words or one topic" in str(parts_of(view))


async def test_a_page_that_is_gone_by_now_shows_the_last_one() -> None:
    view = brief_view(LONG, DOSSIER, number=999)
    back, forth = buttons(view)
    assert forth["disabled"]
    assert not back.get("disabled")


async def test_what_fits_has_no_buttons_and_no_page_number() -> None:
    view = brief_view(BRIEFING, DOSSIER)
    assert buttons(view) == []
    assert "Page 1" not in str(parts_of(view))


async def test_a_late_post_stays_late_on_its_other_pages() -> None:
    services = FakeServices()
    services.briefs.answer = LONG
    _, forth = buttons(brief_view(LONG, DOSSIER, late=True))
    second = await turned_view(services.as_services(), str(forth["custom_id"]))
    first = await turned_view(services.as_services(), str(buttons(second)[0]["custom_id"]))
    assert "Posted late" in str(parts_of(first))


@pytest.mark.parametrize("custom_id", ["page:1:x:", "brief:1", "", "page:-1:b::0::24h::"])
async def test_other_ids_are_not_taken(custom_id: str) -> None:
    with pytest.raises(ValueError, match="not a page button"):
        await turned_view(FakeServices().as_services(), custom_id)
