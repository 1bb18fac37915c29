"""What a line looks like, in numbers: its length, marks, capitals and digits, its place, and its neighbours.

No feature looks at which words a line holds, so that what is learnt on one kind of site holds on others.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log1p

from bot.articles.lines import Line
from bot.articles.structure import is_prose

_WORD = re.compile(r"[^\W\d_][\w'-]*")
_BREAK = re.compile(r"[.!?][\"'”’)]*\s+[\"'“‘(]*[A-Z]")
_LINK = re.compile(r"https?:|www\.|\w\.(?:com|org|net|co|uk)\b|\w/\w", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_GLUED = re.compile(r"[a-z][A-Z]|[a-z]\d|\d[A-Za-z]{3}")
_QUOTES = '"“”«»'
_BUCKETS = (2, 4, 7, 11, 16, 24, 40)
_STEPS = (-3, -2, -1, 1, 2, 3)  # the neighbours that a line is seen with

FEATURES = (
    *(f"at most {limit} words" for limit in _BUCKETS),
    "words (log)", "ends a sentence", "ends ?!", "ends :", "ends , ; dash", "ends )", "ends ...",
    "begins lower case", "begins digit", "begins quotation", "begins other mark",
    "capitalised words", "all capitals", "short lower-case words", "digits", "capitals", "marks",
    "comma", "quotation mark", "sentence break", "link", "@ #", "| / » ·", "©", "(", "clock", "year", "glued words",
    "no words", "sentence breaks", "word length",
    "met by a rule", "prose", "stands twice",
    "before first prose", "after last prose", "just above first prose", "first line", "place", "place in words",
    "lines before (log)", "lines after (log)", "prose before (log)", "prose after (log)", "at most one prose before",
    "no prose after", "prose in text",
    *(f"prose within {reach}" for reach in (2, 5, 10)),
    *(f"prose in next {reach}" for reach in (5, 15)),
    *(f"prose in last {reach}" for reach in (5, 15)),
    "alone", "alone, prose", "run before (log)", "run after (log)", "prose run before (log)", "prose run after (log)",
    *(f"{step:+d}: {name}" for step in _STEPS for name in (
        "no line", "words (log)", "ends a sentence", "prose", "met by a rule", "at most 3 words",
    )),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the lines of one text have in common: where its prose begins and ends, and which lines recur."""

    first_prose: int
    last_prose: int
    counts: Counter[str]
    prose: tuple[bool, ...]
    met: tuple[bool, ...]
    words_before: tuple[int, ...]
    prose_before: tuple[int, ...]


def describe_lines(
    lines: Sequence[Line], met: Sequence[bool], places: Iterable[int] | None = None
) -> list[list[float]]:
    """One row of numbers for each line (at `places` only, where given), in the order of `FEATURES`.

    `met` says which lines a rule has dropped already.
    """
    around = _surroundings(lines, met)
    return [_row(at, lines, around) for at in (range(len(lines)) if places is None else places)]


def _surroundings(lines: Sequence[Line], met: Sequence[bool]) -> Surroundings:
    prose = tuple(
        is_prose(line) and not hit and not _is_tagged_link(line) for line, hit in zip(lines, met, strict=True)
    )
    places = [at for at, flag in enumerate(prose) if flag]
    return Surroundings(
        first_prose=places[0] if places else len(lines),
        last_prose=places[-1] if places else -1,
        counts=Counter(line.text for line in lines),
        prose=prose,
        met=tuple(met),
        words_before=tuple(accumulate((line.words for line in lines), initial=0)),
        prose_before=tuple(accumulate(prose, initial=0)),
    )


def _is_tagged_link(line: Line) -> bool:
    return _GLUED.search(line.text) is not None and line.words < 30


