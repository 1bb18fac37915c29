"""The repository checks itself: who may import whom, sizes, data files."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.loading import load_dossier, load_lexicon

PROJECT = Path(__file__).resolve().parent.parent
PURE = ("articles", "language", "positions", "briefings", "schedules")
IO_MODULES = {
    "aiohttp", "aiosqlite", "alembic", "apscheduler", "asyncio", "asyncpg", "discord", "http", "multiprocessing",
    "os", "pathlib", "random", "requests", "shutil", "socket", "sqlalchemy", "sqlite3", "subprocess", "tempfile",
    "threading", "urllib.request",
}  # fmt: skip
CLOCKS = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.(time|monotonic|sleep|perf_counter))\(")
# Besides the pure rooms, which rooms each room may import.
ALLOWED = {
    "sources": {"services.ports", "services.source_ports", "errors", "dossier"},
    "storage": {
        "services.correction_ports",
        "services.audit",
        "services.ports",
        "services.source_ports",
        "services.member_ports",
        "services.schedule_ports",
        "errors",
        "dossier",
    },
    "services": {"services", "errors", "dossier", "presentation.proof", "catalogues", "mistakes", "reasons"},
    "presentation": {
        "presentation",
        "services.correction_ports",
        "services.results",
        "services.schedule_ports",
        "services.names",
        "errors",
        "dossier",
        "catalogues",
        "reasons",
    },
}


def source_files() -> list[Path]:
    return sorted(path for folder in ("bot", "commands", "config") for path in (PROJECT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def files_of(room: str) -> list[Path]:
    return sorted((PROJECT / "bot" / room).rglob("*.py"))


@pytest.mark.parametrize("room", PURE)
def test_pure_rooms_do_nothing_but_compute(room: str) -> None:
    for path in files_of(room):
        for module in imported(path):
            root = module.split(".")[0]
            assert not {root, module} & IO_MODULES, f"{path.name} imports {module}"
            if root in ("bot", "commands", "config"):
                inner = module.split(".")
                assert inner[0] == "bot", f"{path.name} imports {module}"
                assert inner[1] in (*PURE, "errors", "dossier"), f"{path.name} imports {module}"
        assert not CLOCKS.search(path.read_text(encoding="utf-8")), f"{path.name} asks the clock"


@pytest.mark.parametrize("room", sorted(ALLOWED))
def test_rooms_import_only_their_neighbours(room: str) -> None:
    for path in files_of(room):
        for module in imported(path):
            if not module.startswith("bot.") or module == "bot":
                continue
            inner = module.removeprefix("bot.")
            allowed = {room, *PURE, *ALLOWED[room]}
            assert any(inner == one or inner.startswith(f"{one}.") for one in allowed), f"{path.name} imports {module}"


def test_config_is_known_to_the_composition_root_alone() -> None:
    importers = {
        path.relative_to(PROJECT).as_posix()
        for path in source_files()
        if path.parts[-2] != "config" and any(module.split(".")[0] == "config" for module in imported(path))
    }
    assert importers <= {
        "bot/wiring.py",
        "bot/roles.py",
        "bot/cli/opening.py",
        "bot/cli/main.py",
        "bot/cli/checking.py",
    }


def test_only_the_gateway_and_commands_know_discord() -> None:
    knowing = {
        path.relative_to(PROJECT).as_posix()
        for path in source_files()
        if any(module.split(".")[0] == "discord" for module in imported(path))
    }
    outside = {name for name in knowing if not name.startswith(("bot/gateway/", "commands/"))}
    assert outside <= {"bot/presentation/discord_messages.py", "bot/presentation/grid_message.py"}


def test_no_file_and_no_function_outgrows_the_house() -> None:
    for path in source_files():
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, f"{path} has {text.count(chr(10))} lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                assert length <= 50, f"{path}:{node.lineno} {node.name} has {length} lines"


def test_no_room_is_a_drawer() -> None:
    assert not [path for path in source_files() if path.stem in ("utils", "helpers", "common", "manager", "misc")]


def test_code_knows_no_dossier() -> None:
    """Surnames and topics of the dossier that ships stand in its file alone."""
    dossier = load_dossier(PROJECT / "config" / "dossiers" / "ukraine-peace.toml")
    surnames = {actor.name.split()[-1] for actor in dossier.actors if actor.kind.value == "person"}
    known = re.compile(r"\b(" + "|".join(sorted(map(re.escape, surnames))) + r"|Kremlin|Donbas|Zaporizhzhia)\b")
    for path in source_files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # may give examples
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings:
                assert not known.search(node.value), f"{path}: {node.value!r}"


def test_dossiers_and_lexicon_are_valid() -> None:
    dossiers = sorted((PROJECT / "config" / "dossiers").glob("*.toml"))
    assert dossiers
    for path in dossiers:
        dossier = load_dossier(path)
        assert load_lexicon(PROJECT / "config" / "lexicon", dossier.language).sections


def test_locks_are_hashed_and_name_no_registry() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (PROJECT / name).read_text(encoding="utf-8")
        pinned = re.findall(r"^[a-z0-9][\w.-]*(?:\[[\w,]+\])?==", text, re.MULTILINE)
        assert len(pinned) > 20
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "://" not in text
    assert not (PROJECT / "uv.lock").exists()


def test_no_machine_path_stands_in_the_project() -> None:
    path = re.compile(r"/(?:work|root|home/[a-z]+)/")
    for file in own_files():
        if file.suffix in (".png", ".webp") or not file.is_file():
            continue
        found = path.search(file.read_text(encoding="utf-8", errors="replace"))
        assert found is None, f"{file}: {found.group() if found else ''}"


def own_files() -> list[Path]:
    """What git knows, whoever owns the checkout; without git, what lies in our folders."""
    command = ["git", "-c", f"safe.directory={PROJECT}", "ls-files"]
    try:
        listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        folders = ("bot", "commands", "config", "docs", "seeds", "tests")
        ours = [*PROJECT.glob("[!.]*.*"), *(one for name in folders for one in (PROJECT / name).rglob("*.*"))]
        return [one for one in ours if one.suffix != ".pyc"]
    return [PROJECT / name for name in listed.splitlines()]
