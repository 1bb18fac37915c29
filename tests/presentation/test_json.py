"""Keys and order are a promise to whoever reads the output by machine."""

import json
from dataclasses import replace

from bot.articles.model import DatePrecision, Published
from bot.briefings.model import Window, WindowReason
from bot.presentation.json import briefing_json, digest_json, window_json
from tests.presentation.samples import ARTICLE, BRIEFING, DAY, DIGEST, LATER, POSITION, QUOTED, SECOND, TURNED


def test_a_briefing_has_the_promised_keys_in_order() -> None:
    data = briefing_json(BRIEFING)
    assert list(data) == [
        "version",
        "dossier",
        "window",
        "items",
        "positions",
        "shifts",
        "contested",
        "counts",
        "watch",
        "silences",
    ]
    assert (data["version"], data["dossier"]) == (1, "herring")
    assert data["items"][0] == {
        "text": "Mara Lind rejected a higher quota on Tuesday.",
        "topics": ["quota"],
        "sources": [
            {
                "article": "north/herring.txt",
                "file": "herring.txt",
                "title": "No more herring",
                "outlet": "Norland Post",
                "url": None,
                "published": "2031-05-03",
                "start": 0,
                "end": 45,
            }
        ],
        "voices": 1,
    }
    assert data["counts"] == {
        "articles": 2,
        "stories": 2,
        "undated": 1,
        "sentences": 4,
        "outlets": 2,
        "without_outlet": 0,
        "sources": 1,
        "sources_failing": 0,
        "repeats": 0,
        "left_out": 0,
    }
    assert json.loads(json.dumps(data)) == data


def test_an_article_from_the_web_is_named_by_its_address() -> None:
    source = briefing_json(BRIEFING)["items"][1]["sources"][0]
    assert source["article"] == source["url"] == "https://coast.example/2"
    assert "file" not in source
    assert source["published"] is None


def test_offsets_lead_back_to_the_text() -> None:
    texts = {ARTICLE.location: ARTICLE.text, SECOND.location: SECOND.text}
    for item in briefing_json(BRIEFING)["items"]:
        for source in item["sources"]:
            assert texts[source["article"]][source["start"] : source["end"]] == item["text"]


def test_positions_have_the_promised_keys_in_order() -> None:
    data = digest_json(DIGEST)
    assert list(data) == ["version", "dossier", "cells", "shifts", "contested", "articles"]
    held, blank = data["cells"]
    assert list(held) == list(blank) == ["actor", "topic", "stance", "as_of", "kind", "evidence"]
    assert (held["actor"], held["topic"], held["stance"], held["as_of"], held["kind"]) == (
        "Mara Lind", "quota", "against", "2031-05-03", "quote",
    )  # fmt: skip
    assert held["evidence"][0] == {
        "text": QUOTED.text,
        "article": "north/herring.txt",
        "file": "herring.txt",
        "outlet": "Norland Post",
        "url": None,
        "published": "2031-05-03",
        "start": QUOTED.citation.span.start,
        "end": QUOTED.citation.span.end,
        "speaker": "she",
        "cue": "said",
        "rule": "cue:said > negation",
    }
    assert blank == {
        "actor": "Mara Lind",
        "topic": "ports",
        "stance": None,
        "as_of": None,
        "kind": None,
        "evidence": [],
    }
    assert data["articles"] == 2


def test_shifts_and_contested_claims_carry_both_sides() -> None:
    data = briefing_json(BRIEFING)
    (shift,) = data["shifts"]
    assert (shift["actor"], shift["topic"], shift["rule"]) == ("Mara Lind", "quota", "stance-changed")
    assert (shift["before"]["text"], shift["after"]["text"]) == (QUOTED.text, LATER)
    (contested,) = data["contested"]
    assert (contested["claim"]["text"], contested["answer"]["text"]) == (QUOTED.text, LATER)


def test_one_sided_shifts_and_claims_have_null() -> None:
    alone = replace(
        BRIEFING,
        shifts=(replace(BRIEFING.shifts[0], before=None),),
        contested=(replace(BRIEFING.contested[0], answer=None),),
    )
    data = briefing_json(alone)
    assert data["shifts"][0]["before"] is None
    assert data["contested"][0]["answer"] is None


def test_dates_are_as_exact_as_they_are_known() -> None:
    exact = Published(DAY.replace(hour=14, minute=5), DatePrecision.TIME)
    timed = replace(QUOTED, citation=replace(QUOTED.citation, published=exact))
    position = replace(POSITION, evidence=(timed,), as_of=exact.at)
    cell = replace(DIGEST.cells[0], position=position)
    assert digest_json(replace(DIGEST, cells=(cell,)))["cells"][0]["as_of"] == "2031-05-03T14:05:00+00:00"
    undated = replace(POSITION, evidence=(TURNED,), as_of=None)
    cell = replace(DIGEST.cells[0], position=undated)
    assert digest_json(replace(DIGEST, cells=(cell,)))["cells"][0]["as_of"] is None


def test_an_unbounded_window_has_nulls() -> None:
    assert window_json(Window(None, None, WindowReason.EVERYTHING, "all")) == {
        "start": None,
        "end": None,
        "reason": "everything",
        "asked": "all",
    }
