"""Corrections as who runs the bot makes them: reported, put right, exported, and replayed against the rules."""

import json
from pathlib import Path

from tests.cli.conftest import Attache


def test_a_line_is_reported_put_right_exported_and_replayed(attache: Attache, tmp_path: Path) -> None:
    edition = json.loads(attache("quotes", "Lind", "--format", "json").out)["edition"]
    assert "Reported as No. 1" in attache("corrections", "report", edition, 1, "--reason", "speaker").out
    assert "No. 1: wrong speaker" in attache("corrections", "queue").out
    accepted = attache("corrections", "accept", 1, "--speaker", "nobody")
    assert (accepted.code, "speaker: nobody" in accepted.out) == (0, True)
    assert "speaker: nobody" in attache("corrections", "list").out
    assert "the operator accepted report No. 1" in " ".join(attache("prove", edition).out.split())
    exported = attache("corrections", "export").out
    (case,) = map(json.loads, exported.splitlines())
    assert (case["was"], case["expected"]) == ("lind", {"withdrawn": False, "speaker": None})
    assert case["sentence"] in case["text"]
    file = tmp_path / "cases.jsonl"
    file.write_text(exported, encoding="utf-8")
    replayed = attache("corrections", "replay", file)
    assert replayed.code == 1
    assert replayed.out.startswith("wrong\tlind")
    assert "0 right, 1 wrong, 0 gone" in replayed.err
    case["expected"]["speaker"] = "lind"
    file.write_text(json.dumps(case), encoding="utf-8")
    assert attache("corrections", "replay", file).code == 0


def test_what_can_not_be_replayed_is_said(attache: Attache, tmp_path: Path) -> None:
    missing = attache("corrections", "replay", tmp_path / "none.jsonl")
    assert (missing.code, "can't be read" in missing.err) == (2, True)
    file = tmp_path / "words.jsonl"
    file.write_text("words\n", encoding="utf-8")
    assert "give a file that corrections export wrote" in attache("corrections", "replay", file).err
