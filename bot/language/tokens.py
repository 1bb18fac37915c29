"""Tokens with word classes: one pass of one regular expression, one dictionary look-up a word.

A text's word classes make one string, one character a token, so that phrases can be found by looking at characters
(a cascade of finite-state steps in the way of FASTUS, Hobbs et al. 1997). Quotation marks are no tokens; a stretch of
direct speech is one token of its own.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.language.inflection import inflect, read_irregular
from bot.language.lexicon import Lexicon
from bot.language.names import plural
from bot.language.spans import Span

SPEECH = "~"  # the class of a stretch of direct speech

# Word class -> character. Upper case: what can carry a report; see `Tagger`.
CLASSES: Mapping[str, str] = {
    "determiner": "D",
    "possessive": "H",
    "subject_pronoun": "S",
    "object_pronoun": "O",
    "expletive": "E",
    "preposition": "p",
    "of": "f",
    "to": "t",
    "by": "b",
    "as": "z",
    "conjunction_and": "c",
    "conjunction_but": "k",
    "that": "q",
    "who": "h",
    "wh": "w",
    "if": "i",
    "contrast": "j",
    "subordinator": "u",
    "have": "x",
    "be": "e",
    "do": "d",
    "modal": "m",
    "negative_auxiliary": "X",
    "not": "g",
    "time": "Y",
    "number": "M",
    "adverb": "a",
}
_PUNCTUATION = {
    ",": ",",
    ";": ";",
    ":": ":",
    "(": "(",
    ")": ")",
    "[": "(",
    "]": ")",
    "—": "-",
    "-": "-",
    "–": "-",
    "--": "-",
    "―": "-",
}
_IS_CLITIC = re.compile("(?<=[SEhwq])s")  # "he's": is or has, no possessive
_SENTENCE_END = ".!?…"
_CACHE_LIMIT = 200_000


def _token_pattern(abbreviations: Iterable[str]) -> re.Pattern[str]:
    titles = "|".join(sorted((re.escape(word) for word in abbreviations), key=len, reverse=True))
    return re.compile(
        rf"[A-Za-z]++(?![\w.'’/&-])"  # most words; the branches below would find the same
        rf"|(?:[^\W\d_]\.){{2,}}(?:[^\W\d_]\b)?(?:-[^\W_]+)*"  # U.S., U.S.-backed
        rf"|[^\W\d_]\.(?=\s+[^\W\d_])(?<=[A-Z]\.)"  # an initial
        rf"|\b(?:{titles})\."
        rf"|[^\W\d_]+n['’]t\b"
        rf"|\b[A-Z]['’][A-Z][^\W_]+"  # O'Neill
        rf"|[$€£]?\d+(?:[.,:]\d+)*%?(?![^\W_])"
        rf"|@?[^\W_]+(?:[-/&][^\W_]+)*"
        rf"|['’](?:s|d|ll|ve|re|m)\b"
        rf"|(?<=[sS])['’](?=\s)"
        rf"|[.!?…]+|--|(?<=\s)-(?=\s)|[—–―,;:()\[\]]"
    )


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel sequences over a text: where each token starts and ends, its characters, and its class."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    words: Sequence[str]
    tags: str

    def index_at(self, offset: int) -> int:
        """Index of the first token that starts at or after `offset`."""
        return bisect_left(self.starts, offset)

    def span(self, first: int, last: int) -> Span:
        """Characters from token `first` to before token `last`."""
        return Span(self.starts[first], self.ends[last - 1])

    def lower(self, index: int) -> str:
        """The token in lower case."""
        return self.words[index].lower()


class _ClassTable(dict[str, str]):
    """Word -> class; an unknown word is classed by its shape once and remembered."""

    def __init__(self, known: Mapping[str, str], not_adverbs: frozenset[str], nouns: frozenset[str]) -> None:
        super().__init__(known)
        self._not_adverbs = not_adverbs
        self._nouns = nouns
        self._known = len(self)

    def __missing__(self, word: str) -> str:
        if len(self) > self._known + _CACHE_LIMIT:  # a long-lived process must not keep every word it ever saw
            for stale in list(self)[self._known :]:
                self.pop(stale, None)  # another thread may have been here
        tag = self[word] = self._by_shape(word)
        return tag

    def _by_shape(self, word: str) -> str:
        first = word[0]
        if first in _SENTENCE_END:
            return "?" if "?" in word else "."
        if first.isdigit() or first in "$€£":
            return "M"
        return "N" if first.isupper() or first == "@" else self._by_ending(word)

    def _by_ending(self, word: str) -> str:
        if word.endswith("ly") and word not in self._not_adverbs:
            return "a"
        if word.endswith("ing") and len(word) > 5 and word not in self._nouns:
            return "l"
        if word.endswith("ed") and len(word) > 4:
            return "v"
        return "r" if word.endswith(("ize", "ise", "ify")) and len(word) > 5 else "n"


class Tagger:
    """Cuts text into classed tokens.

    `cues` maps words of the caller's own (in lower case) to classes of its own; closed word classes win over them,
    they win over common verbs. Common verbs: v past or participle, y -s form, r base, l -ing form.
    """

    def __init__(self, lexicon: Lexicon, cues: Mapping[str, str], surnames: Iterable[str] = ()) -> None:
        """`surnames` are those of people who are known beforehand, in lower case."""
        grammar = lexicon.section("grammar")
        known = dict(self._common_verbs(grammar))
        known.update(cues)
        closed = self._closed(grammar)
        known.update(closed)
        known.update({word.capitalize(): tag for word, tag in closed.items() if word[0].isalpha()})
        known.update(_PUNCTUATION)
        known.update({"'s": "s", "’s": "s", "'": "s", "’": "s", "May": "Y", "March": "Y", "I": "S"})
        self._known = known
        given = lexicon.section("names")["given_names"]
        periods = grammar["periods"]
        self._compounds = {second: first for first, second in (pair.split() for pair in grammar["compounds"]["pairs"])}
        self._periods, self._which = frozenset(periods["nouns"]), frozenset(periods["openers"])
        names = {word for kind in given.values() for word in kind}
        self._names = frozenset(word.capitalize() for word in names.intersection(closed))  # Will, Per
        listed = grammar["surnames"]
        self._surnames = frozenset(word.capitalize() for word in listed["words"])
        self._not_after = frozenset(listed["not_after"])
        self._known_surnames = self._surnames.intersection(word.capitalize() for word in surnames)
        self._before_surname = frozenset(
            names | {word for kind in lexicon.section("names")["honorifics"].values() for word in kind}
        )
        people = {plural(word) for kind in lexicon.section("names")["person_nouns"].values() for word in kind}
        people.update(word for word in lexicon.section("names")["bodies"]["anonymous"] if word.endswith("s"))
        self._plurals = frozenset(people.difference(known, surnames))
        self._table = _ClassTable(known, frozenset(grammar["not_adverbs"]), frozenset(grammar["ing_nouns"]))
        titles = [word for word in lexicon.strings("sentences", "abbreviations") if word.isalpha() and len(word) > 1]
        self._pattern = _token_pattern(word.capitalize() for word in titles)  # "No. 5", but "she said no."

    def tag(self, text: str, units: Sequence[Span], speech: Sequence[Span]) -> Tokens:
        """Tokens of the `units` (sentences, in order); each span of `speech` becomes one token."""
        spans: list[tuple[int, int]] = []
        firsts: list[int] = []
        waiting = list(reversed(speech))
        for unit in units:
            firsts.append(len(spans))
            position = unit.start
            while position < unit.end:
                while waiting and waiting[-1].end <= position:
                    waiting.pop()
                stop = min(waiting[-1].start, unit.end) if waiting else unit.end
                spans += [found.span() for found in self._pattern.finditer(text, position, stop)]
                if waiting and waiting[-1].start < unit.end:
                    spans.append((waiting[-1].start, waiting[-1].end))
                    position = waiting.pop().end
                else:
                    position = unit.end
        return self._classed(text, spans, firsts, {span.start for span in speech})

    def _classed(self, text: str, spans: list[tuple[int, int]], firsts: list[int], speech: set[int]) -> Tokens:
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        words = [text[start:end] for start, end in spans]
        table = self._table
        tags = [table[word] for word in words]
        listed = () if self._names.isdisjoint(words) else enumerate(words)
        for at, word in listed:  # "Secretary Will Hurd", "the lawyer Per Dahl"
            if word in self._names and at + 1 < len(tags) and tags[at + 1] == "N":
                tags[at] = "N"
        for at in firsts:  # a capital at the start of a sentence says nothing
            if at < len(words) and tags[at] == "N":
                tags[at] = self._at_start(words[at], tags[at + 1] if at + 1 < len(tags) else ".")
        if not self._periods.isdisjoint(words):
            self._mark_periods(words, tags)
        if not self._compounds.keys().isdisjoint(words):
            for at in range(1, len(words)):
                if self._compounds.get(words[at]) == words[at - 1]:
                    tags[at - 1] = "n"
        if not self._surnames.isdisjoint(words):
            self._mark_surnames(words, tags)
        for start in speech:
            at = bisect_left(starts, start)
            if at < len(starts) and starts[at] == start:
                tags[at] = SPEECH
        return Tokens(text, starts, ends, words, _IS_CLITIC.sub("e", "".join(tags)))

    def _mark_periods(self, words: Sequence[str], tags: list[str]) -> None:
        """ "Last week" tells a time as "Monday" does; "the last week" and "last week's" are of a noun phrase."""
        for at, word in enumerate(words):
            if at and word in self._periods and words[at - 1].lower() in self._which:
                is_owner = at + 1 < len(tags) and tags[at + 1] == "s"
                if not is_owner and (at < 2 or tags[at - 2] not in "DHp"):
                    tags[at - 1 : at + 1] = "YY"

    def _mark_surnames(self, words: Sequence[str], tags: list[str]) -> None:
        """ "Rosa March" and "Mrs. March" are names, and so is "March" beside them, except where it tells a time."""
        places = [at for at, word in enumerate(words) if word in self._surnames]
        named = {at for at in places if at and self._is_before_surname(words[at - 1]) and not self._is_dated(at, tags)}
        surnames = self._known_surnames | {words[at] for at in named}
        for at in places:
            is_time = words[at - 1].lower() in self._not_after if at else False
            if at in named or (words[at] in surnames and not is_time and not self._is_dated(at, tags)):
                tags[at] = "N"

    def _is_before_surname(self, word: str) -> bool:
        return word[0].isupper() and word.lower().rstrip(".") in self._before_surname

    @staticmethod
    def _is_dated(at: int, tags: Sequence[str]) -> bool:
        """Whether a number, another month or a pronoun stands beside: "March 4", "from May to March", "May I"."""
        after = "".join(tags[at + 1 : at + 3])
        return (
            "M" in tags[max(at - 1, 0) : at]
            or after[:1] in ("M", "S", "Y")
            or after in ("cY", "tY", ",Y")
            or (at > 1 and tags[at - 1] in "tc" and tags[at - 2] in "YM")
        )

    def _at_start(self, word: str, following: str) -> str:
        """Class of a capitalised word that begins a sentence; what acts or owns there is a name ("Brand rejected")."""
        plain = word.lower()
        if plain in self._plurals and following not in "Ns":  # "Lawyers for X said"
            return "n"
        if (word.isupper() and len(word) > 1) or (self._known.get(plain, "N") in "BrZy" and following in "sVZxedmXN,"):
            return "N"
        if plain.endswith("ing") and len(plain) > 5:
            return self._known.get(plain, "N" if following == "N" else "l")
        return self._known.get(plain, "N")

    @staticmethod
    def _closed(grammar: Mapping[str, object]) -> dict[str, str]:
        closed: dict[str, str] = {}
        listed = grammar["words"]
        order = grammar["order"]
        assert isinstance(listed, Mapping)
        assert isinstance(order, list)
        for name in order:
            for word in listed[name]:
                closed.setdefault(word, CLASSES[name])
        return closed

    @staticmethod
    def _common_verbs(grammar: Mapping[str, object]) -> Iterable[tuple[str, str]]:
        irregular_lines, verbs, noun_verbs = grammar["irregular"], grammar["verbs"], grammar["noun_verbs"]
        assert isinstance(irregular_lines, list)
        assert isinstance(verbs, list)
        assert isinstance(noun_verbs, list)
        irregular = read_irregular(irregular_lines)
        for base in [*noun_verbs, *verbs]:
            forms = inflect(base, irregular)
            if base in verbs:
                yield forms.base, "r"
                yield forms.third, "y"
            yield forms.gerund, "l"
            yield forms.participle, "v"
            yield forms.past, "v"
