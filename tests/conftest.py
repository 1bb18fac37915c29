"""Fixtures that every room's tests share."""

import ipaddress
import math
import os
import socket
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from bot.dossier import Dossier
from bot.language.lexicon import Lexicon
from config.loading import load_dossier, load_lexicon
from config.settings import Settings

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"

# The same examples on every machine, however slow it is: a suite that fails by chance tells nobody anything.
settings.register_profile(
    "same everywhere", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same everywhere")

# Nor does it ask this machine's environment: what happens to be called like one of our settings is not meant for us.
for _name in Settings.model_fields:
    os.environ.pop(_name.upper(), None)


@pytest.fixture(autouse=True)
def _no_name_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names are looked up on this machine alone: a name server that is slow, absent or inventive decides no test."""
    look_up = socket.getaddrinfo

    def answer(host: Any, *given: Any, **more: Any) -> Any:
        if not _is_known_here(host):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return look_up(host, *given, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answer)


def _is_known_here(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name.replace(".", "").isdigit()  # 127.1 and 2130706433 are addresses too
    return True


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The English lexicon that ships."""
    return load_lexicon(PROJECT / "config" / "lexicon", "en")


@pytest.fixture(scope="session")
def dossier() -> Dossier:
    """The dossier that ships."""
    return load_dossier(PROJECT / "config" / "dossiers" / "ukraine-peace.toml")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data beside the checkout. Outside CI a test may skip without it; in CI it may not."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail("the development data (../shared) is missing, and in CI these tests may not be skipped")
        pytest.skip("the development data (../shared) is not at hand")
    return SHARED


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """A worker a core that is ours: a container may see all cores of its host and be given the time of two."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return min(usable, 8)
    return min(usable, 8) if quota == "max" else max(min(usable, 8, math.ceil(int(quota) / int(period))), 1)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Hostile texts end in captured logs; half a surrogate pair can't be sent from a worker to who started it."""
    report = yield
    report.sections = [(name, text.encode(errors="replace").decode()) for name, text in report.sections]
    return report
