"""Fixtures of the river talks."""

import pytest

from bot.briefings.editor import Editor
from bot.language.lexicon import Lexicon
from bot.language.sentences import SentenceSplitter
from tests.briefings.river import RIVER, MakeWeighed, maker


@pytest.fixture(scope="session")
def editor(lexicon: Lexicon) -> Editor:
    """An editor of the river talks with the lexicon that ships."""
    return Editor(RIVER, lexicon)


@pytest.fixture(scope="session")
def make_weighed(lexicon: Lexicon) -> MakeWeighed:
    """Articles from lines of text."""
    return maker(SentenceSplitter(lexicon))
