"""Shorthands for tests that clean texts."""

from collections.abc import Callable

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument
from bot.language.lexicon import Lexicon


@pytest.fixture(scope="session")
def cleaner(lexicon: Lexicon) -> Cleaner:
    """The cleaner of the lexicon that ships."""
    return Cleaner(lexicon)


@pytest.fixture
def clean(cleaner: Cleaner) -> Callable[..., Article]:
    """Cleans a text that is expected to hold an article."""

    def run(text: str, *, media_type: str = "text/plain", location: str = "a.txt", **hints: str) -> Article:
        document = RawDocument("s", location, text.encode(), media_type, hints)
        article = cleaner.clean(document, source_name="The Test Source")
        assert isinstance(article, Article), article
        return article

    return run
