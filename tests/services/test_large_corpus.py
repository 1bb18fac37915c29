"""What an answer reads of a corpus that is too large to be read whole."""

from collections.abc import Collection
from datetime import datetime
from typing import cast

import pytest

from bot.dossier import Dossier
from bot.positions.model import Digest, Evidence
from bot.services.editions import EditionLedger
from bot.services.names import Names
from bot.services.ports import Corpus
from bot.services.positions import OF_EACH, SMALL, PositionService, of_each
from bot.services.results import PositionsRequest


class Watched:
    """A corpus of so many articles in which nobody says anything; it keeps what was asked of it."""

    def __init__(self, articles: int) -> None:
        self.articles = articles
        self.asked: list[tuple[int | None, int | None, int | None]] = []

    async def mark(self) -> int:
        return 0

    async def size(self) -> int:
        return self.articles

    async def evidence(
        self,
        *,
        actor_ids: Collection[str] | None = None,
        names: Collection[str] | None = None,
        topic_ids: Collection[str] | None = None,
        until: datetime | None = None,
        latest: int | None = None,
    ) -> tuple[Evidence, ...]:
        self.asked.append((_number(actor_ids), _number(names), latest))
        return ()


def _number(given: Collection[str] | None) -> int | None:
    return None if given is None else len(given)


class Passed:
    """A ledger that keeps nothing."""

    async def issue(self, digest: Digest, *_: object) -> Digest:
        return digest


async def asked(dossier: Dossier, articles: int) -> list[tuple[int | None, int | None, int | None]]:
    corpus = Watched(articles)
    names = Names(dossier)
    names.learn_speakers([(None, f"Stranger {number}", 9) for number in range(500)])
    service = PositionService(
        dossier=dossier, corpus=cast(Corpus, corpus), names=names, ledger=cast(EditionLedger, Passed())
    )
    await service.positions(PositionsRequest(topic=dossier.topics[0].id))
    return corpus.asked


async def test_of_a_small_corpus_all_who_spoke_are_read(dossier: Dossier) -> None:
    assert await asked(dossier, SMALL) == [(None, None, OF_EACH)]


async def test_of_a_large_corpus_the_dossiers_actors_and_those_heard_most_are_read(dossier: Dossier) -> None:
    (actors, none, latest), (nobody, others, same) = await asked(dossier, SMALL + 1)
    assert (actors, none, nobody, others) == (len(dossier.actors), None, None, 100)
    assert latest == same == of_each(SMALL + 1, len(dossier.actors) + 100)


@pytest.mark.parametrize(
    ("articles", "pairs", "expected"),
    [(0, 0, 40), (SMALL, 10_000, 40), (SMALL + 1, 0, 40), (SMALL + 1, 60, 40), (SMALL + 1, 120, 20), (10**6, 10**6, 5)],
)
def test_the_more_speak_the_fewer_of_each_are_read(articles: int, pairs: int, expected: int) -> None:
    assert of_each(articles, pairs) == expected
