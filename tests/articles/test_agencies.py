"""Whose text an article is: one agency is one voice, however the papers credit it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.articles.clean import Cleaner
from bot.articles.independence import Print, count_voices
from bot.articles.model import Article, RawDocument, Relation
from bot.articles.stories import fingerprint, group_stories
from bot.language.lexicon import Lexicon

NOON = datetime(2025, 8, 20, 12, tzinfo=UTC)
FIRST = "Fishermen of the two shores agreed on Tuesday to share the western banks until the end of the year."
SECOND = "“Nobody has won and nobody has lost,” said Anna Lund, who led the talks for the northern side."
THIRD = "The deal must still be approved by both parliaments, which meet again in the middle of September."
FOURTH = "Prices of herring fell by a tenth at the morning auction, the lowest since the spring of last year."
HEAD = "Shores agree to share the banks\n\n"


def article(cleaner: Cleaner, text: str, name: str = "a.txt", **hints: str) -> Article:
    found = cleaner.clean(RawDocument("s", name, text.encode(), hints=hints), source_name="")
    assert isinstance(found, Article)
    return found


@pytest.fixture(scope="module")
def cleaner(lexicon: Lexicon) -> Cleaner:
    return Cleaner(lexicon)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"{HEAD}OSLO, Aug 20 (Northwire) - {FIRST}\n\n{SECOND}", "Northwire"),
        (f"{HEAD}OSLO (Northwire) — {FIRST}\n\n{SECOND}", "Northwire"),
        (f"{HEAD}Oslo, 20 August (Reuters) – {FIRST}", "Reuters"),
        (f"{HEAD}ATHENS, Greece (AP) — {FIRST}", "Associated Press"),
        (f"{HEAD}(AFP) – {FIRST}", "Agence France-Presse"),
        (f"{HEAD}By Northwire\n\n20 August 2025\n\n{FIRST}\n\n{SECOND}", "Northwire"),
        (f"{HEAD}By Jane Doe, Reuters\n\n{FIRST}\n\n{SECOND}", "Reuters"),
        (f"{HEAD}{FIRST}\n\n{SECOND} (Northwire)", "Northwire"),
        (f"{HEAD}{FIRST}\n\n{SECOND} – dpa", "dpa"),
        (f"{HEAD}{FIRST}\n\n{SECOND}\n\n(With inputs from AFP)", "Agence France-Presse"),
        (f"{HEAD}The banks are shared, according to a report by Northwire.\n\n{SECOND}", "Northwire"),
        (f"{HEAD}The banks are shared, according to the Northwire news agency.\n\n{SECOND}", "Northwire"),
        (f"{HEAD}“We have a deal,” Anna Lund told Reuters on Tuesday.\n\n{THIRD}", "Reuters"),
        (f"{HEAD}The two shores have a deal, Interfax reported on Tuesday.\n\n{THIRD}", "Interfax"),
    ],
)
def test_an_agency_is_found_however_it_is_credited(cleaner: Cleaner, text: str, agency: str) -> None:
    assert article(cleaner, text).agency == agency


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}{FIRST}\n\n{SECOND}",
        f"{HEAD}By Ida Berg\n\n20 August 2025\n\n{FIRST}",
        f"{HEAD}By admin\n\n20 August 2025\n\n{FIRST}",
        f"{HEAD}The Northern Fishing Board (NFB) - the larger of the two - agreed.\n\n{SECOND}",
        f"{HEAD}The minister (a former skipper) agreed.\n\n{SECOND}",
        f"{HEAD}{FIRST}\n\nAnna Lund at the harbour. Jane Doe/Reuters\n\n{SECOND}",  # a picture's credit
        f"{HEAD}{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n{FOURTH}\n\nReuters reported another deal last year. {FOURTH}",
        f"{HEAD}The deal, according to two people with knowledge of it, is fragile.\n\n{SECOND}",
        f"{HEAD}Anna Lund told reporters that there was a deal.\n\n{THIRD}",
    ],
)
def test_nobody_else_is_taken_for_one(cleaner: Cleaner, text: str) -> None:
    assert article(cleaner, text).agency is None


def test_what_a_source_says_of_the_author_counts(cleaner: Cleaner) -> None:
    assert article(cleaner, f"{HEAD}{FIRST}", author="Northwire News Agency").agency == "Northwire News Agency"
    assert article(cleaner, f"{HEAD}{FIRST}", outlet="Reuters").agency == "Reuters"


def test_five_papers_with_one_agencys_text_are_one_story(cleaner: Cleaner) -> None:
    """Each has cut, added and retitled; between them they have less in common than copies otherwise must."""
    own = "Our harbour was quiet on Wednesday morning, and most boats stayed in for the weather that was coming."
    more = "The mayor of our town said she would read the text before saying anything about what it means for us."
    printed = (
        ("Northwire", HEAD, f"OSLO (Northwire) — {FIRST}", SECOND, THIRD, FOURTH),
        ("Bay Post", "Banks shared\n\nBy Northwire\n\n20 August 2025\n\n", FIRST, THIRD, own),
        ("Fjord Times", "A deal at sea\n\n", own, more, FIRST, f"{FOURTH} (Northwire)"),
        ("Cape Sun", "Herring peace\n\n", SECOND, FIRST, more, "(With inputs from Northwire)"),
        ("", "What now\n\n", "There is a deal, according to a report by Northwire.", FIRST, own, more),
    )
    papers = [
        article(cleaner, head + "\n\n".join(prose), f"{number}.txt", **({"outlet": outlet} if outlet else {}))
        for number, (outlet, head, *prose) in enumerate(printed)
    ]
    assert {paper.agency for paper in papers} == {"Northwire"}
    (story,) = group_stories(map(fingerprint, papers))
    assert {member.relation for member in story.members[1:]} == {Relation.SYNDICATED}
    assert all("both rest on Northwire" in member.reason for member in story.members[1:])


@pytest.mark.parametrize(
    ("prints", "voices"),
    [
        ([("s1", "Northwire", "Bay Post", 0), ("s2", "Northwire", "Fjord Times", 1)], 1),
        ([("s1", "Northwire", "Bay Post", 0), ("s2", None, "Northwire", 0)], 1),
        ([("s1", "Northwire", "Bay Post", 0), ("s2", "the Northwire News Agency", None, 0)], 1),
        ([("s1", "Northwire", "Bay Post", 0), ("s1", None, "Fjord Times", 9)], 1),
        ([("s1", "Northwire", "Bay Post", 0), ("s2", "Southwire", "Bay Post", 0)], 2),
        ([("s1", "Northwire", "Bay Post", 0), ("s2", None, "Bay Post", 0)], 2),
        ([("s1", "Northwire", "Bay Post", 0), ("s2", "Northwire", "Bay Post", 7)], 2),
        ([("s1", None, "Bay Post", 0), ("s2", None, "Bay Post", 0)], 2),
        ([("s1", None, None, 0), ("s2", None, None, 0)], 2),
        ([("s1", "Northwire", "A", 0), ("s2", None, "B", 0), ("s3", "Northwire", "C", 0), ("s2", None, "D", 0)], 2),
        ([], 0),
    ],
)
def test_independent_voices(prints: list[tuple[str, str | None, str | None, int]], voices: int) -> None:
    made = [Print(story, agency, outlet, NOON + timedelta(days=days)) for story, agency, outlet, days in prints]
    assert count_voices(made) == count_voices(made[::-1]) == voices
