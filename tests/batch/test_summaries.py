"""Summaries: verbatim sentences with places that hold."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.batch.building import build_summarizer
from bot.batch.printing import print_summary
from bot.batch.summaries import Summarizer
from bot.errors import InvalidInputError, NotFoundError
from bot.language.lexicon import Lexicon
from tests.batch.conftest import LONG


@pytest.fixture(scope="module")
def summarizer(lexicon: Lexicon) -> Summarizer:
    return build_summarizer(lexicon, "attache")


def docs(*texts: str, **more: Any) -> dict[str, Any]:
    return {"docs": [{"title": "Harbour talks", "text": text} for text in texts], **more}


def test_a_json_line_is_answered_with_the_promised_keys(summarizer: Summarizer) -> None:
    found = summarizer.line(docs(LONG, budget=40))
    assert list(found) == ["summary", "sentences"]
    assert found["sentences"]
    assert all(list(one) == ["text", "doc", "start", "end"] for one in found["sentences"])
    assert found["summary"] == " ".join(one["text"] for one in found["sentences"])


def test_offsets_count_into_the_text_as_it_was_given(summarizer: Summarizer) -> None:
    texts = [
        "\n\n   Share this article\n\n" + LONG,
        LONG.replace("Tuesday", "Friday") + "Subscribe to our newsletter\n",
    ]
    found = summarizer.line(docs(*texts, budget=200))
    assert {one["doc"] for one in found["sentences"]} == {0, 1} or len(found["sentences"]) > 2
    for one in found["sentences"]:
        assert texts[one["doc"]][one["start"] : one["end"]] == one["text"]
    assert "Share this article" not in found["summary"]
    assert "newsletter" not in found["summary"]


def test_the_budget_is_filled_to_the_brim_and_no_further_than_one_sentence(summarizer: Summarizer) -> None:
    found = summarizer.line(docs(LONG, budget=30))
    words = [len(one["text"].split()) for one in found["sentences"]]
    assert sum(words) >= 30
    assert sum(words[:-1]) < 30


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"docs": [{"text": "a"}]}, "budget"),
        (docs("a", budget=0), "budget"),
        (docs("a", budget=-3), "budget"),
        (docs("a", budget="100"), "budget"),
        (docs("a", budget=True), "budget"),
        (docs("a", budget=10**9), "budget"),
        ({"budget": 50}, "docs"),
        ({"docs": "text", "budget": 50}, "docs"),
        ({"docs": ["text"], "budget": 50}, "docs"),
        ({"docs": [{"title": "no text"}], "budget": 50}, "text"),
        ({"docs": [{"title": 3, "text": "a"}], "budget": 50}, "title"),
    ],
)
def test_what_can_not_be_summed_up_is_refused(summarizer: Summarizer, data: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInputError) as error:
        summarizer.line(data)
    assert error.value.field == field


@pytest.mark.parametrize("data", [{"docs": [], "budget": 9}, docs("", budget=9), docs("12 34", budget=9)])
def test_nothing_to_say_is_no_error(summarizer: Summarizer, data: dict[str, Any]) -> None:
    assert isinstance(summarizer.line(data)["summary"], str)


async def test_files_give_verbatim_sentences_and_copies_are_left_out(summarizer: Summarizer, folder: Path) -> None:
    given = await summarizer.files([folder])
    assert [Path(article.location).name for article in given.articles] == ["other.txt", "whole.txt"]
    assert [(Path(copy).name, Path(lead).name) for copy, lead in given.copies] == [("cut.txt", "whole.txt")]
    assert [(Path(name).name, reason) for name, reason in given.unusable] == [("picture.txt", "is not text")]
    summary = summarizer.articles(given.articles, words=None, sentences=3)
    data = summary.as_json()
    assert list(data) == ["version", "docs", "summary", "sentences"]
    assert len(data["sentences"]) == 3
    for one in data["sentences"]:
        assert data["docs"][one["doc"]]["text"][one["start"] : one["end"]] == one["text"]


async def test_a_summary_is_printed_with_its_sources(
    summarizer: Summarizer, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await print_summary(summarizer, [folder], words=None, sentences=2, style="text") == 1
    out, err = capsys.readouterr()
    assert out.startswith("Summary of 2 documents\n\n1. ")
    assert "Ida Berg, undated" in out or "other.txt, undated" in out
    assert "is a copy of" in err
    assert "is not text" in err


async def test_one_file_needs_its_citation_once(
    summarizer: Summarizer, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await print_summary(summarizer, [folder / "whole.txt"], words=None, sentences=None, style="text") == 0
    out = capsys.readouterr().out
    assert out.startswith("Harbour talks end without a date\nwhole.txt, Ida Berg, undated\n")
    assert out.count("Ida Berg") == 1
    assert await print_summary(summarizer, [folder / "whole.txt"], words=20, sentences=None, style="json") == 0
    assert json.loads(capsys.readouterr().out)["version"] == 1


def test_an_unknown_method_names_those_there_are(lexicon: Lexicon) -> None:
    with pytest.raises(NotFoundError) as error:
        build_summarizer(lexicon, "magic")
    assert "attache" in error.value.suggestions
