"""`--articles` takes as many paths as a shell puts there."""

from pathlib import Path

import pytest

from bot.cli.arguments import spread_paths


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("text")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("typed", "spread"),
    [
        (["brief"], ["brief"]),
        (["brief", "--articles", "a.txt"], ["brief", "--articles", "a.txt"]),
        (
            ["brief", "--articles", "a.txt", "b.txt", "--since", "all"],
            ["brief", "--articles", "a.txt", "--articles", "b.txt", "--since", "all"],
        ),
        (["positions", "--articles", "a.txt", "Lind"], ["positions", "--articles", "a.txt", "Lind"]),
        (["brief", "--articles", "missing.txt"], ["brief", "--articles", "missing.txt"]),
        (["brief", "--articles"], ["brief", "--articles"]),
        (["brief", "--", "--articles", "a.txt", "b.txt"], ["brief", "--", "--articles", "a.txt", "b.txt"]),
        (["inspect", "a.txt", "b.txt"], ["inspect", "a.txt", "b.txt"]),
    ],
)
def test_paths_are_spread(typed: list[str], spread: list[str]) -> None:
    assert spread_paths(typed) == spread
