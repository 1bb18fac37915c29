"""What `inspect` prints: its keys are a promise, its offsets lead back to the text."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.batch.building import build_inspector
from bot.batch.inspection import Inspector, print_inspected
from bot.batch.jsonl import answer_lines
from bot.dossier import Dossier
from bot.errors import InvalidInputError
from bot.language.lexicon import Lexicon
from tests.batch.conftest import LONG

KEYS = [
    "file", "title", "outlet", "author", "published", "duplicate_of", "text", "dropped", "sentences", "statements",
]  # fmt: skip
STATEMENT_KEYS = [
    "speaker", "actor", "mode", "cue", "content", "quote", "topics", "stance", "shift", "contested",
]  # fmt: skip


@pytest.fixture(scope="module")
def inspector(lexicon: Lexicon, dossier: Dossier) -> Inspector:
    return build_inspector(lexicon, dossier)


async def inspected(inspector: Inspector, *paths: Path) -> list[dict[str, Any]]:
    return [one async for one in inspector.files(paths)]


async def test_an_article_is_told_with_the_promised_keys(inspector: Inspector, folder: Path) -> None:
    (found,) = await inspected(inspector, folder / "whole.txt")
    assert list(found) == KEYS
    assert found["file"] == str(folder / "whole.txt")
    assert (found["title"], found["author"]) == ("Harbour talks end without a date", "Ida Berg")
    assert found["published"] is None
    assert {"text": "By Ida Berg", "rule": "byline"} in found["dropped"]
    assert json.loads(json.dumps(found)) == found


async def test_offsets_lead_back_to_the_text(inspector: Inspector, folder: Path) -> None:
    (found,) = await inspected(inspector, folder / "whole.txt")
    spans = found["sentences"] + [one["content"] for one in found["statements"]]
    spans += [one["quote"] for one in found["statements"] if one["quote"]]
    assert spans
    for span in spans:
        assert list(span) == ["start", "end", "text"]
        assert found["text"][span["start"] : span["end"]] == span["text"]


async def test_a_quote_has_its_speaker(inspector: Inspector, folder: Path) -> None:
    (found,) = await inspected(inspector, folder / "whole.txt")
    quotes = [one for one in found["statements"] if one["mode"] == "quote"]
    assert [one["quote"]["text"].rstrip(",") for one in quotes] == ["We will not fish these waters empty"]
    assert list(quotes[0]) == STATEMENT_KEYS
    assert quotes[0]["speaker"] == "she"
    assert quotes[0]["shift"] is False


async def test_a_copy_names_the_fullest_text(inspector: Inspector, folder: Path) -> None:
    found = await inspected(inspector, folder / "cut.txt", folder / "other.txt", folder / "whole.txt")
    assert [one["duplicate_of"] for one in found] == [str(folder / "whole.txt"), None, None]


async def test_folders_are_read_and_broken_files_answered_in_place(inspector: Inspector, folder: Path) -> None:
    found = await inspected(inspector, folder)
    assert [Path(one["file"]).name for one in found] == ["cut.txt", "other.txt", "picture.txt", "whole.txt"]
    assert list(found[2]) == ["file", "error"]
    assert found[2]["error"] == "is not text"


async def test_files_of_one_name_are_two_files(inspector: Inspector, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.txt").write_text(f"The ship {name} came home on Monday with all its men aboard.\n")
    found = await inspected(inspector, tmp_path / "a" / "same.txt", tmp_path / "b" / "same.txt")
    assert [one["file"] for one in found] == [str(tmp_path / name / "same.txt") for name in ("a", "b")]
    assert "ship b" in found[1]["text"]


async def test_printing_fails_if_a_file_does(
    inspector: Inspector, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await print_inspected(inspector, [folder / "whole.txt"]) == 0
    assert await print_inspected(inspector, [folder]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert all(json.loads(line)["file"] for line in lines)


def test_a_json_line_is_told_like_a_file(inspector: Inspector) -> None:
    line = json.dumps({"id": "x1", "title": "Harbour talks end without a date", "text": LONG})
    (answered,) = answer_lines([line.encode()], inspector.line)
    found = json.loads(answered.line)
    assert list(found) == ["id", *KEYS[1:]]
    assert (found["id"], found["title"]) == ("x1", "Harbour talks end without a date")
    assert any(one["mode"] == "quote" for one in found["statements"])


@pytest.mark.parametrize("data", [{"text": ""}, {"text": "   \n"}, {"text": 3}, {}, {"title": "T", "text": None}])
def test_a_line_without_text_is_refused(inspector: Inspector, data: dict[str, Any]) -> None:
    with pytest.raises(InvalidInputError):
        inspector.line(data)


@pytest.mark.parametrize("text", ["half \ud800 pair.", "nul \x00 byte.", "\x1b[31mred\x1b[0m words.", "\u202eback."])
def test_odd_characters_get_an_answer(inspector: Inspector, text: str) -> None:
    line = json.dumps({"id": 1, "text": f"The ship came home on Monday with all its men. {text}"}).encode()
    (answered,) = answer_lines([line], inspector.line)
    assert json.loads(answered.line)["id"] == 1


def test_lines_do_not_know_of_each_other(inspector: Inspector) -> None:
    line = json.dumps({"id": 1, "text": LONG}).encode()
    first, second = answer_lines([line, line], inspector.line)
    assert first == second
