"""The briefing as a whole."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.briefings.candidates import Weighed
from bot.briefings.compose import Limits, Standings, compose_briefing
from bot.briefings.editions import lines_of
from bot.briefings.editor import Editor
from bot.briefings.model import Briefing, Scope, Window, WindowReason
from bot.positions.model import Stance
from tests.briefings.river import MakeWeighed, statement

EVERYTHING = Window(None, None, WindowReason.EVERYTHING, "all")

FIRST = """Arden and Belmar ended a week of talks about the dam on the river without a result.
Toro said that Arden would never accept the dam without a share of the power.
She also ruled out new tolls for ships on the lower river before next spring.
“We are closer than last year on the dam,” Lind told reporters after the talks in the old town.
Nine workers were killed when a wall of the old reservoir gave way on Tuesday.
It rained on all days of the meeting and the streets of the old town stood under water."""

SECOND = """Talks about the dam on the river between Arden and Belmar ended without a result.
Lind offered to lower the tolls for ships from Arden by half if the dam is built.
Joy Marsh, an observer, called the offer on tolls a trick to win time for Belmar.
But Arden has refused each such offer since 2019."""


@pytest.fixture
def stored(make_weighed: MakeWeighed) -> list[Weighed]:
    first = [
        statement(1, "toro", "dam", Stance.CONDITIONAL),
        statement(2, "toro", "tolls", Stance.AGAINST, speaker="She"),
        statement(3, "lind", "dam", Stance.UNCLEAR),
    ]
    second = [statement(1, "lind", "tolls", Stance.CONDITIONAL), statement(2, "marsh", "tolls", Stance.UNCLEAR)]
    return [
        make_weighed(FIRST, name="first", title="Dam talks end without result", outlet="The Post", statements=first),
        make_weighed(SECOND, name="second", title="No result on the dam", outlet="Tidings", statements=second),
    ]


def compose(
    editor: Editor, stored: list[Weighed], scope: Scope | None = None, items: int = 12, words: int | None = None
) -> Briefing:
    return compose_briefing(
        editor,
        stored,
        scope=scope or Scope(),
        window=EVERYTHING,
        limits=Limits(items, words),
        sources=2,
        sources_failing=1,
    )


def texts(briefing: Briefing) -> list[str]:
    return [item.text for item in briefing.items]


def test_every_item_is_its_articles_text_at_its_span(editor: Editor, stored: list[Weighed]) -> None:
    text_of = {one.article.id: one.article.text for one in stored}
    briefing = compose(editor, stored)

    assert len(briefing.items) >= 5
    for item in briefing.items:
        assert item.citations
        assert all(one.span.of(text_of[one.article_id]) == item.text for one in item.citations)


def test_items_are_whole_sentences(editor: Editor, stored: list[Weighed]) -> None:
    ends = {s.span.of(one.article.text)[-12:] for one in stored for s in one.reading.sentences}
    starts = {s.span.of(one.article.text)[:12] for one in stored for s in one.reading.sentences}

    for text in texts(compose(editor, stored)):
        assert text[-12:] in ends
        assert text[:12] in starts


def test_it_opens_with_what_all_agree_on_and_says_it_once(editor: Editor, stored: list[Weighed]) -> None:
    found = texts(compose(editor, stored))

    assert "without a result" in found[0]
    assert sum("without a result" in text for text in found) == 1


def test_nothing_dangles(editor: Editor, stored: list[Weighed]) -> None:
    found = texts(compose(editor, stored))

    assert not any(text.startswith(("She ", "But Arden has refused each such")) for text in found)
    assert any("never accept the dam" in text and "She also ruled out" in text for text in found)


def test_what_lies_off_the_topics_comes_last_if_at_all(editor: Editor, stored: list[Weighed]) -> None:
    found = texts(compose(editor, stored))

    assert not any(text.startswith("It rained") for text in found[:4])


def test_the_window_scope_and_counts_are_told(editor: Editor, stored: list[Weighed]) -> None:
    briefing = compose(editor, stored, Scope(topics=("dam",)))

    assert briefing.window is EVERYTHING
    assert briefing.scope == Scope(topics=("dam",))
    assert (briefing.dossier_id, briefing.dossier_title) == ("river", "River talks")
    assert (briefing.counts.articles, briefing.counts.stories, briefing.counts.undated) == (2, 2, 2)
    assert briefing.counts.sentences == 10
    assert (briefing.counts.sources, briefing.counts.sources_failing) == (2, 1)


@pytest.mark.parametrize(
    ("scope", "word"),
    [(Scope(topics=("tolls",)), "tolls"), (Scope(topics=("dam",)), "dam"), (Scope(actors=("marsh",)), "Marsh")],
)
def test_a_scope_is_kept(editor: Editor, stored: list[Weighed], scope: Scope, word: str) -> None:
    found = texts(compose(editor, stored, scope))

    assert found
    assert all(word in text or "reservoir" in text for text in found)


def test_an_item_names_its_topics_and_actors(editor: Editor, stored: list[Weighed]) -> None:
    item = next(one for one in compose(editor, stored).items if one.text.startswith("Lind offered"))

    assert item.topics[:2] == ("tolls", "dam")
    assert item.actors[0] == "lind"
    assert "arden" in item.actors


def test_why_names_the_numbers_that_decided(editor: Editor, stored: list[Weighed]) -> None:
    item = next(one for one in compose(editor, stored).items if "Nine workers" in one.text)

    assert "relevance 0." in item.why
    assert "people were killed or hurt" in item.why
    assert "% new here" in item.why
    assert item.score > 0


@pytest.mark.parametrize("items", [1, 2, 3])
def test_the_number_of_items_is_a_limit(editor: Editor, stored: list[Weighed], items: int) -> None:
    assert len(compose(editor, stored, items=items).items) == items


@pytest.mark.parametrize("words", [5, 20, 40, 80])
def test_the_number_of_words_is_a_limit(editor: Editor, stored: list[Weighed], words: int) -> None:
    assert sum(len(text.split()) for text in texts(compose(editor, stored, words=words))) <= words


def test_the_same_input_gives_the_same_edition(editor: Editor, stored: list[Weighed]) -> None:
    assert compose(editor, stored) == compose(editor, stored)


def test_a_copy_adds_its_citation_and_no_item(editor: Editor, stored: list[Weighed], make_weighed: MakeWeighed) -> None:
    copy = make_weighed("\n".join(FIRST.split("\n")[:3]), name="copy", story="first", outlet="The Echo")
    alone, both = compose(editor, stored), compose(editor, [*stored, copy])
    item = next(one for one in both.items if "never accept the dam" in one.text)

    assert texts(alone) == texts(both)
    assert [one.article_id for one in item.citations] == ["first", "copy"]
    assert (both.counts.articles, both.counts.stories) == (3, 2)


def test_where_the_lead_lies_outside_the_window_its_fullest_copy_speaks(
    editor: Editor, make_weighed: MakeWeighed
) -> None:
    short = make_weighed("\n".join(SECOND.split("\n")[:2]), name="short", story="gone")
    full = make_weighed(SECOND, name="full", story="gone")
    briefing = compose(editor, [short, full])

    assert {item.citations[0].article_id for item in briefing.items} == {"full"}
    assert briefing.counts.stories == 1


def test_no_story_fills_the_briefing_while_others_have_something(editor: Editor, make_weighed: MakeWeighed) -> None:
    def told(kind: str) -> str:
        return "\n".join(
            f"Toro named {kind}{n} an obstacle{n} of {kind}thing{n} to the dam in Arden." for n in range(8)
        )

    stored = [make_weighed(told(kind), name=kind, outlet=kind) for kind in ("alpha", "beta", "gamma")]
    sources = [item.citations[0].article_id for item in compose(editor, stored, items=6).items]

    assert max(sources.count(name) for name in sources) <= 3
    assert len(set(sources)) == 3


def test_the_newest_comes_before_the_same_of_old(editor: Editor, make_weighed: MakeWeighed) -> None:
    old = make_weighed("It rained.\nToro inspected the tall dam with her engineers at noon.", name="old", day=1)
    new = make_weighed("It poured.\nLind praised seven pilots of the harbour for their dam work.", name="new", day=22)
    briefing = compose(editor, [old, new], Scope(topics=("dam",)))

    assert [item.citations[0].article_id for item in briefing.items] == ["new", "old"]


def test_where_little_is_told_a_dangling_sentence_is_better_than_none(
    editor: Editor, make_weighed: MakeWeighed
) -> None:
    weighed = make_weighed("It rained. They grew. They slept. They never wanted the reservoir of the north.")
    found = texts(compose(editor, [weighed], Scope(topics=("dam",))))

    assert found == ["They never wanted the reservoir of the north."]


def test_a_briefing_does_not_open_with_a_surmise(editor: Editor, make_weighed: MakeWeighed) -> None:
    text = "If the dam talks fail, Arden may leave the river talks.\nToro left the dam talks on the river in Arden."
    found = texts(compose(editor, [make_weighed(text, title="Dam talks may fail in Arden")]))

    assert found[0].startswith("Toro left")


def test_standings_are_passed_on(editor: Editor, stored: list[Weighed]) -> None:
    nothing = compose_briefing(
        editor, stored, scope=Scope(), window=EVERYTHING, limits=Limits(), standings=Standings((), (), ())
    )

    assert (nothing.positions, nothing.shifts, nothing.contested) == ((), (), ())


@pytest.mark.parametrize("text", ["", "# Only a heading", "It rained.", "He did.\nShe did.\nThey did."])
def test_little_or_nothing_to_tell_is_no_fault(editor: Editor, make_weighed: MakeWeighed, text: str) -> None:
    briefing = compose(editor, [make_weighed(text)])

    assert all(item.text in text for item in briefing.items)


def test_no_articles_no_items(editor: Editor) -> None:
    briefing = compose(editor, [])

    assert briefing.items == ()
    assert briefing.counts.articles == 0


def test_many_articles_are_no_fault(editor: Editor, make_weighed: MakeWeighed) -> None:
    chance = random.Random(7)
    words = ("dam", "tolls", "talks", "Toro", "Lind", "Arden", "Belmar", "river", "ships", "power", "spring", "offer")
    stored = [
        make_weighed(" ".join(" ".join(chance.choices(words, k=14)).capitalize() + "." for _ in range(6)), name=f"n{n}")
        for n in range(60)
    ]

    assert 0 < len(compose(editor, stored).items) <= 12


def test_what_is_planned_is_told_with_its_day_and_not_twice(editor: Editor, make_weighed: MakeWeighed) -> None:
    text = (
        "Arden and Belmar ended a week of talks about the dam on the river without a result.\n"
        "The two will meet again on 3 September 2031 to speak about the dam and its cost.\n"
        "He will sign the tolls on 4 September 2031."
    )
    stored = [make_weighed(text, name="first", title="Dam talks end without result", outlet="The Post")]
    window = Window(datetime(2031, 8, 1, tzinfo=UTC), datetime(2031, 8, 20, tzinfo=UTC), WindowReason.ASKED, "all")

    short = compose_briefing(editor, stored, scope=Scope(), window=window, limits=Limits(1))
    later = compose_briefing(
        editor, stored, scope=Scope(), window=replace(window, end=datetime(2031, 9, 3, tzinfo=UTC)), limits=Limits(1)
    )

    assert [str(one.on) for one in short.watch] == ["2031-09-03"]
    assert short.watch[0].text.endswith(
        "The two will meet again on 3 September 2031 to speak about the dam and its cost."
    )
    assert later.watch == ()
    assert lines_of(replace(short, edition="B-1"))[-1].text == short.watch[0].text

    withdrawn = replace(stored[0], reading=replace(stored[0].reading, withdrawn=frozenset({1})))
    assert compose_briefing(editor, [withdrawn], scope=Scope(), window=window, limits=Limits(1)).watch == ()


def test_outlets_are_counted_once_and_articles_without_one_apart(editor: Editor, stored: list[Weighed]) -> None:
    named = sorted({one.article.outlet for one in stored if one.article.outlet})
    shouted = [replace(one, article=replace(one.article, outlet=(one.article.outlet or "").upper())) for one in stored]
    counts = compose(editor, stored).counts
    assert (counts.outlets, counts.nameless) == (len(named), sum(not one.article.outlet for one in stored))
    assert compose(editor, shouted).counts.outlets == len(named)
