"""The lines of a text, as cleaning looks at them."""

import re
from dataclasses import dataclass
from itertools import pairwise

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?:\s?\[\d{1,3}\])*$")  # a footnote's number may follow
_END = 40  # characters in which a sentence's last marks stand
_WRAP_WIDTH = 100  # plain text wrapped by hand or by a mail program is narrower


@dataclass(frozen=True, slots=True)
class Line:
    """One line (of wrapped text: one paragraph) without outer white space.

    `start` and `end` are its characters in the decoded text; `plain` is its text with curly apostrophes made
    straight, of equal length, for matching only; `words` is the number of words.
    """

    start: int
    end: int
    text: str
    plain: str
    words: int

    @property
    def ends_sentence(self) -> bool:
        """Whether its last mark closes a sentence."""
        return _SENTENCE_END.search(self.text[-_END:]) is not None


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of `text` that are not blank; where the text is hard-wrapped, a paragraph counts as one line."""
    spans = [match.span() for match in _LINE.finditer(text)]
    lines = [line for start, end in spans if (line := _line(text, start, end)) is not None]
    return _unwrapped(text, lines) if _is_hard_wrapped(text, lines) else tuple(lines)


def _line(text: str, start: int, end: int) -> Line | None:
    raw = text[start:end]
    stripped = raw.strip()
    if not stripped:
        return None
    start += len(raw) - len(raw.lstrip())
    return Line(start, start + len(stripped), stripped, stripped.replace("’", "'"), len(_WORD.findall(stripped)))


def _is_hard_wrapped(text: str, lines: list[Line]) -> bool:
    """Whether most lines break in mid-sentence at about one width, with blank lines between paragraphs."""
    if len(lines) < 6 or max(len(line.text) for line in lines) > _WRAP_WIDTH:
        return False
    touching = [(one, two) for one, two in pairwise(lines) if text.count("\n", one.end, two.start) == 1]
    broken = [one for one, two in touching if two.text[0].islower() or not one.ends_sentence]
    full = [line for line in lines if len(line.text) >= 45]
    return len(touching) >= len(lines) / 2 and len(broken) >= 0.7 * len(touching) and len(full) >= len(lines) / 2


def _unwrapped(text: str, lines: list[Line]) -> tuple[Line, ...]:
    groups: list[list[Line]] = []
    for line in lines:
        gap = text[groups[-1][-1].end : line.start].count("\n") if groups else 2
        if gap > 1:
            groups.append([])
        groups[-1].append(line)
    joined = (_line(text, group[0].start, group[-1].end) for group in groups)
    return tuple(line for line in joined if line is not None)
