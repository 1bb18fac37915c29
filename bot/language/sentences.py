"""Sentences as spans into a text.

The splitter was chosen by measurement (see DECISIONS.md): candidate ends by one regular expression, then a short list
of reasons why a candidate is none. The rules follow the "golden rules" of pragmatic_segmenter (Dias, MIT).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.language.blocks import Block
from bot.language.lexicon import Lexicon
from bot.language.spans import Span

_CLOSERS = "\"'”’»)\\]"
_OPENERS = "\"'“‘«(\\[„"
_CANDIDATE = re.compile(
    rf"(?P<mark>(?:\.\s){{2,}}\.|[.!?…]+)(?P<close>[{_CLOSERS}]*)(?P<gap>\s+)(?=[{_OPENERS}]*(?P<next>[^\s{_OPENERS}]))"
)
_BEFORE = re.compile(r"(?:^|[\s(\[\"'“‘—–-])([^\s(\[\"'“‘—–-]+)$")
_NEXT_WORD = re.compile(rf"[{_OPENERS}]*([^\W\d_]+(?:[.’'-][^\W\d_]+)*)?")
_ACRONYM = re.compile(r"^(?:[^\W\d_]\.)+[^\W\d_]$")
_LIST_START = re.compile(r"[•⁃·*-]?\s*(?:\d{1,2}|[a-z])[.)]+\s")
_LIST_ITEM = re.compile(r"(?<=\s)(?:[•⁃·]\s*)?(?:\d{1,2}|[a-z])[.)]+\s+(?=[A-Z])")
_NUMBER = re.compile(r"\d|[IVXLC]+\b")
_LOOK_BACK = 40


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place in the article (`index`), its characters, and the block that holds it."""

    index: int
    span: Span
    block: int


class SentenceSplitter:
    """Splits prose blocks into sentences by the lexicon's abbreviations and sentence starters."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._closed = frozenset(lexicon.strings("sentences", "abbreviations"))
        self._numbering = frozenset(lexicon.strings("sentences", "numbering"))
        self._open = frozenset(lexicon.strings("sentences", "open_abbreviations"))
        self._starters = frozenset(lexicon.strings("sentences", "starters"))
        self._marked_names = lexicon.strings("sentences", "marked_names")
        tags = "|".join(lexicon.strings("sentences", "speech_tags"))
        self._speech_tag = re.compile(rf"(?:[\w.’'-]+\s+){{1,4}}?(?:{tags})\b|(?:{tags})\b")

    def split(self, text: str, blocks: tuple[Block, ...]) -> tuple[Sentence, ...]:
        """All sentences of the prose blocks, in order; spans carry no outer white space."""
        sentences: list[Sentence] = []
        for number, block in enumerate(blocks):
            if block.is_prose:
                for start, end in self._split_block(text, block.span):
                    sentences.append(Sentence(len(sentences), Span(start, end), number))
        return tuple(sentences)

    def _split_block(self, text: str, span: Span) -> Iterator[tuple[int, int]]:
        start = span.start
        for end, following in sorted(self._breaks(text, span)):
            if end > start:
                yield start, end
                start = following
        if start < span.end:
            yield start, span.end

    def _breaks(self, text: str, span: Span) -> Iterator[tuple[int, int]]:
        """Pairs (end of a sentence, start of the next) within the block."""
        items: list[int] = []
        first = _LIST_START.match(text, span.start, span.end)
        if first:
            for item in _LIST_ITEM.finditer(text, first.end(), span.end):
                items.append(item.start())
                yield item.start() - 1, item.start()
        for found in _CANDIDATE.finditer(text, span.start, span.end):
            if not self._is_end(text, span, found) or self._is_list_marker(text, span, found, items):
                continue
            yield found.end("close"), found.end("gap")

    def _is_list_marker(self, text: str, span: Span, found: re.Match[str], items: list[int]) -> bool:
        starts = [span.start, *items]
        return any(0 <= found.start() - start <= 4 and _LIST_START.match(text, start) for start in starts)

    def _is_end(self, text: str, span: Span, found: re.Match[str]) -> bool:
        following = found["next"]
        if following.islower() or (following in "—–―" and found["close"]):
            return False
        mark = found["mark"]
        if mark[-1] in "!?":
            return not self._is_tagged_speech(text, found) and not self._is_marked_name(text, found)
        if len(mark) > 1 or mark == "…":
            return self._ends_after_ellipsis(text, mark, found)
        return self._ends_after_stop(text, span, found)

    def _is_tagged_speech(self, text: str, found: re.Match[str]) -> bool:
        """Whether a quoted question is followed by its speaker and a verb of saying."""
        return bool(found["close"]) and self._speech_tag.match(text, found.end("gap")) is not None

    def _is_marked_name(self, text: str, found: re.Match[str]) -> bool:
        end = found.end("mark")
        following = self._next_word(text, found)
        return following not in self._starters and any(text.endswith(name, 0, end) for name in self._marked_names)

    def _ends_after_ellipsis(self, text: str, mark: str, found: re.Match[str]) -> bool:
        if mark.count(".") >= 4:
            return True
        following = self._next_word(text, found)
        return found["next"].isupper() and following in self._starters and following != "i"

    def _ends_after_stop(self, text: str, span: Span, found: re.Match[str]) -> bool:
        # A slice, as ^ does not match at a search's start: "Mr." opens many a paragraph.
        before = _BEFORE.search(text[max(span.start, found.start() - _LOOK_BACK) : found.start()])
        if before is None or found["close"].strip("’'\"”)"):
            return True
        word = before[1]
        plain = word.casefold()
        if plain in self._numbering and not _NUMBER.match(found["next"] + text[found.end() + 1 : found.end() + 4]):
            return True
        if plain in self._closed:
            return bool(found["close"].strip(")]")) and found["next"].isupper()
        following = self._next_word(text, found)
        if _ACRONYM.match(word) or plain in self._open:
            return following in self._starters or bool(found["close"].strip(")]"))
        if len(word) == 1 and word.isupper():
            return following in self._starters and word == "I"
        return True

    def _next_word(self, text: str, found: re.Match[str]) -> str:
        following = _NEXT_WORD.match(text, found.end("gap"))
        return (following[1] or "").casefold() if following else ""
