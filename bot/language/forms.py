"""The other forms of a word: what somebody who looks for "raising" would take as well."""

from collections import defaultdict

from bot.language.inflection import inflect, read_irregular
from bot.language.lexicon import Lexicon

_SHORTEST = 3


class WordForms:
    """Regular English inflection read backwards, with the lexicon's irregular verbs."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._irregular = read_irregular(lexicon.strings("grammar", "irregular"))
        self._bases: dict[str, set[str]] = defaultdict(set)
        for base, forms in self._irregular.items():
            for form in forms:
                self._bases[form].add(base)

    def of(self, word: str) -> frozenset[str]:
        """Every form of every verb or noun that `word` may be a form of; itself among them. Short words stay alone."""
        if len(word) < _SHORTEST or not word.isascii() or not word.isalpha():
            return frozenset({word})
        found = {word}
        for base in self._possible_bases(word):
            forms = inflect(base, self._irregular)
            every = {forms.base, forms.third, forms.past, forms.participle, forms.gerund}
            if word in every:
                found |= every
        return frozenset(found)

    def _possible_bases(self, word: str) -> set[str]:
        bases = {word, *self._bases.get(word, ())}
        for ending, instead in (
            ("s", ""), ("es", ""), ("ies", "y"), ("d", ""), ("ed", ""), ("ied", "y"), ("ing", ""),
            ("ing", "e"), ("ying", "ie"),
        ):  # fmt: skip
            stem = word.removesuffix(ending) + instead
            if word.endswith(ending) and len(stem) >= _SHORTEST:
                bases.add(stem)
                if len(stem) > _SHORTEST and stem[-1] == stem[-2]:
                    bases.add(stem[:-1])
        return bases
