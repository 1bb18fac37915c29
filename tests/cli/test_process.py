"""Exit codes and signals."""

import asyncio
import gc
import logging
import os
import platform
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import errors, running
from bot.process import exit_code
from bot.running import end, run_to_end, until_stopped
from bot.storage.database import open_database


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.InvalidInputError("since", "x", "no"), 2),
        (errors.NotFoundError("actor", "x"), 2),
        (errors.ConfigurationError("DISCORD_TOKEN", "not set"), 78),
        (errors.StorageError("sqlite", "locked"), 1),
        (errors.SourceError("Seeds", "gone"), 1),
    ],
)
def test_exit_codes(error: errors.AttacheError, code: int) -> None:
    assert exit_code(error) == code


async def test_work_gives_its_own_code() -> None:
    async def work() -> int:
        return 7

    assert await until_stopped(work()) == 7


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_cancels_the_work_so_that_it_can_clean_up(number: signal.Signals) -> None:
    closed: list[str] = []

    async def work() -> int:
        try:
            os.kill(os.getpid(), number)
            await asyncio.sleep(60)
        finally:
            closed.append("closed")
        return 0

    assert await until_stopped(work()) == 128 + number
    assert closed == ["closed"]


def test_who_is_meant_to_be_stopped_ends_well() -> None:
    async def work(code: int) -> int:
        if code == 0:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(60)
        return code

    assert run_to_end(work(0), stopped=0) == 0
    assert run_to_end(work(0)) == 128 + signal.SIGTERM
    assert run_to_end(work(1), stopped=0) == 1


async def test_a_cancellation_from_elsewhere_is_passed_on() -> None:
    async def work() -> int:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await until_stopped(work())


async def test_at_the_end_no_connection_is_torn_from_whoever_gives_it_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Called off in the middle of it, the pool complains aloud and the database can't be closed."""
    database = await open_database(f"sqlite:///{tmp_path / 'a.db'}")
    monkeypatch.setattr(running, "_OWN_END", 0.0)  # as where the disk is slower than our patience
    monkeypatch.setattr(running, "_LAST_WAIT", 60.0)
    outer = asyncio.all_tasks()

    async def use() -> None:
        while True:
            async with database.engine.writing() as connection:
                await connection.execute(text("SELECT 1"))

    def is_given_back() -> bool:
        return any("AsyncConnection.close" in repr(task) for task in asyncio.all_tasks() - outer)

    gc.collect()  # what other tests left behind may complain now, not below
    with caplog.at_level(logging.ERROR):
        for _ in range(10):
            users = [asyncio.create_task(use()) for _ in range(5)]
            async with asyncio.timeout(60):
                while not is_given_back():  # noqa: ASYNC110  # no event tells of a library's own task
                    await asyncio.sleep(0)
            await end(asyncio.all_tasks() - outer)
            assert all(user.cancelled() for user in users)
    await asyncio.wait_for(database.close(), 60)
    assert caplog.records == []


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the heaps of glibc")
@pytest.mark.parametrize("call", ["share_one_heap()", ""])
def test_threads_share_a_heap(call: str) -> None:
    program = f"""
import ctypes, threading
from bot.process import share_one_heap
{call}
held = threading.Barrier(4)
def work():
    kept = [bytes(2000) for _ in range(2000)]
    held.wait()
threads = [threading.Thread(target=work) for _ in range(4)]
[one.start() for one in threads], [one.join() for one in threads]
library = ctypes.CDLL(None)
library.fdopen.restype = ctypes.c_void_p
library.malloc_info(0, ctypes.c_void_p(library.fdopen(1, b"w")))
library.fflush(None)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout.count("<heap nr=") == 1) is bool(call)
