"""What was decided about an article, as text and as JSON."""

import json
from dataclasses import replace

import pytest

from bot.articles.model import Dropped
from bot.presentation.explanation_json import explanation_json
from bot.presentation.explanation_page import excerpt, explanation_page
from bot.presentation.text import page_text
from tests.presentation.explanation_samples import ALONE, EXPLANATION, FIRST
from tests.presentation.samples import DOSSIER


def text_of(found: object = EXPLANATION) -> str:
    return page_text(explanation_page(found, DOSSIER), width=400)  # type: ignore[arg-type]  # samples alone are given


@pytest.mark.parametrize(
    "line",
    [
        "Why: No more herring",
        "Loaded: 3 May 2031, 00:00 UTC, from Norland Post",
        "Title: No more herring (from source)",
        "Author: Ida Berg (from text: byline)",
        "3 lines dropped: sharing 2, byline 1.",
        "  byline: “By Ida Berg”",
        "Split off from its story on 3 May 2031, 00:00 UTC. By user 905.",
        "  Undo it with /sources join article: a1",
        "  This article · the fullest print: the fullest text (19 words)",
        "  Article a3 · a shortened copy: 90 % of it stands in the fuller text (9 of 19 words)",
        "2 voices that do not copy each other.",
        "  https://coast.example/2 · the report most like the others",
        "  This article · headline and opening are alike to 0.31 of 1; both say “quota”",
        "1 statement in 3 sentences; 1 skipped.",
        "  Skipped, nobody is named: “Her neighbours disagreed.”",
        "1. line 1 · “Mara Lind rejected a higher quota on Tuesday.”",
        "  gain 1.20; relevance 0.90 of 1; takes a stance",
        "3. left · “Her neighbours disagreed.”",
        "  merit 0.10, number 9 of 9; can't be quoted alone: opens with “Her”, which points back",
    ],
)
def test_the_page_says(line: str) -> None:
    assert line in text_of().splitlines()


def test_who_took_what_side_and_by_which_rules() -> None:
    assert (
        "  Mara Lind on Quota: opposed · sentence 1, pronoun for the last person named; cue:said > negation"
        in text_of().splitlines()
    )


def test_an_article_alone_says_so() -> None:
    text = text_of(ALONE)
    assert text.startswith("Why: north/herring.txt\n")
    assert "No line was dropped." in text
    assert "Folded with no other: the fullest text (19 words)." in text
    assert "No other article within three days tells of it." in text
    assert "It is not in the window of any briefing you can see." in text
    assert "Split off" not in text


def test_much_is_counted_and_not_all_shown() -> None:
    article = replace(EXPLANATION.article, dropped=(Dropped("word " * 60, "sharing"),) * 40)
    found = replace(EXPLANATION, article=article, fates=EXPLANATION.fates * 30)
    lines = text_of(found).splitlines()
    assert "40 lines dropped: sharing 40." in lines
    assert "  and 28 more" in lines
    assert "and 30 more sentences" in lines


@pytest.mark.parametrize(
    ("text", "shown"), [("short", "short"), ("two\nlines  here", "two lines here"), ("x" * 90, "x" * 79 + "…")]
)
def test_an_excerpt_is_one_short_line(text: str, shown: str) -> None:
    assert excerpt(text) == shown


def test_json_has_every_decision_with_offsets() -> None:
    data = json.loads(json.dumps(explanation_json(EXPLANATION, DOSSIER)))
    assert (data["version"], data["id"], data["source"]) == (1, "a1", "Norland Post")
    assert data["provenance"] == {"title": "source", "author": "text: byline"}
    assert data["duplicate_of"] is None
    assert [one["id"] for one in data["story"]["members"]] == ["a1", "a3"]
    assert data["event"]["members"][1]["likeness"] == 0.31
    assert data["split"] == {"story": True, "event": False, "by": 905, "made_at": "2031-05-03T00:00:00+00:00"}
    assert data["skipped"][0]["reason"] == "nobody is named"
    first = data["briefing"]["sentences"][0]
    assert (first["start"], first["end"], first["line"]) == (FIRST.start, FIRST.end, 1)
    assert data["text"][first["start"] : first["end"]] == "Mara Lind rejected a higher quota on Tuesday."
    assert explanation_json(ALONE, DOSSIER)["split"] is None
