"""Small changes made together: on a database with one writer, a trip to the disk for each would be the bottleneck."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import Engine

Result = TypeVar("Result")
Change = Callable[[AsyncConnection], Awaitable[Result]]


class Together:
    """Changes that come while a transaction is being committed share the next one.

    Each caller hears of its change when it is committed, not before. A server with many writers gets one transaction a
    change instead: there, two that hold each other's rows would block each other.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: list[tuple[Change[Any], asyncio.Future[Any]]] = []
        self._making: asyncio.Task[None] | None = None

    async def make(self, change: Change[Result]) -> Result:
        """What `change` returned, once it is committed. Raises what it raises, and `StorageError`."""
        if not self._engine.is_sqlite:
            return await self._alone(change)
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, done))
        if self._making is None or self._making.done():
            self._making = asyncio.create_task(self._make_all())
        return await done

    async def _make_all(self) -> None:
        taken: list[tuple[Change[Any], asyncio.Future[Any]]] = []
        try:
            while self._waiting:
                taken, self._waiting = self._waiting, []
                await self._make(taken)
        except BaseException:  # called off: no caller may wait for ever
            for _, done in (*taken, *self._waiting):
                done.cancel()
            self._waiting = []
            raise

    async def _make(self, taken: Sequence[tuple[Change[Any], asyncio.Future[Any]]]) -> None:
        try:
            async with self._engine.writing() as connection:
                results = [await change(connection) for change, _ in taken]
        except IntegrityError:  # one is in the wrong, and it took the others with it
            for change, done in taken:
                await self._settle(change, done)
        except Exception as error:
            for _, done in taken:
                if not done.done():
                    done.set_exception(error)
        else:
            for (_, done), result in zip(taken, results, strict=True):
                if not done.done():  # else its caller was cancelled
                    done.set_result(result)

    async def _settle(self, change: Change[Any], done: asyncio.Future[Any]) -> None:
        try:
            result = await self._alone(change)
        except Exception as error:
            if not done.done():
                done.set_exception(error)
        else:
            if not done.done():
                done.set_result(result)

    async def _alone(self, change: Change[Result]) -> Result:
        async with self._engine.writing() as connection:
            return await change(connection)
