"""Sources that were added, and a corpus without some sources, on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.articles.model import Relation
from bot.dossier import Source, SourceKind
from bot.services.ports import Corpus
from bot.services.source_ports import OwnSource
from bot.storage.database import Database
from tests.storage.samples import DAY, NOON, article, entry, reading, statement, story


def own(number: int, guild_id: int = 7) -> OwnSource:
    source = Source(f"g{guild_id}-{number}", SourceKind.FEED, f"https://news.example/{number}", f"Feed {number}")
    return OwnSource(source, guild_id, 5, NOON + number * DAY)


async def test_added_sources_come_back_in_order(database: Database) -> None:
    second, first, other = own(2), own(1), own(3, guild_id=2**62)
    for one in (second, first, other):
        await database.own_sources.put(one)
    assert await database.own_sources.all() == (first, second, other)
    gone = replace(second, removed_at=NOON + 9 * DAY)
    await database.own_sources.put(gone)
    assert await database.own_sources.all() == (first, gone, other)


@pytest.fixture
async def corpus(database: Database) -> Corpus:
    """Two sources: one article each, of one story; the one of `secret` is newer, and has a voice of its own."""
    public = entry(article(1), reading(statement()))
    secret_article = article(2, at=NOON + DAY, source_id="secret", title="A harbour secret")
    secret = entry(secret_article, reading(statement(), statement(None, "A whistleblower", ("port",))))
    await database.corpus.save([public, secret])
    await database.corpus.save_stories([story("a0002", "a0001")])
    return database.corpus


async def test_nothing_of_a_hidden_source_is_answered(corpus: Corpus) -> None:
    seen = corpus.without(["secret", "elsewhere"])
    assert [one.article.id for one in await seen.articles_between(None, None, undated=True)] == ["a0001"]
    assert await seen.newest_published() == NOON
    assert await seen.newest_arrival(NOON - DAY) is None
    assert [one.article.id for one in await seen.stored(["a0001", "a0002"])] == ["a0001"]
    assert list(await seen.texts(["a0001", "a0002"])) == ["a0001"]
    assert [one.id for one in await seen.find_articles("harbour", 9)] == ["a0001"]
    assert await seen.speakers() == (("norland", "Norland", 1),)
    assert [[member.article_id for member in one.members] for one in await seen.stories()] == [["a0001"]]
    counts = await seen.counts()
    assert (counts.articles, counts.stories, counts.statements, counts.newest) == (1, 1, 1, NOON)


async def test_reasons_do_not_name_the_outlet_of_a_hidden_lead(corpus: Corpus) -> None:
    (whole,) = await corpus.stories()
    assert whole.lead_id == "a0002"
    (seen,) = await corpus.without(["secret"]).stories()
    (member,) = seen.members
    assert (seen.lead_id, member.relation, member.reason) == (
        "a0001",
        Relation.LEAD,
        "the first print that is read here",
    )


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"actor_ids": ["norland"]},
        {"topic_ids": ["port"]},
        {"topic_ids": ["port", "fishing"], "latest": 1},
        {"actor_ids": ["norland"], "topic_ids": ["port"], "latest": 1},
        {"actor_ids": ["norland"], "topic_ids": ["port"], "latest": 1, "until": NOON + timedelta(days=9)},
    ],
)
async def test_no_evidence_of_a_hidden_source_and_none_is_lost_for_it(corpus: Corpus, asked: dict[str, object]) -> None:
    seen = await corpus.without(["secret"]).evidence(**asked)  # type: ignore[arg-type]  # a table of keywords
    assert {one.citation.article_id for one in seen} == {"a0001"}
    everything = await corpus.evidence(**asked)  # type: ignore[arg-type]  # as above
    assert "a0002" in {one.citation.article_id for one in everything}


async def test_the_newest_statements_without_hidden_ones(corpus: Corpus) -> None:
    seen = corpus.without(["secret"])
    assert {one.citation.article_id for one in await seen.newest_evidence(limit=9)} == {"a0001"}
    assert {one.citation.article_id for one in await seen.newest_evidence(topic_ids=["port"], limit=1)} == {"a0001"}
    assert await seen.newest_evidence(names=["A whistleblower"], limit=9) == ()


async def test_views_add_up_and_nothing_hidden_is_everything(corpus: Corpus) -> None:
    assert (await corpus.without([]).counts()).articles == 2
    assert (await corpus.without(["secret"]).without(["wire"]).counts()).articles == 0
    assert await corpus.without(["secret"]).without(["wire"]).stories() == ()
