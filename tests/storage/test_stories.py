"""Stories on both engines: replaced as a whole, written where they changed."""

from dataclasses import replace

import pytest

from bot.storage.corpus import SqlCorpus
from bot.storage.database import Database
from tests.storage.samples import DAY, NOON, article, entry, story


@pytest.fixture
async def corpus(database: Database) -> SqlCorpus:
    """Five articles, not yet folded."""
    await database.corpus.save([entry(article(number)) for number in range(1, 6)])
    return database.corpus


async def story_ids(corpus: SqlCorpus) -> dict[str, str]:
    return {one.article.id: one.story_id for one in await corpus.articles_between(None, None, undated=True)}


async def test_stories_come_back_by_lead_with_members_in_order(corpus: SqlCorpus) -> None:
    stories = (story("a0004"), story("a0002", "a0005", "a0001"), story("a0003"))
    await corpus.save_stories(stories)
    assert await corpus.stories() == (stories[1], stories[2], stories[0])


async def test_stories_are_asked_for_by_any_member(corpus: SqlCorpus) -> None:
    first, second = story("a0001", "a0003"), story("a0002", "a0004")
    await corpus.save_stories([first, second, story("a0005")])
    assert await corpus.stories(["a0003"]) == (first,)
    assert await corpus.stories(["a0004", "a0001", "a0003"]) == (first, second)
    assert await corpus.stories(["unknown"]) == ()
    assert await corpus.stories([]) == ()


async def test_the_last_word_counts(corpus: SqlCorpus) -> None:
    await corpus.save_stories([story("a0001", "a0002"), story("a0003", "a0004"), story("a0005")])
    later = (story("a0001"), story("a0003", "a0002", "a0004"))  # a0005 in none
    await corpus.save_stories(later)
    assert await corpus.stories() == later
    assert (await story_ids(corpus))["a0005"] == "a0005"


async def test_a_member_that_is_not_stored_is_left_out(corpus: SqlCorpus) -> None:
    await corpus.save_stories([story("a0001", "gone", "a0002")])
    (stored,) = await corpus.stories()
    assert [member.article_id for member in stored.members] == ["a0001", "a0002"]


async def test_articles_and_evidence_name_their_story(corpus: SqlCorpus) -> None:
    await corpus.save_stories([story("a0002", "a0001")])
    expected = {"a0001": "a0002", "a0002": "a0002", "a0003": "a0003", "a0004": "a0004", "a0005": "a0005"}
    assert await story_ids(corpus) == expected
    assert {one.citation.article_id: one.story_id for one in await corpus.evidence()} == expected


async def test_new_articles_await_folding(corpus: SqlCorpus) -> None:
    assert await corpus.unfolded() == 5
    await corpus.save_stories([story(f"a000{number}") for number in range(1, 6)])
    assert await corpus.unfolded() == 0
    await corpus.save([entry(article(6))])
    assert await corpus.unfolded() == 1


async def test_an_article_whose_text_changed_awaits_folding(corpus: SqlCorpus) -> None:
    await corpus.save_stories([story("a0001", "a0002"), story("a0003", "a0004", "a0005")])
    await corpus.save([entry(article(2), signature=b"other"), entry(article(4), analyser="rules-2")])
    assert await corpus.unfolded() == 1  # reading it anew by other rules changes no story
    assert (await story_ids(corpus))["a0002"] == "a0002"
    await corpus.save([entry(article(5, at=NOON + DAY)), entry(replace(article(3), outlet="Another"))])
    assert await corpus.unfolded() == 3


async def test_copies_of_a_removed_lead_await_folding(corpus: SqlCorpus) -> None:
    await corpus.save_stories([story("a0001", "a0002", "a0003"), story("a0004"), story("a0005")])
    await corpus.remove("wire", [article(1).location])
    assert await corpus.unfolded() == 2
    await corpus.save_stories([story("a0002", "a0003"), story("a0004"), story("a0005")])
    assert await corpus.unfolded() == 0
