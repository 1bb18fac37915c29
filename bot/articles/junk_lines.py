"""Lines that by their look and place are no part of an article: menus, teasers, link lists, captions."""

from collections.abc import Sequence
from math import exp
from operator import mul

from bot.articles.line_shapes import describe_lines
from bot.articles.line_weights import BIAS, WEIGHTS
from bot.articles.lines import Line
from bot.articles.structure import has_marker, is_prose

_SURE_PROSE_WORDS = 10  # of a line that ends a sentence; such lines are article whatever stands around them
_LONG_WORDS = 60
_SCRAP_WORDS = 10
_HEADING_WORDS = (3, 9)
_HEADING_CAPITALS = 0.3
_ENDING_WORDS = 8  # of a sentence below a paragraph, where a text may end


def find_junk_lines(lines: Sequence[Line], met: Sequence[bool]) -> list[bool]:
    """For each line whether it is judged junk; `met` says which lines a rule has dropped already.

    A logistic regression over line shapes, learnt by `tests/quality/learn_line_weights.py`. It never judges long
    prose, nor bullets and marked headings amid prose.
    """
    prose = [at for at, line in enumerate(lines) if is_prose(line) and not met[at]]
    body = _body(lines, prose)
    safe = {at for at, line in enumerate(lines) if _is_safe(line, at in body)}
    safe |= _among_prose(lines, met) | _leads_lists(lines, body)
    doubtful = [at for at in range(len(lines)) if not met[at] and at not in safe]
    shares = dict(zip(doubtful, article_shares(lines, met, doubtful), strict=True))
    return [at in shares and shares[at] < _least_share(line) for at, line in enumerate(lines)]


def _among_prose(lines: Sequence[Line], met: Sequence[bool]) -> set[int]:
    """Headings between two paragraphs and short sentences beside one, once what rules dropped is out of the way."""
    left = [at for at in range(len(lines)) if not met[at]]
    prose = [is_prose(lines[at]) for at in left]
    last = max((place for place, flag in enumerate(prose) if flag), default=0)
    safe = set()
    for place in range(1, len(left)):
        line, below = lines[left[place]], prose[place + 1] if place + 1 < len(left) else False
        beside = prose[place - 1] + below
        if beside == 2 and _is_phrase(line):
            safe.add(left[place])
        if beside and line.ends_sentence and (place < last - 1 or (prose[place - 1] and line.words >= _ENDING_WORDS)):
            safe.add(left[place])
    return safe


def _is_phrase(line: Line) -> bool:
    """A sentence, or a heading written as one; link texts are mostly longer or in title case."""
    if line.ends_sentence:
        return True
    later = line.text.split()[1:]
    capital = sum(word[0].isupper() for word in later)
    return _HEADING_WORDS[0] <= line.words <= _HEADING_WORDS[1] and capital <= _HEADING_CAPITALS * len(later)


def _body(lines: Sequence[Line], prose: Sequence[int]) -> range:
    """From the first paragraph to the last, with the list that may follow it."""
    if not prose:
        return range(0)
    end = prose[-1] + 1
    while end < len(lines) and has_marker(lines[end]):
        end += 1
    return range(prose[0], end)


def article_shares(lines: Sequence[Line], met: Sequence[bool], places: Sequence[int]) -> list[float]:
    """For the line at each of `places` the estimated probability that it belongs to the article."""
    weights = tuple(WEIGHTS.values())
    return [_logistic(BIAS + sum(map(mul, weights, row))) for row in describe_lines(lines, met, places)]


def _least_share(line: Line) -> float:
    """Losing a sentence of the article weighs more than keeping one of a teaser; for scraps it is even."""
    return 0.5 if line.words <= _SCRAP_WORDS and not line.ends_sentence else 0.4


def _is_safe(line: Line, in_body: bool) -> bool:
    if line.words >= _LONG_WORDS or (line.words >= _SURE_PROSE_WORDS and line.ends_sentence):
        return True
    return in_body and has_marker(line)


def _leads_lists(lines: Sequence[Line], body: range) -> set[int]:
    """Lines that end with a colon right above a bullet: without "Norland's terms:" its bullets would be another's."""
    return {at for at in body if at + 1 in body and lines[at].text.endswith(":") and has_marker(lines[at + 1])}


def _logistic(value: float) -> float:
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, value))))
