"""Answers are issued: proved, kept as an edition, and sent out with its id, so that each line can be asked about."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.briefings.editions import OUTSIDE, Asked, Edition, digest_of, ids_of, kind_of, lines_of
from bot.errors import StorageError
from bot.services.names import Names
from bot.services.ports import Corpus, Editions
from bot.services.proving import AnyAnswer, prove_answer

LOG = logging.getLogger(__name__)
KEPT_FOR = timedelta(days=180)
MOST_KEPT = 5_000  # editions; some 20 MB of lines at most
_PRUNED_EVERY = 200  # editions kept


class EditionLedger:
    """Issues answers. One that can't be kept is issued all the same, without an id: its lines are proved already."""

    def __init__(self, *, corpus: Corpus, editions: Editions, names: Names, clock: Callable[[], datetime]) -> None:
        self._corpus = corpus
        self._editions = editions
        self._names = names
        self._clock = clock
        self._issued = 0

    async def issue(self, answer: AnyAnswer, guild_id: int | None = None, asked: Asked | None = None) -> AnyAnswer:
        """`answer` with the id of its edition, given to this server. `asked` is what a briefing was composed for.

        Raises `UnprovedLineError` if a line is not the stored text.
        """
        await prove_answer(answer, self._corpus)
        try:
            edition_id = await self._keep(answer, guild_id or OUTSIDE, asked)
        except StorageError as error:
            LOG.warning("an edition could not be kept: %s", error)
            edition_id = None
        return replace(answer, edition=edition_id)

    async def _keep(self, answer: AnyAnswer, guild_id: int, asked: Asked | None) -> str | None:
        lines = lines_of(answer)
        if not lines:
            return None
        digest, kind, now = digest_of(lines), kind_of(answer), self._clock()
        for edition_id in ids_of(kind, digest):
            edition = Edition(edition_id, digest, kind, now, lines, frozenset({guild_id}), asked)
            if await self._editions.keep(edition):
                self._names.learn_edition(edition_id, kind.value, now, edition.guilds)
                await self._prune(now)
                return edition_id
        return None

    async def _prune(self, now: datetime) -> None:
        self._issued += 1
        if self._issued % _PRUNED_EVERY == 1:
            await self._editions.prune(now - KEPT_FOR, MOST_KEPT)
