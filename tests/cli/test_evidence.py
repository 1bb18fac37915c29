"""Quotes, timelines, shifts, comparisons and proofs on the command line and in the console."""

import json
import re

import pytest

from tests.cli.conftest import Attache
from tests.worlds import World

QUOTE = "“We will not raise the quota,” she told reporters at the harbour."


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        (("quotes", "Lind"), "Mara Lind: quotes"),
        (("quotes", "--text", "not raise"), "Quotes with the words not raise"),
        (("timeline", "Lind", "--topic", "quota"), "Mara Lind on Quota: timeline"),
        (("timeline", "--topic", "quota"), "Quota: timeline"),
        (("shifts",), "What shifted"),
        (("compare", "Lind", "Vesterby"), "Mara Lind and Jon Vesterby"),
        (("compare", "Lind", "Vesterby", "--topic", "quota"), "Mara Lind and Jon Vesterby on Quota"),
    ],
)
def test_each_command_answers_in_every_format(attache: Attache, arguments: tuple[str, ...], title: str) -> None:
    text, markdown = attache(*arguments), attache(*arguments, "--format", "markdown")
    assert (text.code, text.out.splitlines()[0]) == (0, title)
    assert (markdown.code, markdown.out.splitlines()[0]) == (0, f"# {title}")
    data = json.loads(attache(*arguments, "--format", "json").out)
    assert data["version"] == 1
    assert data["dossier"] == "herring"


def test_a_line_of_a_briefing_is_proved_by_its_edition(attache: Attache, world: World) -> None:
    data = json.loads(attache("brief", "--since", "all", "--format", "json").out)
    assert f"edition:{data['edition']}" in attache("brief", "--since", "all").out
    for item in data["items"]:
        done = attache("prove", data["edition"], item["line"], "--format", "json")
        proof = json.loads(done.out)
        assert done.code == 0
        assert (proof["state"], proof["text"]) == ("holds", item["text"])
        assert item["text"] in (world.articles / proof["source"]["file"]).read_text(encoding="utf-8")


def test_a_briefing_is_explained_by_its_edition(attache: Attache, world: World) -> None:
    data = json.loads(attache("brief", "--since", "all", "--format", "json").out)
    found = json.loads(attache("explain", data["edition"], "--format", "json").out)
    assert (found["edition"], found["same"]) == (data["edition"], True)
    assert {one["line"] for one in found["told"]} == set(range(1, len(data["items"]) + 1))
    assert all(one["line"] is None and one["why"] for one in found["left"])
    text = attache("explain", data["edition"]).out
    assert text.startswith(f"Why: {data['edition']}")
    for file in world.articles.iterdir():
        file.write_text(file.read_text(encoding="utf-8").replace("quota", "catch"), encoding="utf-8")
    assert "composed again it differs" in " ".join(attache("explain", data["edition"]).out.split())


def test_other_answers_are_not_explained(attache: Attache) -> None:
    edition = json.loads(attache("quotes", "Lind", "--format", "json").out)["edition"]
    done = attache("explain", edition)
    assert done.code != 0
    assert "only briefings are explained" in done.err


def test_a_line_that_its_outlet_took_back(attache: Attache, world: World) -> None:
    data = json.loads(attache("quotes", "Lind", "--format", "json").out)
    assert data["quotes"][0]["text"] == QUOTE
    file = world.articles / "2025-05-02-post.txt"
    file.write_text(file.read_text(encoding="utf-8").replace("not raise", "perhaps raise"), encoding="utf-8")
    done = attache("prove", data["edition"])
    assert done.code == 1
    assert "Withdrawn: Norland Post removed this sentence; I first read the text without it on" in " ".join(
        done.out.split()
    )
    assert "We will" not in done.out.split("What the rules")[0]
    file.unlink()
    assert "Withdrawn: the article that said it is not stored any more." in attache("prove", data["edition"]).out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("prove", "B-00000000"), "There is no edition called “B-00000000”"),
        (("prove", "nonsense", 2), "There is no edition called “nonsense”"),
        (("quotes",), "actor is missing"),
        (("quotes", "Nobody"), "There is no actor called “Nobody”"),
        (("compare", "Lind", "Mara Lind"), "name two different actors"),
        (("shifts", "--since", "whenever"), "“whenever” does not work as since"),
    ],
)
def test_what_can_not_be_answered(attache: Attache, arguments: tuple[object, ...], words: str) -> None:
    done = attache(*arguments)
    assert done.code != 0
    assert words in done.err
    assert "Traceback" not in done.err


def test_what_is_offered_can_be_typed_in_full(attache: Attache) -> None:
    """`/prove` in the text of an answer is what the console takes."""
    text = attache("quotes", "Lind").out
    typed = re.search(r"/prove edition:(\S+) line:(\d+)", text)
    assert typed is not None
    assert attache("prove", typed[1], typed[2]).code == 0
