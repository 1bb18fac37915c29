"""Briefing and digest as Discord markdown."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.articles.model import Citation
from bot.briefings.model import BriefingItem, Counts, Scope, Window, WindowReason
from bot.positions.model import Cell, Holder, Mode
from bot.presentation.escaping import escape
from bot.presentation.layout import Sheet
from bot.presentation.sheets import briefing_sheet, digest_sheet, window_line
from tests.presentation.samples import (
    ARTICLE,
    BRIEFING,
    CONTESTED,
    DAY,
    DIGEST,
    DOSSIER,
    LATER,
    LIND,
    POSITION,
    QUOTED,
    SHIFT,
    citation,
)

END = datetime(2031, 5, 4, tzinfo=UTC)


def all_of(sheet: Sheet) -> str:
    """The sheet as one text."""
    entries = [
        "\n".join([f"### {section.title}"] * bool(section.title) + [entry.text for entry in section.entries])
        for section in sheet.sections
        if section.entries
    ]
    return "\n".join([sheet.headline, sheet.lead, *entries, sheet.footer])


def test_a_briefing_has_its_parts_in_order() -> None:
    text = all_of(briefing_sheet(BRIEFING, DOSSIER))
    parts = [
        "## Herring talks",
        "Nothing dated in the last 24 hours. The newest day that holds something: <t:",
        "> Mara Lind rejected a higher quota on Tuesday.\n-# Norland Post, <t:",
        "### What shifted\n**Mara Lind** on Quota: opposed → on conditions",
        " · rule: stance-changed",
        "### What is contested\n**Quota**",
        "-# 2 articles in 2 stories from 2 outlets, 1 undated",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_quotation_marks_are_the_sources_own() -> None:
    """Ours would claim words that nobody put into marks."""
    text = all_of(briefing_sheet(BRIEFING, DOSSIER)) + all_of(digest_sheet(DIGEST, DOSSIER))
    marks = [line for line in text.splitlines() if set(line) & set('"“”„‘«»')]
    assert marks
    assert set(marks) == {f"> {escape(QUOTED.text)}"}


def test_scope_stands_in_the_headline() -> None:
    edition = replace(BRIEFING, scope=Scope(("quota",), ("lind",)))
    assert briefing_sheet(edition, DOSSIER).headline == "## Herring talks: Quota, Mara Lind"


def test_other_outlets_are_named_once_and_not_all() -> None:
    own = citation(ARTICLE, "Mara Lind rejected a higher quota on Tuesday.")
    others = tuple(replace(own, outlet=f"Outlet {n % 7}") for n in range(14))
    item = replace(BRIEFING.items[0], citations=(own, replace(own), *others))
    text = all_of(briefing_sheet(replace(BRIEFING, items=(item,)), DOSSIER))
    assert "also in Outlet 0, Outlet 1, Outlet 2, Outlet 3 · Quota" in text


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"outlet": None, "location": "north/herring.txt"}, "herring.txt, <t:"),
        ({"outlet": None, "location": "https://coast.example/a/b?c"}, "coast.example, <t:"),
        ({"published": None}, "Norland Post, undated"),
        ({"url": "https://coast.example/a"}, "-# [Norland Post](<https://coast.example/a>), <t:"),
        ({"url": "javascript:alert(1)"}, "Norland Post, <t:"),
    ],
)
def test_citations_are_short_and_say_what_is_known(changes: dict[str, object], shown: str) -> None:
    cited: Citation = replace(BRIEFING.items[0].citations[0], **changes)  # type: ignore[arg-type]  # named fields
    item = BriefingItem(LATER, (cited,), (), (), 1.0, "")
    (entry,) = briefing_sheet(replace(BRIEFING, items=(item,)), DOSSIER).sections[0].entries
    assert f"\n-# {shown}" in entry.text or shown in entry.text
    assert "javascript" not in entry.text


def test_what_is_too_long_keeps_its_citation() -> None:
    item = replace(BRIEFING.items[0], text="word " * 2000)
    (entry,) = briefing_sheet(replace(BRIEFING, items=(item,)), DOSSIER).sections[0].entries
    assert entry.instead.startswith("-# 10,000 characters, too long to show here: Norland Post, <t:")


@pytest.mark.parametrize(
    ("window", "line"),
    [
        (Window(None, None, WindowReason.EVERYTHING, "all"), "Everything stored, undated articles included."),
        (Window(DAY, END, WindowReason.ASKED, "24h"), "Published <t:1935532800:f> to <t:1935619200:f>."),
        (Window(DAY, None, WindowReason.ASKED, "2031-05-03"), "Published since <t:1935532800:f>."),
        (Window(DAY, END, WindowReason.NEWEST_DAY, "7d"), "Nothing dated in the last 7 days. The newest day"),
    ],
)
def test_the_window_is_dated(window: Window, line: str) -> None:
    assert window_line(window).startswith(line)


def test_a_late_post_says_so_first() -> None:
    assert briefing_sheet(BRIEFING, DOSSIER, late=True).lead.startswith("-# Posted late")
    assert "late" not in briefing_sheet(BRIEFING, DOSSIER).lead


@pytest.mark.parametrize(
    ("outlets", "nameless", "words"),
    [
        (1, 0, "3 articles in 2 stories from 1 outlet;"),
        (2, 1, "3 articles in 2 stories from 2 outlets, 1 names no outlet;"),
        (0, 3, "3 articles in 2 stories;"),
    ],
)
def test_what_it_rests_on_is_counted_by_outlet(outlets: int, nameless: int, words: str) -> None:
    counts = Counts(3, 2, 0, 4, sources=1, sources_failing=0, outlets=outlets, nameless=nameless)
    assert words in briefing_sheet(replace(BRIEFING, counts=counts), DOSSIER).footer


def test_failing_sources_stand_in_small_print() -> None:
    counts = Counts(2, 2, 0, 4, sources=3, sources_failing=1)
    assert "1 of 3 sources failing" in briefing_sheet(replace(BRIEFING, counts=counts), DOSSIER).footer


def test_a_change_told_in_one_sentence_has_no_before() -> None:
    text = all_of(briefing_sheet(replace(BRIEFING, shifts=(replace(SHIFT, before=None),)), DOSSIER))
    assert "**Mara Lind** on Quota: a change, reported in one sentence" in text


def test_a_claim_without_answer_stands_alone() -> None:
    edition = replace(BRIEFING, contested=(replace(CONTESTED, answer=None, topic_id=None),), shifts=())
    (entry,) = briefing_sheet(edition, DOSSIER).sections[2].entries
    assert entry.text.startswith("> “We will not")
    assert [line[:2] for line in entry.text.splitlines()] == ["> ", "-#"]


def test_a_topics_digest_names_holders_and_the_proposition() -> None:
    other = Holder(None, "A Fisher")
    cells = (Cell(LIND, "quota", POSITION), Cell(other, "quota", None))
    digest = replace(DIGEST, actor_id=None, topic_id="quota", cells=cells, as_of=END)
    text = all_of(digest_sheet(digest, DOSSIER))
    assert text.startswith("## Quota: who stands where\n-# Measured against: The quota is raised.\n")
    assert "What was known before <t:" in text
    assert "### Mara Lind\n**Opposed**" in text
    assert "**No statement found** of A Fisher." in text


def test_a_theme_takes_no_stance() -> None:
    cells = (Cell(LIND, "ports", replace(POSITION, topic_id="ports", stance=None)),)
    text = all_of(digest_sheet(replace(DIGEST, actor_id=None, topic_id="ports", cells=cells), DOSSIER))
    assert "A theme: no stance is taken." in text
    assert "**Spoke on it**" in text


def test_somebody_outside_the_dossier_has_a_headline_too() -> None:
    other = Holder(None, "A Fisher")
    digest = replace(DIGEST, actor_id=None, cells=(Cell(other, "quota", replace(POSITION, holder=other)),))
    assert digest_sheet(digest, DOSSIER).headline == "## A Fisher: positions"


def test_more_evidence_is_counted() -> None:
    many = tuple(replace(QUOTED, citation=replace(QUOTED.citation, article_id=f"a{n}")) for n in range(5))
    position = replace(POSITION, evidence=many, independent=3)
    text = all_of(digest_sheet(replace(DIGEST, cells=(Cell(LIND, "quota", position),)), DOSSIER))
    assert "-# 3 more statements · this stance in 3 independent stories" in text
    assert text.count("> “We will") == 2


def test_a_sentence_that_holds_two_statements_is_shown_once() -> None:
    second = replace(QUOTED, statement=replace(QUOTED.statement, mode=Mode.INDIRECT))
    position = replace(POSITION, evidence=(QUOTED, second), independent=1)
    text = all_of(digest_sheet(replace(DIGEST, cells=(Cell(LIND, "quota", position),)), DOSSIER))
    assert text.count("> “We will") == 1
    assert "-# own words · Norland Post" in text
    assert "more statement" not in text


def test_who_speaks_is_named_where_it_is_not_the_holder() -> None:
    state = Holder("norland", "Norland")
    cells = (Cell(state, "quota", replace(POSITION, holder=state)),)
    text = all_of(digest_sheet(replace(DIGEST, actor_id="norland", cells=cells), DOSSIER))
    assert "-# Mara Lind, own words · Norland Post" in text
