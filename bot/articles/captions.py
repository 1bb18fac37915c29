"""Photo captions that stand in a text as if they were paragraphs."""

import re
from itertools import pairwise

from bot.articles.lines import Line
from bot.language.lexicon import Lexicon

_SENTENCE_BREAK = re.compile(r"[.!?][\"”']?\s+[\"“]?[A-Z][a-z]")
_YEAR_AT_END = re.compile(r"\b(?:19|20)\d\d[\s.)\]]*$")
_WORD = re.compile(r"[\w'-]+")
_CREDITED_WORDS = 35  # captions above a credit are hardly longer; paragraphs are
_VERB_WITHIN = 18  # words from the start in which a caption's verb comes


class Captions:
    """Recognises a caption by its shape: one sentence in the present tense that ends by naming the day and year."""

    def __init__(self, lexicon: Lexicon) -> None:
        section = lexicon.section("cleaning")
        data, names = section["captions"], section["metadata"]
        self._max_words = int(data["max_words"])
        self._verbs = frozenset(data["verbs"])
        self._verbs_after_names = frozenset(data["verbs_after_names"])
        self._reporting = frozenset(data["reporting"])
        self._looks_back = frozenset(data["past"])
        self._being, self._ongoing = frozenset(data["being"]), str(data["ongoing"])
        months = "|".join(sorted(names["months"], key=len, reverse=True))
        self._day = re.compile(rf"\b(?:{months})\b\.?\s+\d{{1,2}}\b|\b\d{{1,2}}\s+(?:{months})\b", re.IGNORECASE)

    def is_caption(self, line: Line) -> bool:
        """Whether the line alone is a caption."""
        if line.words > self._max_words or not self._ends_in_date(line.plain):
            return False
        if _SENTENCE_BREAK.search(line.plain) or any(mark in line.text for mark in '“”"?'):
            return False
        words = [word.casefold() for word in _WORD.findall(line.plain)]
        return not self._tells(words) and self._is_present(line.plain)

    def is_caption_by_place(self, line: Line) -> bool:
        """Whether the line, standing right above a photographer's credit, is its caption."""
        if line.words > _CREDITED_WORDS or _SENTENCE_BREAK.search(line.plain):
            return False
        words = [word.casefold() for word in _WORD.findall(line.plain)]
        if self._tells(words):
            return False
        return self._is_present(line.plain) or self._is_going_on(words[:_VERB_WITHIN])

    def _tells(self, words: list[str]) -> bool:
        """Whether a sentence reports speech or what is over."""
        return not (self._reporting.isdisjoint(words) and self._looks_back.isdisjoint(words))

    def _ends_in_date(self, plain: str) -> bool:
        tail = plain[-60:]
        return _YEAR_AT_END.search(tail) is not None and self._day.search(tail) is not None

    def _is_going_on(self, words: list[str]) -> bool:
        return any(word in self._being and after.endswith(self._ongoing) for word, after in pairwise(words))

    def _is_present(self, plain: str) -> bool:
        words = _WORD.findall(plain)[:_VERB_WITHIN]
        return any(
            after in self._verbs or (after in self._verbs_after_names and before[0].isupper())
            for before, after in pairwise(words)
        )
