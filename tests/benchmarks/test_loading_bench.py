"""A load of 1,000, 10,000 and 30,000 articles: cold, unchanged, and with one changed file.

Run with `pytest tests/benchmarks/test_loading_bench.py -n 0 --benchmark-only`; the ordinary suite skips them. The
program runs as a process of its own; memory is that of all its processes together.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.dossier import Dossier
from tests.benchmarks.memory import PeakMemory
from tests.press import Press, print_folder

PROJECT = Path(__file__).resolve().parents[2]
DOSSIER = PROJECT / "config" / "dossiers" / "ukraine-peace.toml"
SAMPLES = 'location = "seeds/ukraine-peace"'


@pytest.mark.parametrize("articles", [1_000, 10_000, 30_000])
@pytest.mark.timeout(3600)
def test_load(benchmark: BenchmarkFixture, dossier: Dossier, tmp_path: Path, articles: int) -> None:
    folder = tmp_path / "press"
    words = print_folder(folder, Press(dossier), articles)
    file = tmp_path / "dossier.toml"
    file.write_text(DOSSIER.read_text(encoding="utf-8").replace(SAMPLES, f'location = "{folder}"'), encoding="utf-8")
    changing = sorted(folder.rglob("*.txt"))[articles // 2]

    found: dict[str, Any] = benchmark.pedantic(  # type: ignore[no-untyped-call]  # the plug-in's
        _load, args=(file, tmp_path / "attache.db", changing), rounds=1
    )

    benchmark.extra_info.update(articles=articles, words=words, **found)
    print(f"\n{articles} articles, {words} words: {found}")
    assert found["cold_report"][0] == articles
    assert found["unchanged_report"][:3] == [0, 0, articles]
    assert found["changed_report"][:3] == [0, 1, articles - 1]


def _load(dossier: Path, database: Path, changing: Path) -> dict[str, Any]:
    script = Path(__file__).with_name("reload_thrice.py")
    command = [sys.executable, str(script), str(dossier), f"sqlite:///{database}", str(changing)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    with (
        subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE) as running,
        PeakMemory(running.pid) as memory,
    ):
        out, _ = running.communicate()
    assert running.returncode == 0
    found: dict[str, Any] = json.loads(out)
    return {**found, "megabytes": round(memory.megabytes)}
