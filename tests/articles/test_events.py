"""One event in several wordings; and reports that only look alike."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from bot.articles.clean import Cleaner
from bot.articles.events import Event, Report, group_events, report_of
from bot.articles.model import Article, RawDocument

STOP = frozenset(
    {"a", "after", "and", "at", "by", "for", "from", "in", "it", "of", "on", "that", "the", "was", "were", "with"}
)
NOON = datetime(2025, 8, 20, 12, tzinfo=UTC)

FERRY = (
    ("Ferry runs aground off Norland", "A ferry with ninety passengers ran aground off the Norland coast on Tuesday."),
    ("Ninety rescued from stranded ferry", "Rescuers brought ninety passengers ashore after a ferry ran aground."),
    (
        "Norland ferry hits rocks",
        "All passengers of the Norland ferry that ran aground were rescued, the harbour said.",
    ),
)
BUDGET = (
    ("Council passes budget", "The city council passed a budget that cuts spending on schools and libraries."),
    ("Schools lose in new city budget", "Spending on schools falls under the budget that the council passed."),
)
OTHERS = (
    ("Apple harvest comes early", "Growers in the valley picked the first apples three weeks before the usual date."),
    ("Chess master retires", "The champion put away the board after forty years and a last draw."),
    ("Bridge closed for repairs", "Engineers found cracks in a pillar and closed the northern bridge."),
)


def reports(*texts: tuple[str, str], first: str = "a", at: datetime | None = None) -> list[Report]:
    return [Report(f"{first}{number}", headline, lead, at) for number, (headline, lead) in enumerate(texts)]


def clusters(events: tuple[Event, ...]) -> list[list[str]]:
    return sorted(sorted(member.article_id for member in event.members) for event in events)


def everything() -> list[Report]:
    return reports(*FERRY) + reports(*BUDGET, first="b") + reports(*OTHERS, first="c")


def test_the_same_event_in_other_words_and_nothing_else() -> None:
    assert clusters(group_events(everything(), STOP)) == [["a0", "a1", "a2"], ["b0", "b1"], ["c0"], ["c1"], ["c2"]]


def test_the_order_of_reports_does_not_matter() -> None:
    expected = group_events(everything(), STOP)
    for seed in range(5):
        assert group_events(random.Random(seed).sample(everything(), len(everything())), STOP) == expected


def test_each_member_says_why_with_numbers_and_words() -> None:
    (event,) = (event for event in group_events(everything(), STOP) if len(event.members) == 3)
    lead, *others = event.members
    assert lead.article_id == event.lead_id
    assert (lead.likeness, lead.reason) == (1.0, "the report most like the others")
    for member in others:
        assert 0.16 <= member.likeness < 1
        assert f"alike to {member.likeness:.2f} of 1" in member.reason
        assert "“ferry”" in member.reason or "“aground”" in member.reason


def test_a_report_alone_says_so() -> None:
    (event,) = group_events(reports(*OTHERS[:1]), STOP)
    assert [(member.likeness, member.reason) for member in event.members] == [(1.0, "told by no other")]


def test_days_apart_are_two_events() -> None:
    earlier = reports(*FERRY[:2], first="a", at=NOON)
    later = reports(FERRY[2], first="z", at=NOON + timedelta(days=4))
    others = reports(*OTHERS, first="c", at=NOON)
    found = clusters(group_events([*earlier, *later, *others], STOP))
    assert ["a0", "a1"] in found
    assert ["z0"] in found
    assert group_events([*earlier, *others], STOP)


def test_what_somebody_split_off_joins_nothing() -> None:
    found = clusters(group_events(everything(), STOP, alone={"a1", "gone"}))
    assert ["a0", "a2"] in found
    assert ["a1"] in found


def test_stop_words_alone_bind_nothing() -> None:
    texts = [("The same", f"It was on the and of that by their own{number}.") for number in range(4)]
    stop = STOP | {"same", "own", "by", "their"}
    assert len(group_events(reports(*texts), stop)) == 4


@pytest.mark.parametrize("texts", [(), (("", ""),), (("", ""), ("", "")), (("Only a headline", ""),)])
def test_next_to_nothing(texts: tuple[tuple[str, str], ...]) -> None:
    assert len(group_events(reports(*texts), STOP)) == len(texts)


def test_a_report_is_headline_and_opening(cleaner: Cleaner) -> None:
    sentence = "The envoys met on Tuesday and they parted on Wednesday without a word to anyone who waited. "
    text = "A headline over it\n\n" + "\n\n".join(f"{number}. {sentence}" for number in range(30))
    article = cleaner.clean(RawDocument("s", "a", text.encode(), hints={"published": "2025-08-20"}), source_name="")
    assert isinstance(article, Article)
    report = report_of(article)
    assert (report.article_id, report.headline) == (article.id, "A headline over it")
    assert report.published_at == datetime(2025, 8, 20, tzinfo=UTC)
    assert len(report.lead.split()) == 90
    assert "headline" not in report.lead
