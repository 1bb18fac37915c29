"""A second dossier at the database of the first: refused by every command that would use it, by none that does not."""

from pathlib import Path

import pytest

from tests.cli.conftest import Attache
from tests.worlds import World

_USERS = (
    ("brief",),
    ("positions", "lind"),
    ("reload",),
    ("sources", "list"),
    ("schedules", "list"),
    ("corrections", "list"),
    ("load",),
    ("console",),
    ("run",),
)
_OTHERS = (
    ("brief", "--since", "all", "--articles", "articles"),
    ("inspect", "articles/undated.txt"),
    ("summarize", "articles/undated.txt"),
    ("stories", "articles/undated.txt"),
    ("--help",),
)


@pytest.fixture
def grain(world: World, attache: Attache) -> Path:
    """Another dossier, with the database filled by the first."""
    assert attache("brief", "--since", "all").code == 0
    other = world.dossier.with_name("grain.toml")
    text = world.dossier.read_text(encoding="utf-8").replace('id = "herring"', 'id = "grain"')
    other.write_text(text, encoding="utf-8")
    return other


@pytest.mark.parametrize("command", _USERS, ids=" ".join)
def test_what_uses_the_database_is_refused(
    attache: Attache, grain: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DOSSIER", str(grain))
    monkeypatch.setenv("DISCORD_TOKEN", "not-asked-for")
    before = _bytes(grain.parent)
    done = attache(*command)
    assert (done.code, done.out) == (78, "")
    said = " ".join(done.err.split())
    assert "holds the dossier “herring”, not “grain”" in said
    assert "`python -m bot adopt`" in said
    assert _bytes(grain.parent) == before


def _bytes(folder: Path) -> bytes:
    return (folder / "data" / "attache.db").read_bytes()


@pytest.mark.parametrize("command", _OTHERS, ids=" ".join)
def test_what_keeps_nothing_is_not(
    attache: Attache, grain: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DOSSIER", str(grain))
    assert attache(*command).code == 0


def test_doctor_says_it(attache: Attache, grain: Path) -> None:
    done = attache("doctor", "--dossier", grain)
    assert done.code == 1
    assert "holds the dossier “herring”, not “grain”" in done.out


def test_a_dossier_under_a_new_id_adopts_its_database(attache: Attache, grain: Path) -> None:
    done = attache("adopt", "--dossier", grain)
    assert (done.code, done.err) == (0, "")
    assert "“grain” now; it was that of “herring”. Its 3 articles stay" in done.out
    assert attache("brief", "--dossier", grain).code == 0
    assert attache("brief").code == 78
