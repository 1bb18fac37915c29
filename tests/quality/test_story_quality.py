"""One event in other words, measured on development data. Floors are pinned: raise them when the rules get better."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.batch.building import build_story_finder
from bot.batch.jsonl import answer_together
from bot.language.lexicon import Lexicon


def figures(shared: Path, lexicon: Lexicon, name: str, key: str, folder: Path) -> dict[str, Any]:
    """What the scorer says of `python -m bot stories --jsonl`, clusters being its `story` or `copy_of`."""
    data = shared / "eval" / "data" / name
    with (data / "input.jsonl").open("rb") as lines:
        answers = [json.loads(one.line) for one in answer_together(lines, build_story_finder(lexicon).lines)]
    system = folder / "system.jsonl"
    rows = ({"id": one["id"], "cluster": one[key] or one["id"]} for one in answers)
    system.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    call = [sys.executable, str(shared / "eval" / "score_clusters.py"), str(data / "gold.jsonl"), str(system), "--json"]
    printed = subprocess.run(call, capture_output=True, text=True, check=True, timeout=600).stdout
    found: dict[str, Any] = json.loads(printed)
    assert found["n"] == len(answers)
    return found


def test_one_event_in_other_words(shared: Path, lexicon: Lexicon, tmp_path: Path) -> None:
    found = figures(shared, lexicon, "neus_stories_val", "story", tmp_path)
    assert found["b3"]["F"] >= 88.3
    assert found["pair"]["F"] >= 79.0


@pytest.mark.parametrize("key", ["copy_of"])
def test_copies_through_the_filter(shared: Path, lexicon: Lexicon, tmp_path: Path, key: str) -> None:
    found = figures(shared, lexicon, "neardup_dev", key, tmp_path)
    assert found["pair"]["F"] >= 98.3
    assert found["b3"]["F"] >= 99.0
