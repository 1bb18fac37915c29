"""The sample articles: what the front door shows must be read rightly, and be of our own writing."""

import html
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument, Relation
from bot.articles.repetition import find_repeated_lines
from bot.articles.stories import fingerprint, group_stories
from bot.language.lexicon import Lexicon
from bot.sources.folder import MEDIA_TYPES

SEEDS = Path(__file__).resolve().parent.parent / "seeds" / "ukraine-peace"

# file → outlet, date (None: undated), title
EXPECTED = {
    "2025-04-18-rubio-ready-to-move-on.txt": (
        "Northgate Post",
        "2025-04-18",
        "Rubio says Washington may give up on Ukraine talks within days",
    ),
    "2025-04-24-crimea-divides-the-allies.txt": (
        "The Harbour Ledger",
        "2025-04-24",
        "Strike on Kyiv and a quarrel over Crimea overshadow the US peace plan",
    ),
    "2025-04-25-witkoff-in-the-kremlin.txt": (
        "Meridian Wire",
        "2025-04-25",
        "Witkoff meets Putin as Trump says deal is close",
    ),
    "2025-05-11-ceasefire-call-from-kyiv.txt": (
        "Meridian Wire",
        "2025-05-11",
        "Europeans demand 30-day truce; Putin offers talks in Istanbul instead",
    ),
    "2025-05-16-istanbul-first-round-preview.txt": (
        "The Harbour Ledger",
        "2025-05-16",
        "Istanbul talks bring a prisoner exchange, but no truce",
    ),
    "2025-05-16-istanbul-first-round.txt": (
        "The Harbour Ledger",
        "2025-05-16",
        "Istanbul talks bring a prisoner exchange, but no truce",
    ),
    "2025-06-03-two-memoranda.txt": (
        "Calder Tribune",
        "2025-06-03",
        "Two memoranda, one hour: what Istanbul showed",
    ),
    "2025-07-15-fifty-days.txt": (
        "Northgate Post",
        "2025-07-15",
        "Trump gives Moscow 50 days, and NATO allies pay for Patriots",
    ),
    "2025-07-29-a-shorter-deadline.md": (
        "Meridian Wire",
        "2025-07-29",
        "Trump cuts Russia's deadline to ten days",
    ),
    "2025-08-16-anchorage.html": (
        "Calder Tribune",
        "2025-08-16",
        "After Anchorage, Trump no longer asks for a ceasefire first",
    ),
    "2025-08-19-seven-europeans-in-washington.txt": (
        "The Harbour Ledger",
        "2025-08-19",
        "Seven Europeans and one question: who will guarantee Ukraine’s security?",
    ),
    "2025-08-20-no-boots-but-planes.txt": (
        "Northgate Post",
        "2025-08-20",
        "No American boots, perhaps American planes",
    ),
    "2025-08-21-strikes-in-the-west.txt": (
        "Meridian Wire",
        "2025-08-21",
        "Russia hits American-owned plant; Lavrov rejects European troops",
    ),
    "2025-08-22-lavrov-no-meeting-planned.txt": (
        "Meridian Wire",
        "2025-08-22",
        "Lavrov says no Putin-Zelenskiy meeting is planned",
    ),
    "2025-08-22-no-summit-in-sight.txt": (
        "Calder Tribune",
        "2025-08-22",
        "No summit in sight, says Russia’s foreign minister",
    ),
    "2025-08-22-rutte-in-kyiv.txt": (
        "Northgate Post",
        "2025-08-22",
        "On a surprise visit, Rutte promises Kyiv guarantees but no details",
    ),
    "2025-08-22-two-more-weeks.txt": (
        "The Harbour Ledger",
        "2025-08-22",
        "Two more weeks: Trump again puts off a decision on sanctions",
    ),
    "five-questions-after-rome.txt": (
        "The Easterly Review",
        None,
        "Five questions that the picture from Rome leaves open",
    ),
}
DIRT = re.compile(
    r"newsletter|subscribe|sign up|min read|appeared first|all rights reserved|copy link|advertisement|\bphoto\b|"
    r"email address|leave a comment|become a member|editing by|was produced by|credit:|cookie|enter your email",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def seeds(lexicon: Lexicon) -> Mapping[str, Article]:
    """The sample articles by file name, cleaned as a load cleans them."""
    documents = [
        RawDocument("seeds", path.name, path.read_bytes(), MEDIA_TYPES[path.suffix]) for path in sorted(SEEDS.iterdir())
    ]
    repeated = find_repeated_lines([document.content.decode() for document in documents])
    cleaner = Cleaner(lexicon)
    cleaned = [cleaner.clean(document, source_name="Sample articles", repeated=repeated) for document in documents]
    return {article.location: article for article in cleaned if isinstance(article, Article)}


def test_every_file_becomes_an_article(seeds: Mapping[str, Article]) -> None:
    assert sorted(seeds) == sorted(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_outlet_date_and_title(seeds: Mapping[str, Article], name: str) -> None:
    article = seeds[name]
    day = article.published.at.date().isoformat() if article.published else None
    outlet, expected_day, title = EXPECTED[name]
    assert article.outlet is not None
    assert (article.outlet.casefold(), day, article.title) == (outlet.casefold(), expected_day, title)


@pytest.mark.parametrize("name", EXPECTED)
def test_the_dirt_is_gone_and_the_text_is_not(seeds: Mapping[str, Article], name: str) -> None:
    text = seeds[name].text
    dirty = [line for line in text.splitlines() if DIRT.search(line)]
    assert dirty == []
    assert 150 <= len(text.split()) <= 500


def test_the_newest_day_is_told_by_several_outlets(seeds: Mapping[str, Article]) -> None:
    days = Counter(article.published.at.date() for article in seeds.values() if article.published)
    newest = max(days)
    outlets = {outlet for outlet, day, _ in EXPECTED.values() if day == newest.isoformat()}
    assert days[newest] >= 4
    assert len(outlets) >= 4


def test_the_truncated_and_the_syndicated_copy_fold(seeds: Mapping[str, Article]) -> None:
    names = {article.id: name for name, article in seeds.items()}
    stories = group_stories([fingerprint(article) for article in seeds.values()])
    folded = {
        names[story.lead_id]: [
            (names[member.article_id], member.relation)
            for member in story.members
            if member.relation is not Relation.LEAD
        ]
        for story in stories
        if len(story.members) > 1
    }
    assert folded == {
        "2025-05-16-istanbul-first-round.txt": [("2025-05-16-istanbul-first-round-preview.txt", Relation.TRUNCATED)],
        "2025-08-22-lavrov-no-meeting-planned.txt": [("2025-08-22-no-summit-in-sight.txt", Relation.SYNDICATED)],
    }


def test_no_twelve_words_come_from_the_development_articles(shared: Path) -> None:
    theirs = {shingle for path in sorted((shared / "articles").glob("*.txt")) for shingle in _shingles(path)}
    assert theirs
    for path in sorted(SEEDS.iterdir()):
        copied = [" ".join(shingle) for shingle in _shingles(path) if shingle in theirs]
        assert copied == [], path.name


def _shingles(path: Path, size: int = 12) -> list[tuple[str, ...]]:
    plain = html.unescape(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8"))).replace("’", "'")
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", plain.casefold())
    return [tuple(words[at : at + size]) for at in range(len(words) - size + 1)]
