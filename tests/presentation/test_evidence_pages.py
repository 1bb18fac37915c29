"""Quotes, timelines, shifts, comparisons and proofs as text, Markdown and JSON."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from bot.briefings.proofs import LineState
from bot.positions.answers import Quotes
from bot.presentation.briefing_page import briefing_page
from bot.presentation.digest_page import digest_page
from bot.presentation.evidence_json import comparison_json, proof_json, quotes_json, shifts_json, timeline_json
from bot.presentation.evidence_pages import comparison_page, quotes_page, shifts_page, timeline_page
from bot.presentation.json import briefing_json, digest_json
from bot.presentation.markdown import page_markdown
from bot.presentation.proof_page import line_label, proof_page
from bot.presentation.text import page_text
from tests.hostile import TEXT, hostile
from tests.presentation.evidence_samples import COMPARISON, EDITION, LEDGER, PROOF, QUOTES, TIMELINE
from tests.presentation.samples import ARTICLE, BRIEFING, DIGEST, DOSSIER, LATER, QUOTED


def test_quotes_as_text() -> None:
    assert page_text(quotes_page(QUOTES, DOSSIER)) == (
        "Mara Lind: quotes with the words waters empty\n\n"
        "“We will not fish these waters empty,” she said.\n"
        "[1] Mara Lind · Norland Post, Ida Berg, 3 May 2031; also in Coast Herald · 2\n"
        "articles, 1 independent story\n\n"
        "Read: 2 articles.\n"
        "Prove a line: /prove edition:Q-00000001 line:1"
    )


def test_many_outlets_are_counted_not_listed() -> None:
    (saying,) = QUOTES.sayings
    (copy,) = saying.others
    many = tuple(replace(copy, citation=replace(copy.citation, outlet=f"Outlet {n}")) for n in range(9))
    page = quotes_page(replace(QUOTES, sayings=(replace(saying, others=many),)), DOSSIER)
    text = " ".join(page_text(page).split())
    assert "also in Outlet 0, Outlet 1, Outlet 2, Outlet 3 and 5 more · 10 articles" in text


def test_a_timeline_has_its_days_and_what_is_undated_under_its_own_head() -> None:
    text = page_text(timeline_page(TIMELINE, DOSSIER))
    assert text.startswith("Mara Lind on Quota: timeline\n\n3 May 2031\nMara Lind on Quota: opposed\n")
    assert f"Undated\nMara Lind on Quota: on conditions\n  {LATER[:50]}" in text
    assert "Older statements are left out" in text


def test_shifts_with_both_ends_and_what_is_not_counted() -> None:
    text = page_text(shifts_page(LEDGER, DOSSIER))
    assert "Mara Lind on Quota: opposed → on conditions\n  Before:\n" in text
    assert "Rule: stance-changed" in text
    assert "Norland on Quota: two who speak for the same side" in text
    assert text.count("[1] Norland Post") == text.count("[2] https://coast.example/2") == 2


def test_two_side_by_side() -> None:
    text = page_text(comparison_page(COMPARISON, DOSSIER))
    assert text.startswith("Mara Lind and Norland\n\nQuota: opposite sides\n  Mara Lind: opposed · 3 May 2031\n")
    assert "  Norland: opposed · undated\n" in text
    assert "No statement of either found in 2 articles on: Ports" in text
    alone = replace(COMPARISON, rows=(replace(COMPARISON.rows[0], second=None),))
    assert "Norland: no statement found in 2 articles" in page_text(comparison_page(alone, DOSSIER))


def test_nothing_found_is_said() -> None:
    nothing = Quotes("herring", None, "no such words", (), False, 7)
    text = page_text(quotes_page(nothing, DOSSIER))
    assert text == "Quotes with the words no such words\n\nNo quote found in 7 articles."


def test_a_proof_tells_place_neighbours_rules_and_carriers() -> None:
    text = page_text(proof_page(PROOF, DOSSIER), width=200)
    for part in (
        f"Line 1 of {EDITION.id}",
        QUOTED.text,
        "It stands in the stored article, character by character.",
        "Outlet: Norland Post",
        "Author: Ida Berg",
        "Published: 3 May 2031",
        f"Characters: 47 to 95 of {len(ARTICLE.text)}",
        f"SHA-256 of the stored text: {'ab' * 32}",
        "Before it\n  Mara Lind rejected a higher quota on Tuesday.",
        "After it\n  Her neighbours disagreed.",
        "Mara Lind on Quota: opposed",
        "Who: she: pronoun for the last person named; certain to 90%",
        "How: own words; cue: said",
        "Rules: cue:said > negation",
        "Coast Herald, Ida Berg, 3 May 2031 · a copy: shares 9 of 10 passages with the fullest print",
        "Shown in the shifts of 4 May 2031, 12:00 UTC.",
    ):
        assert part in text


@pytest.mark.parametrize("state", [LineState.CHANGED, LineState.WITHDRAWN])
def test_what_the_store_does_not_hold_is_not_repeated(state: LineState) -> None:
    gone = replace(PROOF, state=state, before=None, after=None, statements=())
    assert QUOTED.text not in page_text(proof_page(gone, DOSSIER))
    assert proof_json(gone)["text"] is None
    assert line_label(1, PROOF.line, state)[1] == "does not stand any more"


@pytest.mark.parametrize("state", list(LineState))
def test_a_choice_of_lines_is_short_plain_and_never_empty(state: LineState) -> None:
    for line in (hostile(PROOF.line), replace(PROOF.line, text="🐟 “word” " * 500)):
        for label in line_label(7, line, state):
            assert 1 <= len(label.encode("utf-16-le")) // 2 <= 100
            assert label.isprintable()


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (quotes_json(QUOTES), "version dossier actor text quotes more articles edition"),
        (timeline_json(TIMELINE), "version dossier actor topic statements more articles edition"),
        (shifts_json(LEDGER), "version dossier window shifts not_counted more articles edition"),
        (comparison_json(COMPARISON), "version dossier first second topics silent contested articles edition"),
        (
            proof_json(PROOF),
            "version edition line state removed_at text source sha256 first_stored before after statements carriers "
            "rulings",
        ),
    ],
)
def test_the_promised_keys_in_order(data: dict[str, Any], keys: str) -> None:
    assert list(data) == keys.split()
    assert json.loads(json.dumps(data)) == data


def test_a_quote_in_json_is_what_stands_between_the_marks() -> None:
    (quote,) = quotes_json(QUOTES)["quotes"]
    assert quote["quote"] == "We will not fish these waters empty,"
    assert (quote["actor"], quote["line"], quote["independent"]) == ("lind", 1, 1)
    assert [one["outlet"] for one in quote["also_in"]] == ["Coast Herald"]


def test_numbers_and_edition_come_with_an_edition_alone() -> None:
    briefing, digest = replace(BRIEFING, edition="B-00000001"), replace(DIGEST, edition="P-00000001")
    for bare in (briefing_page(BRIEFING, DOSSIER), digest_page(DIGEST, DOSSIER)):
        assert "/prove" not in page_text(bare)
        assert "[" not in page_text(bare)
    for kept in (briefing_page(briefing, DOSSIER), digest_page(digest, DOSSIER)):
        assert re.search(r"Prove a line: /prove edition:[BP]-00000001 line:\d$", page_text(kept))
    assert (briefing_json(briefing)["edition"], digest_json(digest)["edition"]) == ("B-00000001", "P-00000001")
    assert not {"edition"} & {*briefing_json(BRIEFING), *digest_json(DIGEST)}


def test_a_line_keeps_its_number_wherever_it_stands() -> None:
    text = page_text(briefing_page(replace(BRIEFING, edition="B-00000001"), DOSSIER))
    assert "2. Lind's ministry would accept" in text  # an item
    assert text.count("[2] https://coast.example/2") == 2  # the same sentence as evidence, twice
    assert text.count("[3] Norland Post") == 2
    data = briefing_json(replace(BRIEFING, edition="B-00000001"))
    assert [item["line"] for item in data["items"]] == [1, 2]
    assert (data["shifts"][0]["before"]["line"], data["shifts"][0]["after"]["line"]) == (3, 2)


@pytest.mark.parametrize(
    "page",
    [
        quotes_page(replace(hostile(QUOTES), edition=QUOTES.edition), hostile(DOSSIER)),
        timeline_page(replace(hostile(TIMELINE), edition=TIMELINE.edition), hostile(DOSSIER)),
        shifts_page(replace(hostile(LEDGER), edition=LEDGER.edition), hostile(DOSSIER)),
        comparison_page(replace(hostile(COMPARISON), edition=COMPARISON.edition), hostile(DOSSIER)),
        proof_page(hostile(PROOF), hostile(DOSSIER)),
    ],
    ids=["quotes", "timeline", "shifts", "comparison", "proof"],
)
def test_hostile_words_steer_nothing(page: Any) -> None:
    for text in (page_text(page), page_markdown(page)):
        assert all(char == "\n" or char.isprintable() for char in text)
    assert "<@905>" not in page_markdown(page)
    assert TEXT not in page_text(page)
