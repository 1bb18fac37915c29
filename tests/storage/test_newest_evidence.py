"""The newest statements of somebody, on something, with certain words; and whole articles by id."""

from dataclasses import replace

import pytest

from bot.positions.model import Evidence
from bot.storage.corpus import SqlCorpus
from bot.storage.database import Database
from bot.storage.newest import Newest, newest_statements
from bot.storage.tables import statement_topics, statements
from tests.storage.samples import DAY, NOON, entry, reading, said, statement, unnamed_statement


@pytest.fixture
async def corpus(database: Database) -> SqlCorpus:
    """Three of Norland's on a port, an undated one, one of another's on fishing, one of nobody."""
    dated = [said(number, statement(), at=NOON + number * DAY) for number in (1, 2, 3)]
    other = said(5, statement(None, "Ida Holm", ("fishing",)), at=NOON + 9 * DAY)
    nobody = said(6, unnamed_statement(), at=NOON + 10 * DAY)
    await database.corpus.save([*dated, said(4, statement(), at=None), other, nobody])
    return database.corpus


def ids(evidence: tuple[Evidence, ...]) -> list[str]:
    return [one.citation.article_id for one in evidence]


async def test_newest_first_undated_last_and_no_more_than_asked_for(corpus: SqlCorpus) -> None:
    assert ids(await corpus.newest_evidence(limit=9)) == ["a0005", "a0003", "a0002", "a0001", "a0004"]
    assert ids(await corpus.newest_evidence(limit=2)) == ["a0005", "a0003"]


async def test_by_speaker_and_topic(corpus: SqlCorpus) -> None:
    assert ids(await corpus.newest_evidence(actor_ids=["norland"], limit=1)) == ["a0003"]
    assert ids(await corpus.newest_evidence(names=["Ida Holm"], limit=9)) == ["a0005"]
    assert ids(await corpus.newest_evidence(topic_ids=["port"], limit=9)) == ["a0003", "a0002", "a0001", "a0004"]
    assert ids(await corpus.newest_evidence(actor_ids=["norland"], topic_ids=["fishing"], limit=1)) == ["a0003"]
    assert await corpus.newest_evidence(names=["Ida Holm"], topic_ids=["port"], limit=9) == ()
    assert await corpus.newest_evidence(actor_ids=[], limit=9) == ()


async def test_by_quotation_marks(corpus: SqlCorpus) -> None:
    assert len(await corpus.newest_evidence(quoted=True, limit=9)) == 5
    named = replace(statement(), quote=None, cue='"quote":null')
    await corpus.save([said(1, named), said(2, replace(named, quote=statement().quote))])
    assert ids(await corpus.newest_evidence(quoted=True, limit=9)) == ["a0005", "a0003", "a0002", "a0004"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("open the port", True),
        ("OPEN   THE\nPort", True),
        ("will port", True),  # a sieve: in this order, not side by side
        ("port open", False),
        ("100%", False),
        ("o_en", True),
        ("shut", False),
        ("said “we", True),
        ('said "we', True),
    ],
)
async def test_by_words_more_than_asked_for_never_less(corpus: SqlCorpus, words: str, found: bool) -> None:
    assert bool(await corpus.newest_evidence(containing=words, limit=9)) is found


@pytest.mark.parametrize("widening", [(), (1,), (2, 3), (3, 99)])
@pytest.mark.parametrize("limit", [1, 2, 3, 4, 9])
async def test_the_same_among_however_many_newest_articles_is_looked_first(
    corpus: SqlCorpus, database: Database, widening: tuple[int, ...], limit: int
) -> None:
    unquoted = [statements.c.detail.not_like("%nothing like it%")]
    port = [statement_topics.c.topic_id == "port"]
    async with database.engine.reading() as connection:
        spoken = await newest_statements(
            connection, Newest(statements, [statements.c.actor_id == "norland"], unquoted), limit, widening
        )
        on_topic = await newest_statements(connection, Newest(statement_topics, port, unquoted), limit, widening)
    everything = ["a0003", "a0002", "a0001", "a0004"]  # the last one has no date
    assert [row.article_id for row in spoken] == everything[:limit]
    assert [row.article_id for row in on_topic] == everything[:limit]


async def test_whole_articles_by_id(corpus: SqlCorpus) -> None:
    one = entry(read=reading(statement(), unnamed_statement()))
    await corpus.save([one])
    (stored,) = await corpus.stored([one.article.id, "gone"])
    assert (stored.article, stored.reading, stored.first_seen_at) == (one.article, one.reading, NOON)
    assert [found.article.id for found in await corpus.stored(["a0003", "a0002"])] == ["a0002", "a0003"]
    assert await corpus.stored([]) == ()