def _own_shape(line: Line) -> list[float]:
    text, length = line.plain, len(line.text)
    words = _WORD.findall(text)
    capital = sum(word[0].isupper() for word in words[1:])
    small = sum(word.islower() and len(word) <= 3 for word in words)
    share = 1.0 / max(1, len(words))
    first, last = text[0], text[-1]
    return [
        *(float(line.words <= limit) for limit in _BUCKETS),
        log1p(line.words),
        float(line.ends_sentence),
        float(last in "?!"),
        float(last == ":"),
        float(last in ",;-–—"),
        float(last == ")"),
        float(text.endswith(("...", "…"))),
        float(first.islower()),
        float(first.isdigit()),
        float(first in _QUOTES),
        float(not first.isalnum() and first not in _QUOTES),
        capital * share,
        float(text.isupper()),
        small * share,
        sum(map(str.isdigit, text)) / length,
        sum(map(str.isupper, text)) / length,
        sum(not char.isalnum() and not char.isspace() for char in text) / length,
        *_marks(text, words),
    ]


def _marks(text: str, words: Sequence[str]) -> list[float]:
    """What stands in a line besides its letters."""
    return [
        float("," in text),
        float(any(mark in text for mark in _QUOTES)),
        float(_BREAK.search(text) is not None),
        float(_LINK.search(text) is not None),
        float("@" in text or "#" in text),
        float("|" in text or "/" in text or "»" in text or "·" in text),
        float("©" in text),
        float("(" in text),
        float(_CLOCK.search(text) is not None),
        float(_YEAR.search(text) is not None),
        float(_GLUED.search(text) is not None),
        float(not words),
        min(3.0, float(len(_BREAK.findall(text)))),
        sum(map(len, words)) / max(1, len(words)) / 5.0,
    ]


def _row(at: int, lines: Sequence[Line], around: Surroundings) -> list[float]:
    prose = around.prose
    run = _run(at, prose)
    return [
        *_own_shape(lines[at]),
        float(around.met[at]),
        float(prose[at]),
        float(around.counts[lines[at].text] > 1),
        *_place(at, len(lines), around),
        *run,
        *(value for step in _STEPS for value in _neighbour(at + step, lines, around)),
    ]


def _place(at: int, count: int, around: Surroundings) -> list[float]:
    total = max(1, around.words_before[-1])
    prose_before = around.prose_before[at]
    prose_after = around.prose_before[-1] - around.prose_before[at + 1]
    return [
        float(at < around.first_prose),
        float(at > around.last_prose),
        float(at == around.first_prose - 1),
        float(at == 0),
        at / count,
        around.words_before[at] / total,
        log1p(at),
        log1p(count - 1 - at),
        log1p(prose_before),
        log1p(prose_after),
        float(prose_before <= 1),
        float(prose_after == 0),
        around.prose_before[-1] / count,
        *(_density(at, reach, count, around) for reach in (2, 5, 10)),
        *(_density_after(at, reach, count, around) for reach in (5, 15)),
        *(_density_before(at, reach, around) for reach in (5, 15)),
    ]


def _density(at: int, reach: int, count: int, around: Surroundings) -> float:
    """Share of prose among the lines within `reach` of a line."""
    near = around.prose[max(0, at - reach) : min(count, at + reach + 1)]
    return sum(near) / len(near)


def _density_after(at: int, reach: int, count: int, around: Surroundings) -> float:
    near = around.prose[at + 1 : min(count, at + reach + 1)]
    return sum(near) / reach


def _density_before(at: int, reach: int, around: Surroundings) -> float:
    return sum(around.prose[max(0, at - reach) : at]) / reach


def _run(at: int, prose: Sequence[bool]) -> list[float]:
    """How long the run of lines of the same kind (prose or not) is, before and after the line."""
    before = after = 0
    while at - before - 1 >= 0 and prose[at - before - 1] == prose[at] and before < 20:
        before += 1
    while at + after + 1 < len(prose) and prose[at + after + 1] == prose[at] and after < 20:
        after += 1
    alone = float(before + after == 0)
    kind = float(prose[at])
    return [alone, alone * kind, log1p(before), log1p(after), log1p(before) * kind, log1p(after) * kind]


def _neighbour(at: int, lines: Sequence[Line], around: Surroundings) -> list[float]:
    if not 0 <= at < len(lines):
        return [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    line = lines[at]
    return [
        0.0,
        log1p(line.words),
        float(line.ends_sentence),
        float(around.prose[at]),
        float(around.met[at]),
        float(line.words <= 3),
    ]
