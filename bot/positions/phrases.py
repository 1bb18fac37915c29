"""Phrases found in running words: what dossier keywords and stance cues are matched with.

A pattern is a list of words matched on their stems, upper and lower case alike, over hyphens and quotation marks:

- ``land swap``        these words in a row ("land swaps", "land-swap");
- ``demilitar*``       any word that begins so;
- ``=will``            this form of the word only, not its stem;
- ``ukrain* .. cede``  the second part at most six words after the first (``...``: at most fifteen);
- ``sanction + oil``   all parts in one sentence, in any order. The last part is what the pattern is about.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

from bot.language.lexicon import Lexicon
from bot.language.spans import Span

T = TypeVar("T")

# The first branch takes the common word whole; the second, which gives letters back, is for "don't" alone.
_TOKEN = re.compile(
    r"\w++(?!['’]t\b)|\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|d|ll|re|ve|m)\b|\w+|[,;:()\[\]—?!]|(?<=\s)[–-](?=\s)"
)
_GAP, _WIDE_GAP = 6, 15
_GAPS = {"...": _WIDE_GAP, "..": _GAP, " + ": None}
_SHORTEST_STEM = 3
_MOST_KNOWN = 200_000  # words kept with their forms


class Token(NamedTuple):
    """A word or mark: as written, as compared (lower case, "n't" as "not"), its stem, and where it stands."""

    surface: str
    word: str
    stem: str
    start: int
    end: int

    def overlaps(self, span: Span) -> bool:
        """Whether the token and `span` share a character."""
        return self.start < span.end and span.start < self.end


_token_start, _token_end = attrgetter("start"), attrgetter("end")


def places_under(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    """The range of `tokens` that share a character with `[start, end)` of the text, None where none does."""
    first = count_before(tokens, start)
    last = bisect_left(tokens, end, first, key=_token_start)
    return (first, last) if first < last else None


def count_before(tokens: Sequence[Token], offset: int) -> int:
    """How many of `tokens` end at or before the character `offset`."""
    return bisect_right(tokens, offset, key=_token_end)


class Tokenizer:
    """Cuts text into tokens. Quotation marks, hyphens within words, full stops and honorifics are left out."""

    def __init__(self, lexicon: Lexicon) -> None:
        section = lexicon.section("inflection")
        self._suffixes: tuple[tuple[str, str], ...] = tuple((a, b) for a, b in section["suffixes"])
        self._skipped = frozenset(section["skipped"])
        self._contractions: Mapping[str, str] = section["contractions"]
        irregular = [line.split() for line in lexicon.strings("grammar", "irregular")]
        self._bases = {form: base for base, *forms in irregular for form in forms if form != base}
        self.participles = frozenset(forms[-1] for forms in irregular)
        self._known: dict[str, tuple[str, str, str]] = {}

    def tokens(self, text: str, span: Span) -> tuple[Token, ...]:
        """The tokens of `text` under `span`."""
        known, new = self._known, tuple.__new__
        found = [
            new(
                Token, (known.get(match[0]) or self._forms(match[0])) + match.span()
            )  # Token(...) takes thrice the time
            for match in _TOKEN.finditer(text, span.start, span.end)
        ]
        return tuple([token for token in found if token.word not in self._skipped])

    def surfaces(self, text: str) -> list[str]:
        """The same tokens as they are written, which is all that finding phrases takes."""
        known, skipped = self._known, self._skipped
        return [one for one in _TOKEN.findall(text) if (known.get(one) or self._forms(one))[1] not in skipped]

    def forms(self, surface: str) -> tuple[str, str, str]:
        """A token as it is written, as it is compared, and its stem."""
        return self._known.get(surface) or self._forms(surface)

    def stem(self, word: str) -> str:
        """`word` without its inflection, by the lexicon's irregular forms and endings; short words stay."""
        word = self._bases.get(word, word)
        for ending, instead in self._suffixes:
            if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _SHORTEST_STEM:
                word = word[: len(word) - len(ending)] + instead
        if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiousl":
            word = word[:-1]
        return word

    def _forms(self, surface: str) -> tuple[str, str, str]:
        word = surface.casefold().replace("’", "'")
        word = self._contractions.get(word, word)
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        forms = self._known[surface] = (surface, word, self.stem(word))
        return forms


class Hit(NamedTuple, Generic[T]):
    """A pattern found: the token ranges of its parts, and what the pattern stands for.

    `head` is the last part, what the pattern is about; `start` the first token of all parts, `end` the one after them.
    """

    parts: tuple[tuple[int, int], ...]
    value: T
    pattern: str
    words: int
    head: tuple[int, int]
    start: int
    end: int

    def moved(self, by: int) -> "Hit[T]":
        """The same, `by` tokens further on."""
        if not by:
            return self
        parts = tuple([(first + by, last + by) for first, last in self.parts])
        return Hit(parts, self.value, self.pattern, self.words, parts[-1], self.start + by, self.end + by)

    def covers(self, first: int, last: int) -> bool:
        """Whether any part shares a token with `[first, last)`."""
        return any(start < last and first < end for start, end in self.parts)


@dataclass(frozen=True, slots=True)
class _Pattern(Generic[T]):
    text: str
    parts: tuple[int, ...]
    others: frozenset[int]
    gap: int | None  # words that may stand between ordered parts; None: any order
    value: T
    words: int


