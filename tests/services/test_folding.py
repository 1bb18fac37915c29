"""Folding goes on from the last fold, and begins anew where that is not what is stored any more."""

import struct
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace

import pytest

from bot.articles.model import Story
from bot.articles.stories import Fingerprint, group_stories
from bot.services import folding
from bot.services.folding import Folder
from bot.services.ports import Entry
from bot.storage.corpus import SqlCorpus
from bot.storage.database import Database, open_database
from tests.storage.samples import article, entry


def printed(number: int, text: int, *, length: int = 100) -> Entry:
    """Article `number` with so much of a text."""
    keys = range(text * 1000, text * 1000 + 2 * length, 2)
    one = entry(article(number))
    signature = struct.pack(f"<{length}I", *keys)
    return replace(one, fingerprint=replace(one.fingerprint, words=2 * length, signature=signature))


class Watched(SqlCorpus):
    """Remembers of how many articles fingerprints were read."""

    read: list[int]

    async def fingerprints(self, article_ids: Collection[str] | None = None) -> tuple[Fingerprint, ...]:
        found = await super().fingerprints(article_ids)
        self.read.append(len(found))
        return found


async def whole(corpus: SqlCorpus, alone: Collection[str] = ()) -> tuple[Story, ...]:
    return group_stories(await SqlCorpus.fingerprints(corpus), alone)


@pytest.fixture(autouse=True)
def _any_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "_SHARE_ANEW", 0.5)


async def test_only_what_shares_wording_is_folded_again() -> None:
    database = await open_database("sqlite://")
    corpus = Watched(database.engine)
    corpus.read = []
    folder = Folder(corpus)
    await corpus.save([printed(number, text=number) for number in range(1, 9)])
    assert await folder.fold(()) == set()
    assert corpus.read == [8]

    await corpus.save([printed(9, text=3, length=60)])  # a copy, cut off
    assert await folder.fold(()) == {"a0009"}
    assert corpus.read == [8, 1, 1]  # it, and what it may be a copy of
    assert await corpus.stories() == await whole(corpus)

    await corpus.save([printed(3, text=7, length=120)])  # what it copied is another text now
    assert await folder.fold(()) == {"a0007"}
    assert await corpus.stories() == await whole(corpus)

    await corpus.remove("wire", ["folder/item 3.txt"])
    assert await corpus.unfolded_ids() == ("a0007",)
    assert await folder.fold(()) == set()
    assert await corpus.stories() == await whole(corpus)
    assert corpus.read.count(8) == 1  # never all of them again
    await database.close()


async def test_it_begins_anew_after_somebody_else_folded_or_split() -> None:
    database = await open_database("sqlite://")
    corpus = Watched(database.engine)
    corpus.read = []
    folder, other = Folder(corpus), Folder(database.corpus)
    await corpus.save([printed(1, text=1), printed(2, text=2), printed(3, text=2, length=60)])
    assert await folder.fold(()) == {"a0003"}
    await corpus.save([printed(2, text=5)])
    await other.fold(())
    await corpus.save([printed(2, text=2)])
    assert await folder.fold(()) == {"a0003"}
    assert corpus.read == [3, 3]
    assert await folder.fold({"a0003"}) == set()
    assert corpus.read == [3, 3, 3]
    assert await corpus.stories() == await whole(corpus, {"a0003"})
    await database.close()


async def test_an_index_that_holds_too_much_of_the_past_is_built_anew() -> None:
    database = await open_database("sqlite://")
    corpus = Watched(database.engine)
    corpus.read = []
    folder = Folder(corpus)
    await corpus.save([printed(number, text=number) for number in range(1, 9)])
    await folder.fold(())
    for turn in range(6):  # the same article again and again: 8 entries and one more each time
        await corpus.save([printed(1, text=100 + turn)])
        await folder.fold(())
    assert corpus.read.count(8) == 2
    assert await corpus.stories() == await whole(corpus)
    await database.close()


