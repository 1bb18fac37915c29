"""What makes a sentence worth a line, and what is news in it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.briefings.editor import Editor
from bot.briefings.model import Scope
from bot.briefings.telling import features_of
from bot.briefings.worth import Facts, freshness, gather_facts, merit, richness
from bot.positions.model import Mode, Stance, Statement
from tests.briefings.river import statement

ANYTHING = Scope()
NEWS = "The two sides spoke about the dam for hours today."


def facts(editor: Editor, text: str = NEWS, statements: Sequence[Statement] = (), place: int = 3) -> Facts:
    return gather_facts(editor.read(text), tuple(statements), relevance=0.25, place=place, published_at=None)


def worth(editor: Editor, one: Facts) -> float:
    return merit(editor, one, None)[0]


@pytest.mark.parametrize(
    ("better", "reason"),
    [
        ([statement(0, "toro", "dam", Stance.FOR)], "takes a stance"),
        ([statement(0, "toro", "dam", Stance.UNCLEAR)], "speaks to an issue on the table"),
        ([statement(0, "toro", "talks")], "an actor of the dossier speaks"),
        ([statement(0, "toro", "talks", mode=Mode.QUOTE)], "in the speaker's own words"),
        ([statement(0, "toro", "dam", Stance.FOR, shift=True)], "a position moved"),
        ([statement(0, "toro", "dam", Stance.FOR, contested=True)], "the other side disputes it"),
    ],
)
def test_who_speaks_adds_worth_and_a_reason(editor: Editor, better: list[Statement], reason: str) -> None:
    plain, said = facts(editor), facts(editor, statements=better)

    assert worth(editor, said) > worth(editor, plain)
    assert reason in merit(editor, said, None)[1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Nine people were killed at the dam in the night.", "people were killed or hurt"),
        ("The dam will cost the two states 900 million crowns.", "gives figures"),
    ],
)
def test_hard_facts_add_worth_whoever_tells_them(editor: Editor, text: str, reason: str) -> None:
    assert worth(editor, facts(editor, text)) > worth(editor, facts(editor))
    assert reason in merit(editor, facts(editor, text), None)[1]


def test_a_stance_is_worth_more_than_a_word_and_a_party_more_than_an_observer(editor: Editor) -> None:
    party = facts(editor, statements=[statement(0, "toro", "dam", Stance.AGAINST)])
    observer = facts(editor, statements=[statement(0, "marsh", "dam", Stance.AGAINST)])
    word = facts(editor, statements=[statement(0, "toro", "talks")])
    stranger = facts(editor, statements=[statement(0, None, "dam", Stance.AGAINST)])

    assert worth(editor, party) > worth(editor, observer) > worth(editor, word) > worth(editor, stranger)


def test_the_first_sentence_of_an_article_is_worth_more(editor: Editor) -> None:
    assert worth(editor, facts(editor, place=0)) > worth(editor, facts(editor, place=1))


@pytest.mark.parametrize(
    "worse",
    [
        "The two sides spoke about the rain for hours today.",
        "Talks about the dam go on.",
        "The dam may be built next year or never at all.",
    ],
)
def test_off_topic_fragments_and_surmise_are_worth_less(editor: Editor, worse: str) -> None:
    assert worth(editor, facts(editor, worse)) < worth(editor, facts(editor))


def test_what_somebody_surmises_is_a_statement_all_the_same(editor: Editor) -> None:
    said = facts(editor, "Toro said the dam might be built next year.", [statement(0, "toro", "dam", Stance.UNCLEAR)])

    assert "tells what may be, not what is" not in merit(editor, said, None)[1]


@pytest.mark.parametrize(("day", "expected"), [(20, 1.0), (19, 1 / 2), (18, 1 / 3)])
def test_freshness_falls_with_the_days(day: int, expected: float) -> None:
    newest = datetime(2025, 8, 20, tzinfo=UTC)

    assert freshness(datetime(2025, 8, day, tzinfo=UTC), newest) == pytest.approx(expected)


def test_an_undated_article_is_neither_new_nor_old() -> None:
    assert freshness(None, datetime(2025, 8, 20, tzinfo=UTC)) == 0.5
    assert freshness(None, None) == 0.5


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), True),
        (Scope(topics=("dam",)), True),
        (Scope(topics=("tolls",)), False),
        (Scope(topics=("tolls", "dam")), True),
        (Scope(actors=("lind",)), True),
        (Scope(actors=("arden",)), False),
        (Scope(topics=("dam",), actors=("arden",)), False),
    ],
)
def test_scope_asks_for_topic_and_actor(editor: Editor, scope: Scope, expected: bool) -> None:
    assert facts(editor, "Lind inspected the dam.").is_within(scope) is expected


def test_a_speaker_counts_as_an_actor_though_the_text_says_he(editor: Editor) -> None:
    said = facts(editor, "He inspected the dam.", [statement(0, "lind", "dam")])

    assert said.is_within(Scope(actors=("lind",)))


@pytest.mark.parametrize(("rules", "topics"), [(("frame:object",), ()), (("frame:clause",), ("talks",))])
def test_an_act_lends_no_theme_that_only_stands_around_it(
    editor: Editor, rules: tuple[str, ...], topics: tuple[str, ...]
) -> None:
    around = replace(statement(0, "toro", "talks"), rules=(*rules, "topic: theme of the sentences around"))

    assert facts(editor, "Toro applauded Lind down a red carpet.", [around]).topics == topics


def test_focus_falls_with_the_rank_of_the_topic(editor: Editor) -> None:
    one = replace(facts(editor), topics=("dam", "tolls", "talks"))

    assert one.focus(Scope(topics=("dam",))) == 1
    assert one.focus(Scope(topics=("dam",))) > one.focus(Scope(topics=("tolls",))) > one.focus(Scope(topics=("talks",)))
    assert one.focus(ANYTHING) == 1


def test_focus_is_on_who_speaks_rather_than_who_is_named(editor: Editor) -> None:
    text = "Toro met Lind at the dam."
    said = facts(editor, text, [statement(0, "toro", "dam")])

    assert said.focus(Scope(actors=("toro",))) == 1
    assert said.focus(Scope(actors=("lind",))) < 1


def test_what_is_said_in_further_sentences_makes_a_stretch_richer_up_to_a_point(editor: Editor) -> None:
    said = [facts(editor, statements=[statement(0, "toro", topic, Stance.FOR)]) for topic in ("dam", "tolls", "talks")]

    assert richness(editor, []) == richness(editor, [facts(editor)]) == 0
    assert 0 < richness(editor, said[:1]) < richness(editor, said[:2])
    assert richness(editor, said * 3) == richness(editor, said * 4)


def keys(editor: Editor, statements: Sequence[Statement], scope: Scope = ANYTHING) -> list[object]:
    return [
        feature.key for feature in features_of([facts(editor, statements=statements)], scope, "story") if feature.weight
    ]


def test_a_side_taken_is_the_news(editor: Editor) -> None:
    assert ("toro", "dam", Stance.FOR) in keys(editor, [statement(0, "toro", "dam", Stance.FOR)])
    assert ("told", "dam") not in keys(editor, [statement(0, "toro", "dam", Stance.FOR)])


def test_a_telling_without_a_speaker_is_about_its_topic(editor: Editor) -> None:
    assert ("told", "dam") in keys(editor, [])
    assert ("told", "dam") in keys(editor, [statement(0, None, "dam", Stance.FOR, speaker="somebody")])


def test_who_took_a_side_has_spoken(editor: Editor) -> None:
    clear = features_of([facts(editor, statements=[statement(0, "toro", "dam", Stance.FOR)])], ANYTHING, "story")
    vague = features_of([facts(editor, statements=[statement(0, "toro", "dam", Stance.UNCLEAR)])], ANYTHING, "story")

    assert ("toro", "dam", None) in [feature.key for feature in clear]
    assert ("toro", "dam", None) in [feature.key for feature in vague if feature.weight]


def test_what_was_asked_for_is_no_news(editor: Editor) -> None:
    said = [statement(0, "toro", "dam", Stance.FOR)]

    assert {"dam", "toro"} <= set(keys(editor, said))
    assert not {"dam", "toro"} & set(keys(editor, said, Scope(topics=("dam",), actors=("toro",))))


def test_the_sentences_that_explain_add_their_sides(editor: Editor) -> None:
    main = facts(editor, statements=[statement(1, "toro", "dam", Stance.FOR)])
    before = facts(editor, statements=[statement(0, "lind", "tolls", Stance.AGAINST)])

    assert ("lind", "tolls", Stance.AGAINST) in [
        feature.key for feature in features_of([main, before], ANYTHING, "story")
    ]
