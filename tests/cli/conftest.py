"""The command line in process and as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli.main import main
from tests.worlds import World, write_world

PROJECT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A dossier and its articles, with a database file beside them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    found = write_world(tmp_path)
    monkeypatch.setenv("DOSSIER", str(found.dossier))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'data' / 'attache.db'}")
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    return found


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Attache = Callable[..., Ended]


@pytest.fixture
def attache(world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Attache:
    """Run a command in this process."""

    def run(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["attache", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Ended(int(ended.value.code or 0), out, err)

    return run


@pytest.fixture
def process(world: World) -> Attache:
    """Run a command as a process of its own, with this on its standard input."""

    def run(*arguments: object, stdin: str | bytes = "") -> Ended:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [sys.executable, "-m", "bot", *map(str, arguments)],
            input=given,
            capture_output=True,
            check=False,
            timeout=300,
            env=dict(os.environ),
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
