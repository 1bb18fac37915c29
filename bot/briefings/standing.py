"""Can this text stand alone? A reader who sees only these sentences must know who and what is meant.

Judged by surface alone: how the text opens, whether a pronoun comes before any name, whether quotation marks close and
a quotation has its speaker. The words are in the lexicon (section briefing); the order of the tests is here.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.language.lexicon import Lexicon

_OPENING, _CLOSING = "“", "”"
_QUOTES = "“\"‘'"
_ELLIPSIS = " … "  # stands for a quotation while the words around it are judged
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|''(?:(?!'').)*''")
_WORD = re.compile(r"[^\W\d_][\w'.-]*")
_FRONTED_END = re.compile(r"[,—–]")
_FIRST_LETTER = re.compile(r"[^\W_]")
_CATAPHORA_REACH = 4  # words after a fronted clause within which the name must come


class Standing(IntEnum):
    """How well a text stands alone; more is better."""

    FRAGMENT = 0  # not a sentence at all: a lead-in, a piece of a quotation
    DANGLES = 1  # somebody or something is meant that it does not name
    LEANS = 2  # understood alone, but it opens as a reply to what came before, or asks, or addresses the reader
    STANDS = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """A grade and the reason in plain words; `is_repairable` says whether the sentence before can be of help."""

    standing: Standing
    reason: str
    is_repairable: bool = True


_STANDS = Verdict(Standing.STANDS, "stands alone")


class StandingRules:
    """The lexicon's rules, compiled. Names tell whom "he" can mean: `persons`, and never one of `impersonal`."""

    def __init__(self, lexicon: Lexicon, persons: Collection[str] = (), impersonal: Collection[str] = ()) -> None:
        def pattern(key: str, anchored: bool = True) -> re.Pattern[str]:
            parts = "|".join(f"(?:{one})" for one in lexicon.strings("briefing", key))
            return re.compile(rf"(?:{parts})" if anchored else rf"\b(?:{parts})\b", re.IGNORECASE)

        self._stands_after_all = pattern("openers_that_stand")
        self._dangling = pattern("dangling_openers")
        self._enumerating = pattern("enumerating_openers")
        self._leaning = pattern("leaning_openers")
        self._backward = pattern("backward_phrases", anchored=False)
        self._leaning_phrase = pattern("leaning_phrases", anchored=False)
        self._fronting = pattern("fronting_openers")
        self._pronouns = frozenset(lexicon.strings("briefing", "speaker_pronouns"))
        self._pointers = frozenset(lexicon.strings("briefing", "pointing_determiners"))
        self._personal = frozenset(lexicon.strings("briefing", "personal_pronouns"))
        self._address = pattern("address_words", anchored=False)
        self._nameless = frozenset(lexicon.strings("briefing", "capitalised_but_no_name"))
        self._function = frozenset(lexicon.strings("briefing", "stop_words"))
        self._after_name = frozenset(lexicon.strings("briefing", "after_a_name"))
        self._persons = frozenset(word.casefold() for name in persons for word in name.split())
        self._impersonal = frozenset(word.casefold() for name in impersonal for word in name.split()) - self._persons

    def judge(self, text: str, head: str | None = None) -> Verdict:
        """How well `text` stands alone; `head` is its first sentence, where it has more than one.

        Only the first sentence can point back out of the text: what later ones point to stands before them.
        """
        text = _plain(text)
        first = _plain(head) if head is not None else text
        told, told_first = _QUOTED.sub(_ELLIPSIS, text), _QUOTED.sub(_ELLIPSIS, first)
        return (
            self._shape(text, told)
            or self._opening(first)
            or self._reference(told, told_first)
            or self._manner(text, told, first, told_first)
            or _STANDS
        )

    def is_nameless(self, speaker: str) -> bool:
        """Whether these words leave open who speaks: "he", "the minister", but not "the French minister"."""
        first, *rest = speaker.split() or [""]
        if not rest:
            return first.casefold() in self._pronouns
        return first.casefold() in self._pointers and not any(word[:1].isupper() for word in rest)

    def _shape(self, text: str, told: str) -> Verdict | None:
        letter = _FIRST_LETTER.search(text)
        if letter is None or letter.group().islower():
            return Verdict(Standing.FRAGMENT, "does not begin like a sentence")
        if text.count(_OPENING) != text.count(_CLOSING) or text.count('"') % 2 or text.count("''") % 2:
            return Verdict(Standing.FRAGMENT, "begins or ends inside a quotation")
        if text.endswith(":"):
            return Verdict(Standing.FRAGMENT, "only leads in to what follows")
        if len(told) < len(text) and len(_WORD.findall(told)) < 2:
            return Verdict(Standing.DANGLES, "a quotation without its speaker")
        return None

    def _opening(self, first: str) -> Verdict | None:
        if self._enumerating.match(first):
            return Verdict(Standing.DANGLES, "is one of a series", is_repairable=False)
        if first[0] in _QUOTES or self._stands_after_all.match(first) or not self._dangling.match(first):
            return None
        return Verdict(Standing.DANGLES, f"opens with “{first.split(maxsplit=1)[0]}”, which points back")

    def _reference(self, told: str, told_first: str) -> Verdict | None:
        if self._backward.search(told_first):
            return Verdict(Standing.DANGLES, "speaks of something named before")
        pronoun = self._unnamed_pronoun(told)
        return Verdict(Standing.DANGLES, f"does not say who “{pronoun}” is") if pronoun else None

    def _manner(self, text: str, told: str, first: str, told_first: str) -> Verdict | None:
        if text.endswith("?"):
            return Verdict(Standing.LEANS, "asks instead of telling")
        if self._address.search(told):
            return Verdict(Standing.LEANS, "speaks to the reader")
        if self._stands_after_all.match(first):
            return None
        if self._leaning.match(first) or self._leaning_phrase.search(told_first):
            return Verdict(Standing.LEANS, "reads as a reply to what came before")
        return None

    def _unnamed_pronoun(self, told: str) -> str | None:
        """The first "he" or "she" (in any form) with nobody named before it, nor right after a fronted clause."""
        matches = list(_WORD.finditer(told))
        words = [match.group() for match in matches]
        for index, word in enumerate(words):
            if self._is_person(words, index):
                return None
            stem = word.casefold().split("'")[0]
            if stem in self._personal and not self._is_named_later(told, matches[index].end()):
                return word
        return None

    def _is_person(self, words: Sequence[str], index: int) -> bool:
        """Whether the word names somebody: known as a person, or written and placed like one.

        "Smith said he" has a name, "Officials said he" hardly, and in "members of Congress echo her" there is none.
        """
        word, before = words[index], words[index - 1] if index else ""
        following = words[index + 1] if index + 1 < len(words) else ""
        bare = word.casefold().split("'")[0].rstrip(".")
        if not word[0].isupper() or bare in self._nameless or bare in self._function or bare in self._impersonal:
            return False
        if bare in self._persons or word.endswith("'s") or before.endswith("."):
            return True
        if following[:1].isupper() or (index > 1 and before[:1].isupper()):
            return True
        return following.casefold() in self._after_name and not word.endswith("s")

    def _is_named_later(self, told: str, end: int) -> bool:
        """In "Before he left, Smith said", the name comes right after the fronted clause that holds the pronoun."""
        if not self._fronting.match(told) or _FRONTED_END.search(told, 0, end):
            return False
        boundary = _FRONTED_END.search(told, end)
        while boundary is not None:
            after = _WORD.findall(told, boundary.end())
            if any(self._is_person(after, index) for index in range(min(_CATAPHORA_REACH, len(after)))):
                return True
            boundary = _FRONTED_END.search(told, boundary.end())
        return False


def _plain(text: str) -> str:
    return text.strip().replace("’", "'")
