"""Fixtures that every room's tests share."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.dossier import Dossier
from bot.language.lexicon import Lexicon
from config.loading import load_dossier, load_lexicon

PROJECT = Path(__file__).resolve().parent.parent
SHARED = PROJECT.parent / "shared"

# The same examples on every machine, however slow it is: a suite that fails by chance tells nobody anything.
settings.register_profile(
    "same everywhere", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same everywhere")


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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Hostile texts end in captured logs; half a surrogate pair can't be sent from a worker to who started it."""
    report = yield
    report.sections = [(name, text.encode(errors="replace").decode()) for name, text in report.sections]
    return report
