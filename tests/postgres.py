"""A private PostgreSQL server for the tests: made in a temporary folder, on a Unix socket, gone at the end.

Import `postgres_server` and `postgres_url` into a `conftest.py` to use it. Without a server on the machine the tests
are skipped with the reason, in CI (variable `CI` set) they fail.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import asyncpg
import pytest

USER = "attache"
START_SECONDS = 300
# Nothing of it outlives the session, so nothing needs to reach the disk.
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "timezone": "Asia/Kathmandu",  # +05:45: whoever relies on the server's zone is found out
}
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server; `folder` holds its socket."""

    folder: Path

    def url(self, database: str) -> str:
        """Address of one of its databases, in the form that platforms hand out."""
        return f"postgres://{USER}@/{database}?host={self.folder}"

    async def execute(self, statement: str, *, database: str = "postgres") -> None:
        """Run one statement outside any transaction."""
        connection = await asyncpg.connect(user=USER, database=database, host=str(self.folder))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server a session."""
    programs = _find_programs()
    if programs is None:
        reason = "no PostgreSQL server (initdb, postgres) on PATH or in /usr/lib/postgresql"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}; in CI these tests may not be skipped")
        pytest.skip(reason)
    # Short, because the path of a Unix socket has at most 107 characters, and where everybody may go.
    folder = Path(tempfile.mkdtemp(prefix="attache-pg-", dir="/tmp" if os.access("/tmp", os.W_OK) else None))
    try:
        yield from _serve(programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def postgres_url(postgres_server: PostgresServer) -> AsyncIterator[str]:
    """The address of an empty database of the test's own."""
    name = f"test_{next(_numbers)}"
    await postgres_server.execute(f"CREATE DATABASE {name}")
    yield postgres_server.url(name)
    await postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _find_programs() -> Path | None:
    """The folder of `initdb` and `postgres`: where PATH has it, else the newest of Debian's."""
    on_path = shutil.which("initdb")
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(installed, key=lambda folder: float(folder.parent.name), reverse=True)
    candidates = [Path(on_path).resolve().parent, *newest_first] if on_path else newest_first
    complete = (folder for folder in candidates if (folder / "initdb").exists() and (folder / "postgres").exists())
    return next(complete, None)


def _serve(programs: Path, folder: Path) -> Iterator[PostgresServer]:
    user = _unprivileged_user()
    if user is not None:
        shutil.chown(folder, user)
    data = folder / "data"
    form = ("-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    initdb: list[str | Path] = [programs / "initdb", "-D", data, *form]
    made = subprocess.run(initdb, cwd=folder, user=user, capture_output=True, text=True, check=False)
    if made.returncode:
        pytest.fail(f"initdb: {made.stderr}")
    settings = [part for name, value in OPTIONS.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        command: list[str | Path] = [programs / "postgres", "-D", data, "-k", folder, *settings]
        server = subprocess.Popen(command, cwd=folder, user=user, stdout=log, stderr=log)
    try:
        _await_ready(server, data, folder / "log")
        yield PostgresServer(folder)
    finally:
        _stop(server)


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: somebody else, where we are root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _await_ready(server: subprocess.Popen[bytes], data: Path, log: Path) -> None:
    """The server writes its state into `postmaster.pid`."""
    deadline = time.monotonic() + START_SECONDS
    state = data / "postmaster.pid"
    while time.monotonic() < deadline and server.poll() is None:
        if state.exists() and "ready" in state.read_text(encoding="ascii", errors="replace"):
            return
        time.sleep(0.02)
    pytest.fail(f"PostgreSQL does not start: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast": open connections are cut
    try:
        server.wait(timeout=60)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
