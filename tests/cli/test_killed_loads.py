"""A load of 2,000 articles that is killed (SIGKILL) at twenty moments ends as one that nobody disturbed, row for row.

Real processes: the program, those that read for it, and the database's. Slow: `pytest -m slow` runs it, `.ci/run` too.
"""

import asyncio
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.dossier import Dossier
from bot.errors import StorageError
from bot.storage.engine import Engine, create_engine
from bot.storage.tables import articles
from tests.conftest import PROJECT
from tests.postgres import PostgresServer, postgres_server  # noqa: F401 - a fixture
from tests.press import Press, print_folder
from tests.same_rows import rows_of

ARTICLES = 2000
KILLS = 20
SEED = 7
DOSSIER = PROJECT / "config" / "dossiers" / "ukraine-peace.toml"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, dossier: Dossier) -> Path:
    """A dossier over a folder of 2,000 short articles."""
    folder = tmp_path_factory.mktemp("press")
    print_folder(folder, Press(dossier, words=60), ARTICLES)
    samples = 'location = "seeds/ukraine-peace"'
    written = folder.with_name("press.toml")
    written.write_text(DOSSIER.read_text(encoding="utf-8").replace(samples, f'location = "{folder}"'), encoding="utf-8")
    return written


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_a_load_killed_twenty_times_ends_as_one_that_was_not(
    file: Path,
    tmp_path: Path,
    postgres_server: PostgresServer,  # noqa: F811 - the fixture
) -> None:
    undisturbed = f"sqlite:///{tmp_path / 'undisturbed.db'}"
    await postgres_server.execute("CREATE DATABASE killed")
    disturbed = {f"sqlite:///{tmp_path / 'killed.db'}": "SQLite", postgres_server.url("killed"): "PostgreSQL"}
    _load(file, undisturbed)
    _load(file, undisturbed)  # nothing has changed: so the state of the source does not tell how the first one went
    expected = await rows_of(undisturbed)
    assert len(expected["articles"]) == ARTICLES
    for url, name in disturbed.items():
        await _load_and_kill(file, url, random.Random(SEED))
        _load(file, url)
        _load(file, url)
        found = await rows_of(url)
        for table, rows in expected.items():
            is_same = found[table] == rows  # apart: a picture of the difference would take hours to draw
            assert is_same, f"{table} in {name}: {_first_difference(rows, found[table])}"
        assert all(await _baselines(url)), "what a continued first load brings is no news"


def _first_difference(expected: Sequence[object], found: Sequence[object]) -> str:
    pairs = zip(expected, found, strict=False)
    return next((f"{one} was {other}" for one, other in pairs if one != other), f"{len(expected)} were {len(found)}")


async def _load_and_kill(file: Path, url: str, chance: random.Random) -> None:
    """Twenty loads, each killed a moment after so many articles are stored; the last ones while copies are folded."""
    moments = [0, 0, *sorted(chance.sample(range(ARTICLES), KILLS - 5)), ARTICLES, ARTICLES, ARTICLES]
    engine = create_engine(url)
    try:
        for stored in moments:
            running = _begin(file, url)
            while await _stored(engine) < stored and running.poll() is None:  # noqa: ASYNC110 - asked from outside
                await asyncio.sleep(0.02)
            await asyncio.sleep(chance.uniform(0, 0.8 if stored in (0, ARTICLES) else 0.2))
            running.kill()
            running.wait()
            await _see_all_gone(running.pid)
    finally:
        await engine.close()


async def _see_all_gone(session: int) -> None:
    """Who is killed can't end anybody; those who read for it must find out by themselves."""
    deadline = time.monotonic() + 120
    while left := list(_of_session(session)):
        assert time.monotonic() < deadline, f"processes are left behind: {left}"
        await asyncio.sleep(0.02)


def _of_session(session: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, _, its_session = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
            except OSError:  # it has ended
                continue
            if int(its_session) == session and state != "Z":
                yield int(entry.name)


async def _stored(engine: Engine) -> int:
    """How many articles there are; -1 as long as there are no tables."""
    try:
        async with engine.reading() as connection:
            return await connection.scalar(select(func.count()).select_from(articles)) or 0
    except (SQLAlchemyError, StorageError):
        return -1


async def _baselines(url: str) -> list[bool]:
    engine = create_engine(url)
    try:
        async with engine.reading() as connection:
            return list(await connection.scalars(select(articles.c.baseline)))
    finally:
        await engine.close()


def _begin(file: Path, url: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "bot", "--dossier", str(file), "reload"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env=_environment(url), stdout=quiet, stderr=quiet, start_new_session=True)


def _load(file: Path, url: str) -> None:
    command = [sys.executable, "-m", "bot", "--dossier", str(file), "reload"]
    done = subprocess.run(command, env=_environment(url), capture_output=True, check=False, timeout=1800)
    assert done.returncode == 0, done.stderr[-2000:]


def _environment(url: str) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": url, "LOAD_PROCESSES": "2"}
