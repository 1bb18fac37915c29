"""Verb forms."""

import pytest

from bot.language.inflection import inflect, read_irregular
from bot.language.lexicon import Lexicon


@pytest.mark.parametrize(
    "forms",
    [
        "reject rejects rejected rejected rejecting",
        "announce announces announced announced announcing",
        "deny denies denied denied denying",
        "say says said said saying",
        "vow vows vowed vowed vowing",
        "press presses pressed pressed pressing",
        "veto vetoes vetoed vetoed vetoing",
        "admit admits admitted admitted admitting",
        "write writes wrote written writing",
        "put puts put put putting",
        "lie lies lied lied lying",
        "agree agrees agreed agreed agreeing",
        "begin begins began begun beginning",
        "plan plans planned planned planning",
    ],
)
def test_forms(lexicon: Lexicon, forms: str) -> None:
    irregular = read_irregular(lexicon.strings("grammar", "irregular"))
    found = inflect(forms.split(maxsplit=1)[0], irregular)
    assert [found.base, found.third, found.past, found.participle, found.gerund] == forms.split()


def test_every_irregular_verb_has_three_words(lexicon: Lexicon) -> None:
    assert all(len(line.split()) == 3 for line in lexicon.strings("grammar", "irregular"))
