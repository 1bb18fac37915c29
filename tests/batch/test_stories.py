"""`stories`: one line out for each line in, in order; and the same over files."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.batch.building import build_story_finder
from bot.batch.jsonl import answer_together
from bot.batch.stories import StoryFinder, print_stories
from bot.language.lexicon import Lexicon
from tests.batch.conftest import LONG

TOLD = (
    "The harbour talks over the fish quota ended on Tuesday and no date was set for another round, as fisheries "
    "minister Mara Lind of Norland would not agree to more.\n"
)
OTHER = "A lighthouse keeper on the northern cape has counted eleven whales since Sunday and wrote down each of them.\n"


@pytest.fixture(scope="module")
def finder(lexicon: Lexicon) -> StoryFinder:
    return build_story_finder(lexicon)


def answered(finder: StoryFinder, *rows: dict[str, Any] | bytes) -> list[dict[str, Any]]:
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows]
    return [json.loads(one.line) for one in answer_together(lines, finder.lines)]


def row(id_: object, title: str, text: str, **more: object) -> dict[str, Any]:
    return {"id": id_, "title": title, "text": text, **more}


def test_each_line_is_answered_in_order(finder: StoryFinder) -> None:
    cut, other, told, whole = answered(
        finder,
        row("cut", "Harbour talks end without a date", LONG.rpartition("\n\n")[0]),
        row("other", "Whales counted", OTHER),
        row("told", "Talks end, no date set in harbour", TOLD),
        row("whole", "Harbour talks end without a date", LONG),
    )
    assert [list(one) for one in (cut, other, told, whole)] == [["id", "copy_of", "story", "reason"]] * 4
    assert [one["id"] for one in (cut, other, told, whole)] == ["cut", "other", "told", "whole"]
    assert [one["copy_of"] for one in (cut, other, told, whole)] == ["whole", None, None, None]
    assert cut["story"] == told["story"] == whole["story"]
    assert other["story"] == "other"
    assert "fuller text" in cut["reason"]
    assert "both say" in told["reason"] or "both say" in whole["reason"]
    assert other["reason"] is None


def test_days_apart_are_no_event(finder: StoryFinder) -> None:
    first, second = answered(
        finder,
        row(1, "Harbour talks end without a date", LONG, published="2025-08-20"),
        row(2, "Talks end, no date set in harbour", TOLD, published="2025-09-20T08:00:00Z"),
    )
    assert first["story"] != second["story"]


def test_broken_lines_are_answered_in_their_place(finder: StoryFinder) -> None:
    found = answered(finder, b"{broken\n", row(1, "Whales", OTHER), b"\n", {"id": 2, "title": "no text"}, b"[]\n")
    assert [list(one) for one in found] == [
        ["id", "error"],
        ["id", "copy_of", "story", "reason"],
        ["id", "error"],
        ["id", "error"],
    ]
    assert [one["id"] for one in found] == [None, 1, 2, None]


def test_ids_may_be_anything_and_even_the_same(finder: StoryFinder) -> None:
    found = answered(finder, row(None, "", LONG), row(7, "", LONG), row(7, "", OTHER), {"text": "x"})
    assert [one["id"] for one in found] == [None, 7, 7, None]
    assert found[1]["story"] is None or found[1]["story"] == 7


@pytest.mark.parametrize("text", ["", "   ", "x", "Share\nPrint\nSubscribe", "half \ud800 pair", "\u202eback"])
def test_a_text_without_an_article_stands_alone(finder: StoryFinder, text: str) -> None:
    odd, _ = answered(finder, row("odd", "", text), row("other", "Whales", OTHER))
    assert odd == {"id": "odd", "copy_of": None, "story": "odd", "reason": None}


def test_no_lines_no_answers(finder: StoryFinder) -> None:
    assert answered(finder) == []


async def test_files_are_told_with_reasons(
    finder: StoryFinder, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await print_stories(finder, [folder], "json") == 1
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert [Path(one["file"]).name for one in found["files"]] == ["cut.txt", "other.txt", "whole.txt"]
    assert [one["copy_of"] for one in found["files"]] == [str(folder / "whole.txt"), None, None]
    assert [Path(one["file"]).name for one in found["unreadable"]] == ["picture.txt"]
    assert "picture.txt: is not text" in err


async def test_files_are_told_as_a_page(finder: StoryFinder, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert await print_stories(finder, [folder / "whole.txt", folder / "cut.txt", folder / "other.txt"], "text") == 0
    out = capsys.readouterr().out
    assert out.startswith("2 stories\n3 files, 2 texts without the copies\n")
    assert "Harbour talks end without a date" in out
    assert "copy of" in " ".join(out.split())
