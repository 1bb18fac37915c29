"""Briefings, positions and lists as a person reads them in a terminal."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.articles.model import Citation, DatePrecision, Published
from bot.briefings.model import BriefingItem, Scope, Window, WindowReason
from bot.language.spans import Span
from bot.presentation.admin_pages import checks_page, days_words
from bot.presentation.text import (
    briefing_text,
    digest_text,
    load_report_text,
    page_text,
    schedules_text,
    sources_text,
    status_text,
)
from bot.presentation.wording import asked_words, citation_words, published_words, window_words
from bot.schedules.model import Delivery, DeliveryState, Occurrence, Schedule
from bot.services.results import Check, LoadReport, ScheduleView, SourceReport, SourceView, Status
from tests.presentation.samples import BRIEFING, CONTESTED, DAY, DIGEST, DOSSIER, LATER, POSITION, QUOTED, SHIFT


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def test_a_briefing_reads_from_window_to_counts() -> None:
    text = briefing_text(BRIEFING, DOSSIER)
    lines = text.splitlines()
    assert lines[0] == "Herring talks: briefing, newest day with news: 3 May 2031"
    assert "Nothing is dated in the last 24 hours, so this covers 3 May 2031" in unwrapped("\n".join(lines[1:3]))
    assert "1. Mara Lind rejected a higher quota on Tuesday." in text
    assert "Norland Post, Ida Berg, 3 May 2031 · Quota" in text
    assert text.index("What shifted") < text.index("What is contested") < text.index("2 articles in 2 stories")
    assert "1 undated" in text


def test_a_window_that_was_asked_for_needs_no_excuse() -> None:
    asked = replace(BRIEFING, window=Window(DAY, None, WindowReason.ASKED, "24h"))
    assert briefing_text(asked, DOSSIER).splitlines()[:2] == [
        "Herring talks: briefing",
        "Published since 3 May 2031, 00:00 UTC.",
    ]


def test_every_line_fits_and_none_ends_in_blanks() -> None:
    for width in (40, 80, 120):
        for line in briefing_text(BRIEFING, DOSSIER, width).splitlines():
            assert len(line) <= width
            assert line == line.rstrip()


def test_items_are_wrapped_by_words_and_otherwise_verbatim() -> None:
    text = unwrapped(briefing_text(BRIEFING, DOSSIER, 30))
    for item in BRIEFING.items:
        assert item.text in text


def test_a_paragraph_break_within_an_item_shows_as_one_space() -> None:
    item = replace(BRIEFING.items[0], text="First part.\n\nSecond part.")
    assert "1. First part. Second part.\n" in briefing_text(replace(BRIEFING, items=(item,)), DOSSIER)


def test_a_word_longer_than_the_line_stays_whole() -> None:
    address = "https://coast.example/" + "x" * 120
    item = replace(BRIEFING.items[0], text=f"See {address} there.")
    assert address in briefing_text(replace(BRIEFING, items=(item,)), DOSSIER, 40)


def test_undated_and_unknown_are_said() -> None:
    text = briefing_text(BRIEFING, DOSSIER)
    assert "https://coast.example/2, undated" in text


def test_other_outlets_that_carry_a_sentence_are_named_once() -> None:
    own = BRIEFING.items[0].citations[0]
    others = tuple(replace(own, article_id=name, outlet=name) for name in ("Coast", "Norland Post", "Coast"))
    item = replace(BRIEFING.items[0], citations=(own, *others))
    assert "Norland Post, Ida Berg, 3 May 2031; also in Coast · Quota" in briefing_text(
        replace(BRIEFING, items=(item,)), DOSSIER
    )


def test_the_scope_stands_in_the_title() -> None:
    scoped = replace(BRIEFING, scope=Scope(("quota",), ("lind", "unknown-id")))
    assert briefing_text(scoped, DOSSIER).startswith("Herring talks: briefing on Quota, Mara Lind, unknown-id, newest")


_HINT = "Drop a topic or an actor, or ask for everything: since: all"


@pytest.mark.parametrize(
    ("reason", "articles", "words"),
    [
        (
            WindowReason.ASKED,
            3,
            f"Nothing to report: no sentence fits what was asked. {_HINT}",
        ),
        (
            WindowReason.ASKED,
            0,
            f"Nothing to report: no article was published then. {_HINT}",
        ),
        (
            WindowReason.EVERYTHING,
            0,
            "briefing Nothing to report: no article has been read yet. What is read, and how it fares: /sources list",
        ),
    ],
)
def test_an_empty_briefing_says_why_and_what_to_do(reason: WindowReason, articles: int, words: str) -> None:
    empty = replace(
        BRIEFING,
        items=(),
        shifts=(),
        contested=(),
        window=replace(BRIEFING.window, reason=reason),
        counts=replace(BRIEFING.counts, articles=articles),
    )
    text = unwrapped(briefing_text(empty, DOSSIER))
    assert words in text
    assert "What shifted" not in text


def test_failing_sources_are_in_the_small_print() -> None:
    failing = replace(BRIEFING, counts=replace(BRIEFING.counts, sources=11, sources_failing=2))
    assert "2 of 11 sources failing." in unwrapped(briefing_text(failing, DOSSIER))


def test_a_shift_shows_both_sides_and_a_long_list_is_cut() -> None:
    text = unwrapped(briefing_text(replace(BRIEFING, shifts=(SHIFT,) * 7), DOSSIER))
    assert "Mara Lind on Quota: opposed → on conditions" in text
    assert f"Before: {QUOTED.text}" in text
    assert f"After: {LATER}" in text
    assert "And 2 shifts more: see /positions." in text


def test_a_shift_told_in_one_sentence_has_no_before() -> None:
    text = briefing_text(replace(BRIEFING, shifts=(replace(SHIFT, before=None),)), DOSSIER)
    assert "Before:" not in text
    unanswered = briefing_text(replace(BRIEFING, contested=(replace(CONTESTED, answer=None),)), DOSSIER)
    assert "Against it" not in unanswered


def test_positions_name_stance_date_and_source() -> None:
    text = digest_text(DIGEST, DOSSIER)
    assert text.startswith("Mara Lind: positions\n")
    assert "Quota: opposed · as of 3 May 2031" in text
    assert QUOTED.text in unwrapped(text)
    assert "Norland Post, Ida Berg, 3 May 2031 · own words" in text
    assert "2 statements; this stance in 2 independent stories" in text
    assert "No statement found in 2 articles on: Ports" in text


def test_undated_positions_say_that_nobody_knows_which_is_the_newest() -> None:
    undated = replace(DIGEST.cells[0], position=replace(POSITION, as_of=None))
    text = unwrapped(digest_text(replace(DIGEST, cells=(undated,)), DOSSIER))
    assert "nobody can tell which statement is the newest; the clearest comes first" in text
    assert "nobody can tell" not in unwrapped(digest_text(DIGEST, DOSSIER))


def test_everyone_on_one_topic_shows_the_proposition() -> None:
    text = digest_text(replace(DIGEST, actor_id=None, topic_id="quota", cells=DIGEST.cells[:1]), DOSSIER)
    assert text.startswith("Quota: who stands where\nMeasured against: The quota is raised.\n")
    assert "Mara Lind: opposed" in text


def test_a_theme_takes_no_side() -> None:
    cell = replace(DIGEST.cells[0], topic_id="ports", position=replace(POSITION, topic_id="ports", stance=None))
    text = digest_text(replace(DIGEST, actor_id=None, topic_id="ports", cells=(cell,)), DOSSIER)
    assert "no side is taken" in text
    assert "Mara Lind: spoke on it" in text


def test_actor_and_topic_together_list_all_evidence_and_the_rule() -> None:
    text = unwrapped(digest_text(replace(DIGEST, topic_id="quota", cells=DIGEST.cells[:1]), DOSSIER))
    assert text.startswith("Mara Lind on Quota")
    assert QUOTED.text in text
    assert LATER in text
    assert "latest-own-words" in text


def test_two_statements_in_one_sentence_are_shown_once() -> None:
    twice = replace(POSITION, evidence=(QUOTED, POSITION.evidence[1], QUOTED))
    cell = replace(DIGEST.cells[0], position=twice)
    text = unwrapped(digest_text(replace(DIGEST, topic_id="quota", cells=(cell,)), DOSSIER))
    assert text.count(QUOTED.text) == 1
    assert text.index(QUOTED.text) < text.index(LATER)


def test_nothing_found_is_shown_as_nothing_found() -> None:
    text = digest_text(replace(DIGEST, cells=(), articles=5), DOSSIER)
    assert "No statement found in 5 articles." in text


def test_hostile_text_does_not_steer_the_terminal() -> None:
    item = replace(BRIEFING.items[0], text="Good\x1b]0;owned\x07 news\u202e desrever\u200b.\x1b[2J")
    cited = replace(item.citations[0], outlet="Evil\x1b[31m Post\nfake line")
    text = briefing_text(replace(BRIEFING, items=(replace(item, citations=(cited,)),)), DOSSIER)
    assert not set(text) & {"\x1b", "\x07", "\u202e", "\u200b"}
    assert "Evil[31m Post fake line" in text


def test_markup_of_the_terminal_library_is_plain_text() -> None:
    item = replace(BRIEFING.items[0], text="[bold]not bold[/bold] :smile: [link=x]y[/link]")
    assert "[bold]not bold[/bold] :smile: [link=x]y[/link]" in briefing_text(replace(BRIEFING, items=(item,)), DOSSIER)


def test_a_load_names_what_is_new_and_what_failed() -> None:
    report = LoadReport(
        (
            SourceReport("Seeds", new=3, folded=1, statements=40, dropped_lines=1, failed=(("x.txt", "empty"),)),
            SourceReport("Feed", error="no answer"),
            SourceReport("Quiet"),
        )
    )
    text = load_report_text(report)
    assert "Seeds: 3 new, 1 folded as copy" in text
    assert "40 statements read; 1 line dropped as boilerplate" in text
    assert "Not read: x.txt: empty" in text
    assert "Feed: failed: no answer" in text
    assert "Quiet: nothing there" in text
    assert "no source" in load_report_text(LoadReport(()))


def test_many_failures_are_counted() -> None:
    failed = tuple((f"{number}.txt", "empty") for number in range(14))
    text = load_report_text(LoadReport((SourceReport("Seeds", failed=failed),)))
    assert "9.txt" in text
    assert "10.txt" not in text
    assert "and 4 more not read" in text


def test_sources_and_status() -> None:
    view = SourceView("s1", "Seeds", "folder", "seeds/x", "failing", "no such folder", 1, DAY)
    text = sources_text((view,))
    assert "Seeds: failing: no such folder" in text
    assert "folder, 1 article, checked 3 May 2031, 00:00 UTC" in text
    assert "not read yet" in sources_text((replace(view, status="ok", reason=None, checked_at=None),))
    assert "no source" in sources_text(())
    status = Status("0.1", "Herring talks", 1200, 3, 900, 4000, DAY, 4, 1, 2, "sqlite file")
    assert "1,200 in 900 stories, 3 undated; newest of 3 May 2031" in status_text(status)
    assert "Sources: 4, 1 failing" in status_text(status)
    assert "none dated" in status_text(replace(status, newest=None))


def test_schedules_show_next_run_and_last_outcome() -> None:
    rule = Schedule(4, 0, 0, time(8, 0), "Europe/Oslo", (0, 1, 2, 3, 4), Scope(("quota",)), 200, DAY, 0)
    occurrence = Occurrence(4, DAY.date(), "08:00", DAY)
    last = Delivery(occurrence, DeliveryState.SENT, "w", DAY, DAY, 1, False, 1, None)
    text = schedules_text((ScheduleView(rule, datetime(2031, 5, 5, 6, tzinfo=UTC), last),), DOSSIER)
    assert "No. 4: 08:00 Europe/Oslo, Mon to Fri" in text
    assert "About Quota, at most 200 words" in text
    assert "Next: 5 May 2031, 06:00 UTC; last: posted" in text
    paused = ScheduleView(replace(rule, paused=True, scope=Scope(), words=None), None, None)
    assert "(paused)" in schedules_text((paused,), DOSSIER)
    assert "About everything" in schedules_text((paused,), DOSSIER)
    assert "/schedule add" in schedules_text((), DOSSIER)


def test_checks_say_in_words_how_they_went() -> None:
    text = page_text(checks_page((Check("settings", True, "in order"), Check("database", False, "no answer"))))
    assert text.splitlines() == ["ok      settings: in order", "FAILED  database: no answer"]


@pytest.mark.parametrize(
    ("days", "words"),
    [((0, 1, 2, 3, 4, 5, 6), "daily"), ((4, 0, 1, 2, 3), "Mon to Fri"), ((6, 2), "Wed, Sun"), ((0,), "Mon")],
)
def test_days_in_words(days: tuple[int, ...], words: str) -> None:
    assert days_words(days) == words


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("24h", "in the last 24 hours"),
        ("2 W", "in the last 2 weeks"),
        ("1h", "in the last hour"),
        ("7d", "in the last 7 days"),
        ("2031-05-03", "since 2031-05-03"),
    ],
)
def test_asked_windows_in_words(asked: str, words: str) -> None:
    assert asked_words(asked) == words


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (Window(None, None, WindowReason.EVERYTHING, "all"), "Everything stored, undated articles included."),
        (
            Window(None, None, WindowReason.EVERYTHING, "24h"),
            "No article is dated, so this covers everything stored.",
        ),
        (
            Window(DAY, DAY.replace(day=4), WindowReason.ASKED, "24h"),
            "Published 3 May 2031, 00:00 UTC to 4 May 2031, 00:00 UTC.",
        ),
        (Window(DAY, None, WindowReason.ASKED, "24h"), "Published since 3 May 2031, 00:00 UTC."),
    ],
)
def test_windows_in_words(window: Window, words: str) -> None:
    assert window_words(window) == words


def test_dates_and_numbers_in_words() -> None:
    assert published_words(None) == "undated"
    assert published_words(Published(DAY.replace(hour=9), DatePrecision.TIME)) == "3 May 2031"


@pytest.mark.parametrize(
    ("outlet", "author", "words"),
    [
        ("Coast Herald", "Ada Berg", "Coast Herald, Ada Berg, undated"),
        ("Coast Herald", "Coast Herald", "Coast Herald, undated"),  # an agency that signs its own text
        (None, "Ada Berg", "a.txt, Ada Berg, undated"),
        (None, None, "a.txt, undated"),
    ],
)
def test_a_citation_names_nobody_twice(outlet: str | None, author: str | None, words: str) -> None:
    assert citation_words(Citation("1", "north/a.txt", None, outlet, author, None, None, Span(0, 1))) == words


def test_what_one_agency_tells_is_said_to_be_one_text() -> None:
    """Papers that print one agency's text confirm nothing; another outlet with the same words does."""
    span = Span(0, 4)
    places = [
        Citation(name, f"{name}.txt", None, outlet, None, None, None, span, agency)
        for name, outlet, agency in (
            ("1", "Bay Post", "Northwire"),
            ("2", "Fjord Times", "Northwire"),
            ("3", "Northwire", None),
            ("4", "Cape Sun", None),
        )
    ]
    item = BriefingItem("Words.", tuple(places), (), (), 1.0, "test")
    shown = unwrapped(briefing_text(replace(BRIEFING, items=(item,)), DOSSIER))
    assert "; the same Northwire text in Fjord Times, Northwire; also in Cape Sun" in shown
