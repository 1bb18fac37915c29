"""What a window holds before anything is read, and the mark that tells whether anything changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services.ports import Listed
from bot.storage.corpus import SqlCorpus
from bot.storage.database import Database
from tests.storage.samples import DAY, NOON, article, entry, story


@pytest.fixture
def corpus(database: Database) -> SqlCorpus:
    return database.corpus


async def fill(corpus: SqlCorpus) -> list[str]:
    """Three dated articles and one without a date; their ids, newest first."""
    dated = [article(number, at=NOON + number * DAY) for number in (1, 2, 3)]
    every = [*reversed(dated), article(4, at=None)]
    await corpus.save([entry(one) for one in every])
    return [one.id for one in every]


async def test_a_window_is_listed_as_it_is_read(corpus: SqlCorpus) -> None:
    third, second, first, undated = await fill(corpus)
    for start, end, with_undated, expected in (
        (None, None, True, [third, second, first, undated]),
        (None, None, False, [third, second, first]),
        (NOON + DAY, NOON + 3 * DAY, False, [second, first]),
    ):
        listed = await corpus.listed_between(start, end, undated=with_undated)
        read = await corpus.articles_between(start, end, undated=with_undated)
        assert [one.article_id for one in listed] == [one.article.id for one in read] == expected
        assert await corpus.number_between(start, end, undated=with_undated) == len(expected)
    assert [one.article_id for one in await corpus.listed_between(None, None, undated=True, most=2)] == [third, second]
    assert (await corpus.listed_between(None, None, undated=True))[0] == Listed(third, NOON + 3 * DAY, NOON, True)


async def test_what_is_hidden_is_neither_listed_nor_counted(corpus: SqlCorpus) -> None:
    await fill(corpus)
    seen = corpus.without([article().source_id])
    assert await seen.listed_between(None, None, undated=True) == ()
    assert await seen.number_between(None, None, undated=True) == 0


async def test_every_change_renews_the_mark(corpus: SqlCorpus) -> None:
    marks = [await corpus.mark()]
    one = entry()
    await corpus.save([one])
    marks.append(await corpus.mark())
    await corpus.save_stories([story(one.article.id)])
    marks.append(await corpus.mark())
    await corpus.save([replace(one, analyser="another")])
    marks.append(await corpus.mark())
    await corpus.remove(one.article.source_id, [one.article.location])
    marks.append(await corpus.mark())
    assert len(set(marks)) == len(marks)


async def test_what_changes_nothing_leaves_the_mark(corpus: SqlCorpus) -> None:
    one = entry()
    await corpus.save([one])
    await corpus.save_stories([story(one.article.id)])
    before = await corpus.mark()
    await corpus.save([])
    await corpus.save_stories([story(one.article.id)])
    await corpus.remove(one.article.source_id, ["not there"])
    await corpus.articles_between(None, NOON + timedelta(days=9), undated=True)
    assert await corpus.mark() == before


async def test_who_sees_it_otherwise_has_another_mark(corpus: SqlCorpus) -> None:
    one = entry()
    await corpus.save([one])
    views = [corpus, corpus.without(["s9"]), corpus.refolded([story(one.article.id)])]
    assert len({await view.mark() for view in views}) == len(views)
    assert await corpus.without(["s9"]).mark() == await corpus.without(["s9"]).mark()
