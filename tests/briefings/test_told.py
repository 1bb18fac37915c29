"""Events of a briefing, and the voices that tell of each."""

from bot.articles.model import Article
from bot.briefings.told import Told
from tests.briefings.river import MakeWeighed

STOP = frozenset({"the", "of", "a", "on", "in", "and", "for", "were", "when", "at"})


def articles(make_weighed: MakeWeighed) -> list[Article]:
    return [
        make_weighed(
            "The wall of the reservoir gave way on Tuesday and nine workers were killed.",
            name="a",
            title="Dam wall breaks",
        ).article,
        make_weighed(
            "Nine workers killed when a reservoir wall gave way, Belmar said.",
            name="b",
            title="Nine killed at dam wall",
        ).article,
        make_weighed("Choirs from three valleys sang in the old town.", name="c", title="Festival opens").article,
    ]


def test_reports_of_one_event_share_it(make_weighed: MakeWeighed) -> None:
    told = Told(articles(make_weighed), STOP)
    assert told.event_of("a") == told.event_of("b") != told.event_of("c")
    assert [told.voices_of(name) for name in "abc"] == [2, 2, 1]


def test_an_article_given_twice_is_one_voice(make_weighed: MakeWeighed) -> None:
    assert Told([*articles(make_weighed), *articles(make_weighed)], STOP).voices_of("a") == 2


def test_what_was_split_off_is_alone(make_weighed: MakeWeighed) -> None:
    told = Told(articles(make_weighed), STOP, {"b"})
    assert told.event_of("a") != told.event_of("b")
