"""LANGUAGE is ours, and the system's too: whatever it holds, the program starts."""

import pytest

from config.settings import load_settings


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("de", "de"),
        ("uk_UA.UTF-8", "uk"),
        ("pt_BR:pt:fr_FR:en", "fr"),
        ("en_US:en", "en"),
        ("DE", "de"),
        ("pl", "en"),
        ("C", "en"),
        ("", "en"),
    ],
)
def test_the_first_that_we_speak_counts(monkeypatch: pytest.MonkeyPatch, words: str, language: str) -> None:
    monkeypatch.setenv("LANGUAGE", words)
    assert load_settings().language == language
