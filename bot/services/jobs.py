"""One heavy job a server at a time: who asks for a second one is told which is running."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import BusyError


class HeavyJobs:
    """Which server has which job in hand. `who` is a server's id, or a person's outside of servers."""

    def __init__(self) -> None:
        self._running: dict[int, str] = {}

    @contextmanager
    def running(self, who: int, job: str) -> Iterator[None]:
        """Hold the place while the block runs. Raises `BusyError` where it is taken. `job` names a command."""
        if who in self._running:
            raise BusyError(self._running[who])
        self._running[who] = job
        try:
            yield
        finally:
            del self._running[who]
