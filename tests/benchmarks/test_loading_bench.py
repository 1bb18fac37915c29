"""A load of 1,000, 3,000, 10,000 and 30,000 articles: cold, unchanged, and with one changed file.

Run with `pytest tests/benchmarks/test_loading_bench.py -n 0 --benchmark-only`; the ordinary suite skips them. The
program runs as a process of its own; memory is that of all its processes together. In the end the command line reloads
one changed file, its start included.
"""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.dossier import Dossier
from tests.benchmarks.memory import PeakMemory
from tests.postgres import PostgresServer, postgres_server  # noqa: F401 - a fixture
from tests.press import Press, print_folder

PROJECT = Path(__file__).resolve().parents[2]
DOSSIER = PROJECT / "config" / "dossiers" / "ukraine-peace.toml"
SAMPLES = 'location = "seeds/ukraine-peace"'


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, articles: int) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'attache.db'}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    asyncio.run(server.execute(f"CREATE DATABASE load_{articles}"))
    return server.url(f"load_{articles}")


@pytest.mark.parametrize("articles", [1_000, 3_000, 10_000, 30_000])
@pytest.mark.timeout(3600)
def test_load(benchmark: BenchmarkFixture, dossier: Dossier, tmp_path: Path, url: str, articles: int) -> None:
    folder = tmp_path / "press"
    words = print_folder(folder, Press(dossier), articles)
    file = tmp_path / "dossier.toml"
    file.write_text(DOSSIER.read_text(encoding="utf-8").replace(SAMPLES, f'location = "{folder}"'), encoding="utf-8")
    changing = sorted(folder.rglob("*.txt"))[articles // 2]

    found: dict[str, Any] = benchmark.pedantic(  # type: ignore[no-untyped-call]  # the plug-in's
        _load, args=(file, url, changing), rounds=1
    )

    benchmark.extra_info.update(articles=articles, words=words, **found)
    print(f"\n{url.partition(':')[0]}, {articles} articles, {words} words: {found}")
    assert found["cold_report"][0] == articles
    assert found["unchanged_report"][:3] == [0, 0, articles]
    assert found["changed_report"][:3] == [0, 1, articles - 1]


def _load(dossier: Path, url: str, changing: Path) -> dict[str, Any]:
    script = Path(__file__).with_name("reload_thrice.py")
    command = [sys.executable, str(script), str(dossier), url, str(changing)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    with (
        subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE) as running,
        PeakMemory(running.pid) as memory,
    ):
        out, _ = running.communicate()
    assert running.returncode == 0
    found: dict[str, Any] = json.loads(out)
    return {**found, "megabytes": round(memory.megabytes), "command": _commanded(dossier, url, changing)}


def _commanded(dossier: Path, url: str, changing: Path) -> float:
    """Seconds that `attache reload` takes, from its start to its end, where one file has changed."""
    with changing.open("a", encoding="utf-8") as file:
        file.write("\nNobody said anything at all.\n")
    command = [sys.executable, "-m", "bot", "--dossier", str(dossier), "reload"]
    started_at = perf_counter()
    done = subprocess.run(
        command, cwd=PROJECT, env={**os.environ, "DATABASE_URL": url}, capture_output=True, check=True, text=True
    )
    seconds = perf_counter() - started_at
    assert "1 changed" in done.stdout
    return seconds
