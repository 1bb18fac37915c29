"""Screens and pages as component messages."""

from typing import Any

import discord
import pytest

from bot.presentation import page
from bot.presentation.discord_messages import error_view, notice_view, page_screens, screen_view
from bot.presentation.layout import Screen


def sent(view: discord.ui.LayoutView) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = view.to_components()  # type: ignore[no-untyped-call]  # the library's
    return parts


async def test_groups_are_parted_by_rules_inside_one_container() -> None:
    (container,) = sent(screen_view(Screen((("a", "b"), ("c",)), 1, 1, 0)))
    assert [(part["type"], part.get("content")) for part in container["components"]] == [
        (10, "a"),
        (10, "b"),
        (14, None),
        (10, "c"),
    ]


async def test_the_marker_is_the_containers_id() -> None:
    (container,) = sent(screen_view(Screen((("a",),), 1, 1, 0), marker=1 << 30))
    assert container["id"] == 1 << 30


@pytest.mark.parametrize(
    ("total", "mark", "note", "said"),
    [
        (2, None, None, "-# Page 1 of 2"),
        (2, "B-1", None, "-# Page 1 of 2 · Edition B-1"),
        (1, "B-1", None, "-# Edition B-1"),
        (1, "B-1", "Shared", "-# Shared\n-# Edition B-1"),
        (1, None, None, "a"),
    ],
)
async def test_the_last_line_says_which_page_it_is_and_of_which_edition(
    total: int, mark: str | None, note: str | None, said: str
) -> None:
    (container,) = sent(screen_view(Screen((("a",),), 1, total, 0, mark), note=note))
    assert container["components"][-1]["content"] == said


async def test_the_client_need_not_keep_a_view() -> None:
    assert screen_view(Screen((("a",),), 1, 1, 0)).is_finished()


def test_a_page_keeps_its_words_and_loses_its_markup() -> None:
    shown = (
        page.title("Sources *all*"),
        page.paragraph(page.strong("A_b"), ": ok", gap=True),
        page.small("folder, 2 articles", indent=2),
        page.heading("More"),
        page.paragraph("See ", page.command("/brief topic: x"), marker="1. "),
    )
    (screen,) = page_screens(shown)
    assert screen.groups == (
        ("## Sources \\*all\\*",),
        ("**A\\_b**: ok\n-# folder, 2 articles", "### More\n1. See `/brief topic: x`"),
    )


async def test_an_error_is_plain_text_with_its_reference() -> None:
    (container,) = sent(error_view("There is no **topic** @everyone.", "beef"))
    contents = [part.get("content") for part in container["components"]]
    assert contents == [
        "## That did not work",
        None,
        "There is no \\*\\*topic\\*\\* \\@everyone.",
        "-# Reference: beef",
    ]


async def test_a_notice_over_the_limits_shows_what_fits() -> None:
    (container,) = sent(notice_view("Long", *["x" * 1000] * 9))
    assert sum(len(part.get("content", "")) for part in container["components"]) <= 4000
