"""Why something was refused or went wrong, as the code says it in English, is recognised where it is shown."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.catalogues import LANGUAGES, speaking
from bot.errors import NotFoundError
from bot.presentation.errors import explain
from bot.reasons import reason_words
from bot.sources import fetcher
from tests.catalogues.keys import PROJECT

# Which argument of a call is a reason that a member may be shown.
_PLACES = {
    "InvalidInputError": 2,
    "SourceError": 1,
    "DeliveryRejectedError": 1,
    "DeliveryFailedError": 1,
    "Failed": 1,
    "NoFeed": 0,
    "NoArticle": 0,
    "Unreadable": 1,
    "Skipped": 1,
    "Verdict": 1,
    "_Found": 2,
}
_OPERATORS = (
    "storage",
    "batch",
    "doctor.py",
    "cli",
    "sharding.py",
    "correction_answers.py",
)  # what only who runs the bot is told stays English

_GLUED = ("is a web page, not a feed7", "it 7")  # where what is filled in is a reason's other half


def reasons() -> Iterator[tuple[str, str]]:
    """(where, the reason with "7" for what is filled in) of every literal reason."""
    for folder in ("bot", "commands"):
        for file in sorted((PROJECT / folder).rglob("*.py")):
            if any(part.startswith(_OPERATORS) for part in file.relative_to(PROJECT).parts[1:]):
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                reason = _reason(node)
                if reason and reason not in _GLUED:
                    yield f"{Path(file).stem}:{node.lineno}", reason  # type: ignore[attr-defined]  # a call has one


def _reason(node: ast.AST) -> str | None:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _PLACES):
        return None
    place = _PLACES[node.func.id]
    given = node.args[place] if len(node.args) > place else None
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return given.value
    if isinstance(given, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "7" for one in given.values)
    return None


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_reason_in_the_code_has_its_pattern(language: str) -> None:
    found = list(reasons())
    assert len(found) > 60
    with speaking(language):
        unknown = [(where, reason) for where, reason in found if reason_words(reason) == reason]
    assert not unknown


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_what_goes_wrong_below_http_has_its_pattern(language: str) -> None:
    with speaking(language):
        assert [reason for *_, reason in fetcher._FAULTS if reason_words(reason) == reason] == []
        inside = reason_words("127.0.0.1 is inside a private network")
        refused = reason_words("may not be asked: 127.0.0.1 is inside a private network")
    assert refused.endswith(inside)
    assert "may not" not in refused


def test_every_kind_of_what_is_not_found_has_its_words() -> None:
    kinds = set()
    for folder in ("bot", "commands"):
        for file in sorted((PROJECT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                    continue
                if node.func.id == "NotFoundError" and isinstance(node.args[0], ast.Constant):
                    kinds.add(str(node.args[0].value))
    assert len(kinds) > 8
    assert {kind for kind in kinds if "nothing called" in explain(NotFoundError(kind, "x"))} == set()
    with speaking("de"):
        assert explain(NotFoundError("of no kind we know", "x")).startswith("Nichts")
