"""Answers composed lately: who asks the same of the same corpus is not kept waiting while it is composed again."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")

_KEPT = 6  # up to six megabytes each: all that was weighed goes with a briefing


class Shelf(Generic[Answer]):
    """Keeps the answers asked for last, and those in the making. What could not be composed is not kept."""

    def __init__(self, most: int = _KEPT) -> None:
        self._most = most
        self._tasks: OrderedDict[Hashable, asyncio.Task[Answer]] = OrderedDict()

    async def answer(self, key: Hashable, compose: Callable[[], Awaitable[Answer]]) -> Answer:
        """What `compose` gives; `key` stands for all that this depends on.

        One who gives up waiting does not take it from others who ask for the same.
        """
        task = self._tasks.get(key)
        if task is None:
            task = self._tasks[key] = asyncio.ensure_future(compose())
            task.add_done_callback(lambda done: self._drop_failed(key, done))
            while len(self._tasks) > self._most:
                self._tasks.popitem(last=False)
        self._tasks.move_to_end(key)
        return await asyncio.shield(task)

    def _drop_failed(self, key: Hashable, done: asyncio.Task[Answer]) -> None:
        if (done.cancelled() or done.exception() is not None) and self._tasks.get(key) is done:
            del self._tasks[key]
