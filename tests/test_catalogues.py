"""The mechanism of interface texts; what the catalogues must hold is tested beside them."""

import asyncio

import pytest

from bot.catalogues import current_language, known_language, ntr, speak, speaking, tr


@pytest.mark.parametrize(
    ("tag", "language"),
    [("uk", "uk"), ("es-ES", "es"), ("es_419", "es"), ("en-GB", "en"), ("pt-BR", "en"), ("", "en"), (None, "en")],
)
def test_a_tag_finds_its_catalogue_or_english(tag: str | None, language: str) -> None:
    assert known_language(tag) == language


def test_english_is_what_stands_in_the_code() -> None:
    assert tr("{place} is gone.", place="#news") == "#news is gone."
    assert ntr("{n} article", "{n} articles", 1) == "1 article"
    assert ntr("{n} article", "{n} articles", 1200) == "1,200 articles"


def test_what_is_filled_in_is_no_pattern() -> None:
    assert tr("{name} is gone.", name="{secret} {0}") == "{secret} {0} is gone."


async def test_the_language_follows_into_tasks_and_threads_and_not_out_of_them() -> None:
    async def in_ukrainian() -> tuple[str, str]:
        speak("uk")
        inner = await asyncio.create_task(asyncio.to_thread(current_language))
        return current_language(), inner

    assert await asyncio.create_task(in_ukrainian()) == ("uk", "uk")
    assert current_language() == "en"
    with speaking("fr"):
        assert current_language() == "fr"
    assert current_language() == "en"