async def test_a_corpus_that_grew_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "_MOST_KEPT", 8)
    database = await open_database("sqlite://")
    corpus = Watched(database.engine)
    corpus.read = []
    folder = Folder(corpus)
    await corpus.save([printed(number, text=number) for number in range(1, 9)])
    for number in (9, 10):
        await folder.fold(())
        await corpus.save([printed(number, text=number)])
    await folder.fold(())
    assert 10 in corpus.read  # from scratch
    await database.close()


async def test_a_new_process_goes_on_from_what_is_stored() -> None:
    database = await open_database("sqlite://")
    corpus = Watched(database.engine)
    corpus.read = []
    await corpus.save([printed(number, text=number) for number in range(1, 9)])
    await corpus.save([printed(9, text=3, length=60), printed(10, text=3, length=40)])
    await Folder(database.corpus).fold(())

    folder = Folder(corpus)
    await folder.expect(1, ())
    assert corpus.read == [10]
    await folder.expect(1, ())  # once is enough
    await corpus.save([printed(3, text=20)])  # the lead of both is another text now
    assert await folder.fold(()) == {"a0010"}
    assert corpus.read[0] == 10
    assert max(corpus.read[1:]) < 5
    assert await corpus.stories() == await whole(corpus)

    folder = Folder(corpus)
    await folder.expect(1, ())
    await corpus.remove("wire", ["folder/item 9.txt"])
    assert await folder.fold(()) == set()
    assert await corpus.stories() == await whole(corpus)
    await database.close()


async def _split(database: Database) -> Collection[str]:
    return {"a0002"}


async def _cut_short(database: Database) -> Collection[str]:
    await database.corpus.save([printed(4, text=7)])
    return ()


async def _remove(database: Database) -> Collection[str]:
    await database.corpus.remove("wire", ["folder/item 4.txt"])
    return ()


async def _follow_other_rules(database: Database) -> Collection[str]:
    await database.corpus.save_stories(await database.corpus.stories(), basis="of old")
    return ()


@pytest.mark.parametrize("meanwhile", [_split, _cut_short, _remove, _follow_other_rules])
async def test_a_stored_fold_that_is_not_of_now_is_not_gone_on_from(
    meanwhile: Callable[[Database], Awaitable[Collection[str]]],
) -> None:
    database = await open_database("sqlite://")
    corpus = Watched(database.engine)
    corpus.read = []
    await corpus.save([printed(number, text=number) for number in range(1, 9)])
    await Folder(database.corpus).fold(())
    alone = await meanwhile(database)

    folder = Folder(corpus)
    await folder.expect(1, alone)
    assert corpus.read == []
    await corpus.save([printed(8, text=7, length=60)])
    await folder.fold(alone)
    assert max(corpus.read) >= 7, "all of them"
    assert await corpus.stories() == await whole(corpus, alone)
    await folder.expect(1, alone)  # by now it is known
    assert corpus.read == corpus.read[:1]
    await database.close()


async def test_where_much_changes_the_stored_fold_is_not_read() -> None:
    database = await open_database("sqlite://")
    corpus = Watched(database.engine)
    corpus.read = []
    folder = Folder(corpus)
    await folder.expect(5, ())  # nothing is stored yet
    await corpus.save([printed(number, text=number) for number in range(1, 9)])
    await Folder(database.corpus).fold(())
    await folder.expect(5, ())
    assert corpus.read == []
    await database.close()


async def test_after_another_process_folded_its_fold_is_taken_up() -> None:
    database = await open_database("sqlite://")
    corpus = Watched(database.engine)
    corpus.read = []
    folder = Folder(corpus)
    await corpus.save([printed(number, text=number) for number in range(1, 9)])
    await folder.fold(())
    await corpus.save([printed(9, text=3, length=60)])
    await Folder(database.corpus).fold(())
    await folder.expect(1, ())
    await corpus.save([printed(10, text=4, length=60)])
    assert await folder.fold(()) == {"a0009", "a0010"}
    assert corpus.read[:2] == [8, 9]
    assert max(corpus.read[2:]) < 5
    assert await corpus.stories() == await whole(corpus)
    await database.close()