class PhraseIndex(Generic[T]):
    """Many patterns, found in one walk over the tokens. `exact` compares words as written (names)."""

    def __init__(self, patterns: Iterable[tuple[str, T]], tokenizer: Tokenizer, *, exact: bool = False) -> None:
        self._tokenizer = tokenizer
        self._exact = exact
        self._trie: dict[str, Any] = {}
        self._parts: dict[tuple[str, ...], int] = {}
        self._whole: dict[int, list[_Pattern[T]]] = defaultdict(list)  # patterns of one part
        self._joined: dict[int, list[_Pattern[T]]] = defaultdict(list)  # patterns of several, by their first part
        self._vocabulary: set[str] = set()
        self._prefixes: set[str] = set()
        self._known: dict[str, tuple[str, ...]] = {}  # by surface
        self._opening: dict[str, list[dict[str, Any]]] = {}
        for text, value in patterns:
            self._add(text, value)

    def find(self, tokens: Sequence[Token]) -> list[Hit[T]]:
        """Every pattern in `tokens`, in order of their heads; overlapping ones all of them."""
        return self.find_in([token.surface for token in tokens])

    def find_in(self, surfaces: Sequence[str]) -> list[Hit[T]]:
        """The same, of tokens as they are written."""
        found = self._find_parts(surfaces)
        hits: list[Hit[T]] = []
        for part, places in found.items():
            for pattern in self._whole.get(part, ()):
                value, text, words = pattern.value, pattern.text, pattern.words
                hits += [Hit((place,), value, text, words, place, *place) for place in places]
            for pattern in self._joined.get(part, ()):
                if found.keys() >= pattern.others:
                    hits += _join(pattern, found)
        if len(hits) > 1:
            hits.sort(key=lambda hit: (hit.parts[-1], hit.parts[0], hit.pattern))
        return hits

    def _add(self, text: str, value: T) -> None:
        mark = next((mark for mark in ("...", "..") if mark in text), " + ")
        parts = [tuple(self._keys_of_part(part)) for part in text.split(mark)]
        if not all(parts):
            raise ValueError(f"an empty part in the pattern {text!r}")
        ids = tuple(self._part(part) for part in parts)
        pattern = _Pattern(text, ids, frozenset(ids), _GAPS[mark], value, sum(len(part) for part in parts))
        (self._whole if len(ids) == 1 else self._joined)[ids[0]].append(pattern)

    def _keys_of_part(self, part: str) -> Iterator[str]:
        for word in part.split():
            if word.endswith("*") or word.startswith("="):
                yield word.casefold()
            else:
                tokens = self._tokenizer.tokens(f" {word} ", Span(0, len(word) + 2))
                yield from (token.surface if self._exact else token.stem for token in tokens)

    def _part(self, keys: tuple[str, ...]) -> int:
        number = self._parts.setdefault(keys, len(self._parts))
        node = self._trie
        for key in keys:
            self._vocabulary.add(key)
            if key.endswith("*"):
                self._prefixes.add(key)
            node = node.setdefault(key, {})
        node[""] = number
        return number

    def _find_parts(self, surfaces: Sequence[str]) -> dict[int, list[tuple[int, int]]]:
        """Places of every part, by its number."""
        opening, known, end = self._opening, self._known, len(surfaces)
        found: dict[int, list[tuple[int, int]]] = {}
        for first, surface in enumerate(surfaces):
            nodes = opening.get(surface)
            if nodes is None:
                nodes = self._open(surface)
            if not nodes:
                continue
            last = first + 1
            while nodes:
                for node in nodes:
                    if "" in node:
                        found.setdefault(node[""], []).append((first, last))
                if last == end:
                    break
                keys = known.get(surfaces[last])
                if keys is None:
                    keys = self._keys(surfaces[last])
                nodes = [node[key] for key in keys for node in nodes if key in node]
                last += 1
        return found

    def _open(self, surface: str) -> list[dict[str, Any]]:
        """Where in the trie a part may begin with this word: nowhere, for most words."""
        if len(self._opening) >= _MOST_KNOWN:
            self._opening.clear()
        nodes = self._opening[surface] = [self._trie[key] for key in self._keys(surface) if key in self._trie]
        return nodes

    def _keys(self, surface: str) -> tuple[str, ...]:
        _, word, stem = self._tokenizer.forms(surface)
        forms = (surface,) if self._exact else (stem, "=" + word)
        prefixes = (prefix for prefix in self._prefixes if word.startswith(prefix[:-1]))
        keys = tuple(form for form in forms if form in self._vocabulary) + tuple(sorted(prefixes))
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[surface] = keys
        return keys


def _join(pattern: _Pattern[T], found: Mapping[int, list[tuple[int, int]]]) -> Iterator[Hit[T]]:
    for head in found[pattern.parts[-1]]:
        places = [head]
        for part in reversed(pattern.parts[:-1]):
            near = _nearest(found[part], places[-1], pattern.gap)
            if near is None:
                break
            places.append(near)
        else:
            start, end = min(place[0] for place in places), max(place[1] for place in places)
            yield Hit(tuple(reversed(places)), pattern.value, pattern.text, pattern.words, head, start, end)


def _nearest(places: list[tuple[int, int]], to: tuple[int, int], gap: int | None) -> tuple[int, int] | None:
    if gap is not None:
        places = [place for place in places if 0 <= to[0] - place[1] <= gap]
    else:
        places = [place for place in places if place[1] <= to[0] or to[1] <= place[0]]
    return min(places, key=lambda place: abs(place[0] - to[0]), default=None)


def longest(hits: Iterable[Hit[T]]) -> list[Hit[T]]:
    """Hits without those that share a head token with one of more words; in order."""
    chosen: list[Hit[T]] = list(hits)
    if all(one.head[1] <= other.head[0] for one, other in pairwise(chosen)):  # in order, and none shares a token
        return chosen
    hits, chosen = chosen, []
    for hit in sorted(hits, key=lambda hit: (-hit.words, hit.end - hit.start, hit.start)):
        if not any(other.head[0] < hit.head[1] and hit.head[0] < other.head[1] for other in chosen):
            chosen.append(hit)
    return sorted(chosen, key=lambda hit: hit.head)
