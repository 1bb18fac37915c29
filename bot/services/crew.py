"""Analysts in processes of their own: a large load reads on all cores, and Discord is answered meanwhile."""

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.connection import wait

from bot.articles.clean import Cleaner
from bot.dossier import Dossier
from bot.language.lexicon import Lexicon
from bot.positions.reader import Reader
from bot.services.analysis import Analysed, Analyst, Batch

LOG = logging.getLogger(__name__)
MOST = 4  # processes, however many cores there are: each takes 60 MB
_AHEAD = 2  # batches in hand for each process, so that none waits and the memory stays small

_analyst: Analyst | None = None  # of a process of the crew


class Crew:
    """Processes that are started when a load is worth it and end with it.

    They are spawned, never forked: a copy of a process with threads may hang. Whatever happens to one of them, the
    batches it leaves behind are read here, with the same result. `size` 1 or less is no crew.
    """

    def __init__(self, lexicon: Lexicon, dossier: Dossier, *, size: int) -> None:
        self._lexicon = lexicon
        self._dossier = dossier
        self.size = size
        self._pool: ProcessPoolExecutor | None = None
        self._is_broken = False

    async def analyse(self, batches: AsyncIterator[Batch], here: Analyst) -> AsyncGenerator[Analysed]:
        """What comes of each batch, in their order. `here` reads where the processes can't."""
        in_hand: deque[tuple[Batch, Future[Analysed] | None]] = deque()
        try:
            async for batch in batches:
                in_hand.append((batch, await self._given(batch)))
                if len(in_hand) >= _AHEAD * self.size:
                    yield await self._done(*in_hand.popleft(), here)
            while in_hand:
                yield await self._done(*in_hand.popleft(), here)
        finally:
            for _, future in in_hand:
                if future is not None:
                    future.cancel()

    async def dismiss(self) -> None:
        """End the processes, each after the batch it is at."""
        pool, self._pool, self._is_broken = self._pool, None, False
        if pool is not None:
            await asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True)

    async def _given(self, batch: Batch) -> Future[Analysed] | None:
        if self._is_broken:
            return None
        try:
            if self._pool is None:
                self._pool = self._hired()
                await asyncio.to_thread(self._pool.submit, _is_ready)  # starts them, which takes a moment
            return self._pool.submit(_analyse, batch)
        except (OSError, RuntimeError):  # no room for another process, or one that died
            self._give_up()
            return None

    def _hired(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            self.size,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self._lexicon, self._dossier),
        )

    async def _done(self, batch: Batch, future: Future[Analysed] | None, here: Analyst) -> Analysed:
        if future is not None:
            try:
                return await asyncio.wrap_future(future)
            except Exception:  # a process died, or could not tell what it found
                self._give_up()
        return await asyncio.to_thread(here.analyse, batch)

    def _give_up(self) -> None:
        if not self._is_broken:
            LOG.warning("a process that reads articles ended; this load goes on without help", exc_info=True)
        self._is_broken = True


def default_size() -> int:
    """One process a core that we may use, as long as there are two."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST)


def _begin(lexicon: Lexicon, dossier: Dossier) -> None:
    """A process of the crew begins: it builds its rules once, and lives no longer than who started it."""
    global _analyst  # noqa: PLW0603 - how an executor's processes keep what they are made with
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to all; who started us decides
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _analyst = Analyst(Cleaner(lexicon), Reader(lexicon, dossier))


def _leave_with_parent() -> None:
    """Who was killed can't dismiss anybody."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _is_ready() -> bool:
    return _analyst is not None


def _analyse(batch: Batch) -> Analysed:
    assert _analyst is not None
    return _analyst.analyse(batch)
