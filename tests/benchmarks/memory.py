"""What a process and everybody it started take of the memory, watched from outside (Linux)."""

import threading
from collections.abc import Iterator
from pathlib import Path

_EVERY = 0.2  # seconds between two looks


class PeakMemory:
    """The most megabytes that a process and its descendants held at once, pages that they share counted once (PSS)."""

    def __init__(self, pid: int) -> None:
        self.megabytes = 0.0
        self._pid = pid
        self._end = threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "PeakMemory":
        self._watching.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._watching.join()

    def _watch(self) -> None:
        while not self._end.wait(_EVERY):
            self.megabytes = max(self.megabytes, sum(map(_held, family(self._pid))))


def family(pid: int) -> Iterator[int]:
    """A process and its descendants, as far as they are there."""
    yield pid
    try:
        children = [file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return
    for child in " ".join(children).split():
        yield from family(int(child))


def _held(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has ended
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000
